"""Rows of files that come in: columns found, cells checked, lines with their faults."""
