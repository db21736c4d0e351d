"""Settling in a foreign currency to the end: the difference is realised, nothing stays behind."""

from decimal import Decimal

import pytest

from erpdesk.domain.allocation import DifferenceTooLargeError, Treatment
from erpdesk.domain.invoice import Invoice, OtherVoucherError
from erpdesk.domain.money import Money
from erpdesk.domain.posting import RateMissingError
from erpdesk.errors import RefusedError
from erpdesk.services.invoicing import Arrived
from erpdesk.services.receipts import GivenUp, MoneyIn, Wanted
from erpdesk.storage import ledger, standing_links
from erpdesk.storage.documents import Document
from tests.services.builders import Office, yuan
from tests.services.test_exchange_rates import drafted, rated

pytestmark = pytest.mark.slow

WHY = "配错了单，要改"


def claimed(office: Office, amount: str, rate: str, *, ago: int = 9) -> Document:
    """Post a claim in dollars at the rate of a day."""
    rated(office, rate, ago=ago)
    return office.approve(
        office.desk("maker").vouchers.write(drafted(office, amount), submit=True).value
    )


def received(office: Office, amount: str, *pays: str, rate: str = "", **facts: str) -> Document:
    """Post a receipt in dollars: for items by number, ``NUMBER=AMOUNT`` for a part of one."""
    if rate:
        rated(office, rate)
    money = MoneyIn(yuan(amount, "USD"), office.customer())
    done = office.desk("cashier").receipts.record(money, pays=wanted(*pays), submit=True)
    return office.approve(done.value)


def wanted(*pays: str) -> tuple[Wanted, ...]:
    parts = (one.partition("=") for one in pays)
    return tuple(Wanted(label, yuan(text, "USD") if text else None) for label, _, text in parts)


def booked(office: Office, document: Document) -> list[tuple[str, str, str, str]]:
    """Return what was posted: side, account, amount, base."""
    with office.desk("maker").company.database.reading() as connection:
        entry = ledger.entry_of(connection, document.id)
        assert entry is not None
        rows = ledger.lines_of(connection, entry.id)
    return [
        (
            "借" if row.side == 1 else "贷",
            row.account,
            Money(row.amount_minor, row.currency).plain(),
            Money(row.base_minor, "CNY").plain(),
        )
        for row in rows
    ]


def standing(office: Office) -> dict[str, tuple[str, str]]:
    """Return what is open of the customer, and what it stands at in base."""
    rows = office.desk("maker").receipts.open_items(office.customer())
    return {row.label: (row.item.open.plain(), row.item.base.plain()) for row in rows}


def is_sound(office: Office) -> bool:
    return not office.desk("maker").verifying.verify().findings


def test_that_a_loss_by_the_rate_is_realised_with_the_receipt(both: Office) -> None:
    label = claimed(both, "10,000.00", "7.10").number or ""

    receipt = received(both, "10,000.00", label, rate="7.05")

    assert booked(both, receipt) == [
        ("借", "1002", "10000.00", "70500.00"),
        ("借", "6061", "0.00", "500.00"),
        ("贷", "1122.02", "10000.00", "71000.00"),
    ]
    assert receipt.content["entry"]["rule"] == "P8/1"
    assert receipt.content["entry"]["exchange_rate"] == "7.05"
    assert standing(both) == {}
    assert is_sound(both)
    totals = both.desk("auditor").looking.totals(None)
    assert {x.account: x.base_minor for x in totals} == {
        "1002": 70_500_00, "1122.02": 0, "6001": -71_000_00, "6061": 500_00
    }  # fmt: skip


def test_that_a_gain_by_the_rate_stands_on_the_other_side(both: Office) -> None:
    label = claimed(both, "10,000.00", "7.10").number or ""

    receipt = received(both, "10,000.00", label, rate="7.15")

    assert booked(both, receipt)[1:] == [
        ("贷", "1122.02", "10000.00", "71000.00"),
        ("贷", "6061", "0.00", "500.00"),
    ]
    assert is_sound(both)


