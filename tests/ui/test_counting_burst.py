"""A burst of scans: every one is stored and listed, and the card is that of the last."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.errors import StorageError
from erpdesk.services.stocktake.counting import Counting
from erpdesk.storage.documents import Document
from tests.ui import rooms
from tests.ui.rooms import Here, code_of, counting_page, scan
from ui.pages.counting.page import CountingPage

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("firm") / "firm.erpdesk"
    rooms.make_company(place)
    return place


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Path:
    return rooms.copied(template, tmp_path)


@pytest.fixture
def made(place: Path) -> Document:
    return rooms.campaign(place)


@pytest.fixture
def here(place: Path, made: Document, qtbot: QtBot) -> Iterator[Here]:
    del made, qtbot
    with rooms.room_of(place) as found:
        yield found


@pytest.fixture
def page(here: Here, qtbot: QtBot) -> CountingPage:
    return counting_page(here, qtbot)


def test_that_a_burst_shows_one_card_and_lists_every_scan(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    cards: list[int] = []
    page.card.band.show_finding = lambda *_, **__: cards.append(1)  # type: ignore[method-assign]

    scan(page, *(code_of(n) for n in range(1, 9)))
    here.settle(qtbot)

    assert len(here.stored(made)) == 8
    assert len(page.side.rows("recent")) == 8
    assert page.card.who is not None
    assert page.card.who.code == code_of(8)
    assert len(cards) == 1


def test_that_the_campaign_is_looked_at_when_a_burst_is_over(
    here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    scan(page, *(code_of(n) for n in range(1, 9)))
    here.settle(qtbot)

    assert page.standing is not None
    assert page.standing.counted == 8
    assert not page.flow.is_busy


def test_that_what_could_not_be_stored_follows_by_itself_and_leaves_the_card_in_hand_alone(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = Counting.record_scan, [StorageError("away") for _ in range(4)]

    def failing(self: Counting, *args: object, **named: object) -> object:
        if failures:
            raise failures.pop()
        return real(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Counting, "record_scan", failing)
    scan(page, code_of(1), code_of(2))
    here.settle(qtbot)
    page.flow.try_again()
    here.settle(qtbot)
    assert [one.title for one in page.notices.notices] == ["还没存上，会自己再存"]
    failures.clear()

    scan(page, code_of(3))
    qtbot.waitUntil(page.card.isVisible)
    qtbot.keyClicks(page.card.stated.amount, "27")
    here.settle(qtbot)

    assert page.flow.tally.pending == 0
    assert here.stored(made) == [code_of(3).encode(), code_of(1).encode(), code_of(2).encode()]
    assert page.card.stated.amount.text() == "27"
    assert page.notices.notices == ()
