"""Benchmarks: the product and its limit measured in the same run, one JSON line a figure.

``python -m tests.bench [NAME ...] [--size N] [--cache FOLDER]``. Seconds do not travel between
machines, ratios do; where a bar is a time, the limit is that time.
"""

from typing import Final

NAMES: Final = {
    "scan": 10_000,
    "burst": 1000,
    "lanes": 10_000,
    "start": 100_000,
    "memory": 1_000_000,
    "table": 1_000_000,
    "imports": 100_000,
    "workbook": 100_000,
    "duplicates": 100_000,
    "matching": 200_000,
    "notices": 10_000,
    "verify": 1_000_000,
    "backups": 1_000_000,
    "pages": 1_000_000,
    "workstations": 10_000,
    "approvals": 200,
}
"""Every benchmark, and the size it is run at when none is said."""
