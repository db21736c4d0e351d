"""Customers: the record, finding one, and who may be one and the same."""
