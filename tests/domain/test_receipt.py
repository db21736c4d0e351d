from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.accounts import BILLED, FINANCE_COST
from erpdesk.domain.allocation import (
    Difference,
    DifferenceReasonError,
    NothingToAllocateError,
    WrongSideError,
)
from erpdesk.domain.entry_rules import check_content
from erpdesk.domain.money import CurrencyMismatchError, Money
from erpdesk.domain.open_item import OtherCustomerError, OverAllocatedError
from erpdesk.domain.receipt import (
    NothingReceivedError,
    Paid,
    PayerKnownError,
    PayerUnknownError,
    Receipt,
    matched,
    oldest_first,
    suspense,
    unallocated,
    why_not_match,
)
from erpdesk.errors import UserError
from tests.domain.builders import (
    HAIHE,
    QINGHE,
    a_charge,
    a_credit,
    a_heading,
    a_receipt,
    an_evidence,
    an_id,
    ids,
    journal,
    known,
    yuan,
)

CHARGE = a_charge()


def test_that_p3_matched_at_once_books_cash_onto_the_receivable() -> None:
    made = matched(a_receipt(), [Paid(CHARGE, yuan(113_000))], make_id=ids())

    assert journal(made) == [("Dr", "1002", "113000.00"), ("Cr", "1122.02", "113000.00")]
    assert (made["entry"]["rule"], made["entry"]["series"]) == ("P3/1", "收")


def test_that_the_whole_receipt_is_a_credit_that_its_link_uses_up() -> None:
    made = matched(a_receipt(), [Paid(CHARGE, yuan(113_000))], make_id=ids(11))

    assert made["items"] == [
        {
            "id": an_id(11),
            "customer": QINGHE,
            "account": "2203",
            "currency": "CNY",
            "amount": -11_300_000,
            "due": "2026-11-25",
        }
    ]
    assert made["allocations"] == [
        {
            "id": an_id(12),
            "charge": CHARGE.id,
            "charge_version": 3,
            "credit": an_id(11),
            "credit_version": 1,
            "amount": 11_300_000,
        }
    ]
    check_content("receipt", made, known(CHARGE))


def test_that_p3_of_a_known_customer_waits_as_an_advance() -> None:
    made = unallocated(a_receipt(), make_id=ids())

    assert journal(made) == [("Dr", "1002", "113000.00"), ("Cr", "2203", "113000.00")]
    assert "allocations" not in made
    check_content("receipt", made, {})


def test_that_p3_of_an_unknown_payer_has_no_customer_and_no_item() -> None:
    made = suspense(a_receipt(customer=None), make_id=ids())

    assert journal(made) == [("Dr", "1002", "113000.00"), ("Cr", "2241", "113000.00")]
    assert not made.keys() & {"customer", "items", "allocations"}
    check_content("receipt", made, {})


def test_that_p3_later_identified_leaves_the_suspense_account() -> None:
    receipt = replace(a_receipt(120_000), identifies=an_id(77))

    made = matched(receipt, [Paid(CHARGE, yuan(113_000))], make_id=ids())

    assert journal(made) == [
        ("Dr", "2241", "120000.00"),
        ("Cr", "1122.02", "113000.00"),
        ("Cr", "2203", "7000.00"),
    ]
    assert journal(unallocated(receipt, make_id=ids())) == [
        ("Dr", "2241", "120000.00"),
        ("Cr", "2203", "120000.00"),
    ]


def test_that_p5_over_by_7000_leaves_an_advance() -> None:
    made = matched(a_receipt(120_000), [Paid(CHARGE, yuan(113_000))], make_id=ids())

    assert journal(made) == [
        ("Dr", "1002", "120000.00"),
        ("Cr", "1122.02", "113000.00"),
        ("Cr", "2203", "7000.00"),
    ]
    assert made["entry"]["rule"] == "P5/1"
    check_content("receipt", made, known(CHARGE))


def test_that_a_cent_over_is_an_over_payment() -> None:
    made = matched(a_receipt("113000.01"), [Paid(CHARGE, yuan(113_000))], make_id=ids())

    assert made["entry"]["rule"] == "P5/1"
    assert journal(made)[2] == ("Cr", "2203", "0.01")


def test_that_p5_short_leaves_the_residual_open_on_its_own_item() -> None:
    made = matched(a_receipt(112_900), [Paid(CHARGE, yuan(112_900))], make_id=ids())

    assert journal(made) == [("Dr", "1002", "112900.00"), ("Cr", "1122.02", "112900.00")]
    assert [item["account"] for item in made["items"]] == ["2203"]


