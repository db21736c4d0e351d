"""A scan while windows come and go: one code, and what fingers typed stays where it was typed."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.wedge_desk import ENTER, SCANNER_MS, Desk


@pytest.fixture
def line_beside(qtbot: QtBot, desk: Desk) -> QLineEdit:
    """A field that is a window of its own, which has not come yet."""
    line = QLineEdit()
    qtbot.addWidget(line)
    return line


def come(qtbot: QtBot, line: QLineEdit) -> None:
    """Let the window of a field come to the front."""
    window = line.window()
    window.show()
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is window.windowHandle())


def test_that_a_scan_under_which_the_window_changes_is_one_code(
    qtbot: QtBot, desk: Desk, line_beside: QLineEdit
) -> None:
    desk.scan("K00")
    come(qtbot, line_beside)
    desk.type("41" + ENTER, gap_ms=SCANNER_MS)

    assert desk.codes == [b"K0041"]
    assert (desk.line.text(), line_beside.text()) == ("", "")


def test_that_a_letter_typed_just_before_another_window_comes_stays_where_it_was_typed(
    qtbot: QtBot, desk: Desk, line_beside: QLineEdit
) -> None:
    desk.type("a", gap_ms=SCANNER_MS)
    come(qtbot, line_beside)
    desk.pause(qtbot)

    assert (desk.line.text(), line_beside.text()) == ("a", "")


def test_that_a_window_that_goes_under_a_scan_takes_nothing_of_it_away(
    qtbot: QtBot, desk: Desk, line_beside: QLineEdit
) -> None:
    come(qtbot, line_beside)
    desk.scan("K00")
    line_beside.window().hide()
    come(qtbot, desk.line)
    desk.type("41" + ENTER, gap_ms=SCANNER_MS)

    assert desk.codes == [b"K0041"]
