"""Whatever fingers and scanners type: the pace tells them apart, and nothing is lost."""

import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.wedge_desk import ENTER, FINGERS_MS, NONE, PRESS, RELEASE, Desk
from ui.work.key_run import PATIENCE_MS, DeviceProfile

LETTERS = "abcXYZ 0129-/ßé"


def all_typed(desk: Desk, keys: list[tuple[str, int]]) -> bool:
    """Type keys so many milliseconds apart; say whether each arrived and none was a scan."""
    desk.line.clear()
    for char, gap_ms in keys:
        desk.now_ms += gap_ms
        handle = desk.window.windowHandle()
        for kind in (PRESS, RELEASE):
            key = Qt.Key(ord(char.upper())) if char.isascii() else Qt.Key(0)
            QApplication.sendEvent(handle, QKeyEvent(kind, key, NONE, char))
    desk.press(Qt.Key.Key_Return, after_ms=40)
    return (desk.line.text(), desk.codes, desk.clicks) == ("".join(c for c, _ in keys), [], [])


@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(st.sampled_from(LETTERS), st.integers(40, 400)), min_size=1, max_size=25))
@example([(char, 40) for char in "K004175"])
def test_that_fingers_are_never_a_scanner_and_lose_nothing(
    desk: Desk, keys: list[tuple[str, int]]
) -> None:
    assert all_typed(desk, keys)


@pytest.mark.nightly
def test_that_of_two_thousand_keys_of_a_hand_none_is_lost_or_a_scan(desk: Desk) -> None:
    chance, gaps_ms = random.Random(18), (40, 55, 80, 120, 200)  # noqa: S311 - no secret

    assert all_typed(desk, [(chance.choice(LETTERS), chance.choice(gaps_ms)) for _ in range(2000)])


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.text(st.sampled_from("ABCXYZ 0129-/"), min_size=4, max_size=40),
    st.lists(st.integers(0, 30), min_size=41, max_size=41),
)
def test_that_a_scanner_is_always_one_code(desk: Desk, code: str, gaps_ms: list[int]) -> None:
    desk.codes.clear()
    desk.now_ms += 1000

    for char, gap_ms in zip(code + ENTER, gaps_ms, strict=False):
        desk.type(char, gap_ms=gap_ms)

    assert desk.codes == [code.encode()]
    assert desk.line.text() == ""


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.integers(31, PATIENCE_MS), min_size=4, max_size=4))
def test_that_a_scanner_that_has_shown_its_pace_may_falter(desk: Desk, gaps_ms: list[int]) -> None:
    desk.codes.clear()

    desk.scan("KH00")
    for char, gap_ms in zip("001" + ENTER, gaps_ms, strict=True):
        desk.type(char, gap_ms=gap_ms)

    assert desk.codes == [b"KH00001"]
    assert desk.line.text() == ""
    assert desk.clicks == []


@pytest.mark.parametrize("late_ms", [PATIENCE_MS + 1, 900])
def test_that_an_end_that_comes_late_ends_its_code_and_presses_nothing(
    qtbot: QtBot, desk: Desk, late_ms: int
) -> None:
    desk.line.setText("12")
    desk.scan("KH00001")
    desk.type(ENTER, gap_ms=late_ms)
    desk.pause(qtbot)

    assert desk.codes == [b"KH00001"]
    assert desk.line.text() == "12"
    assert desk.clicks == []


def test_that_an_end_that_never_came_leaves_what_was_typed(qtbot: QtBot, desk: Desk) -> None:
    desk.scan("KH00001")
    desk.type(ENTER, gap_ms=1001)
    desk.pause(qtbot)

    assert desk.codes == []
    assert desk.line.text() == "KH00001"


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("gap_ms", [31, 100])
def test_that_a_beginning_that_was_parted_is_put_to_its_code(
    desk: Desk, at: int, gap_ms: int
) -> None:
    desk.line.setText("12")
    desk.scan("KH00001"[:at])
    desk.type("KH00001"[at], gap_ms=gap_ms)
    desk.type("KH00001"[at + 1 :] + ENTER, gap_ms=8)

    assert desk.codes == [b"KH00001"]
    assert desk.line.text() == "12"


@pytest.mark.parametrize("gap_ms", [40, 99, 150])
def test_that_an_amount_typed_right_before_a_scan_stays_where_it_is(
    desk: Desk, gap_ms: int
) -> None:
    desk.type("12507", gap_ms=gap_ms)
    desk.type("K", gap_ms=max(101, gap_ms) if gap_ms > 99 else 99)
    desk.type("H00001" + ENTER, gap_ms=8)

    assert desk.codes == [b"KH00001"]
    assert desk.line.text() == "12507"


def test_that_a_pause_that_ends_a_code_is_not_waited_out(qtbot: QtBot, desk: Desk) -> None:
    desk.wedge.use(DeviceProfile(suffixes=frozenset({"none"})))
    desk.scan("KH00001")
    desk.type("KH00002", gap_ms=FINGERS_MS)
    desk.pause(qtbot)

    assert desk.codes[0] == b"KH00001"
