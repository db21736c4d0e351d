"""What links take of foreign items in base, and the difference that is realised with them (P8)."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.accounts import BILLED
from erpdesk.domain.allocation import Difference, Match, allocate, undo
from erpdesk.domain.entry_bases import LeftInBaseError, RateDiffersError
from erpdesk.domain.entry_moves import ItemsAndLedgerError
from erpdesk.domain.entry_rules import broken_rules, check_content
from erpdesk.domain.links import Link, based, realised
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import RateMissingError, broken_lines
from erpdesk.domain.receipt import Paid, Receipt, matched, suspense
from tests.domain.builders import a_charge, a_credit, a_heading, an_id, ids, known, yuan


def usd(text: str) -> Money:
    return yuan(text, "USD")


def owed(amount: str, base: str, n: int = 501, **facts: Any) -> OpenItem:
    return a_charge(usd(amount), n, booked=yuan(base), **facts)


def cash(amount: str, base: str, n: int = 601, **facts: Any) -> OpenItem:
    return a_credit(usd(amount), n, booked=-yuan(base), **facts)


def a_payment(amount: str, rate: str | None, **heading: Any) -> Receipt:
    return Receipt(a_heading(**heading), usd(amount), rate=Decimal(rate) if rate else None)


def in_books(content: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    sides = {1: "Dr", -1: "Cr"}
    return [
        (
            sides[x["side"]],
            x["account"],
            Money(x["amount"], x["currency"]).plain(),
            Money(x["base"], "CNY").plain(),
        )
        for x in content["lines"]
    ]


def test_that_p8_books_the_loss_beside_the_money_that_came() -> None:
    charge = owed("10000", "71000")
    made = matched(a_payment("10000", "7.05"), [Paid(charge, usd("10000"))], make_id=ids())

    assert in_books(made) == [
        ("Dr", "1002", "10000.00", "70500.00"),
        ("Dr", "6061", "0.00", "500.00"),
        ("Cr", "1122.02", "10000.00", "71000.00"),
    ]
    assert (made["entry"]["rule"], made["entry"]["exchange_rate"]) == ("P8/1", "7.05")
    check_content("receipt", made, known(charge))


def test_that_a_rate_that_stayed_makes_no_difference() -> None:
    charge = owed("10", "71")
    made = matched(a_payment("10", "7.1"), [Paid(charge, usd("10"))], make_id=ids())

    assert made["entry"]["rule"] == "P3/1"
    assert len(made["lines"]) == 2


def test_that_losses_and_gains_stand_each_on_its_side() -> None:
    one, two = owed("10", "71"), owed("10", "69", 502)
    paid = [Paid(one, usd("10")), Paid(two, usd("10"))]
    made = matched(a_payment("25", "7"), paid, make_id=ids())

    assert in_books(made) == [
        ("Dr", "1002", "25.00", "175.00"),
        ("Dr", "6061", "0.00", "1.00"),
        ("Cr", "1122.02", "10.00", "71.00"),
        ("Cr", "1122.02", "10.00", "69.00"),
        ("Cr", "2203", "5.00", "35.00"),
        ("Cr", "6061", "0.00", "1.00"),
    ]


def test_that_a_rest_given_up_is_a_loss_at_what_it_stood_at() -> None:
    charge = owed("10", "71")
    made = matched(
        a_payment("9", "7", reason="对方扣了手续费"),
        [Paid(charge, usd("9"))],
        make_id=ids(),
        differences=[Difference(charge, usd("1"))],
    )

    assert in_books(made)[1:3] == [
        ("Dr", "6711", "1.00", "7.10"),
        ("Dr", "6061", "0.00", "0.90"),
    ]
    check_content("receipt", made, known(charge))


def test_that_two_items_on_one_account_still_move_it_where_their_rates_differ() -> None:
    charge, note = owed("10", "71", account=BILLED), cash("10", "70", account=BILLED)
    made = allocate(a_heading(), [Match(charge, note, usd("10"))], make_id=ids())

    assert in_books(made) == [
        ("Dr", "1122.01", "10.00", "70.00"),
        ("Dr", "6061", "0.00", "1.00"),
        ("Cr", "1122.01", "10.00", "71.00"),
    ]


def test_that_money_from_nobody_known_is_booked_at_its_rate() -> None:
    made = suspense(a_payment("10", "7.05", customer=None), make_id=ids())

    assert [line[3] for line in in_books(made)] == ["70.50", "70.50"]
    with pytest.raises(RateMissingError):
        suspense(a_payment("10", None, customer=None), make_id=ids())


def test_that_a_foreign_receipt_says_its_rate_and_is_booked_at_it() -> None:
    made = matched(a_payment("10", "7.05"), [], make_id=ids())
    unsaid = {k: v for k, v in made["entry"].items() if k != "exchange_rate"}

    wrong = broken_rules("receipt", made | {"entry": made["entry"] | {"exchange_rate": "7.06"}})
    silent = broken_rules("receipt", made | {"entry": unsaid})

    assert not broken_rules("receipt", made)
    assert list(map(type, wrong)) == [RateDiffersError]
    assert list(map(type, silent)) == [RateMissingError]


def test_that_a_settled_item_leaves_nothing_in_base() -> None:
    charge, credit = owed("10", "71"), cash("10", "70")
    made = allocate(a_heading(), [Match(charge, credit, usd("10"))], make_id=ids())
    dearer = replace(charge, booked=yuan("72"))

    assert not broken_rules("allocation", made, known(charge, credit))
    assert list(map(type, broken_rules("allocation", made, known(dearer, credit)))) == [
        LeftInBaseError
    ]
    assert not broken_rules("allocation", made, known(replace(charge, booked=None), credit))


def test_that_links_say_in_base_what_the_lines_book() -> None:
    charge, credit = owed("10", "71"), cash("10", "70")
    made = allocate(a_heading(), [Match(charge, credit, usd("5"))], make_id=ids())
    [link] = made["allocations"]
    other = made | {"allocations": [link | {"charge_base": link["charge_base"] + 1}]}

    assert (link["charge_base"], link["credit_base"]) == (3550, 3500)
    assert list(map(type, broken_rules("allocation", other, known(charge, credit)))) == [
        ItemsAndLedgerError
    ]


def test_that_an_item_never_turns_over_in_base() -> None:
    charge, credit = owed("10", "30"), cash("10", "70")
    made = allocate(a_heading(), [Match(owed("10", "71"), credit, usd("5"))], make_id=ids())

    assert list(map(type, broken_rules("allocation", made, known(charge, credit)))) == [
        LeftInBaseError
    ]


def test_that_links_in_the_currency_of_the_books_have_no_difference() -> None:
    link = Link(an_id(1), yuan(5), a_charge(), a_credit())

    assert list(realised(based([link]))) == []
    assert list(realised([link, -link])) == []


pieces = st.lists(st.integers(1, 10**6), min_size=1, max_size=6)


@given(
    amounts=pieces,
    worth=st.integers(0, 10**8),
    rates=st.lists(st.integers(1, 10**8), min_size=6, max_size=6),
)
def test_that_pieces_are_the_whole_and_the_books_balance_after_each(
    amounts: list[int], worth: int, rates: list[int]
) -> None:
    whole = Money(sum(amounts), "USD")
    charge = a_charge(whole, booked=Money(worth, "CNY"))
    taken = 0
    for minor, rate in zip(amounts, rates, strict=False):
        money = Money(minor, "USD")
        receipt = Receipt(a_heading(), money, rate=Decimal(rate).scaleb(-6))
        made = matched(receipt, [Paid(charge, money)], make_id=ids())

        check_content("receipt", made, known(charge))
        assert not list(broken_lines(made["lines"]))
        base = made["allocations"][0]["charge_base"]
        taken += base
        charge = replace(charge, open=charge.open - money, booked=charge.base - Money(base, "CNY"))
    assert charge.open.minor == 0
    assert charge.base.minor == 0
    assert taken == worth


@given(amounts=pieces, worth=st.integers(0, 10**8), other=st.integers(0, 10**8))
def test_that_what_is_taken_back_is_the_exact_opposite(
    amounts: list[int], worth: int, other: int
) -> None:
    whole = Money(sum(amounts), "USD")
    charge = a_charge(whole, booked=Money(worth, "CNY"))
    credit = a_credit(whole, booked=Money(-other, "CNY"))
    matches = [Match(charge, credit, Money(minor, "USD")) for minor in amounts]
    made = allocate(a_heading(), matches, make_id=ids())
    links = based([Link(an_id(n), m.amount, charge, credit) for n, m in enumerate(matches)])

    back = undo(a_heading(), links, make_id=ids())

    assert [
        sum(x[f"{side}_base"] for x in made["allocations"]) for side in ("charge", "credit")
    ] == [
        worth,
        other,
    ]
    assert [(x["account"], x["amount"], x["base"]) for x in back["lines"]] == [
        (x["account"], -x["amount"], -x["base"]) for x in made["lines"]
    ]
