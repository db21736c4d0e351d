"""Receipts: recorded by hand, matched with ticked items, and exactly one link taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.matching import Suggestion
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.receipts import Receipts
from tests.services.builders import Office, paid, yuan
from tests.ui.settling import looking, silent_buttons, until_idle
from ui.pages.receipts import look as receipts_look
from ui.pages.receipts.facts import ReceiptsParts
from ui.pages.receipts.list import CashModel, number_of
from ui.pages.receipts.page import ReceiptsPage
from ui.widgets import link_list
from ui.widgets.row_table import RowTable
from ui.work.runner import Runner
from ui.work.wording import Wording

REASON = "核销到别的客户了"
ROLES = {
    "maker": frozenset({Role.ACCOUNTANT}),
    "cashier": frozenset({Role.CASHIER}),
    "auditor": frozenset({Role.AUDITOR}),
}


def page_of(qtbot: QtBot, runner: Runner, office: Office, by: str = "maker") -> ReceiptsPage:
    desk = office.desk(by)
    parts = ReceiptsParts(
        desk.receipts,
        desk.rewriting_receipts,
        desk.evidence,
        looking(office, by),
        office.clock,
        ROLES[by],
    )
    page = ReceiptsPage(parts, runner, Wording("zh"))
    qtbot.addWidget(page)
    runner.changed.connect(page.look_again)
    page.resize(1202, 680)
    page.show()
    page.entered()
    settle(qtbot, runner)
    return page


def settle(qtbot: QtBot, runner: Runner) -> None:
    qtbot.waitUntil(until_idle(runner))


def test_that_cash_is_applied_to_what_is_due_first(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    office.received("500.00")
    page = page_of(qtbot, runner, office)

    page.matching.oldest.click()
    figures = [label.text() for label in page.matching.figures]
    page.apply.click()
    settle(qtbot, runner)

    assert figures == ["500.00", "500.00", "0.00"]
    assert office.balance() == ("0.00", "630.00", "0.00")
    assert page.model.rows == ()


def test_that_a_part_of_an_item_is_applied_and_the_rest_stays(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    office.received("500.00")
    page = page_of(qtbot, runner, office)
    page.matching.table.go_to(0)

    page.matching.now.setText("200")
    page.matching.put.click()
    page.apply.click()
    settle(qtbot, runner)

    assert office.balance() == ("0.00", "930.00", "300.00")


def test_that_more_than_was_received_is_not_applied(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    office.received("500.00")
    page = page_of(qtbot, runner, office)
    page.matching.table.go_to(0)

    page.matching.now.setText("600")
    page.matching.put.click()

    assert page.matching.rest == -100_00
    assert page.apply.why_not == "核销多于收款"


def test_that_a_receipt_is_recorded_by_hand_and_waits_for_a_decision(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office, "cashier")
    page.new.click()
    page.payer.put_customer(office.customer())
    settle(qtbot, runner)
    page.form.amount.setText("1,000.00")
    page.attach_slip(office.written("回单.txt", "回单"))
    page.matching.oldest.click()
    settle(qtbot, runner)

    page.apply.click()
    settle(qtbot, runner)

    waiting = office.desk("chief").approving.inbox()
    content = looking(office, "chief").document(waiting[0].head.id).content
    assert [one.head.kind for one in waiting] == ["receipt"]
    assert [link["amount"] for link in content["allocations"]] == [100_000]
    assert len(content["evidence"]) == 1
    assert page.form.amount.text() == ""


def test_that_a_payer_nobody_knows_is_said_to_be_kept_apart(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office, "cashier")
    page.new.click()

    page.form.amount.setText("800")

    assert page.apply.isEnabled()
    assert page.why.text() == "付款人不详：记入待查款项"


def test_that_exactly_one_link_is_taken_back_after_its_effects_were_shown(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    voucher = office.posted("SH1", "1,130.00")
    office.received("500.00", pays=(paid(voucher.number or "", "300.00"),))
    page = page_of(qtbot, runner, office)
    assert page.links.rows_model.rows == ()  # nobody looks at them yet
    page.links_shown.click()
    settle(qtbot, runner)
    page.links.go_to(0)

    page.undo.click()
    groups = page.sheet.effects.groups
    page.sheet.reason.setText(REASON)
    page.activateWindow()
    page.sheet.reason.setFocus()
    qtbot.keyClick(page.sheet.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, runner)

    assert [len(group.lines) for group in groups] == [1, 2, 2]
    assert (voucher.number or "-") in groups[1].lines[0].sentence
    [waiting] = office.desk("chief").approving.inbox()
    assert waiting.head.kind == "allocation"
    assert page.notices.notices[-1].title == f"已提交 {waiting.head.number}，等人审批"


def test_that_a_scan_of_a_payer_chooses_their_cash(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.received("500.00")
    office.received("700.00", "K2")
    page = page_of(qtbot, runner, office)

    page.scan(b"K2", Source.WEDGE)
    settle(qtbot, runner)

    assert page.head.name.text() == "海河五金"


def test_that_a_scan_while_a_receipt_is_recorded_names_its_payer_and_keeps_its_amount(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.received("700.00", "K2")
    page = page_of(qtbot, runner, office, "cashier")
    page.begin_new()
    page.form.amount.setText("88.00")

    with qtbot.waitSignal(page.unknown_code):
        page.scan(b"K", Source.WEDGE)
    nobody = page.payer.customer
    page.scan(b"K2", Source.WEDGE)
    settle(qtbot, runner)

    assert nobody is None
    assert page.payer.customer is not None
    assert (page.payer.customer.code, page.form.amount.text()) == ("K2", "88.00")


@pytest.mark.parametrize("by", ["maker", "cashier", "auditor"])
def test_that_what_is_off_says_why(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, by: str
) -> None:
    office.received("500.00")

    page = page_of(qtbot, runner, office, by)

    assert silent_buttons(page) == []
    assert page.new.isEnabled() is (by == "cashier")


def test_that_a_cashier_is_led_to_the_import_of_a_statement(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office, "cashier")

    with qtbot.waitSignal(page.wants) as wanted:
        page.bring.click()

    assert wanted.args == ["import"]


def test_that_of_much_cash_the_oldest_is_listed_and_more_at_its_end(
    app: QApplication,
    qtbot: QtBot,
    runner: Runner,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receipts_look, "LISTED_AT_ONCE", 1)
    for amount in ("500.00", "60.00", "7.00"):
        office.received(amount)
    page = page_of(qtbot, runner, office)
    said = [(len(page.model.rows), page.list.count.text(), page.list.total.text())]

    page.table.more_wanted.emit()
    settle(qtbot, runner)
    said.append((len(page.model.rows), page.list.count.text(), page.list.total.text()))
    for _ in range(3):
        page.table.more_wanted.emit()
        settle(qtbot, runner)
    said.append((len(page.model.rows), page.list.count.text(), page.list.total.text()))

    assert said == [
        (1, "3 笔未核销，列出 1 笔", "567.00"),
        (2, "3 笔未核销，列出 2 笔", "567.00"),
        (3, "3 笔未核销", "567.00"),
    ]


@pytest.mark.parametrize("by_scan", [True, False])
def test_that_cash_that_is_not_listed_is_found_by_its_number_and_its_payer(
    app: QApplication,
    qtbot: QtBot,
    runner: Runner,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    *,
    by_scan: bool,
) -> None:
    monkeypatch.setattr(receipts_look, "LISTED_AT_ONCE", 1)
    oldest = office.received("500.00").number
    number = office.received("60.00", "K2").number or ""
    page = page_of(qtbot, runner, office)
    listed = [number_of(one) for one in page.model.rows]

    if by_scan:
        page.scan(b"K2", Source.WEDGE)
    else:
        page.open_object(number)
    settle(qtbot, runner)
    settle(qtbot, runner)

    current = page.table.current_row()
    assert listed == [oldest]
    assert current is not None
    assert (number_of(current), page.head.cash) == (number, current)


def test_that_only_the_cash_in_sight_is_explained(
    app: QApplication,
    qtbot: QtBot,
    runner: Runner,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[frozenset[str]] = []
    explained = Receipts.suggestions

    def noted(service: Receipts, of: frozenset[str]) -> dict[str, Suggestion]:
        asked.append(of)
        return explained(service, of)

    monkeypatch.setattr(Receipts, "suggestions", noted)
    monkeypatch.setattr(RowTable, "fitting_rows", 0)
    monkeypatch.setattr(CashModel, "seen", lambda *_: None)
    office.received("500.00")
    office.received("60.00", "K2")
    page = page_of(qtbot, runner, office)
    before = list(asked)

    page.model.sighted.emit(1, 1)
    settle(qtbot, runner)
    page.model.sighted.emit(0, 1)

    first, second = (office.customer(code).id for code in ("K1", "K2"))
    assert before == [frozenset({first})]
    assert asked == [frozenset({first}), frozenset({second})]


def test_that_of_many_links_the_newest_are_listed_and_more_at_their_end(
    app: QApplication,
    qtbot: QtBot,
    runner: Runner,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(link_list, "LISTED_AT_ONCE", 1)
    label = office.posted("SH1", "1,130.00").number or ""
    for amount in ("40.00", "30.00"):
        office.received(amount, pays=(paid(label, amount),))
    office.received("5.00")
    page = page_of(qtbot, runner, office)
    page.links_shown.click()
    settle(qtbot, runner)
    said = [(page.history._head.text(), len(page.links.rows_model.rows))]
    newest = page.links.rows_model.rows[0].amount

    page.links.more_wanted.emit()
    settle(qtbot, runner)
    page.links.more_wanted.emit()
    settle(qtbot, runner)
    said.append((page.history._head.text(), len(page.links.rows_model.rows)))

    assert newest == yuan("30.00")
    assert said == [("核销记录 2 条，最近 1 条", 1), ("核销记录 2 条", 2)]