def test_that_parts_take_their_share_and_the_last_one_what_is_left(both: Office) -> None:
    label = claimed(both, "10.00", "7.1234").number or ""

    parts = [received(both, "3.33", f"{label}=3.33", rate="7.1234") for _ in range(3)]
    between = standing(both)
    last = received(both, "0.01", label)

    assert [booked(both, one)[1][3] for one in parts] == ["23.72", "23.72", "23.72"]
    assert between == {label: ("0.01", "0.07")}
    assert booked(both, last) == [
        ("借", "1002", "0.01", "0.07"),
        ("贷", "1122.02", "0.01", "0.07"),
    ]
    assert standing(both) == {}
    assert is_sound(both)


def test_that_cash_on_account_is_matched_at_what_both_sides_stand_at(both: Office) -> None:
    label = claimed(both, "1,000.00", "7.10").number or ""
    cash = received(both, "400.00", rate="7.00")
    service = both.desk("maker").receipts
    number = cash.number or ""
    with pytest.raises(RefusedError):
        service.allocate(both.customer(), credit=number, pays=wanted(f"{label}=400"))

    asked = service.allocate(
        both.customer(), credit=number, pays=wanted(f"{label}=400"), submit=True
    )
    posted = both.approve(asked.value)

    assert booked(both, posted) == [
        ("借", "2203", "400.00", "2800.00"),
        ("借", "6061", "0.00", "40.00"),
        ("贷", "1122.02", "400.00", "2840.00"),
    ]
    assert standing(both) == {label: ("600.00", "4260.00")}
    assert is_sound(both)


def test_that_a_match_taken_back_gives_both_sides_what_they_stood_at(both: Office) -> None:
    first = claimed(both, "10.00", "7.1234").number or ""
    second = claimed(both, "10.00", "7.30").number or ""
    before = standing(both)
    receipt = received(both, "20.00", f"{first}=10", f"{second}=10", rate="7.20")
    service = both.desk("maker").receipts
    with both.desk("maker").company.database.reading() as connection:
        links = standing_links.standing_on(connection, step_of=receipt.id)
    undone = [booked(both, both.approve(service.undo(x.id, WHY).value)) for x in links]

    assert {tuple(lines) for lines in undone} == {
        (
            ("借", "2203", "-10.00", "-72.00"),
            ("贷", "1122.02", "-10.00", "-71.23"),
            ("贷", "6061", "0.00", "-0.77"),
        ),
        (
            ("借", "2203", "-10.00", "-72.00"),
            ("借", "6061", "0.00", "-1.00"),
            ("贷", "1122.02", "-10.00", "-73.00"),
        ),
    }
    assert standing(both) == before | {receipt.number: ("-20.00", "-144.00")}
    assert is_sound(both)


def test_that_a_reversed_receipt_leaves_no_difference_behind(both: Office) -> None:
    label = claimed(both, "10,000.00", "7.10").number or ""
    before = standing(both)
    receipt = received(both, "10,500.00", label, rate="7.05")

    red = both.approve(both.desk("maker").reversing.reverse(receipt, WHY).value)

    assert booked(both, red) == [
        (side, account, f"-{amount}" if amount != "0.00" else amount, f"-{base}")
        for side, account, amount, base in booked(both, receipt)
    ]
    assert standing(both) == before
    assert is_sound(both)


