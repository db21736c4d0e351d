"""Hostile codes through the whole window: kept as they came or refused, and nothing else."""

import itertools
import unicodedata
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.counting import Source
from tests.ui.rooms import Here, texts
from ui.main_window import MainWindow
from ui.pages.counting.page import CountingPage
from ui.work.key_run import DeviceProfile
from ui.work.wedge import Wedge

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.journey]

CONTROLS = [f"KH{chr(code)}00001" for code in range(1, 32)]
SEEDS = [
    "' OR 1=1 --", "'; DROP TABLE customer; --", 'KH00001"; DELETE FROM step; --', "%' ESCAPE '\\",
    "KH00001%", "KH_0001", "*", "<img src=x onerror=alert(1)>", "<b>KH00001</b>", "&lt;KH00001",
    '<a href="file:///etc/passwd">x</a>', "../../etc/passwd", "..\\..\\x", "C:\\x", "file:///x",
    "=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "{0.__class__}", "{zh}", "%s%n", "${jndi:x}",
    "$(reboot)", "`id`", "; rm -rf /", "\\u0000", "CMD:UNDO", "CMD:CLOSE", "#undo", "NaN", "1e999",
    "null", "true", "[]", '{"a":1}', "ＫＨ００００１", "KH0000\u0661", "\u202eKH00001",
    "KH\u200b00001", "KH00001\u2066", "КН00001", "KH00001\u0301", "\ufeffKH00001",
    "\U000e0001KH00001", "🏷️00001",
    "盘点'--", "\ufffdKH", "KH00001 " * 30, "A" * 7_000, "客" * 2_000,
]  # fmt: skip


def hostile(count: int) -> list[str]:
    """Return so many codes, each another: the listed ones, then the same with a number after."""
    numbered = (f"{seed}{n}" for n in itertools.count(1) for seed in SEEDS)
    every = itertools.chain(CONTROLS, SEEDS, numbered)
    return [code.strip() for code in itertools.islice(every, count)]


@pytest.fixture
def template(campaign_template: Path) -> Path:
    return campaign_template


@pytest.fixture
def window(counting_window: MainWindow) -> MainWindow:
    return counting_window


@pytest.fixture
def fired(window: MainWindow) -> list[str]:
    """Return the actions that were triggered since the window opened."""
    names = list[str]()

    def note(name: str, *_: object) -> None:
        names.append(name)

    for action in window.menus.every():
        action.triggered.connect(partial(note, action.text()))
    return names


def other_rows(here: Here) -> dict[str, int]:
    """Return how many rows every table has but that of the counts and their chain."""
    with here.desk.company.database.reading() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).scalars()
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608
            for name in list(names)
            if name not in {"count_event", "chain_head"}
        }


def stored(here: Here) -> list[bytes]:
    campaign = here.desk.campaign("盘-0001")
    return [one.raw for one in here.events(campaign.id)]


def shown_badly(window: MainWindow) -> set[str]:
    """Return the characters that steer or hide text and stand on the screen all the same."""
    said = texts(window).replace("\n", "").replace("\t", "")
    return {unicodedata.name(c, repr(c)) for c in said if unicodedata.category(c) in {"Cc", "Cf"}}


@pytest.mark.parametrize(
    "count", [90, pytest.param(300, marks=[pytest.mark.nightly, pytest.mark.timeout(240)])]
)
def test_that_hostile_codes_are_kept_as_they_came_and_do_nothing(
    window: MainWindow, here: Here, fired: list[str], qtbot: QtBot, count: int
) -> None:
    before, codes = other_rows(here), hostile(count)

    for code in codes:
        window.take_scan(code.encode(), Source.SERIAL)
        here.settle(qtbot)

    page = window.page
    assert isinstance(page, CountingPage)
    kept = stored(here)
    assert len(kept) == page.flow.tally.stored
    assert set(kept) <= {code.encode()[:4096] for code in codes}
    assert len(kept) > count * 3 // 4
    assert other_rows(here) == before
    assert fired == []
    assert window.shown == "counting"
    assert shown_badly(window) == set()


def test_that_control_characters_typed_by_a_scanner_fire_no_shortcut(
    window: MainWindow, here: Here, fired: list[str], qtbot: QtBot, qapp: QApplication
) -> None:
    wedge = Wedge(qapp, DeviceProfile(gap_ms=2000))  # a busy computer is no finger
    wedge.code_read.connect(lambda code: window.take_scan(code, Source.WEDGE))
    before = other_rows(here)

    for letter in "ABCDEFGHKLNOPQRSTUVWXYZ":
        handle = window.windowHandle()
        for key, held in (
            (Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier),
            (Qt.Key(ord(letter)), Qt.KeyboardModifier.ControlModifier),
            (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        ):
            QTest.keyClick(handle, key, held)
        here.settle(qtbot)
    qapp.removeEventFilter(wedge)
    wedge.deleteLater()

    assert fired == []
    assert window.shown == "counting"
    assert other_rows(here) == before
    assert window.isVisible()
    assert all(raw.upper().startswith(b"KH") for raw in stored(here))
