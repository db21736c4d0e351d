"""Processes of their own for tests: they share nothing, and none has to read the code first."""

import multiprocessing
from typing import Any

_FORKS = "forkserver" in multiprocessing.get_all_start_methods()
APART: Any = multiprocessing.get_context("forkserver" if _FORKS else "spawn")
"""Begins processes; most of what one costs was to import what it needs."""
APART.set_forkserver_preload(["tests.storage.sqlite.workers", "tests.storage.postgres.station"])
