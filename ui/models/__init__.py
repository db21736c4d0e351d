"""Frozen rows as tables."""
