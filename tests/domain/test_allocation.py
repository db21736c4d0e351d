from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from erpdesk.domain.accounts import BILLED, FINANCE_COST
from erpdesk.domain.allocation import (
    Difference,
    DifferenceAccountError,
    DifferenceReasonError,
    Match,
    NothingToAllocateError,
    WrongSideError,
    allocate,
    undo,
    why_not_allocate,
)
from erpdesk.domain.entry_rules import check_content
from erpdesk.domain.links import Link
from erpdesk.domain.money import CurrencyMismatchError, Money
from erpdesk.domain.open_item import OpenItem, OtherCustomerError, OverAllocatedError
from erpdesk.domain.posting import RateMissingError
from erpdesk.errors import UserError
from tests.domain.builders import (
    HAIHE,
    a_charge,
    a_credit,
    a_heading,
    an_evidence,
    an_id,
    ids,
    journal,
    known,
    yuan,
)

CHARGE, CREDIT = a_charge(), a_credit()
WHOLE = Match(CHARGE, CREDIT, yuan(113_000))


def test_that_p4_books_on_account_cash_onto_the_receivable() -> None:
    made = allocate(a_heading(), [WHOLE], make_id=ids())

    assert journal(made) == [("Dr", "2203", "113000.00"), ("Cr", "1122.02", "113000.00")]
    assert (made["entry"]["rule"], made["entry"]["series"]) == ("P4/1", "转")


def test_that_a_link_names_both_items_in_the_versions_that_were_seen() -> None:
    made = allocate(a_heading(), [WHOLE], make_id=ids())

    assert made["allocations"] == [
        {
            "id": an_id(1),
            "charge": CHARGE.id,
            "charge_version": 3,
            "credit": CREDIT.id,
            "credit_version": 1,
            "amount": 11_300_000,
        }
    ]


def test_that_p4_undone_is_red_on_the_same_sides() -> None:
    link = Link(an_id(77), yuan(113_000), CHARGE, CREDIT)

    made = undo(a_heading(reason="配错了单"), [link], make_id=ids())

    assert journal(made) == [("Dr", "2203", "-113000.00"), ("Cr", "1122.02", "-113000.00")]
    assert made["reason"] == "配错了单"
    assert made["allocations"][0] == {
        "id": an_id(2),
        "charge": CHARGE.id,
        "charge_version": 3,
        "credit": CREDIT.id,
        "credit_version": 1,
        "amount": -11_300_000,
        "undoes": an_id(77),
    }


def test_that_p5_a_small_difference_is_given_up_with_a_reason() -> None:
    credit = a_credit(112_900)

    made = allocate(
        a_heading(reason="尾差"),
        [Match(CHARGE, credit, yuan(112_900))],
        differences=[Difference(CHARGE, yuan(100))],
        evidence=[an_evidence("chat")],
        make_id=ids(),
    )

    assert journal(made) == [
        ("Dr", "2203", "112900.00"),
        ("Dr", "6711", "100.00"),
        ("Cr", "1122.02", "113000.00"),
    ]
    assert "credit" not in made["allocations"][1]
    assert made["evidence"] == [{"hash": f"{0:064x}", "kind": "chat"}]
    check_content("allocation", made, known(CHARGE, credit))


def test_that_a_difference_is_taken_back_with_its_link() -> None:
    charge = a_charge(open=yuan(0))
    links = [
        Link(an_id(77), yuan(112_900), charge, a_credit(112_900, open=yuan(0))),
        Link(an_id(78), yuan(100), charge, account=FINANCE_COST),
    ]

    made = undo(a_heading(), links, make_id=ids())

    assert journal(made) == [
        ("Dr", "2203", "-112900.00"),
        ("Dr", "6603", "-100.00"),
        ("Cr", "1122.02", "-113000.00"),
    ]


def test_that_many_links_in_one_document_make_one_line_an_item() -> None:
    billed = a_charge(50, 502, account=BILLED)
    credit, second = a_credit(100), a_credit(20, 602)
    matches = [
        Match(CHARGE, credit, yuan(60)),
        Match(billed, credit, yuan(40)),
        Match(billed, second, yuan(10)),
    ]

    made = allocate(a_heading(), matches, make_id=ids())

    assert journal(made) == [
        ("Dr", "2203", "100.00"),
        ("Dr", "2203", "10.00"),
        ("Cr", "1122.02", "60.00"),
        ("Cr", "1122.01", "50.00"),
    ]
    check_content("allocation", made, known(CHARGE, billed, credit, second))


@pytest.mark.parametrize(
    ("match", "refusal"),
    [
        (Match(CHARGE, CREDIT, yuan(0)), NothingToAllocateError),
        (Match(CHARGE, CREDIT, yuan(-1)), NothingToAllocateError),
        (Match(CHARGE, CREDIT, yuan("113000.01")), OverAllocatedError),
        (Match(a_charge(open=yuan(5)), CREDIT, yuan(6)), OverAllocatedError),
        (Match(CHARGE, a_credit(open=yuan(-5)), yuan(6)), OverAllocatedError),
        (Match(CREDIT, CHARGE, yuan(1)), WrongSideError),
        (Match(CHARGE, CHARGE, yuan(1)), WrongSideError),
        (Match(a_charge(customer=HAIHE), CREDIT, yuan(1)), OtherCustomerError),
        (Match(CHARGE, a_credit(customer=HAIHE), yuan(1)), OtherCustomerError),
        (Match(a_charge(yuan(5, "USD")), CREDIT, yuan(1)), CurrencyMismatchError),
        (Match(CHARGE, CREDIT, yuan(1, "USD")), CurrencyMismatchError),
    ],
)
def test_that_a_link_that_cannot_be_is_refused(match: Match, refusal: type[UserError]) -> None:
    assert isinstance(why_not_allocate(a_heading(), [match]), refusal)
    with pytest.raises(refusal):
        allocate(a_heading(), [match], make_id=ids())


