"""A statement of account: in order, aged, and never issued when the ledger says otherwise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.accounts import Part
from erpdesk.domain.money import Money
from erpdesk.domain.statement import (
    Sort,
    StatementDisagreesError,
    ageing_strip,
    in_order,
    moves_in_order,
)
from tests.domain.builders import yuan
from tests.domain.statements import DAY, a_line, a_move, of_moves, of_open


def test_that_lines_stand_by_due_day_and_charges_of_a_day_come_before_payments() -> None:
    late = a_line(document="应-4", due=date(2026, 8, 1))
    paid = a_line(-100, Part.UNAPPLIED, document="收-1")
    second, first = a_line(document="应-2"), a_line(document="应-1")

    assert in_order([late, paid, second, first]) == (first, second, paid, late)


def test_that_a_day_charges_before_it_pays_so_that_no_balance_dips_by_sorting() -> None:
    paid, owed = a_move(-500, document="收-1"), a_move(500, document="临-9")

    assert moves_in_order([paid, owed]) == (owed, paid)


def test_that_balances_run_from_the_opening() -> None:
    stated = of_moves(a_move(500), a_move(-200, kind="receipt"), opening=100)

    assert stated.balances == (yuan(6), yuan(4))
    assert stated.total == yuan(4)


def test_that_settled_is_what_is_left_of_the_original() -> None:
    assert a_line(10_000, left=yuan(40)).settled == yuan(60)


@given(
    st.lists(
        st.tuples(st.sampled_from(Part), st.integers(1, 10**9), st.dates()), min_size=1, max_size=9
    )
)
def test_that_the_ageing_adds_up_to_the_balance(rows: list[tuple[Part, int, date]]) -> None:
    stated = of_open(
        *(a_line(-n if part is Part.UNAPPLIED else n, part, due=due) for part, n, due in rows)
    )

    strip = ageing_strip(stated.lines, DAY, "CNY")

    assert sum(money.minor for money in strip.values()) == stated.total.minor
    stated.must_agree(Sort.OPEN_ITEMS)


def test_that_cash_has_a_column_of_its_own_however_old_it_is() -> None:
    strip = ageing_strip([a_line(-700, Part.UNAPPLIED), a_line(900)], DAY, "CNY")

    shown = {name: money.plain() for name, money in strip.items() if money.minor}
    assert shown == {"d91_180": "9.00", "unapplied": "-7.00"}


@pytest.mark.parametrize(
    ("sort", "stated"),
    [
        (Sort.OPEN_ITEMS, of_open(a_line(900), parts=of_open(a_line(901)).parts)),
        (
            Sort.OPEN_ITEMS,
            of_open(a_line(900), parts=of_open(a_line(900, Part.UNBILLED)).parts),
        ),
        (Sort.ACTIVITY, of_moves(a_move(900), parts=of_moves(a_move(901)).parts)),
        (Sort.ACTIVITY, of_moves(a_move(900), opening=Money(1, "CNY").minor, parts={})),
    ],
    ids=["one fen", "another part", "one fen moved", "nothing booked"],
)
def test_that_what_does_not_agree_with_the_ledger_is_not_said(sort: Sort, stated: object) -> None:
    with pytest.raises(StatementDisagreesError):
        stated.must_agree(sort)  # type: ignore[attr-defined]
