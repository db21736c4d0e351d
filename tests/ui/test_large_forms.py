"""Forms beside lists, in English at the largest text on the smallest usual screen."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.services.noticing import Asked
from erpdesk.services.replying import SlipBack
from tests.services.builders import Office
from tests.ui.clipping import clipped
from tests.ui.clothes import clothe
from tests.ui.settling import until_idle
from tests.ui.test_notices import page_of
from ui.widgets.evidence_taker import EvidenceTaker
from ui.work.runner import Runner
from ui.work.wording import Wording

PAGE_PX = 1137
"""What the sidebar leaves of 1366 px, with the bar that scrolls the page."""


@pytest.fixture(autouse=True)
def large(app: QApplication) -> Iterator[None]:
    clothe(app, "light", 130)
    yield
    clothe(app, "light")


def test_that_the_evidence_of_a_voucher_keeps_to_its_share_of_the_page(qtbot: QtBot) -> None:
    taker = EvidenceTaker(Wording("en"))
    qtbot.addWidget(taker)

    assert taker.minimumSizeHint().width() <= PAGE_PX * 2 // 5


def test_that_a_reply_is_registered_beside_the_list_and_the_paper(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    notice = office.desk("maker").noticing.issue(office.customer(), Asked()).document
    page = page_of(qtbot, runner, office)
    page.wording.use("en")

    page.take(SlipBack(notice.number or ""))
    qtbot.waitUntil(lambda: not page.back.form.isHidden())
    qtbot.waitUntil(until_idle(runner))
    QApplication.processEvents()

    assert clipped(page) == []
    assert page.minimumSizeHint().width() <= PAGE_PX + 32