def test_that_p5_a_bank_charge_is_given_up_with_a_reason() -> None:
    made = matched(
        a_receipt(112_900, reason="银行手续费"),
        [Paid(CHARGE, yuan(112_900))],
        differences=[Difference(CHARGE, yuan(100), FINANCE_COST)],
        make_id=ids(),
    )

    assert journal(made) == [
        ("Dr", "1002", "112900.00"),
        ("Dr", "6603", "100.00"),
        ("Cr", "1122.02", "113000.00"),
    ]
    check_content("receipt", made, known(CHARGE))


def test_that_one_receipt_pays_billed_and_unbilled_charges() -> None:
    billed = a_charge(1_000, 502, account=BILLED)

    made = matched(
        a_receipt(114_000), [Paid(CHARGE, yuan(113_000)), Paid(billed, yuan(1_000))], make_id=ids()
    )

    assert journal(made) == [
        ("Dr", "1002", "114000.00"),
        ("Cr", "1122.02", "113000.00"),
        ("Cr", "1122.01", "1000.00"),
    ]


def test_that_the_evidence_of_a_receipt_stands_in_its_text() -> None:
    receipt = Receipt(a_heading(customer=None), yuan(1), (an_evidence("bank_slip"),))

    assert suspense(receipt, make_id=ids())["evidence"] == [
        {"hash": f"{0:064x}", "kind": "bank_slip"}
    ]


@pytest.mark.parametrize(
    ("receipt", "paid", "refusal"),
    [
        (a_receipt(0), [], NothingReceivedError),
        (a_receipt(customer=None), [], PayerUnknownError),
        (a_receipt(), [Paid(a_credit(), yuan(1))], WrongSideError),
        (a_receipt(), [Paid(a_charge(customer=HAIHE), yuan(1))], OtherCustomerError),
        (a_receipt(), [Paid(CHARGE, yuan(1, "USD"))], CurrencyMismatchError),
        (a_receipt(), [Paid(CHARGE, yuan(0))], NothingToAllocateError),
        (a_receipt(200_000), [Paid(CHARGE, yuan(113_001))], OverAllocatedError),
        (a_receipt(100), [Paid(CHARGE, yuan(101))], OverAllocatedError),
    ],
)
def test_that_a_receipt_that_cannot_be_matched_so_is_refused(
    receipt: Receipt, paid: list[Paid], refusal: type[UserError]
) -> None:
    assert isinstance(why_not_match(receipt, paid), refusal)
    with pytest.raises(refusal):
        matched(receipt, paid, make_id=ids())


def test_that_a_difference_without_a_reason_is_refused() -> None:
    paid = [Paid(CHARGE, yuan(112_900))]

    why_not = why_not_match(a_receipt(112_900), paid, [Difference(CHARGE, yuan(100))])

    assert isinstance(why_not, DifferenceReasonError)


def test_that_only_a_receipt_of_nobody_known_waits_as_unidentified() -> None:
    with pytest.raises(PayerKnownError):
        suspense(a_receipt(), make_id=ids())
    with pytest.raises(NothingReceivedError):
        suspense(a_receipt(-1, customer=None), make_id=ids())


def test_that_the_earliest_due_is_paid_first_and_only_in_the_same_currency() -> None:
    late = a_charge(10, 501, due=date(2026, 1, 1))
    later = a_charge(10, 502, due=date(2026, 2, 1))
    foreign = a_charge(yuan(10, "USD"), 503, due=date(1996, 1, 1))

    assert oldest_first(yuan(12), [later, a_credit(), foreign, late]) == (
        Paid(late, yuan(10)),
        Paid(later, yuan(2)),
    )
    assert oldest_first(yuan(10), [later, late]) == (Paid(late, yuan(10)),)


@given(
    amount=st.integers(1, 10**10),
    charged=st.lists(st.tuples(st.integers(1, 10**9), st.booleans()), max_size=6),
)
def test_that_a_receipt_of_any_size_pays_any_items_to_the_cent(
    amount: int, charged: list[tuple[int, bool]]
) -> None:
    charges = [
        a_charge(Money(minor, "CNY"), 500 + n, **({"account": BILLED} if billed else {}))
        for n, (minor, billed) in enumerate(charged)
    ]
    receipt = a_receipt(Money(amount, "CNY"))

    made = matched(receipt, oldest_first(receipt.amount, charges), make_id=ids())

    check_content("receipt", made, known(*charges))
    taken = sum(row["amount"] for row in made.get("allocations", ()))
    assert taken == min(amount, sum(minor for minor, _ in charged))
    advance = sum(x["amount"] for x in made["lines"] if x["account"] == "2203")
    assert advance == amount - taken
