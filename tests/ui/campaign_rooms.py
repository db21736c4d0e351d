"""The campaigns page on the small firm of the services' tests."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.services.campaign_board import crew_of
from tests.services.builders import Office
from tests.ui.settling import until_idle
from ui.pages.campaigns import CampaignsPage
from ui.pages.campaigns_facts import CampaignsParts
from ui.pages.campaigns_plan import PlanPage
from ui.work.runner import Runner
from ui.work.wording import Wording

NAMES = {"maker": "陈静", "chief": "林涛", "counter": "王芳", "second": "赵倩"}


def page_of(
    qtbot: QtBot, runner: Runner, office: Office, *, by: str = "chief", language: str = "zh"
) -> CampaignsPage:
    desk = office.desk(by)
    everybody = {str(one.name): one for one in desk.signing_in.everybody()}
    parts = CampaignsParts(
        desk.campaigns,
        desk.exporting,
        desk.evidence,
        desk.document,
        desk.customer,
        lambda words: desk.find_customers(words, most=20),
        lambda: crew_of(desk.signing_in.everybody(), at=office.clock.now_us()),
        office.clock,
        NAMES,
        everybody[by].roles(at=office.clock.now_us()),
    )
    words = Wording("en" if language == "en" else "zh")
    page = CampaignsPage(parts, runner, words)
    qtbot.addWidget(page)
    runner.changed.connect(page.look_again)
    page.resize(1202, 680)
    page.show()
    page.entered()
    settle(qtbot, runner, page)
    return page


def settle(qtbot: QtBot, runner: Runner, page: CampaignsPage) -> None:
    """Wait until nothing is asked or stored, and a plan that changed was looked up again."""
    if page.plan._wait.isActive():
        page.plan._look()
    qtbot.waitUntil(until_idle(runner))
    QApplication.processEvents()  # what was made anew is laid out now


def written(page: CampaignsPage, qtbot: QtBot, runner: Runner) -> PlanPage:
    """Return the plan page with a new plan that only has to be frozen."""
    page.new.click()
    settle(qtbot, runner, page)
    fields = page.plan.fields
    fields.name.setText("年末盘点")
    fields.people.counters["counter"].setChecked(True)
    fields.people.open.click()
    fields.people.tolerance.setText("0")
    settle(qtbot, runner, page)
    return page.plan
