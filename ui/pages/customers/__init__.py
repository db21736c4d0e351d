"""客户: the list of all customers, and those that may be one and the same."""
