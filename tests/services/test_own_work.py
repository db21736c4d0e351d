"""What is with its maker again: listed, taken back, handed in again as things stand now."""

from functools import partial

import pytest

from erpdesk.domain.approval import Verb
from erpdesk.domain.invoice import Invoice
from erpdesk.domain.own_work import NotInHandError, OthersDocumentError
from erpdesk.services.invoicing import Arrived
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.submitting import OvertakenTextError
from tests.services.builders import Office, paid, yuan

REASON = "数量与签收单不符"


@pytest.mark.parametrize("verb", [Verb.REJECT, Verb.RETURN])
def test_that_what_came_back_is_with_who_wrote_it_until_it_is_taken_up(
    both: Office, verb: Verb
) -> None:
    voucher = both.submitted("SH1", "1,130.00")
    both.decide(voucher, verb, reason=REASON)
    maker = both.desk("maker").approving

    [back] = maker.sent_back()

    assert (back.head.id, back.verb, back.reason, back.by) == (
        voucher.id, verb.value, REASON, "chief",
    )  # fmt: skip
    assert both.desk("chief").approving.sent_back() == ()
    again = maker.show(voucher.id).document
    (maker.submit if verb is Verb.RETURN else partial(maker.void, reason=REASON))(again)
    assert maker.sent_back() == ()


def test_that_what_was_taken_back_is_with_its_maker_too_and_says_no_reason(both: Office) -> None:
    voucher = both.submitted("SH1", "1,130.00")
    maker = both.desk("maker").approving

    again = maker.withdraw(voucher).value

    [back] = maker.sent_back()
    assert (back.verb, back.reason, back.by) == ("withdraw", "", "maker")
    maker.submit(again)
    assert maker.sent_back() == ()


def test_that_a_rejected_text_is_handed_in_again_as_a_new_round(both: Office) -> None:
    voucher = both.submitted("SH1", "1,130.00")
    rejected = both.decide(voucher, Verb.REJECT, reason=REASON)
    maker = both.desk("maker").approving

    again = maker.submit(rejected).value

    assert (again.state, again.number) == ("submitted", voucher.number)
    assert again.content_hash == voucher.content_hash
    assert [one.verb for one in maker.show(again.id).steps][-3:] == ["reject", "edit", "submit"]
    assert both.approve(again).state == "posted"


def test_that_handing_in_again_is_judged_by_what_was_paid_meanwhile(office: Office) -> None:
    charge = office.posted("服务1", "1,130.00")
    cashier = office.desk("cashier")
    money, pays = MoneyIn(yuan("1,130.00"), office.customer()), (paid(charge.number or ""),)
    first = cashier.receipts.record(money, pays=pays, submit=True).value
    back = office.decide(first, Verb.RETURN, reason=REASON)
    office.received("1,130.00", pays=pays)

    with pytest.raises(OvertakenTextError):
        cashier.approving.submit(back)

    assert cashier.approving.show(back.id).document.state == "draft"


def test_that_the_maker_is_told_what_may_still_be_done(office: Office) -> None:
    voucher = office.submitted("SH1", "1,130.00")
    mine = office.desk("maker").approving.show(voucher.id).own
    theirs = office.desk("helper").approving.show(voucher.id).own

    assert mine.why_not_withdraw is None
    assert type(mine.why_not_submit) is type(mine.why_not_void) is NotInHandError
    assert type(theirs.why_not_withdraw) is OthersDocumentError


def test_that_an_invoice_that_was_rejected_is_handed_in_again_with_its_parts(
    office: Office,
) -> None:
    voucher = office.posted("SH1", "1,130.00")
    paper = Invoice("26322000010211", office.today, yuan("1,000.00"), yuan("130.00"))
    arrived = Arrived(office.customer(), paper, ((voucher.id, None),))
    maker = office.desk("maker")
    rejected = office.decide(maker.invoicing.register(arrived).value, Verb.REJECT, reason=REASON)
    assert [one.head.kind for one in maker.approving.sent_back()] == ["invoice"]

    again = maker.approving.submit(rejected).value

    assert office.approve(again).state == "posted"
    assert office.balance() == ("1130.00", "0.00", "0.00")
