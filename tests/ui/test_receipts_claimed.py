"""Money from nobody known on the receipts page: listed, its payer said, claimed as a whole."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.posting import Heading
from erpdesk.domain.receipt import Receipt, suspense
from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.writing import Writing
from erpdesk.storage.documents import Document
from tests.services.builders import Office, yuan
from tests.ui.settling import looking, shown_to, silent_buttons
from tests.ui.test_receipts import page_of, settle
from tests.ui.test_receipts_suggested import chips
from ui.pages import DocumentWanted
from ui.pages.receipts.page import ReceiptsPage
from ui.widgets.document_facts import follows_all
from ui.work.runner import Runner
from ui.work.wording import Wording

BANK = {"key": "T1", "reference": "20261120001", "payer": "王敏", "account": "6222021234"}


def from_bank(office: Office, amount: str = "500.00", memo: str = "王敏 货款 SH1") -> Document:
    """Post a receipt as a statement brings it in, its payer no customer."""
    company = office.desk("cashier").company
    receipt = Receipt(Heading(office.today, memo=memo), yuan(amount), bank=BANK)
    text = suspense(receipt, make_id=company.new_id)
    return office.approve(Writing(company).draft("receipt", dict(text), then=("submit",)).value)


def claiming(qtbot: QtBot, runner: Runner, office: Office, code: str = "K1") -> ReceiptsPage:
    """Return the page with the last row chosen, its payer said."""
    page = page_of(qtbot, runner, office, "cashier")
    page.table.go_to(len(page.model.rows) - 1)
    page.owner.put_customer(office.customer(code))
    settle(qtbot, runner)
    return page


def test_that_money_from_nobody_known_stands_last_with_its_own_sum(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    from_bank(office)
    from_bank(office, "1.00")
    office.received("300.00")

    page = page_of(qtbot, runner, office, "cashier")

    assert chips(page) == ["没有建议", "待查款项", "待查款项"]
    assert (page.list.count.text(), page.list.total.text()) == ("1 笔未核销", "300.00")
    unknown = page.list.unknown_count.text(), page.list.unknown_total.text()
    assert unknown == ("2 笔待查款项", "501.00")


def test_that_the_receipt_another_page_asks_for_is_chosen(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    from_bank(office)
    wanted = from_bank(office, "1.00")
    office.received("300.00")
    page = page_of(qtbot, runner, office, "cashier")

    page.entered()
    page.take(DocumentWanted(wanted.number or ""))
    settle(qtbot, runner)

    assert page.table.currentIndex().row() == 2
    assert page.head.figure.text() == "1.00"


def test_that_nothing_is_said_of_nobody_where_every_payer_is_known(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.received("300.00")

    page = page_of(qtbot, runner, office)

    assert not page.list.unknown_count.isVisible()


def test_that_the_line_of_the_bank_is_shown_whole(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    money = from_bank(office)

    page = page_of(qtbot, runner, office, "cashier")

    assert page.head.name.text() == "付款人不详"
    said = f"{page.head.about.text()} {page.head.bank.text()} {page.head.figure.text()}"
    shown = (money.number, office.today.isoformat(), "货款 SH1", "500.00", *list(BANK.values())[1:])
    for fact in shown:
        assert str(fact) in said


def test_that_a_claim_pays_what_is_ticked_and_waits_for_a_second_person(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    from_bank(office)
    page = claiming(qtbot, runner, office)
    page.matching.oldest.click()

    page.activateWindow()
    page.matching.table.setFocus()
    qtbot.keyClick(page.matching.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, runner)

    [waiting] = office.desk("chief").approving.inbox()
    claim = looking(office, "chief").document(waiting.head.id)
    assert [line["account"] for line in claim.content["lines"]] == ["2241", "1122.02"]
    assert chips(page) == ["认领待批"]
    assert page.apply.why_not == f"认领单 {claim.number} 在等审批"
    office.approve(claim)
    assert office.balance() == ("0.00", "630.00", "0.00")
    assert office.desk("maker").receipts.unidentified() == ()


def test_that_who_approves_a_claim_sees_the_receipt_that_came_in(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    money = from_bank(office)
    cashier = office.desk("cashier").receipts
    claim = cashier.claim(money.id, office.customer(), submit=True).value

    facts = follows_all(shown_to(office, "chief", claim), Wording("zh"))

    day = office.today.isoformat()
    said = {(one.text, one.value) for one in facts}
    assert (f"认领 {money.number}，{day} 到账：王敏", "500.00") in said
    assert ("付款账号", "6222021234") in said


def test_that_a_receipt_without_a_word_is_named_without_a_payer(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    money = office.received("5.00", None)
    cashier = office.desk("cashier").receipts
    claim = cashier.claim(money.id, office.customer(), submit=True).value

    facts = follows_all(shown_to(office, "chief", claim), Wording("en"))

    assert facts[0].text == f"Claims {money.number}, received {office.today.isoformat()}"
    page = page_of(qtbot, runner, office, "cashier")
    assert "付款人不详" in page.model.row_sentence(page.model.rows[0])


def test_that_what_the_text_of_the_bank_names_is_suggested(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "500.00")
    office.posted("SH2", "500.00")
    from_bank(office)

    page = claiming(qtbot, runner, office)

    assert page.suggested.title.text() == "唯一建议：摘要写明，金额相符"
    page.suggested.take.click()
    assert page.matching.used == 500_00
    page.owner.clear()
    assert not page.suggested.isVisible()


def test_that_without_a_tick_the_customer_keeps_all_of_it_and_that_is_said(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    from_bank(office)
    page = claiming(qtbot, runner, office)
    assert page.why.text() == "没有勾选：整笔留作客户的未核销收款"

    page.apply.click()
    settle(qtbot, runner)

    [waiting] = office.desk("chief").approving.inbox()
    office.approve(looking(office, "chief").document(waiting.head.id))
    assert office.balance() == ("0.00", "0.00", "500.00")


def test_that_a_claim_needs_a_payer_and_somebody_who_may(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    from_bank(office)

    page = page_of(qtbot, runner, office, "cashier")
    books = page_of(qtbot, runner, office, "maker")
    other = page_of(qtbot, runner, office, "auditor")

    assert (page.apply.text(), page.apply.why_not) == ("认领，下一笔", "先填付款客户")
    assert books.apply.why_not == "先填付款客户"
    assert other.apply.why_not == "出纳或会计才能认领"
    assert silent_buttons(page) == []


def test_that_after_a_claim_the_next_one_is_chosen_with_its_payer_empty(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    first, second = from_bank(office), from_bank(office, "1.00")
    page = page_of(qtbot, runner, office, "cashier")
    page.owner.put_customer(office.customer())
    settle(qtbot, runner)
    assert page.customer_here() == office.customer().id

    page.apply.click()
    settle(qtbot, runner)

    assert chips(page) == ["认领待批", "待查款项"]
    assert page.head.unidentified is not None
    assert page.head.unidentified.number == second.number != first.number
    assert (page.owner.text(), page.customer_here()) == ("", None)


def test_that_a_scan_of_a_customer_says_who_paid(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    from_bank(office)
    page = page_of(qtbot, runner, office, "cashier")

    page.scan(b"K2", Source.WEDGE)
    settle(qtbot, runner)

    assert page.owner.customer is not None
    assert page.owner.customer.code == "K2"
    assert not page.head.is_new


def test_that_a_claim_made_elsewhere_is_seen_and_what_was_typed_stays(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    money = from_bank(office)
    page = claiming(qtbot, runner, office, "K2")
    office.desk("cashier").receipts.claim(money.id, office.customer(), submit=True)

    page.entered()
    settle(qtbot, runner)

    assert chips(page) == ["认领待批"]
    assert "在等审批" in page.apply.why_not
    assert page.owner.customer is not None
