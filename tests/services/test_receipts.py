"""Money in: three cases of a receipt, matching, and exactly one link taken back."""

import pytest

from erpdesk.domain.allocation import WrongSideError
from erpdesk.domain.approval import ReasonTooShortError
from erpdesk.domain.moments import TooLateDayError
from erpdesk.domain.open_item import OverAllocatedError
from erpdesk.domain.receipt import NothingReceivedError
from erpdesk.errors import RefusedError
from erpdesk.services.receipts import MoneyIn, NoSuchAllocationError, NoSuchItemError
from tests.services.builders import Office, paid, yuan

REASON = "核销错了一笔"


def test_that_money_is_matched_at_once(both: Office) -> None:
    voucher = both.posted("服务1", "113,000.00")

    receipt = both.received("113,000.00", pays=(paid(voucher.number or ""),))

    assert both.lines(receipt) == [("借", "1002", "113000.00"), ("贷", "1122.02", "113000.00")]
    assert both.balance() == ("0.00", "0.00", "0.00")


def test_that_money_of_a_known_customer_is_kept_for_them(both: Office) -> None:
    receipt = both.received("113,000.00")

    assert both.lines(receipt) == [("借", "1002", "113000.00"), ("贷", "2203", "113000.00")]
    assert both.balance() == ("0.00", "0.00", "113000.00")


def test_that_money_from_nobody_known_waits_in_suspense(both: Office) -> None:
    receipt = both.received("113,000.00", None)

    assert both.lines(receipt) == [("借", "1002", "113000.00"), ("贷", "2241", "113000.00")]
    assert both.desk("maker").balances(None) == []


def test_that_what_is_over_stays_unapplied(office: Office) -> None:
    office.posted("服务1", "113,000.00")

    receipt = office.received("120,000.00", oldest=True)

    assert office.lines(receipt) == [
        ("借", "1002", "120000.00"),
        ("贷", "1122.02", "113000.00"),
        ("贷", "2203", "7000.00"),
    ]
    assert office.balance() == ("0.00", "0.00", "7000.00")


def test_that_a_charge_paid_short_stays_open_with_its_day(office: Office) -> None:
    voucher = office.posted("服务1", "113,000.00")
    before = _due(office)

    office.received("112,900.00", pays=(paid(voucher.number or "", "112,900.00"),))

    assert office.open_items() == {voucher.number: "100.00"}
    assert _due(office) == before


@pytest.mark.parametrize("way", ["single", "oldest", "part paid"])
def test_that_seven_cents_too_little_are_treated_alike(office: Office, way: str) -> None:
    voucher = office.posted("服务1", "100.00")
    label = voucher.number or ""
    if way == "part paid":
        office.received("40.00", pays=(paid(label, "40.00"),))
        office.received("59.93", oldest=True)
    elif way == "oldest":
        office.received("99.93", oldest=True)
    else:
        office.received("99.93", pays=(paid(label, "99.93"),))

    assert office.open_items() == {label: "0.07"}


def test_that_more_than_is_open_cannot_be_paid(office: Office) -> None:
    label = office.posted("服务1", "100.00").number or ""
    cashier = office.desk("cashier").receipts

    with pytest.raises(OverAllocatedError):
        cashier.record(MoneyIn(yuan("200.00"), office.customer()), pays=(paid(label, "100.01"),))


def test_that_items_are_named_exactly(office: Office) -> None:
    office.posted("服务1", "100.00")
    theirs = office.posted("服务2", "100.00", "K2").number or ""
    cashier = office.desk("cashier").receipts

    for label in (theirs, "临-190001-0001", ""):
        with pytest.raises(NoSuchItemError):
            cashier.record(MoneyIn(yuan("1.00"), office.customer()), pays=(paid(label),))


def test_that_of_items_with_one_number_each_is_named_by_its_id(office: Office) -> None:
    for _ in range(2):
        office.opened("10.00", "应-1")
    cashier = office.desk("cashier").receipts
    first, second = cashier.open_items(office.customer())
    money = MoneyIn(yuan("10.00"), office.customer())
    with pytest.raises(NoSuchItemError):
        cashier.record(money, pays=(paid("应-1"),))

    office.approve(cashier.record(money, pays=(paid(second.id),), submit=True).value)

    assert [row.id for row in cashier.open_items(office.customer())] == [first.id]


