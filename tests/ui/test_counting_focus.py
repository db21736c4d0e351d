"""A scan counts wherever the focus is, and presses and types nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.domain.counting import Source
from erpdesk.storage.documents import Document
from tests.ui.rooms import Here, code_of, scan
from ui.pages.counting import CountingPage
from ui.work.key_run import DeviceProfile
from ui.work.wedge import Wedge

pytestmark = pytest.mark.usefixtures("app", "made")


def focusable(page: CountingPage) -> list[QWidget]:
    """Return the parts of the page that can have the focus now."""
    return [
        one
        for one in page.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def _states(page: CountingPage) -> list[object]:
    fields = [one.text() for one in page.card.findChildren(QLineEdit)]
    chosen = [one.currentIndex() for one in page.findChildren(QComboBox)]
    return [*fields, *chosen]


def typed_by_scanner(page: CountingPage, code: str) -> None:
    """Type a code as a wedge does, through the window, whatever has the focus."""
    window = page.windowHandle()
    for letter in code:
        QTest.keyClick(window, ord(letter))
    QTest.keyClick(window, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    "each", [2, pytest.param(60, marks=[pytest.mark.nightly, pytest.mark.timeout(600)])]
)
def test_that_scans_reach_the_page_from_every_focus_and_nothing_is_pressed_or_typed(
    each: int, here: Here, page: CountingPage, made: Document, qtbot: QtBot, qapp: QApplication
) -> None:
    wedge = Wedge(qapp, DeviceProfile(gap_ms=2000))  # a busy computer is no finger
    wedge.code_read.connect(lambda code: page.scan(code, Source.WEDGE))
    pressed: list[str] = []
    for button in page.findChildren(QAbstractButton):
        button.pressed.connect(lambda: pressed.append("pressed"))
    scan(page, code_of(1))
    here.settle(qtbot)
    kinds = len(focusable(page))
    sent = 0
    for n in range(kinds):
        for _ in range(each):
            parts = focusable(page)
            parts[n % len(parts)].setFocus()
            before = _states(page)
            sent += 1
            typed_by_scanner(page, f"NOBODY-{sent:05d}")
            assert _states(page) == before
        here.settle(qtbot)
        page.acts.open_row("recent", page.side.rows("recent")[-1].key)
    here.settle(qtbot)
    wedge.leave()
    wedge.deleteLater()

    assert kinds >= 10
    assert len(here.stored(made)) == sent + 1
    assert pressed == []
