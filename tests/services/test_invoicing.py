"""An invoice with its red entries: one decision, posted at once, and the books hold."""

from typing import Any

import pytest
from sqlalchemy import event

from erpdesk.domain.approval import Verb
from erpdesk.domain.invoice import DifferenceUnexplainedError, Invoice, OverBilledError
from erpdesk.domain.money import Money
from erpdesk.errors import StaleError
from erpdesk.services.bundles import BundleChangedError, PartOfBundleError
from erpdesk.services.invoicing import Arrived, InvoiceTwiceError, NotBillableError
from erpdesk.services.looking import Looking
from erpdesk.services.voucher_list import VoucherLine
from erpdesk.storage.documents import Document, NextStep, take_step
from tests.services.builders import Office, paid, yuan

pytestmark = pytest.mark.slow

NUMBER = "26322000010211"


def arrived(
    office: Office, net: str, tax: str, *vouchers: Document, number: str = NUMBER, **facts: Any
) -> Arrived:
    given = Invoice(number, office.today, yuan(net), yuan(tax))
    named = tuple((one.id, None) for one in vouchers)
    return Arrived(office.customer(), given, facts.pop("named", named), **facts)


def registered(office: Office, *given: Any, **facts: Any) -> Document:
    return office.desk("maker").invoicing.register(arrived(office, *given, **facts)).value


def match(office: Office, voucher: Document, amount: str) -> None:
    """Receive money, and match it with the voucher afterwards."""
    credit = office.received(amount).number or ""
    wanted = (paid(voucher.number or "", amount),)
    office.desk("maker").receipts.allocate(office.customer(), credit=credit, pays=wanted)


def line(office: Office, voucher: Document) -> VoucherLine:
    lines = Looking(office.desk("maker").company, office.clock).vouchers().rows
    return next(one for one in lines if one.id == voucher.id)


def findings(office: Office) -> list[str]:
    return [str(one) for one in office.desk("chief").verifying.verify().findings]


def test_that_red_and_blue_are_posted_by_one_decision(both: Office) -> None:
    voucher = both.posted("SH1", "1,130.00")
    invoice = registered(both, "1,000.00", "130.00", voucher)
    before = both.balance()

    both.approve(invoice)

    assert before == ("0.00", "1130.00", "0.00")
    assert both.balance() == ("1130.00", "0.00", "0.00")
    assert both.look(invoice).state == "posted"
    assert both.lines(invoice) == [
        ("借", "1122.01", "1130.00"), ("贷", "6001", "1000.00"), ("贷", "2221.01", "130.00")
    ]  # fmt: skip
    assert line(both, voucher).billed == yuan("1,130.00")
    assert line(both, voucher).reversed_by is None
    assert findings(both) == []


def test_that_what_is_decided_is_shown_as_one_document(office: Office) -> None:
    voucher = office.posted("SH1", "1,130.00")
    invoice = registered(office, "1,000.00", "130.00", voucher)
    approving = office.desk("chief").approving

    (waiting,) = approving.inbox()
    shown = approving.show(invoice.id)

    assert waiting.head.id == invoice.id
    assert waiting.risk_minor == shown.risk_minor == 2 * 1_130_00
    assert [part.kind for part in shown.parts] == ["reverse_on_invoice"]
    with pytest.raises(PartOfBundleError):
        office.approve(shown.parts[0])


def test_that_what_was_paid_moves_to_the_invoice(both: Office) -> None:
    voucher = both.posted("SH1", "1,130.00")
    match(both, voucher, "700.00")

    both.approve(registered(both, "1,000.00", "130.00", voucher))

    assert both.balance() == ("430.00", "0.00", "0.00")
    assert findings(both) == []


def test_that_a_receipt_matched_at_once_moves_too(both: Office) -> None:
    voucher = both.posted("SH1", "1,130.00")
    both.received("1,130.00", oldest=True)

    both.approve(registered(both, "1,000.00", "130.00", voucher))

    assert both.balance() == ("0.00", "0.00", "0.00")
    assert findings(both) == []


def test_that_an_invoice_in_parts_leaves_nothing_behind(both: Office) -> None:
    voucher = both.posted("SH1", "1,000.01")
    match(both, voucher, "400.00")
    both.approve(registered(both, "294.99", "38.35", voucher))
    between = (both.balance(), line(both, voucher).billed)

    both.approve(registered(both, "589.97", "76.70", voucher, number="26322000010212"))

    assert between == (("0.00", "600.01", "0.00"), yuan("333.34"))
    assert both.balance() == ("600.01", "0.00", "0.00")
    assert line(both, voucher).billed == yuan("1,000.01")
    assert findings(both) == []
    assert both.desk("maker").invoicing.billable(both.customer()) == ()