def test_that_nothing_is_no_receipt(office: Office) -> None:
    for customer in (None, office.customer()):
        with pytest.raises(NothingReceivedError):
            office.desk("cashier").receipts.record(MoneyIn(yuan("0.00"), customer))


def test_that_a_receipt_that_is_not_approved_pays_nothing(both: Office) -> None:
    voucher = both.posted("服务1", "100.00")
    money = MoneyIn(yuan("100.00"), both.customer())

    both.desk("cashier").receipts.record(money, oldest=True)

    assert both.open_items() == {voucher.number: "100.00"}


def test_that_cash_pays_several_charges_and_one_link_is_taken_back(both: Office) -> None:
    one, two = both.posted("服务1", "100.00"), both.posted("服务2", "250.00")
    receipt = both.received("400.00")
    maker = both.desk("maker").receipts
    pays = (paid(one.number or ""), paid(two.number or "", "200.00"))
    match = maker.allocate(both.customer(), credit=receipt.number or "", pays=pays).value
    assert both.open_items() == {two.number: "50.00", receipt.number: "-100.00"}

    first = match.content["allocations"][0]["id"]
    both.approve(maker.undo(first, REASON).value)

    left = {one.number: "100.00", two.number: "50.00", receipt.number: "-200.00"}
    assert both.open_items() == left
    with pytest.raises(NoSuchAllocationError):
        maker.undo(first, REASON)


def test_that_a_link_made_with_its_receipt_is_taken_back_alike(both: Office) -> None:
    voucher = both.posted("服务1", "100.00")
    receipt = both.received("100.00", oldest=True)
    [link] = receipt.content["allocations"]

    undone = both.approve(both.desk("maker").receipts.undo(link["id"], REASON).value)

    assert both.lines(undone) == [("借", "2203", "-100.00"), ("贷", "1122.02", "-100.00")]
    assert both.open_items() == {voucher.number: "100.00", receipt.number: "-100.00"}


def test_that_a_link_that_was_never_made_cannot_be_taken_back(office: Office) -> None:
    maker = office.desk("maker")
    with pytest.raises(NoSuchAllocationError):
        maker.receipts.undo(maker.company.new_id(), REASON)


def test_that_taking_back_needs_a_reason(office: Office) -> None:
    office.posted("服务1", "100.00")
    [link] = office.received("100.00", oldest=True).content["allocations"]

    with pytest.raises(ReasonTooShortError):
        office.desk("maker").receipts.undo(link["id"], "错")


def test_that_links_are_shown_at_their_item(office: Office) -> None:
    voucher = office.posted("服务1", "100.00")
    office.received("40.00", pays=(paid(voucher.number or "", "40.00"),))
    maker = office.desk("maker").receipts
    [item] = maker.open_items(office.customer())

    [link] = maker.links(item)

    assert (link.amount, link.charge and link.charge.id) == (yuan("40.00"), item.id)


def test_that_a_charge_cannot_pay(office: Office) -> None:
    one, two = office.posted("服务1", "100.00"), office.posted("服务2", "100.00")
    maker = office.desk("maker").receipts

    with pytest.raises((WrongSideError, NoSuchItemError)):
        maker.allocate(office.customer(), credit=one.number or "", pays=(paid(two.number or ""),))


def test_that_whoever_handles_cash_does_not_match_it(both: Office) -> None:
    voucher, receipt = both.posted("服务1", "100.00"), both.received("100.00")
    pays = (paid(voucher.number or ""),)

    with pytest.raises(RefusedError):
        both.desk("cashier").receipts.allocate(
            both.customer(), credit=receipt.number or "", pays=pays
        )


def test_that_real_receipts_of_one_day_and_amount_are_all_kept(office: Office) -> None:
    numbers = {office.received("0.01").number for _ in range(3)}

    assert len(numbers) == 3
    assert office.balance() == ("0.00", "0.00", "0.03")


def _due(office: Office) -> object:
    return office.desk("maker").receipts.open_items(office.customer())[0].due_date


def test_that_money_cannot_have_come_tomorrow(office: Office) -> None:
    cashier = office.desk("cashier").receipts

    with pytest.raises(TooLateDayError):
        cashier.record(MoneyIn(yuan("1.00"), office.customer(), day=office.ago(-1)))

    assert cashier.record(MoneyIn(yuan("1.00"), office.customer(), day=office.ago(0))).value.id