def test_that_a_match_made_again_is_reversed_with_its_receipt(office: Office) -> None:
    label = claimed(office, "10.00", "7.10").number or ""
    other = claimed(office, "10.00", "7.20").number or ""
    receipt = received(office, "10.00", label, rate="7.05")
    service = office.desk("maker").receipts
    with office.desk("maker").company.database.reading() as connection:
        (link,) = standing_links.standing_on(connection, step_of=receipt.id)
    office.approve(service.undo(link.id, WHY).value)

    def matched(to: str) -> None:
        asked = service.allocate(
            office.customer(), credit=receipt.number or "", pays=wanted(to), submit=True
        )
        office.approve(asked.value)

    matched(f"{other}=1")
    elsewhere = office.desk("maker").reversing.effects(receipt)[1]
    with office.desk("maker").company.database.reading() as connection:
        items = [row.id for row in service.open_items(office.customer()) if row.label == other]
        (wrong,) = standing_links.standing_on(connection, items=items)
    office.approve(service.undo(wrong.id, WHY).value)
    matched(label)
    office.approve(office.desk("maker").reversing.reverse(receipt, WHY).value)

    assert type(elsewhere).__name__ == "AllocatedError"
    assert standing(office) == {label: ("10.00", "71.00"), other: ("10.00", "72.00")}
    assert is_sound(office)


def test_that_what_nobody_known_paid_is_claimed_at_the_rate_it_came_in(both: Office) -> None:
    label = claimed(both, "1,000.00", "7.10").number or ""
    rated(both, "7.00", ago=5)
    money = MoneyIn(yuan("1,000.00", "USD"), day=both.ago(5))
    came = both.approve(both.desk("cashier").receipts.record(money, submit=True).value)
    rated(both, "7.30")
    service = both.desk("maker").receipts
    claim = service.claim(came.id, both.customer(), pays=wanted(label), submit=True)

    assert booked(both, both.approve(claim.value)) == [
        ("借", "2241", "1000.00", "7000.00"),
        ("借", "6061", "0.00", "100.00"),
        ("贷", "1122.02", "1000.00", "7100.00"),
    ]
    assert is_sound(both)


def test_that_a_small_rest_is_judged_by_its_worth_and_is_no_exchange_difference(
    office: Office,
) -> None:
    label = claimed(office, "1,000.00", "7.10").number or ""
    rated(office, "7.00")
    service = office.desk("cashier").receipts
    money = MoneyIn(yuan("990.00", "USD"), office.customer())

    def given(amount: str) -> tuple[GivenUp, ...]:
        return (GivenUp(label, yuan(amount, "USD"), Treatment.BANK_FEE, "对方银行扣费"),)

    with pytest.raises(DifferenceTooLargeError):
        service.record(money, pays=wanted(f"{label}=900"), gives_up=given("100"))
    done = service.record(money, pays=wanted(f"{label}=990"), gives_up=given("10"), submit=True)

    assert booked(office, office.approve(done.value)) == [
        ("借", "1002", "990.00", "6930.00"),
        ("借", "6603", "10.00", "71.00"),
        ("借", "6061", "0.00", "99.00"),
        ("贷", "1122.02", "1000.00", "7100.00"),
    ]
    assert is_sound(office)


def test_that_a_receipt_without_a_rate_says_so_and_stores_nothing(office: Office) -> None:
    service = office.desk("cashier").receipts

    with pytest.raises(RateMissingError) as refused:
        service.record(MoneyIn(Money(1, "EUR"), office.customer()))

    assert refused.value.facts["currency"] == "EUR"
    assert office.open_items() == {}


def test_that_opening_items_in_dollars_stand_at_the_rate_of_their_day(office: Office) -> None:
    rated(office, "7.10", ago=50)
    document = office.opened("1,000.00", "应-1", currency="USD")

    assert document.state == "posted"
    assert standing(office) == {"应-1": ("1000.00", "7100.00")}
    assert Decimal("7.1") == office.desk("maker").exchange_rates.recorded()[0].rate.value


def invoiced(office: Office, net: str, *numbers: Document, reason: str | None = None) -> Document:
    """Register an invoice in dollars, free of tax, and post it."""
    desk = office.desk("maker")
    paper = Invoice(f"2632200001{net.replace('.', '')}", office.today, usd(net), usd("0"))
    wanted = tuple((one.id, None) for one in numbers)
    proof = (office.proof("contract"),)
    arrived = Arrived(office.customer(), paper, wanted, proof, reason)
    return office.approve(desk.invoicing.register(arrived).value)