def test_that_one_invoice_stands_for_several_vouchers(both: Office) -> None:
    vouchers = [both.posted(f"SH{n}", "1,130.00") for n in range(3)]

    both.approve(registered(both, "3,000.00", "390.00", *vouchers))

    assert both.balance() == ("3390.00", "0.00", "0.00")
    assert findings(both) == []


def test_that_many_vouchers_are_looked_up_together(both: Office) -> None:
    both.posted("SH1", "1,130.00")
    both.posted("SH2", "1,130.00")
    both.posted("SH3", "226.00", code="K2")
    desk, asked = both.desk("maker"), list[object]()
    event.listen(desk.company.database.engine, "before_cursor_execute", lambda *a: asked.append(a))

    two = desk.invoicing.billable(both.customer("K1"))
    of_two, one = len(asked), desk.invoicing.billable(both.customer("K2"))

    assert (len(two), len(one)) == (2, 1)
    assert len(asked) == 2 * of_two


def test_that_a_difference_needs_a_reason_and_goes_to_revenue(office: Office) -> None:
    voucher = office.posted("SH1", "1,130.00")
    service = office.desk("maker").invoicing

    bare = service.preview(arrived(office, "1,100.00", "143.00", voucher))
    office.approve(registered(office, "1,100.00", "143.00", voucher, reason="运费补开发票"))

    assert isinstance(bare.why_not, DifferenceUnexplainedError)
    assert bare.difference == yuan("113.00")
    assert bare.bundle is not None
    assert office.balance() == ("1243.00", "0.00", "0.00")


def test_that_a_refused_invoice_leaves_everything_as_it_was(both: Office) -> None:
    voucher = both.posted("SH1", "1,130.00")
    invoice = registered(both, "1,000.00", "130.00", voucher)

    refused = both.decide(invoice, Verb.REJECT, reason="发票抬头不对")
    again = registered(both, "1,000.00", "130.00", voucher)

    parts = both.desk("chief").approving.show(refused.id).parts
    assert {refused.state, *(part.state for part in parts)} == {"rejected"}
    assert both.balance() == ("0.00", "1130.00", "0.00")
    assert again.state == "submitted"


def test_that_a_withdrawn_invoice_can_be_given_up_whole(office: Office) -> None:
    voucher = office.posted("SH1", "1,130.00")
    approving = office.desk("maker").approving
    draft = approving.withdraw(registered(office, "1,000.00", "130.00", voucher)).value

    gone = approving.void(draft, "发票要换开一张").value

    assert {part.state for part in approving.show(gone.id).parts} == {"voided"}
    assert registered(office, "1,000.00", "130.00", voucher).state == "submitted"


def test_that_a_payment_meanwhile_asks_for_a_new_look(both: Office) -> None:
    voucher = both.posted("SH1", "1,130.00")
    invoice = registered(both, "1,000.00", "130.00", voucher)
    match(both, voucher, "100.00")

    with pytest.raises(StaleError):
        both.approve(invoice)

    assert both.look(invoice).state == "submitted"
    assert both.balance() == ("0.00", "1030.00", "0.00")


def test_that_the_same_invoice_twice_is_refused(office: Office) -> None:
    one, two = office.posted("SH1", "1,130.00"), office.posted("SH2", "1,130.00")
    first = registered(office, "1,000.00", "130.00", one)

    with pytest.raises(InvoiceTwiceError) as refused:
        registered(office, "1,000.00", "130.00", two)

    assert refused.value.facts["document"] == first.number


def test_that_more_than_is_left_cannot_be_named(office: Office) -> None:
    voucher = office.posted("SH1", "1,130.00")
    named = ((voucher.id, Money(1_130_01, "CNY")),)

    preview = office.desk("maker").invoicing.preview(
        arrived(office, "1,000.00", "130.01", named=named)
    )

    assert isinstance(preview.why_not, OverBilledError)
    assert preview.bundle is None


def test_that_what_is_not_posted_cannot_be_invoiced(office: Office) -> None:
    with pytest.raises(NotBillableError):
        registered(office, "1,000.00", "130.00", office.submitted("SH1", "1,130.00"))


def test_that_an_invoiced_delivery_is_not_free_again(both: Office) -> None:
    voucher = both.posted("SH1", "1,130.00")
    both.approve(registered(both, "1,000.00", "130.00", voucher))

    (row,) = both.desk("maker").vouchers.free_deliveries(both.customer()) or (None,)

    assert row is None


def test_that_an_invoice_whose_red_was_taken_back_alone_is_not_decided(both: Office) -> None:
    voucher = both.posted("SH1", "1,130.00")
    invoice = registered(both, "1,000.00", "130.00", voucher)
    [red] = both.desk("chief").approving.show(invoice.id).parts
    company = both.desk("maker").company
    step = NextStep(company.new_id(), red.id, red.kind, red.seen, "withdraw")
    company.run(lambda unit: take_step(unit, step))

    with pytest.raises(BundleChangedError):
        both.approve(invoice)

    assert both.balance() == ("0.00", "1130.00", "0.00")
