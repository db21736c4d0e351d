"""Half-typed cards come back under 待补 after a restart, and only those that were not stored."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.domain.money import Money
from erpdesk.errors import StorageError
from erpdesk.files.drafts import Drafts
from erpdesk.services.stocktake.counting import Counting
from erpdesk.storage.documents import Document
from tests.ui import rooms
from tests.ui.rooms import Here, code_of, counting_page, scan, texts
from ui.pages.counting.page import CountingPage

pytestmark = pytest.mark.usefixtures("app", "made")


def half_typed(here: Here, page: CountingPage, qtbot: QtBot, code: str, typed: str) -> None:
    scan(page, code)
    here.settle(qtbot)
    qtbot.keyClicks(page.card.stated.amount, typed)
    page.drafts.keeper.keep()
    here.settle(qtbot)


def test_that_a_card_half_typed_when_the_program_died_is_parked_at_the_next_start(
    place: Path, here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    half_typed(here, page, qtbot, code_of(1), "12 and")
    page.card.verify.mark_same()
    page.drafts.keeper.keep()
    here.settle(qtbot)

    with rooms.room_of(place) as again:
        other = counting_page(again, qtbot)
        again.settle(qtbot)
        assert [row.title for row in other.side.rows("parked")] == ["客户01有限公司"]
        assert "没录完的 1 户" in texts(other.notices)
        other.acts.open_row("parked", other.side.rows("parked")[0].key)
        again.settle(qtbot)

        assert other.card.stated.amount.text() == "12 and"
        assert [one.field for one in other.card.verify.verified] == ["name"]


def test_that_a_card_that_was_stored_is_kept_no_more(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    half_typed(here, page, qtbot, code_of(1), "120000")
    assert here.desk.drafts.kept("counting")["cards"][made.id][0]["amount"] == "120000"

    page.record()
    here.settle(qtbot)
    page.drafts.keeper.keep()
    here.settle(qtbot)

    assert here.desk.drafts.kept("counting") == {}


def test_that_closing_the_window_stores_what_is_valid_and_keeps_what_is_not(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    half_typed(here, page, qtbot, code_of(1), "12 and")
    half_typed(here, page, qtbot, code_of(2), "5")

    page.leave()
    here.settle(qtbot)

    kept = here.desk.drafts.kept("counting")["cards"][made.id]
    assert [card["who"]["code"] for card in kept] == [code_of(1)]
    assert [one.stated for one in here.events(made.id) if one.stated] != []


def test_that_who_answered_is_kept_though_no_key_wrote_it(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    half_typed(here, page, qtbot, code_of(1), "12 and")

    with qtbot.waitSignal(page.card.stated.edited):
        page.card.stated.who.setText("李会计")
    page.drafts.keeper.keep()
    here.settle(qtbot)

    assert here.desk.drafts.kept("counting")["cards"][made.id][0]["by"] == "李会计"


def test_that_another_person_is_not_offered_it(
    place: Path, here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    half_typed(here, page, qtbot, code_of(1), "12 and")

    with rooms.room_of(place, "second") as again:
        other = counting_page(again, qtbot)
        again.settle(qtbot)
        assert other.side.rows("parked") == ()


@pytest.mark.parametrize("cards", [[{"who": {}}], [{"raw": "zz"}], [{}]])
def test_that_a_card_that_cannot_be_read_is_left_out(
    here: Here, made: Document, qtbot: QtBot, cards: list[dict[str, object]]
) -> None:
    drafts = here.desk.drafts
    assert isinstance(drafts, Drafts)
    drafts.keep("counting", {"cards": {made.id: cards}})

    page = counting_page(here, qtbot)

    assert page.side.rows("parked") == ()


def test_that_parked_cards_stay_with_their_campaign(
    here: Here, page: CountingPage, made: Document, qtbot: QtBot
) -> None:
    half_typed(here, page, qtbot, code_of(1), "12 and")
    page.acts.park()
    assert parked(page) == [code_of(1)]

    page.lists.begin(None)
    assert parked(page) == []
    page._join(made.id)
    here.settle(qtbot)

    assert parked(page) == [code_of(1)]


def test_that_a_statement_that_could_not_be_stored_when_the_program_died_is_stored_once(
    place: Path,
    here: Here,
    page: CountingPage,
    made: Document,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object, **__: object) -> object:
        raise StorageError("away")

    half_typed(here, page, qtbot, code_of(1), "1200")
    page.card.verify.mark_same()
    with monkeypatch.context() as away:
        away.setattr(Counting, "record_statement", failing)
        page.record()
        here.settle(qtbot)
        for one in (page.unstored, page.drafts):
            one.keeper.keep()
        here.settle(qtbot)

    for _ in range(2):
        with rooms.room_of(place) as again:
            other = counting_page(again, qtbot)
            again.settle(qtbot)
            assert parked(other) == []

    said = [one for one in here.events(made.id) if one.stated]
    assert [one.stated for one in said] == [Money(120_000, "CNY")]
    assert [one.field for one in said[0].verified] == ["code", "name"]


def parked(page: CountingPage) -> list[str]:
    return [one.who.code for one in page.lists.parked]


def test_that_a_scan_that_could_not_be_stored_when_the_program_died_is_stored_at_the_next_start(
    place: Path,
    here: Here,
    page: CountingPage,
    made: Document,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object, **__: object) -> object:
        raise StorageError("away")

    with monkeypatch.context() as away:
        away.setattr(Counting, "record_scan", failing)
        scan(page, code_of(1), code_of(2))
        here.settle(qtbot)
        page.unstored.keeper.keep()
        here.settle(qtbot)
        assert len(here.desk.drafts.kept("scans")["scans"]) == 2

    with rooms.room_of(place) as again:
        other = counting_page(again, qtbot)
        again.settle(qtbot)
        other.unstored.keeper.keep()
        again.settle(qtbot)

        assert again.stored(made) == [code_of(1).encode(), code_of(2).encode()]
        assert again.desk.drafts.kept("scans") == {}
        assert other.flow.tally.pending == 0
