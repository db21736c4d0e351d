"""Promises to pay: what may be promised, and whether it was kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.promise import (
    AHEAD_DAYS,
    GRACE_DAYS,
    Kept,
    Paid,
    Promise,
    PromiseAmountError,
    PromiseDayError,
    content,
    judged,
    why_not_promise,
)
from erpdesk.errors import UserError
from tests.domain.builders import TODAY, yuan


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def a_promise(amount: int = 100, due: int = 10, said: int = 0, name: str = "p1") -> Promise:
    return Promise(name, "k1", yuan(amount), on(due), on(said))


def a_payment(amount: int, day: int, currency: str = "CNY", at: int = 0) -> Paid:
    return Paid(on(day), yuan(amount, currency), at)


@pytest.mark.parametrize(
    ("promise", "error"),
    [
        (a_promise(), None),
        (a_promise(500), None),
        (a_promise(501), PromiseAmountError),
        (a_promise(0), PromiseAmountError),
        (a_promise(due=0), None),
        (a_promise(due=-1), PromiseDayError),
        (a_promise(due=AHEAD_DAYS), None),
        (a_promise(due=AHEAD_DAYS + 1), PromiseDayError),
    ],
)
def test_that_a_promise_is_for_what_is_open_and_a_day_that_can_be_waited_for(
    promise: Promise, error: type[UserError] | None
) -> None:
    found = why_not_promise(promise, yuan(500), today=TODAY)

    assert (type(found) if found else None) is error


@pytest.mark.parametrize(
    ("paid", "today", "kept", "left"),
    [
        ((), 10, Kept.OPEN, 100),
        ((), 11, Kept.DUE, 100),
        ((), 10 + GRACE_DAYS, Kept.DUE, 100),
        ((), 11 + GRACE_DAYS, Kept.BROKEN, 100),
        ((a_payment(100, 5),), 6, Kept.KEPT, 0),
        ((a_payment(100, 10 + GRACE_DAYS),), 30, Kept.KEPT, 0),
        ((a_payment(100, 11 + GRACE_DAYS),), 30, Kept.LATE, 0),
        ((a_payment(60, 5), a_payment(40, 30)), 40, Kept.LATE, 0),
        ((a_payment(99, 5),), 30, Kept.BROKEN, 1),
        ((a_payment(100, -1),), 30, Kept.BROKEN, 100),
        ((a_payment(100, 5, "USD"),), 30, Kept.BROKEN, 100),
    ],
)
def test_that_what_came_in_says_how_a_promise_stands(
    paid: tuple[Paid, ...], today: int, kept: Kept, left: int
) -> None:
    (one,) = judged([a_promise()], paid, today=on(today))

    assert (one.kept, one.left) == (kept, yuan(left))


def test_that_money_booked_before_it_was_said_keeps_no_promise_of_the_same_day() -> None:
    said = replace(a_promise(), said_at=2)

    (one,) = judged([said], [a_payment(100, 0, at=1), a_payment(30, 0, at=3)], today=on(1))

    assert (one.kept, one.left) == (Kept.OPEN, yuan(70))


def test_that_one_payment_keeps_one_promise_the_earliest_due() -> None:
    later, sooner = a_promise(due=20, name="later"), a_promise(due=10, name="sooner")

    found = judged([later, sooner], [a_payment(150, 5)], today=on(40))

    assert [(one.promise.id, one.kept, one.left) for one in found] == [
        ("sooner", Kept.KEPT, yuan(0)),
        ("later", Kept.BROKEN, yuan(50)),
    ]


def test_that_a_text_says_what_was_promised() -> None:
    plain = content(a_promise())
    whole = content(Promise("", "k1", yuan(5), TODAY, TODAY, " 王敏 ", " 月底 "))

    assert plain == {
        "customer": "k1",
        "promise": {
            "amount": 100_00, "currency": "CNY", "due": on(10).isoformat(),
            "day": TODAY.isoformat(),
        },
    }  # fmt: skip
    assert (whole["promise"]["by"], whole["memo"]) == ("王敏", "月底")


SUMS = st.integers(1, 500)
DAYS = st.integers(0, 40)


@given(st.lists(st.tuples(SUMS, DAYS), max_size=5), st.lists(st.tuples(SUMS, DAYS), max_size=5))
def test_that_no_money_counts_for_two_promises(
    promises: list[tuple[int, int]], paid: list[tuple[int, int]]
) -> None:
    made = [a_promise(amount, due, name=str(n)) for n, (amount, due) in enumerate(promises)]
    came = [a_payment(amount, day) for amount, day in paid]

    found = judged(made, came, today=on(100))

    covered = sum(one.promise.amount.minor - one.left.minor for one in found)
    total = sum(one.amount.minor for one in came)
    assert covered == min(total, sum(one.amount.minor for one in made))
    assert all(one.left.minor >= 0 for one in found)