def usd(text: str) -> Money:
    return yuan(text, "USD")


def test_that_an_invoice_stands_at_what_its_voucher_stood_at(both: Office) -> None:
    voucher = claimed(both, "10.00", "7.1234")
    label = voucher.number or ""
    for _ in range(3):
        received(both, "1.11", f"{label}=1.11", rate="7.00")

    first = invoiced(both, "3.33", voucher)
    partly = standing(both)
    second = invoiced(both, "6.67", voucher)

    assert partly == {label: ("6.67", "47.50")}
    assert booked(both, first) == [
        ("借", "1122.01", "3.33", "23.73"),
        ("贷", "6001", "3.33", "23.73"),
    ]
    assert standing(both) == {second.number: ("6.67", "47.50")}
    assert is_sound(both)
    last = received(both, "6.67", second.number or "")
    assert booked(both, last)[1:] == [
        ("借", "6061", "0.00", "0.81"),
        ("贷", "1122.01", "6.67", "47.50"),
    ]
    assert standing(both) == {}
    assert is_sound(both)


def test_that_a_link_that_moved_to_an_invoice_is_taken_back_whole(both: Office) -> None:
    voucher = claimed(both, "10.00", "7.10")
    receipt = received(both, "4.00", f"{voucher.number}=4", rate="7.00")
    bill = invoiced(both, "10.00", voucher)
    service = both.desk("maker").receipts
    (item,) = service.open_items(both.customer())
    (moved,) = service.links(item)

    both.approve(service.undo(moved.id, WHY).value)

    assert standing(both) == {
        bill.number: ("10.00", "71.00"),
        receipt.number: ("-4.00", "-28.00"),
    }
    assert is_sound(both)


def test_that_what_an_invoice_is_above_the_estimate_is_worth_the_same(office: Office) -> None:
    voucher = claimed(office, "10.00", "7.10")
    received(office, "10.00", voucher.number or "", rate="7.00")

    bill = invoiced(office, "12.00", voucher, reason="多开了运费")

    assert standing(office) == {bill.number: ("2.00", "14.20")}
    assert is_sound(office)


def test_that_an_invoice_is_of_one_currency_with_its_vouchers(office: Office) -> None:
    voucher = office.posted("SH1", "1,130.00")
    with pytest.raises(OtherVoucherError):
        invoiced(office, "10.00", voucher)


def test_that_what_is_as_little_in_a_foreign_currency_is_suggested_as_paid_short(
    office: Office,
) -> None:
    claimed(office, "1,000.00", "10.00")
    service = office.desk("cashier").receipts
    little = service.tolerance() // 10

    def explained(short: int) -> list[str]:
        money = MoneyIn(Money(1_000_00 - short, "USD"), office.customer())
        return [one.why.value for one in service.suggestion(money).explanations]

    assert explained(little) == ["short"]
    assert explained(little + 1) == []


def test_that_a_match_made_again_after_another_payment_is_reversed_with_its_receipt(
    office: Office,
) -> None:
    label = claimed(office, "10.00", "7.1234").number or ""
    receipt = received(office, "1.75", f"{label}=1.75", rate="7.05")
    service = office.desk("maker").receipts
    with office.desk("maker").company.database.reading() as connection:
        (link,) = standing_links.standing_on(connection, step_of=receipt.id)
    office.approve(service.undo(link.id, WHY).value)
    received(office, "4.19", f"{label}=4.19")
    asked = service.allocate(
        office.customer(), credit=receipt.number or "", pays=wanted(f"{label}=1.75"), submit=True
    )
    office.approve(asked.value)

    office.approve(office.desk("maker").reversing.reverse(receipt, WHY).value)

    assert standing(office) == {label: ("5.81", "41.39")}
    assert is_sound(office)
