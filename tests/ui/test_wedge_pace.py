"""Whatever fingers and scanners type: the pace tells them apart, and nothing is lost."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.wedge_desk import ENTER, NONE, PRESS, RELEASE, Desk

LETTERS = st.sampled_from("abcXYZ 0129-/ßé")


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(LETTERS, st.integers(40, 400)), min_size=1, max_size=25))
@example([(char, 40) for char in "K004175"])
def test_that_fingers_are_never_a_scanner_and_lose_nothing(
    desk: Desk, keys: list[tuple[str, int]]
) -> None:
    desk.line.clear()
    for char, gap_ms in keys:
        desk.now_ms += gap_ms
        handle = desk.window.windowHandle()
        for kind in (PRESS, RELEASE):
            key = Qt.Key(ord(char.upper())) if char.isascii() else Qt.Key(0)
            QApplication.sendEvent(handle, QKeyEvent(kind, key, NONE, char))
    desk.press(Qt.Key.Key_Return, after_ms=40)

    assert desk.line.text() == "".join(char for char, _ in keys)
    assert desk.codes == []
    assert desk.clicks == []


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
