"""What the wedge knows of whether somebody is there; nothing of it disturbs a scan."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from tests.ui.wedge_desk import ENTER, NONE, SCANNER_MS, Desk


@pytest.mark.parametrize("how", ["key", "button", "move", "wheel"])
def test_that_it_knows_when_keys_or_mouse_were_touched(desk: Desk, how: str) -> None:
    window, middle = desk.window.windowHandle(), QPoint(9, 9)
    desk.wedge.touched_s, desk.wedge._is_touched = 0.0, False

    if how == "key":
        QTest.keyClick(window, Qt.Key.Key_F9)
    elif how == "button":
        QTest.mousePress(window, Qt.MouseButton.LeftButton, NONE, middle)
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton, NONE, middle)  # or all hold it
    elif how == "move":
        QTest.mouseMove(window, middle + QPoint(5, 3))
    else:
        QTest.wheelEvent(window, QPointF(middle), QPoint(0, 120))

    assert desk.wedge.touched_s > 0
    assert desk.wedge.was_touched()
    assert desk.codes == []


def test_that_a_wheel_between_the_keys_of_a_scan_does_not_break_it(desk: Desk) -> None:
    desk.scan("K004")
    QTest.wheelEvent(desk.window.windowHandle(), QPointF(9, 9), QPoint(0, 120))
    desk.type("175" + ENTER, gap_ms=SCANNER_MS)

    assert desk.codes == [b"K004175"]
