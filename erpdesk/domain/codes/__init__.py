"""Codes and scanners: what was read, what damaged it, what it names."""
