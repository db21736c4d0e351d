"""Counting on a server under a login that may only count: everything it shows, it may read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.counting import Source
from tests.postgres_server import Server
from tests.ui.rooms import Here, code_of, counting_page, scan, texts
from tests.ui.server_rooms import CUSTOMERS, ServerFirm
from ui.main_window import MainWindow
from ui.pages.counting.page import CountingPage

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.slow, pytest.mark.timeout(60)]
NAMES = iter(f"floor{n}" for n in range(100))


@pytest.fixture
def firm(postgres_server: Server, tmp_path: Path) -> ServerFirm:
    made = ServerFirm(postgres_server, next(NAMES), tmp_path)
    made.make()
    return made


@pytest.fixture
def here(firm: ServerFirm, qtbot: QtBot) -> Iterator[Here]:
    del qtbot
    firm.campaign()
    with firm.room("counter") as found:
        yield found


@pytest.fixture
def page(here: Here, qtbot: QtBot) -> CountingPage:
    return counting_page(here, qtbot)


def test_that_a_counter_scans_states_proposes_and_takes_back_on_a_server(
    here: Here, page: CountingPage, qtbot: QtBot
) -> None:
    assert page.campaign is not None
    scan(page, code_of(1))
    here.settle(qtbot)
    assert "271,828.19" in texts(page.card)
    assert "杭州1号" in texts(page.card)
    qtbot.keyClicks(page.card.stated.amount, "271800")
    scan(page, "OLD-17")
    here.settle(qtbot)
    page.unexpected.choices.buttons["junk"].click()
    page.unexpected.give.click()
    here.settle(qtbot)
    assert page.side.rows("unexpected")[0].word == "已提建议"
    page.acts.own.take_back()
    here.settle(qtbot)
    page.acts.typed_in_bar("客户02")
    here.settle(qtbot)
    page.acts.hand_over()
    here.settle(qtbot)

    assert [one.stated for one in here.events(page.campaign.id) if one.stated] == [
        Money(27_180_000, "CNY")
    ]
    sums = {name: label.text() for name, label in page.shift.figures.items()}
    assert (sums["scans"], sums["unexpected"], sums["taken_back"]) == ("3", "1", "1")
    assert page.standing is not None
    assert page.standing.counted == 2


def test_that_a_blind_count_on_a_server_shows_no_figure(firm: ServerFirm, qtbot: QtBot) -> None:
    firm.campaign(blind=True)
    with firm.room("counter") as here:
        page = counting_page(here, qtbot)
        scan(page, code_of(1))
        here.settle(qtbot)

        assert "271,8" not in texts(page)
        assert "客户01有限公司" in texts(page.card)
        assert "杭州1号" in texts(page.card)


def test_that_the_whole_window_of_a_counter_asks_for_nothing_it_may_not_read(
    here: Here, qtbot: QtBot
) -> None:
    refused: list[object] = []
    here.room.runner.refused.connect(refused.append)
    here.room.runner.broke.connect(refused.append)
    window = MainWindow(here.room)
    qtbot.addWidget(window)
    window.show()
    here.settle(qtbot)
    assert "盘-0001" in texts(window.page)
    assert not window.page.notices.isVisible()
    window.go("counting")
    here.settle(qtbot)
    window.activateWindow()
    window.finder.begin()
    qtbot.keyClicks(window.finder, "KH0")
    qtbot.waitUntil(window.finder.popup.isVisible)
    assert window.finder.list.count() == CUSTOMERS
    window.step_out()
    window.take_scan(code_of(CUSTOMERS).encode(), Source.WEDGE)
    here.settle(qtbot)

    assert refused == []
    page = window.page
    assert isinstance(page, CountingPage)
    assert page.stack.currentWidget() is page.unexpected
