"""The maker's side of the inbox: what came back is listed, handed in again, or given up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.approval import Verb
from erpdesk.services.receipts import MoneyIn
from erpdesk.storage.documents import Document
from tests.services.builders import Office, paid, yuan
from tests.ui.settling import silent_buttons, until_idle
from tests.ui.test_inbox import page_of
from ui.pages import DocumentWanted
from ui.pages.inbox.page import InboxPage
from ui.widgets.button import Button
from ui.work.runner import Runner

REASON = "回单看不清，请换一张"
CTRL_ENTER = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def receipt(office: Office, amount: str = "1,130.00", **facts: object) -> Document:
    money = MoneyIn(yuan(amount), office.customer())
    return office.desk("cashier").receipts.record(money, submit=True, **facts).value  # type: ignore[arg-type]


def sent_back(office: Office, verb: Verb = Verb.RETURN) -> Document:
    return office.decide(receipt(office), verb, reason=REASON)


def cashier_at(qtbot: QtBot, runner: Runner, office: Office, number: str | None) -> InboxPage:
    """Open the inbox of the cashier as the home page does, on a document."""
    page = page_of(qtbot, runner, office, "cashier")
    page.take(DocumentWanted(number or ""))
    qtbot.waitUntil(until_idle(runner))
    return page


def in_the_bar(page: InboxPage) -> list[str]:
    return [one.title for one in page.notices.notices]


def press(qtbot: QtBot, runner: Runner, button: Button) -> None:
    button.click()
    qtbot.waitUntil(until_idle(runner))


@pytest.mark.parametrize(("verb", "word"), [(Verb.RETURN, "被退回"), (Verb.REJECT, "被驳回")])
def test_that_what_came_back_is_listed_with_why_by_whom_and_its_steps(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, verb: Verb, word: str
) -> None:
    document = sent_back(office, verb)

    page = cashier_at(qtbot, runner, office, document.number)

    model = page.lists.back.rows_model
    said = model.row_sentence(model.rows[0])
    assert page.lists.shown == "back"
    assert all(one in said for one in (document.number or "", REASON, word, "林涛"))
    assert REASON in page.pane.checks.facts[-1].text
    assert page.own.again.isVisible()
    assert not page.agree.isVisible()
    assert silent_buttons(page) == []


def test_that_a_step_and_its_reason_are_said_in_the_signs_of_the_language(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = cashier_at(qtbot, runner, office, sent_back(office).number)

    chinese = page.pane.checks.facts[-1].text
    page.wording.use("en")
    qtbot.waitUntil(until_idle(runner))

    assert chinese == f"退回补充：{REASON}"
    assert page.pane.checks.facts[-1].text == f"return: {REASON}"


def test_that_the_tab_counts_what_came_back(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    sent_back(office)

    cashier = page_of(qtbot, runner, office, "cashier")
    chief = page_of(qtbot, runner, office)

    assert [page.lists.tabs._buttons["back"].key_text for page in (cashier, chief)] == ["1", "0"]


@pytest.mark.parametrize("verb", [Verb.RETURN, Verb.REJECT])
def test_that_ctrl_enter_hands_in_again_what_came_back(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, verb: Verb
) -> None:
    document = sent_back(office, verb)
    page = cashier_at(qtbot, runner, office, document.number)
    page.activateWindow()
    page.lists.back.setFocus()

    qtbot.keyClick(page.lists.back, *CTRL_ENTER)
    qtbot.waitUntil(until_idle(runner))

    assert office.look(document).state == "submitted"
    assert page.lists.back.rows_model.rows == ()
    assert in_the_bar(page) == [f"收款单 {document.number} 已提交，等人审批"]


def test_that_nothing_is_pressed_twice_while_a_step_is_being_stored(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    document = sent_back(office)
    page = cashier_at(qtbot, runner, office, document.number)

    page.own.again.click()
    meanwhile = {one.why_not for one in (page.own.again, page.own.void)}
    qtbot.waitUntil(until_idle(runner))

    assert meanwhile == {"正在存上一步"}
    assert in_the_bar(page) == [f"收款单 {document.number} 已提交，等人审批"]


def test_that_what_was_paid_meanwhile_is_said_in_the_bar_and_stays_in_hand(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    pays = (paid(office.posted("服务1", "1,130.00").number or ""),)
    document = office.decide(receipt(office, pays=pays), Verb.RETURN, reason=REASON)
    office.received("1,130.00", pays=pays)
    page = cashier_at(qtbot, runner, office, document.number)

    press(qtbot, runner, page.own.again)

    assert office.look(document).state == "draft"
    [said] = in_the_bar(page)
    assert "作废重做" in said
    assert page.own.void.isEnabled()


def test_that_giving_up_asks_for_a_reason_beside_the_document(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    document = sent_back(office, Verb.REJECT)
    page = cashier_at(qtbot, runner, office, document.number)

    press(qtbot, runner, page.own.void)
    sheet = page.own.sheet
    sheet.reason.setText("不要了")
    short = sheet.submit.why_not
    sheet.reason.setText("客户撤回了付款")
    asked = (sheet.isVisible(), page.lists.isVisible(), page.pane.isVisible())
    assert not page.own.again.isEnabled()
    assert silent_buttons(page) == []
    qtbot.keyClick(sheet.reason, *CTRL_ENTER)
    qtbot.waitUntil(until_idle(runner))

    assert "五" in short or "5" in short
    assert asked == (True, False, True)
    assert office.look(document).state == "voided"
    assert (sheet.isVisible(), page.lists.isVisible()) == (False, True)
    assert page.lists.back.rows_model.rows == ()


def test_that_escape_leaves_the_reason_and_gives_nothing_up(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    document = sent_back(office)
    page = cashier_at(qtbot, runner, office, document.number)
    press(qtbot, runner, page.own.void)

    left, again = page.step_out(), page.step_out()

    assert (left, again) == (True, False)
    assert page.lists.isVisible()
    assert office.look(document).state == "draft"


def test_that_a_void_that_comes_too_late_is_said_in_the_sheet(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    document = sent_back(office)
    page = cashier_at(qtbot, runner, office, document.number)
    press(qtbot, runner, page.own.void)
    office.desk("cashier").approving.submit(document)

    page.own.sheet.reason.setText("客户撤回了付款")
    press(qtbot, runner, page.own.sheet.submit)

    assert page.own.sheet.problem.text()
    assert office.look(document).state == "submitted"


def test_that_own_work_that_waits_is_taken_back_and_found_again(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    document = receipt(office)
    page = cashier_at(qtbot, runner, office, document.number)
    assert page.lists.shown == "mine"

    press(qtbot, runner, page.own.withdraw)
    page.lists.choose_list("back")
    qtbot.waitUntil(until_idle(runner))

    assert office.look(document).state == "draft"
    model = page.lists.back.rows_model
    assert "自己撤回" in model.row_sentence(model.rows[0])
    assert page.own.again.isEnabled()


def test_that_own_work_stands_first_among_what_one_may_not_decide(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher, own = office.submitted("SH1", "1,130.00"), receipt(office)

    page = page_of(qtbot, runner, office, "cashier")

    assert [one.head.id for one in page.lists.blocked.rows_model.rows] == [own.id, voucher.id]
    assert page.lists.current is not None
    assert page.lists.current.id == own.id
    assert page.own.withdraw.isEnabled()


def test_that_what_others_made_or_somebody_agreed_to_is_not_taken_back(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    large = receipt(office, "600,000.00")

    chief = page_of(qtbot, runner, office)
    theirs = chief.own.withdraw.why_not
    office.decide(large, Verb.ENDORSE)
    cashier = cashier_at(qtbot, runner, office, large.number)

    assert "别人做的" in theirs
    assert "撤不回" in cashier.own.withdraw.why_not
    assert silent_buttons(cashier) == []


def test_that_vouchers_and_receipts_are_edited_on_their_own_page_and_the_rest_says_why_not(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.decide(office.submitted("SH1", "1,130.00"), Verb.RETURN, reason=REASON)
    maker = page_of(qtbot, runner, office, "maker")
    maker.lists.choose_list("back")
    qtbot.waitUntil(until_idle(runner))

    with qtbot.waitSignal(maker.hands) as handed:
        maker.own.edit.click()
    cashier = cashier_at(qtbot, runner, office, sent_back(office).number)
    with qtbot.waitSignal(cashier.hands) as paid_in:
        cashier.own.edit.click()
    red = office.desk("maker").reversing.reverse(office.received("5.00"), REASON).value
    number = office.decide(red, Verb.RETURN, reason=REASON).number or ""
    maker.take(DocumentWanted(number))
    qtbot.waitUntil(until_idle(runner))

    assert handed.args == ["vouchers", DocumentWanted(voucher.number or "")]
    assert paid_in.args[0] == "receipts"
    assert maker.own.edit.why_not == "这类单据改不了内容：作废后重做"


def test_that_a_document_that_is_in_no_list_is_said(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = cashier_at(qtbot, runner, office, "收-202611-0099")

    assert in_the_bar(page) == ["没有这个码的单据"]


def test_that_a_document_in_no_list_is_shown_to_be_read(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    posted = office.posted("SH1", "1,130.00")
    waiting = office.submitted("SH2", "2,260.00", "K2")
    page = page_of(qtbot, runner, office)

    page.take(DocumentWanted(posted.number or ""))
    qtbot.waitUntil(until_idle(runner))
    shown, made, can = page.pane.heading.text(), page.pane.made.text(), page.agree.isEnabled()
    page.take(DocumentWanted(posted.id))
    qtbot.waitUntil(until_idle(runner))
    told = len(in_the_bar(page))
    page.take(DocumentWanted(waiting.id))
    qtbot.waitUntil(until_idle(runner))

    assert shown.endswith(posted.number or "")
    assert made.startswith(office.customer("K1").name)
    assert not can
    assert (told, in_the_bar(page)) == (1, [])
    assert page.pane.heading.text().endswith(waiting.number or "")
    assert page.agree.isEnabled()
