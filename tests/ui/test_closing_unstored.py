"""A window is closed while a scan could not be stored: it says so once, and goes the next time."""

from pathlib import Path

import pytest
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot
from typing_extensions import override

from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import StorageError
from erpdesk.files.atomic import DiskFullError
from erpdesk.files.drafts import Drafts
from erpdesk.services.stocktake.counting import Counting
from tests.ui.rooms import Here, code_of, texts
from ui.main_window import MainWindow
from ui.pages.counting.page import CountingPage

pytestmark = pytest.mark.usefixtures("app")


class ByHand(QCloseEvent):
    """A window is closed by the person before it, not by the program."""

    @override
    def spontaneous(self) -> bool:
        return True


@pytest.fixture
def template(campaign_template: Path) -> Path:
    return campaign_template


def closed_by_hand(window: MainWindow) -> bool:
    event = ByHand()
    window.closeEvent(event)
    return event.isAccepted()


def test_that_a_window_with_a_scan_that_is_not_stored_says_so_before_it_goes(
    counting_window: MainWindow, here: Here, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, is_full = Counting.record_scan, [True]

    def failing(self: Counting, *args: object, **named: object) -> object:
        if is_full:
            raise StorageError("disk")
        return real(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Counting, "record_scan", failing)
    counting_window.take_scan(code_of(1).encode(), Source.SERIAL)
    here.settle(qtbot)
    counting_window.go("home")

    first = closed_by_hand(counting_window)
    here.settle(qtbot)
    said, shown = texts(counting_window), counting_window.shown
    second = closed_by_hand(counting_window)

    assert (first, second) == (False, True)
    assert shown == "counting"
    assert "没存上的留在本机，下次打开再存" in said


def test_that_closing_is_called_a_loss_where_this_computer_keeps_nothing_either(
    counting_window: MainWindow, here: Here, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> object:
        raise StorageError("disk")

    def full(*_: object) -> None:
        raise DiskFullError(name="scans.json")

    monkeypatch.setattr(Counting, "record_scan", failing)
    monkeypatch.setattr(Drafts, "keep", full)
    counting_window.take_scan(code_of(1).encode(), Source.SERIAL)
    here.settle(qtbot)
    page = counting_window.page
    assert isinstance(page, CountingPage)
    page.unstored.keeper.keep()
    here.settle(qtbot)

    assert not closed_by_hand(counting_window)
    assert "现在关掉就丢了" in texts(counting_window)


def test_that_a_scan_stored_after_all_lets_the_window_go(
    counting_window: MainWindow, here: Here, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = Counting.record_scan, [StorageError("disk")]

    def failing(self: Counting, *args: object, **named: object) -> object:
        if failures:
            raise failures.pop()
        return real(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Counting, "record_scan", failing)
    counting_window.take_scan(code_of(1).encode(), Source.SERIAL)
    here.settle(qtbot)

    held = not closed_by_hand(counting_window)
    counting_window.page.notices.acted.emit("retry")
    here.settle(qtbot)

    campaign = here.desk.campaign("盘-0001")
    assert held
    assert counting_window.page.notices.notices == ()
    assert [one.raw for one in here.events(campaign.id)] == [code_of(1).encode()]
    assert closed_by_hand(counting_window)
