"""The pages of settling in the smallest window: nothing is cut, nothing lies outside, all speak."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.domain.people import Role
from erpdesk.words import Language
from tests.services.builders import PASSED, Office
from tests.ui.clothes import clothe
from tests.ui.settling import NAMES, looking, until_idle
from ui.look import Theme
from ui.pages import NewWanted, Page
from ui.pages.inbox.deciding import InboxParts
from ui.pages.inbox.page import InboxPage
from ui.pages.notices.facts import NoticesParts
from ui.pages.notices.page import NoticesPage
from ui.pages.notices.replying import ReplyParts
from ui.pages.receipts.facts import ReceiptsParts
from ui.pages.receipts.page import ReceiptsPage
from ui.pages.vouchers.form import FormParts, VoucherForm
from ui.pages.vouchers.page import VouchersPage, VouchersParts
from ui.widgets.parts import ElidedLabel
from ui.work.runner import Runner
from ui.work.wording import Wording

SMALLEST = (1116, 618)
"""What the frame leaves of a window of 1280 by 680."""
ROLES = frozenset({Role.ACCOUNTANT, Role.CASHIER})

pytestmark = pytest.mark.journey


@pytest.fixture
def office(office: Office) -> Office:
    office.posted("SH1", "1,130.00")
    office.received("500.00")
    office.submitted("SH2", "2,260.00")
    return office


def pages_of(office: Office, runner: Runner, words: Wording) -> list[Page]:
    desk, look, clock = office.desk("maker"), looking(office, "maker"), office.clock
    chief = office.desk("chief")
    form = VoucherForm(
        FormParts(desk.vouchers, desk.approving, desk.evidence, look, NAMES, desk.drafts),
        runner,
        words,
    )
    listed = VouchersParts(
        desk.approving, desk.reversing, look, clock, NAMES, may_write=True, begin=form.begin
    )
    replies = ReplyParts(desk.replying, desk.evidence, clock)
    inbox = InboxParts(chief.approving, looking(office, "chief"), clock, lambda _: None, NAMES)
    return [
        InboxPage(inbox, runner, words),
        VouchersPage(listed, form, runner, words),
        ReceiptsPage(
            ReceiptsParts(
                desk.receipts, desk.rewriting_receipts, desk.evidence, look, clock, ROLES
            ),
            runner,
            words,
        ),
        NoticesPage(
            NoticesParts(desk.noticing, desk.stating, desk.confirming, look, clock, ROLES, replies),
            runner,
            words,
        ),
        VoucherForm(
            FormParts(desk.vouchers, desk.approving, desk.evidence, look, NAMES, desk.drafts),
            runner,
            words,
        ),
    ]


def cut(page: QWidget) -> list[str]:
    """Return the labels that have less room than their text, and do not say so."""
    return [
        label.text()
        for label in page.findChildren(QLabel)
        if label.isVisible()
        and not isinstance(label, ElidedLabel)
        and not label.wordWrap()
        and label.width() < label.fontMetrics().horizontalAdvance(label.text())
    ]


def nameless(page: QWidget) -> list[str]:
    """Return the buttons that are neither read nor named."""
    buttons = page.findChildren(QAbstractButton)
    return [
        repr(one)
        for one in buttons
        if one.isVisible() and not (one.text() or one.accessibleName() or one.toolTip())
    ]


LOOKS: tuple[tuple[Theme, Language, int], ...] = (
    ("light", "zh", 100),
    ("dark", "en", 100),
    ("contrast", "zh", 130),
)


@pytest.mark.parametrize("look", LOOKS)
def test_that_nothing_is_cut_in_the_smallest_window(
    app: QApplication,
    qtbot: QtBot,
    runner: Runner,
    office: Office,
    look: tuple[Theme, Language, int],
) -> None:
    theme, language, percent = look
    clothe(app, theme, percent)
    for page in pages_of(office, runner, Wording(language)):
        qtbot.addWidget(page)
        page.resize(*SMALLEST)
        page.show()
        page.entered()
        for _ in range(3):
            qtbot.waitUntil(until_idle(runner))
        QApplication.processEvents()

        assert (page.width(), page.height()) == SMALLEST, type(page).__name__
        assert cut(page) == [], type(page).__name__
        assert nameless(page) == [], type(page).__name__
        page.close()


def test_that_a_switch_of_language_keeps_what_was_typed(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    words = Wording("zh")
    form = pages_of(office, runner, words)[-1]
    assert isinstance(form, VoucherForm)
    qtbot.addWidget(form)
    form.head.memo.setText("十一月发货")

    words.use("en")

    assert form.head.memo.text() == "十一月发货"
    assert form.submit.text() == "Submit"


def test_that_ctrl_enter_in_the_form_submits_and_goes_back_to_the_list(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.delivered(("SH3", "K1", "500.00"))
    page = pages_of(office, runner, Wording("zh"))[1]
    assert isinstance(page, VouchersPage)
    form = page.form
    assert isinstance(form, VoucherForm)
    qtbot.addWidget(page)
    page.show()
    page.entered()
    page.new.click()
    form.customer.put_customer(office.customer())
    qtbot.waitUntil(until_idle(runner))
    form.lines.every.click()
    form.questions.put_answers(PASSED)
    form.kept.evidence = (office.proof("acceptance"),)
    form.questions.changed.emit()
    qtbot.waitUntil(form.submit.isEnabled)
    page.activateWindow()
    form.head.memo.setFocus()

    qtbot.keyClick(form.head.memo, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: runner.is_idle and page.pages.currentWidget() is page.listed)

    states = [one.state for one in looking(office, "maker").vouchers().rows]
    assert states.count("submitted") == 2


def test_that_a_line_by_hand_that_is_half_written_is_never_left_out_of_what_is_submitted(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    desk, look = office.desk("maker"), looking(office, "maker")
    parts = FormParts(desk.vouchers, desk.approving, desk.evidence, look, NAMES, desk.drafts)
    form = VoucherForm(parts, runner, Wording("zh"))
    qtbot.addWidget(form)
    form.show()
    form.lines.text.setText("安装费")
    qtbot.keyClicks(form.lines.amount, "3390")
    form.customer.put_customer(office.customer())
    qtbot.waitUntil(lambda: runner.is_idle and not form._wait.isActive())
    said = [one.lack.sentence for one in form.guards.lines]

    qtbot.keyClick(form.lines.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: runner.is_idle and not form._wait.isActive())

    assert any("还没加进去" in one for one in said)
    assert [one.amount.grouped() for one in form.lines.entered] == ["3,390.00"]
    assert not any("还没加进去" in one.lack.sentence for one in form.guards.lines)


def test_that_the_form_lists_what_waits_for_a_voucher_and_a_tick_begins_it(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.delivered(("SH8", "K1", "500.00"), ("SH9", "K2", "700.00"))
    page = pages_of(office, runner, Wording("zh"))[1]
    assert isinstance(page, VouchersPage)
    qtbot.addWidget(page)
    page.show()
    page.take(NewWanted())
    qtbot.waitUntil(until_idle(runner))
    form = page.form
    assert isinstance(form, VoucherForm)
    waiting = [one.text for one in form.lines.model.rows]
    can_tick_all = form.lines.every.isEnabled()

    theirs = next(one for one in form.lines.model.rows if one.text.startswith("SH9"))
    form.lines.table.ticked.emit(theirs)
    qtbot.waitUntil(lambda: runner.is_idle and form.customer.customer is not None)
    qtbot.waitUntil(until_idle(runner))
    chosen = form.draft()
    form.customer.put_customer(office.customer("K1"))
    qtbot.waitUntil(until_idle(runner))

    assert any(one.startswith("SH8  ") for one in waiting)
    assert not can_tick_all
    assert chosen is not None
    assert (chosen.customer.code, len(chosen.deliveries)) == ("K2", 1)
    assert "SH9" not in "".join(one.text for one in form.lines.model.rows)
