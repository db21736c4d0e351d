"""Counting for hours, in minutes: memory, open files and the window's pulse stay as they were."""

import ctypes
import gc
import os
import sys
from pathlib import Path
from typing import Any

import pysqlite3._sqlite3 as driver
import pytest
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.counting import Source
from tests.ui.pulse import pulse_of
from tests.ui.rooms import Here, code_of
from ui.main_window import MainWindow
from ui.pages.counting.page import CountingPage

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.skipif(sys.platform != "linux", reason="the measures are Linux's"),
]
MEGABYTE = 1 << 20
GROWTH_MB, STALL_MS = 20, 250
FILES_OF_A_POOL = 8
"""Connections to the books are opened when two lanes first want one, up to a bound."""


def resident_mb() -> float:
    """Return the memory of this process, but for SQLite's: its cache fills up to a bound."""
    gc.collect()
    library: Any = ctypes.CDLL(driver.__file__)
    library.sqlite3_memory_used.restype = ctypes.c_int64
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    cached = int(library.sqlite3_memory_used())
    return (pages * os.sysconf("SC_PAGE_SIZE") - cached) / MEGABYTE


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture
def template(campaign_template: Path) -> Path:
    return campaign_template


def shift(window: MainWindow, here: Here, qtbot: QtBot, scans: range) -> None:
    """Scan customers and strangers, type what some of them state, look at another page."""
    page = window.page_named("counting")
    assert isinstance(page, CountingPage)
    for n in scans:
        code = code_of(n % 11 + 1) if n % 3 else f"NOBODY-{n}"
        window.take_scan(code.encode(), Source.WEDGE)
        if n % 7 == 0:
            page.card.stated.amount.setText("1200")
        if n % 50 == 0:
            window.go("customers")
            here.settle(qtbot)
            window.go("counting")
        if n % 10 == 0:
            here.settle(qtbot)
    here.settle(qtbot)


@pytest.mark.journey
@pytest.mark.slow
@pytest.mark.parametrize(
    ("warm", "scans"),
    [
        (30, 90),
        pytest.param(300, 3_000, marks=[pytest.mark.nightly, pytest.mark.timeout(1800)]),
    ],
)
def test_that_long_counting_leaves_memory_files_and_pulse_as_they_were(
    counting_window: MainWindow, here: Here, qtbot: QtBot, warm: int, scans: int
) -> None:
    shift(counting_window, here, qtbot, range(1, warm))
    memory, files, pulse = resident_mb(), open_files(), pulse_of(counting_window)

    shift(counting_window, here, qtbot, range(warm, warm + scans))

    assert resident_mb() - memory < GROWTH_MB
    assert open_files() <= files + FILES_OF_A_POOL
    assert pulse.longest_ms > 0
    assert scans < 1_000 or pulse.longest_ms < STALL_MS  # a few seconds prove no pace
