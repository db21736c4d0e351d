"""The list of campaigns, and the page as a whole: opened, withheld, in either language."""

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.count_line import LineVerb
from tests.services.builders import Office
from tests.ui.campaign_rooms import page_of, settle
from tests.ui.clipping import clipped
from tests.ui.rooms import texts
from tests.ui.settling import silent_buttons
from ui.work.runner import Runner

pytestmark = pytest.mark.usefixtures("app")


def test_that_the_list_says_of_each_campaign_how_it_stands(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", "K2", due=office.ago(2))
    office.state(campaign, "K1", "9.00")
    chief = office.desk("chief").campaigns
    chief.plan(office.plan(customers=(), filter=(("code", "K"), ("balance_min", "100"))))

    page = page_of(qtbot, runner, office)

    draft, running = (page.model.row_sentence(one) for one in page.model.rows)
    assert "编码 K 开头" in draft
    assert "余额 ≥ 1.00" in draft
    assert "50.0%，1 / 2 户" in running
    assert "逾期 2 天" in running
    assert "林涛" in running
    assert [one.differences for one in page.model.rows] == [None, 1]
    page.table.chips.choose("draft")
    page._arrange()
    assert [one.state for one in page.model.rows] == ["draft"]


def test_that_a_blind_campaign_shows_no_figure_of_the_books_before_its_review(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("服务1", "2,718.28")
    campaign = office.campaign("K1", "K2", blind=True, cut_off=office.today)
    office.state(campaign, "K2", "9.00")
    page = page_of(qtbot, runner, office)
    page._open(page.model.rows[0])
    for _ in range(2):
        settle(qtbot, runner, page.plan)
    run = page.standing

    assert "2,718.28" not in texts(page)
    assert run.head.values["differ"].text() == "盲盘"
    assert page.model.row_sentence(page.model.rows[0]).count("盲盘") == 1
    page.wording.use("en")
    assert run.head.values["differ"].text() == "Blind"


def test_that_a_blind_list_found_by_balances_says_only_how_long_it_is(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("服务1", "113.00")
    office.campaign(customers=(), filter=(("balance_min", "100"),), blind=True)

    page = page_of(qtbot, runner, office)

    assert "范围 名单 1 户" in page.model.row_sentence(page.model.rows[0])


def test_that_only_a_supervisor_decides_and_what_is_off_says_why(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.campaign("K1")
    page = page_of(qtbot, runner, office, by="maker")
    page._open(page.model.rows[0])
    for _ in range(2):
        settle(qtbot, runner, page.plan)
    run = page.standing
    run.lists.tables["open"].selectAll()

    assert "主管" in page.new.why_not
    assert "主管" in run.decide.submit.why_not
    assert "主管" in run.next.why_not
    assert silent_buttons(page) == []


def test_that_a_difference_that_is_open_leads_to_the_review(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "9.00")
    office.desk("chief").campaigns.review(office.look(campaign))
    page = page_of(qtbot, runner, office, by="maker")
    page._open(page.model.rows[0])
    for _ in range(2):
        settle(qtbot, runner, page.plan)
    run = page.standing

    with qtbot.waitSignal(page.wants) as wanted:
        run.guards.lines[0].click()

    assert wanted.args == ["differences"]
    assert not run.next.isEnabled()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_is_cut_in_either_language(
    qtbot: QtBot, runner: Runner, office: Office, language: str
) -> None:
    campaign = office.campaign("K1", "K2")
    office.scan(campaign, "NEW-1")
    page = page_of(qtbot, runner, office, language=language)
    page._open(page.model.rows[0])
    for _ in range(2):
        settle(qtbot, runner, page.plan)
    run = page.standing
    run.lists.go("unexpected")
    run.decide.ways[LineVerb.ALIAS].click()
    settle(qtbot, runner, page.plan)
    cut = clipped(page)
    page.show_list()
    page.new.click()
    settle(qtbot, runner, page.plan)
    page.plan.fields.people.blind.click()
    page.plan.fields.scope.modes._buttons["filter"].click()
    settle(qtbot, runner, page.plan)

    assert cut + clipped(page) == []
    chinese = {"陈静", "林涛", "王芳", "赵倩"}
    if language == "en":
        said = [one.text() for one in page.findChildren(type(page.new))]
        assert not [
            one for one in said if any("一" <= x <= "鿿" for x in one) and one not in chinese
        ]


def test_that_a_switch_of_language_keeps_what_is_typed(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office)
    page.new.click()
    settle(qtbot, runner, page.plan)
    page.plan.fields.name.setText("年末盘点")
    page.plan.fields.people.counters["second"].setChecked(True)

    page.wording.use("en")
    settle(qtbot, runner, page.plan)

    assert page.plan.fields.name.text() == "年末盘点"
    assert page.plan.fields.people.chosen_counters == ("second",)
    assert page.plan.freeze.text() == "Freeze the list…"
    assert page.table.chips._buttons["open"].text() == "Running"


def test_that_a_campaign_is_opened_by_its_number(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1")
    page = page_of(qtbot, runner, office)

    page.open_object(campaign.number or "")
    for _ in range(2):
        settle(qtbot, runner, page.plan)

    assert page.pages.currentWidget() is page.standing
    assert page.standing.title.zh == "盘点计划"
    assert page.standing._name.text() == "年末盘点"


def test_that_a_campaign_nobody_counts_is_said_to_have_expired(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", idle_hours=0)
    page = page_of(qtbot, runner, office)
    settle(qtbot, runner, page.plan)

    assert (campaign.number or "") in page.listed.notices.notices[-1].title
    assert [one.state for one in page.model.rows] == ["expired"]
    page._open(page.model.rows[0])
    for _ in range(2):
        settle(qtbot, runner, page.plan)
    page.standing.next.click()
    for _ in range(2):
        settle(qtbot, runner, page.plan)
    assert office.look(campaign).state == "counting"
