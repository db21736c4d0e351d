"""Reversals: every effect first, then a red entry; what is posted stays as it was."""

from datetime import timedelta

import pytest

from erpdesk.domain.approval import ReasonTooShortError
from erpdesk.domain.effects import What
from erpdesk.domain.reversal import AllocatedError, AlreadyReversedError, NotReversibleError
from erpdesk.domain.voucher import Lack
from erpdesk.errors import StaleError
from erpdesk.services.reversing import NotPostedError
from erpdesk.storage import ledger
from tests.services.builders import Office, paid

REASON = "客户退货重做"


def test_that_every_effect_is_said_before(office: Office) -> None:
    voucher = office.posted("SH1", "113.00")
    office.received("13.00", oldest=True)

    found, against = office.desk("maker").reversing.effects(office.look(voucher))

    assert [e.what for e in found.made] == [What.RED_LINE] * 3 + [What.ITEM_CLOSED]
    assert {e.what for e in found.follows} == {What.UNDO_FIRST, What.DELIVERY_FREE}
    assert {e.what for e in found.stays} == {What.ORIGIN_STAYS, What.EVIDENCE_STAYS}
    assert isinstance(against, AllocatedError)


def test_that_effects_of_an_untouched_voucher_stand_against_nothing(office: Office) -> None:
    voucher = office.posted("服务1", "113.00")

    assert office.desk("maker").reversing.effects(voucher)[1] is None


def test_that_what_is_not_posted_is_not_reversed(office: Office) -> None:
    waiting = office.submitted("服务1", "113.00")

    with pytest.raises(NotPostedError):
        office.desk("maker").reversing.reverse(waiting, REASON)
    with pytest.raises(NotPostedError):
        office.desk("maker").reversing.effects(waiting)


def test_that_a_reversal_needs_a_reason(office: Office) -> None:
    with pytest.raises(ReasonTooShortError):
        office.desk("maker").reversing.reverse(office.posted("服务1", "113.00"), "错 了")


def test_that_nothing_is_reversed_twice(both: Office) -> None:
    voucher = both.posted("服务1", "113.00")
    service = both.desk("maker").reversing
    first, second = (service.reverse(voucher, REASON).value for _ in range(2))
    red = both.approve(first)

    with pytest.raises(StaleError):
        both.approve(second)

    with pytest.raises(AlreadyReversedError) as refused:
        service.reverse(voucher, REASON)
    assert refused.value.facts == {"reversed_by": red.number}
    with pytest.raises(NotReversibleError):
        service.reverse(red, REASON)


def test_that_a_voucher_paid_meanwhile_is_not_reversed(both: Office) -> None:
    voucher = both.posted("服务1", "113.00")
    reversal = both.desk("maker").reversing.reverse(voucher, REASON).value
    both.received("13.00", oldest=True)

    with pytest.raises(StaleError):
        both.approve(reversal)

    assert both.balance() == ("0.00", "100.00", "0.00")


def test_that_a_receipt_is_taken_back_with_what_it_paid(both: Office) -> None:
    voucher = both.posted("服务1", "113.00")
    receipt = both.received("120.00", oldest=True)

    red = both.approve(both.desk("maker").reversing.reverse(receipt, REASON).value)

    assert both.lines(red) == [
        ("借", "1002", "-120.00"),
        ("贷", "1122.02", "-113.00"),
        ("贷", "2203", "-7.00"),
    ]
    assert both.open_items() == {voucher.number: "113.00"}


def test_that_undoing_one_thing_leaves_all_others_of_the_customer(office: Office) -> None:
    one, two = office.posted("服务1", "100.00"), office.posted("服务2", "250.00")
    kept = office.received("250.00", pays=(paid(two.number or ""),))

    office.approve(office.desk("maker").reversing.reverse(one, REASON).value)

    assert office.look(kept).state == "posted"
    assert office.open_items() == {}
    assert office.balance() == ("0.00", "0.00", "0.00")


def test_that_a_voucher_of_a_locked_month_is_reversed_in_an_open_one(both: Office) -> None:
    last_month = both.today.replace(day=1) - timedelta(days=1)
    voucher = both.posted("服务1", "113.00", posting_date=last_month)
    both.desk("chief").locking_periods.lock(f"{last_month:%Y-%m}")

    red = both.approve(both.desk("maker").reversing.reverse(voucher, REASON).value)

    with both.desk("maker").company.database.reading() as connection:
        origin = ledger.entry_of(connection, voucher.id)
        entry = ledger.entry_of(connection, red.id)
    assert origin is not None
    assert entry is not None
    assert (entry.posting_date, entry.reverses) == (both.today, origin.id)
    assert both.balance() == ("0.00", "0.00", "0.00")


def test_that_a_corrected_copy_begins_with_everything_but_the_ledger(office: Office) -> None:
    voucher = office.posted("SH1", "113.00", memo="十一月送货")
    maker = office.desk("maker")

    copy = maker.reversing.corrected_copy(voucher).value

    assert (copy.state, copy.number) == ("draft", None)
    assert copy.content["memo"] == "十一月送货"
    assert copy.content["goods"] == voucher.content["goods"]
    assert not {"entry", "lines", "items"} & copy.content.keys()
    assert {lack.what for lack in maker.vouchers.lacks(copy)} == {Lack.DUE, Lack.DELIVERY_USED}


def test_that_money_from_nobody_known_is_reversed_without_a_customer(office: Office) -> None:
    receipt = office.received("10.00", None)

    red = office.approve(office.desk("maker").reversing.reverse(receipt, REASON).value)

    assert office.lines(red) == [("借", "1002", "-10.00"), ("贷", "2241", "-10.00")]
