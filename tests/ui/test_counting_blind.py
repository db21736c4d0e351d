"""A blind count shows no figure of the books: not in a text, a tooltip or what is spoken."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui import rooms
from tests.ui.rooms import code_of, counting_page, scan, texts

pytestmark = pytest.mark.usefixtures("app")


def test_that_a_blind_count_shows_no_figure_anywhere(place: Path, qtbot: QtBot) -> None:
    made = rooms.campaign(place, blind=True)
    with rooms.room_of(place, "maker") as here:
        page = counting_page(here, qtbot)
        for _ in range(2):
            scan(page, code_of(1))
            here.settle(qtbot)
            assert "271,8" not in texts(page)
            assert "2718" not in texts(page)
            page.flow._heard = None
        page.acts.restate()
        qtbot.keyClicks(page.card.stated.amount, "1")
        page.card.stated.take_book()

        assert page.card.stated.amount.text() == "1"
        assert not page.card.stated.as_book.isVisible()
        assert "盲盘" in texts(page.card)
        assert page.standing is not None
        assert not page.standing.figures
        page.record()
        here.settle(qtbot)
        assert "差" not in "".join(row.word for row in page.side.rows("recent"))
        assert len(here.stored(made)) == 3
        here.room.wording.use("en")
        scan(page, code_of(2))
        here.settle(qtbot)
        in_english = texts(page.card)

    assert ("盲" in in_english, "blind" in in_english) == (False, True)
