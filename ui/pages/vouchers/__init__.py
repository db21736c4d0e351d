"""临时凭证: the list of vouchers, writing one, its invoices, taking it back."""
