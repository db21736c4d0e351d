"""A campaign over many customers: each look reads what is new, and the lists stay short."""

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.count_line import LineVerb
from erpdesk.services.stocktake import campaign_board, campaign_scope
from erpdesk.services.stocktake.campaign_status import NotACampaignError
from erpdesk.services.stocktake.campaign_watch import Tell
from erpdesk.storage import counts
from erpdesk.storage.database import Connection
from tests.services.builders import Office
from tests.ui.campaign_rooms import page_of, plan_page, run_page, settle
from ui.pages.campaigns import lists as campaigns_lists
from ui.pages.campaigns.facts import Boards
from ui.work.runner import Runner

pytestmark = pytest.mark.usefixtures("app")


def test_that_a_look_after_a_scan_reads_the_lines_of_that_customer_alone(
    qtbot: QtBot, runner: Runner, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = office.campaign("K1", "K2", "K3")
    page = page_of(qtbot, runner, office)
    page.open_object(campaign.id)
    settle(qtbot, runner, page)
    asked, lines = list[object](), counts.lines

    def noted(connection: Connection, name: str, *customers: list[str]) -> object:
        asked.append(customers)
        return lines(connection, name, *customers)

    monkeypatch.setattr(counts, "lines", noted)
    office.scan(campaign, "K2")
    for look in (page.standing.look, page.show_list):
        look()
        settle(qtbot, runner, page)

    assert asked == [([office.customer("K2").id],)]
    assert page.standing.head.values["counted"].text() == "1 / 3 户"


def test_that_of_many_the_first_are_listed_and_the_rest_is_numbered(
    qtbot: QtBot, runner: Runner, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (campaign_board, campaigns_lists):
        monkeypatch.setattr(place, "LISTED_MOST", 2)
    campaign = office.campaign("K1", "K2", "K3")
    run = run_page(qtbot, runner, office, campaign)
    more, rows = run.lists.more["open"], run.lists.tables["open"].rows_model

    assert [one.frozen.code for one in rows.rows] == ["K1", "K2"]
    assert (more.text(), more.isVisible()) == ("还有 1 条没列出", True)
    assert run.head.values["open"].text() == "3"

    run.decide.ways[LineVerb.DEFER].click()
    run.decide.reason.setText("电话没人接，改天再去")
    run.decide.submit.click()
    for _ in range(2):
        settle(qtbot, runner, run)

    assert [one.frozen.code for one in rows.rows] == ["K2", "K3"]
    assert not more.isVisible()


def test_that_of_many_who_may_be_planned_the_first_are_listed_and_a_search_finds_the_others(
    qtbot: QtBot, runner: Runner, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_scope, "LISTED_MOST", 1)
    held = office.campaign("K2").number
    plan = plan_page(qtbot, runner, office)
    scope, listed = plan.fields.scope, list[tuple[str, str | None]]()
    said, hint = scope.sums.text(), scope.hint.text()

    for words in ("", "K3", ""):
        scope.search.setText(words)
        settle(qtbot, runner, plan)
        listed += [(one.code, one.held_by) for one in scope.model.rows]

    assert listed == [("K2", held), ("K3", None), ("K2", held)]
    assert said.startswith("名单 3 户")
    assert hint.startswith("共 3 户，列出前 1 户")


def test_that_a_look_that_is_refused_leaves_nothing_on_its_way(
    qtbot: QtBot, runner: Runner, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, shown = run_page(qtbot, runner, office, office.campaign("K1")), list[bool]()

    def refused(_: Boards, name: str, tell: Tell) -> None:
        tell(1, 2)
        raise NotACampaignError(number=name)

    monkeypatch.setattr(Boards, "board", refused)
    runner.refused.connect(lambda _: shown.append(run.strip.isVisible()))
    run.look()
    settle(qtbot, runner, run)

    assert shown == [False]
    assert run.strip.progress.text() == "已完成 1 / 2"
