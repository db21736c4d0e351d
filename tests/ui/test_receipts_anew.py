"""A receipt that came back is put right on the receipts page, and handed in again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.allocation import Treatment
from erpdesk.domain.approval import Verb
from erpdesk.services.receipts import GivenUp, MoneyIn
from erpdesk.storage.documents import Document
from tests.services.builders import Office, paid, yuan
from tests.services.test_importing_statements import a_file, a_row, load
from tests.ui.settling import silent_buttons, silent_controls
from tests.ui.test_receipts import page_of, settle
from ui.pages import DocumentWanted
from ui.pages.receipts.page import ReceiptsPage
from ui.work.runner import Runner

REASON = "金额和回单对不上"


def opened(qtbot: QtBot, runner: Runner, office: Office, document: Document) -> ReceiptsPage:
    """Open the page of the cashier as the inbox does, on what came back."""
    page = page_of(qtbot, runner, office, "cashier")
    page.entered()
    page.take(DocumentWanted(document.number or ""))
    settle(qtbot, runner)
    return page


def commit(qtbot: QtBot, runner: Runner, page: ReceiptsPage) -> None:
    page.activateWindow()
    page.form.memo.setFocus()
    modifier = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page.form.memo, Qt.Key.Key_Return, modifier)
    settle(qtbot, runner)


@pytest.mark.parametrize(("verb", "word"), [(Verb.RETURN, "退回补充"), (Verb.REJECT, "驳回")])
def test_that_it_is_shown_as_it_was_put_right_and_handed_in_under_its_number(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, verb: Verb, word: str
) -> None:
    number = office.posted("服务1", "1,130.00").number or ""
    money = MoneyIn(yuan("1,030.00"), office.customer(), office.ago(2), "货款")
    first = office.desk("cashier").receipts.record(
        money, pays=(paid(number, "1,030.00"),), submit=True
    )
    document = office.decide(first.value, verb, reason=REASON)

    page = opened(qtbot, runner, office, document)
    form, said = page.form, page.head.anew.text()
    shown = form.payer.text(), form.amount.text(), form.day.text(), form.memo.text()
    ticked = [one.amount for one in page.matching.wanted]
    form.amount.setText("1130")
    page.matching.oldest.click()
    commit(qtbot, runner, page)
    office.approve(office.look(document))

    assert said == f"修改 {document.number}，{word}：{REASON}"
    assert shown == ("青禾包装  K1", "1,030.00", office.ago(2).isoformat(), "货款")
    assert ticked == [yuan("1,030.00")]
    assert office.open_items() == {}
    assert [one.title for one in page.notices.notices] == [f"已提交 {document.number}，等人审批"]
    assert page.head.rewrites is None
    assert not page.head.anew.isVisible()


def test_that_a_wrong_slip_is_taken_off_and_another_one_attached(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, tmp_path: Path
) -> None:
    wrong = office.proof("bank_slip", by="cashier")
    money = MoneyIn(yuan("5.00"), office.customer(), evidence=(wrong,))
    first = office.desk("cashier").receipts.record(money, submit=True).value
    page = opened(qtbot, runner, office, office.decide(first, Verb.RETURN, reason=REASON))
    right = tmp_path / "right.txt"
    right.write_text("回单", "utf-8")

    page.form.drop.click()
    left = page.form.slips.text(), page.form.drop.isVisible()
    page.attach_slip(right)
    settle(qtbot, runner)
    commit(qtbot, runner, page)

    assert left == ("回单 0 件", False)
    [now] = office.look(first).content["evidence"]
    assert now["hash"] != wrong.hash


def test_that_a_rest_that_was_given_up_is_given_up_still(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    number = office.posted("服务1", "1,130.00").number or ""
    rest = GivenUp(number, yuan("0.05"), Treatment.BANK_FEE, "银行手续费")
    first = office.desk("cashier").receipts.record(
        MoneyIn(yuan("1,129.95"), office.customer()),
        pays=(paid(number, "1,129.95"),), gives_up=(rest,), submit=True,
    )  # fmt: skip

    page = opened(qtbot, runner, office, office.decide(first.value, Verb.RETURN, reason=REASON))

    assert [one.treatment for one in page.matching.given_up] == [Treatment.BANK_FEE]


def test_that_a_claim_is_put_right_on_the_receipt_it_claims(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.received("7.00", None)
    money = office.received("5.00", None)
    claim = office.desk("cashier").receipts.claim(money.id, office.customer("K2"), submit=True)
    document = office.decide(claim.value, Verb.RETURN, reason=REASON)

    page = opened(qtbot, runner, office, document)
    shown = page.head.figure.text(), page.owner.text()[-2:], page.apply.text()
    page.owner.put_customer(office.customer("K1"))
    settle(qtbot, runner)
    page.apply.click()
    settle(qtbot, runner)
    office.approve(office.look(document))

    assert shown == ("5.00", "K2", "改好，再次提交")
    assert (office.balance("K1")[2], office.balance("K2")[2]) == ("5.00", "0.00")


def test_that_what_the_bank_says_stays(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    load(office, a_file(office, a_row(office, "88.00", "无名氏", "往来", "B2")))
    [waiting] = office.desk("chief").approving.inbox()
    document = office.look(office.desk("maker").document(waiting.head.id))

    page = opened(qtbot, runner, office, office.decide(document, Verb.RETURN, reason=REASON))
    held = page.form.amount.isReadOnly(), page.form.day.isReadOnly(), page.form.memo.isReadOnly()
    why = page.form.amount.toolTip()
    silent = silent_controls(page)
    page.new.click()

    assert held == (True, True, False)
    assert "银行" in why
    assert not page.form.amount.isReadOnly()
    assert silent == silent_buttons(page) == silent_controls(page) == []


def test_that_another_row_leaves_it_as_it_was(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.received("300.00")
    first = office.desk("cashier").receipts.record(
        MoneyIn(yuan("5.00"), office.customer()), submit=True
    )
    document = office.decide(first.value, Verb.RETURN, reason=REASON)
    page = opened(qtbot, runner, office, document)

    assert page.step_out()
    settle(qtbot, runner)

    assert page.head.rewrites is None
    assert page.head.figure.text() == "300.00"
    assert office.look(document).seen == document.seen


def test_that_a_receipt_that_is_not_here_is_said(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    first = office.desk("cashier").receipts.record(
        MoneyIn(yuan("5.00"), office.customer()), submit=True
    )

    page = opened(qtbot, runner, office, first.value)

    assert [one.title for one in page.notices.notices] == [
        f"没有退回给你的收款单 {first.value.number}。什么都没改。看审批箱的「退回给我的」。"
    ]
