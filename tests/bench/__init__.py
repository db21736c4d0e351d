"""Benchmarks: the product and its limit measured in the same run, one JSON line a figure.

``python -m tests.bench [NAME ...] [--size N]``. Seconds do not travel between machines, ratios do.
"""
