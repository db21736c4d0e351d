"""What changes costs nothing on pages that nobody sees: each looks again when it is shown."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from erpdesk.domain.changes import Changes
from tests.ui.rooms import Here
from ui.main_window import MainWindow
from ui.pages import Page
from ui.pages.inbox.page import InboxPage
from ui.pages.receipts.page import ReceiptsPage

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.journey]
ANY = frozenset({"any"})
CHANGED = Changes(ANY, open_items=ANY, campaigns=ANY)


@pytest.fixture
def template(campaign_template: Path) -> Path:
    return campaign_template


@pytest.fixture
def person() -> str:
    return "maker"


@pytest.fixture
def window(here: Here, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(here.room)
    qtbot.addWidget(made)
    made.show()
    made.make_rest()
    qtbot.waitUntil(lambda: made.is_whole)
    for name in ("receipts", "inbox", "doctor"):
        made.go(name)
        here.settle(qtbot)
    yield made
    made.close()
    here.settle(qtbot)


@pytest.fixture
def asking(here: Here, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[QObject]:
    """Who asks the books for something, while the scanner doctor is shown."""
    asked, runner = list[QObject](), here.room.runner
    for name in ("query", "produce"):
        ask = getattr(runner, name)

        def noted(
            owner: QObject, *work: object, ask: Callable[..., object] = ask, **then: object
        ) -> None:
            asked.append(owner)
            ask(owner, *work, **then)

        monkeypatch.setattr(runner, name, noted)
    return asked


def test_that_no_page_looks_again_while_another_is_shown(
    window: MainWindow, here: Here, qtbot: QtBot, asking: list[QObject]
) -> None:
    here.room.runner.changed.emit(CHANGED)
    here.settle(qtbot)

    names = ("vouchers", "receipts", "inbox", "notices", "differences", "campaigns", "home")
    hidden = {window.page_named(name) for name in names}
    assert not hidden & set(asking)


@pytest.mark.parametrize("name", ["receipts", "inbox"])
def test_that_what_is_chosen_is_looked_at_again_when_the_page_is_shown(
    window: MainWindow, here: Here, qtbot: QtBot, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = list[Page]()

    def noted(page: Page, *_: object) -> None:
        again.append(page)

    monkeypatch.setattr(InboxPage, "_open", noted)
    monkeypatch.setattr(ReceiptsPage, "_look_at_customer", noted)
    here.room.runner.changed.emit(CHANGED)
    here.settle(qtbot)
    assert again == []

    looks = []
    for _ in range(2):
        again.clear()
        window.go(name)
        here.settle(qtbot)
        looks.append(len(again))
        window.go("doctor")

    assert looks[0] == looks[1] + 1


@pytest.mark.parametrize("name", ["inbox", "receipts", "differences", "vouchers"])
def test_that_however_much_changes_at_once_one_look_is_on_its_way(
    window: MainWindow, here: Here, qtbot: QtBot, asking: list[QObject], name: str
) -> None:
    window.go(name)
    here.settle(qtbot)
    asking.clear()

    for _ in range(20):
        here.room.runner.changed.emit(CHANGED)
    page = window.page_named(name)
    on_its_way = sum(page in (one, one.parent()) for one in asking)
    here.settle(qtbot)

    assert on_its_way == 1
