"""The campaigns page on the small firm of the services' tests, whole or one part of it."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.services.looking import Text
from erpdesk.services.stocktake.campaign_board import crew_of
from tests.services.builders import Office
from tests.ui.settling import until_idle
from ui.pages.campaigns.facts import Boards, CampaignsParts
from ui.pages.campaigns.page import CampaignsPage
from ui.pages.campaigns.plan import PlanPage
from ui.pages.campaigns.run import RunPage
from ui.work.runner import Runner
from ui.work.wording import Wording

NAMES = {"maker": "陈静", "chief": "林涛", "counter": "王芳", "second": "赵倩"}


def parts_of(office: Office, by: str) -> CampaignsParts:
    desk, now = office.desk(by), office.clock.now_us()
    everybody = {str(one.name): one for one in desk.signing_in.everybody()}
    return CampaignsParts(
        desk.campaigns,
        desk.reporting,
        desk.evidence,
        desk.document,
        desk.customers_called,
        lambda words: desk.find_customers(words, most=20),
        lambda: crew_of(desk.signing_in.everybody(), at=now),
        lambda campaign, language: desk.printing.count_sheet(campaign, language=language),
        office.clock,
        NAMES,
        everybody[by].roles(at=now),
    )


def page_of(
    qtbot: QtBot, runner: Runner, office: Office, *, by: str = "chief", language: str = "zh"
) -> CampaignsPage:
    """Return the whole page, its list looked up."""
    words = Wording("en" if language == "en" else "zh")
    page = CampaignsPage(parts_of(office, by), runner, words)
    _show(qtbot, page)
    runner.changed.connect(page.look_again)
    page.entered()
    settle(qtbot, runner, page.plan)
    return page


def plan_page(qtbot: QtBot, runner: Runner, office: Office) -> PlanPage:
    """Return the page of a plan alone, with a new one."""
    page = PlanPage(parts_of(office, "chief"), runner, Wording("zh"))
    _show(qtbot, page)
    page.begin(None)
    settle(qtbot, runner, page)
    return page


def write(plan: PlanPage, qtbot: QtBot, runner: Runner) -> None:
    """Write all that a plan needs to be frozen."""
    fields = plan.fields
    fields.name.setText("年末盘点")
    fields.people.counters["counter"].setChecked(True)
    fields.people.open.click()
    fields.people.tolerance.setText("0")
    settle(qtbot, runner, plan)


def written(qtbot: QtBot, runner: Runner, office: Office) -> PlanPage:
    """Return the page of a plan that only has to be frozen."""
    plan = plan_page(qtbot, runner, office)
    write(plan, qtbot, runner)
    return plan


def run_page(
    qtbot: QtBot, runner: Runner, office: Office, campaign: Text, *, by: str = "chief"
) -> RunPage:
    """Return the page of a frozen campaign alone."""
    page = RunPage(Boards(parts_of(office, by)), runner, Wording("zh"))
    _show(qtbot, page)
    runner.changed.connect(page.look_again)
    page.show_campaign(office.look(campaign))
    settle(qtbot, runner, page)
    return page


def _show(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1202, 680)
    page.show()


def settle(qtbot: QtBot, runner: Runner, page: QWidget) -> None:
    """Wait until nothing is asked or stored, and a plan that changed was looked up again."""
    if isinstance(page, PlanPage) and page._wait.isActive():
        page._look()
    qtbot.waitUntil(until_idle(runner))
    QApplication.processEvents()  # what was made anew is laid out now
