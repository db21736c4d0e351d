"""A scan counts wherever the focus is, and presses and types nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.counting import Source
from erpdesk.storage.documents import Document
from tests.ui.rooms import Here, code_of, scan
from ui.pages.counting.page import CountingPage
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


@dataclass
class Gun:
    """A scanner of one pace; its time stands still while the computer is busy."""

    gap_ms: int
    now_ms: int = 0

    def types(self, page: CountingPage, code: str) -> None:
        """Type a code as a wedge does, through the window, whatever has the focus."""
        window = page.windowHandle()
        self.now_ms += 1000
        for key in (*map(ord, code), Qt.Key.Key_Return):
            self.now_ms += self.gap_ms
            QTest.keyClick(window, key)


@pytest.fixture(params=[1, 8, 30])
def gun(request: pytest.FixtureRequest, page: CountingPage, qapp: QApplication) -> Iterator[Gun]:
    """Return a fast, a usual and a slow one."""
    made = Gun(request.param)
    wedge = Wedge(qapp, DeviceProfile(), stamp_ms=lambda _: made.now_ms, wait_ms=lambda _: 60_000)
    wedge.code_read.connect(lambda code: page.scan(code, Source.WEDGE))
    yield made
    wedge.leave()
    wedge.deleteLater()


@pytest.mark.parametrize(
    "each", [1, pytest.param(10, marks=[pytest.mark.nightly, pytest.mark.timeout(600)])]
)
def test_that_scans_reach_the_page_from_every_focus_and_nothing_is_pressed_or_typed(
    each: int, gun: Gun, here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
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
            gun.types(page, f"NOBODY-{sent:05d}")
            assert _states(page) == before
        here.settle(qtbot)
        page.acts.open_row("recent", page.side.rows("recent")[-1].key)
    here.settle(qtbot)

    assert kinds >= 10
    assert len(here.stored(made)) == sent + 1
    assert pressed == []