def test_that_several_links_together_stay_within_what_is_open() -> None:
    halves = [Match(CHARGE, CREDIT, yuan(60_000)), Match(CHARGE, a_credit(n=602), yuan(60_000))]

    assert isinstance(why_not_allocate(a_heading(), halves), OverAllocatedError)


@pytest.mark.parametrize(
    ("difference", "reason", "refusal"),
    [
        (Difference(CHARGE, yuan(1)), None, DifferenceReasonError),
        (Difference(CHARGE, yuan(1)), "  ", DifferenceReasonError),
        (Difference(CHARGE, yuan(1), "1231"), "坏账", DifferenceAccountError),
        (Difference(CREDIT, yuan(1)), "尾差", WrongSideError),
        (Difference(CHARGE, yuan(1)), "尾差", OverAllocatedError),
    ],
)
def test_that_a_difference_is_no_way_around_a_write_off(
    difference: Difference, reason: str | None, refusal: type[UserError]
) -> None:
    why_not = why_not_allocate(a_heading(reason=reason), [WHOLE], [difference])

    assert isinstance(why_not, refusal)


def test_that_an_allocation_of_nothing_is_refused() -> None:
    assert isinstance(why_not_allocate(a_heading(), []), NothingToAllocateError)
    with pytest.raises(NothingToAllocateError):
        undo(a_heading(), [], make_id=ids())


def test_that_a_closing_link_of_a_reversal_is_not_undone() -> None:
    with pytest.raises(NothingToAllocateError):
        undo(a_heading(), [Link(an_id(77), yuan(1), CHARGE)], make_id=ids())


def test_that_links_of_another_customer_are_not_undone() -> None:
    with pytest.raises(OtherCustomerError):
        undo(a_heading(customer=HAIHE), [Link(an_id(77), yuan(1), CHARGE, CREDIT)], make_id=ids())


def test_that_a_credit_note_on_the_account_of_its_charge_is_a_link_without_an_entry() -> None:
    charge, note = a_charge(account=BILLED), a_credit(account=BILLED)
    match = Match(charge, note, yuan(5))

    made = allocate(a_heading(), [match], make_id=ids())
    back = undo(a_heading(), [Link(an_id(7), yuan(5), charge, note)], make_id=ids())

    assert made.keys() == back.keys() == {"customer", "allocations"}
    check_content("allocation", made, known(charge, note))


def test_that_a_credit_note_against_another_account_moves_the_ledger() -> None:
    note = a_credit(account=BILLED)

    made = allocate(a_heading(), [Match(CHARGE, note, yuan(5))], make_id=ids())

    assert journal(made) == [("Dr", "1122.01", "5.00"), ("Cr", "1122.02", "5.00")]


def test_that_foreign_items_whose_worth_is_unknown_are_not_matched() -> None:
    charge, credit = a_charge(yuan(5, "USD")), a_credit(yuan(5, "USD"))

    with pytest.raises(RateMissingError):
        allocate(a_heading(), [Match(charge, credit, yuan(5, "USD"))], make_id=ids())


amounts = st.lists(st.integers(1, 10**9), min_size=1, max_size=5)


def pair_up(charges: list[OpenItem], credits_: list[OpenItem], data: st.DataObject) -> list[Match]:
    """Draw links that fit, whatever is left of both sides."""
    left = {item.id: item.left.minor for item in (*charges, *credits_)}
    matches = []
    for charge in charges:
        for credit in credits_:
            most = min(left[charge.id], left[credit.id])
            part = data.draw(st.integers(0, most))
            if part:
                matches.append(Match(charge, credit, Money(part, "CNY")))
                left[charge.id] -= part
                left[credit.id] -= part
    return matches


def moved(content: Mapping[str, Any], account: str) -> int:
    lines = [line for line in content["lines"] if line["account"] == account]
    return sum(line["side"] * line["amount"] for line in lines)


@given(charged=amounts, paid=amounts, data=st.data())
def test_that_an_allocation_never_makes_or_loses_a_cent(
    charged: list[int], paid: list[int], data: st.DataObject
) -> None:
    charges = [a_charge(Money(m, "CNY"), 500 + n) for n, m in enumerate(charged)]
    credits_ = [a_credit(Money(m, "CNY"), 600 + n) for n, m in enumerate(paid)]
    matches = pair_up(charges, credits_, data)
    assume(matches)

    made = allocate(a_heading(), matches, make_id=ids())

    check_content("allocation", made, known(*charges, *credits_))
    total = sum(match.amount.minor for match in matches)
    assert (moved(made, "2203"), moved(made, "1122.02")) == (total, -total)


@given(charged=amounts, paid=amounts, data=st.data())
def test_that_undoing_moves_exactly_back(
    charged: list[int], paid: list[int], data: st.DataObject
) -> None:
    charges = [a_charge(Money(m, "CNY"), 500 + n) for n, m in enumerate(charged)]
    credits_ = [a_credit(Money(m, "CNY"), 600 + n) for n, m in enumerate(paid)]
    matches = pair_up(charges, credits_, data)
    assume(matches)
    made = allocate(a_heading(), matches, make_id=ids())
    links = [
        Link(row["id"], m.amount, m.charge, m.credit)
        for row, m in zip(made["allocations"], matches, strict=True)
    ]

    back = undo(a_heading(), links, make_id=ids(900))

    assert [{**x, "amount": -x["amount"], "base": -x["base"]} for x in back["lines"]] == made[
        "lines"
    ]
