from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.accounts import ADVANCE, BILLED, CONTRACT_ASSET, UNBILLED
from erpdesk.domain.ageing import Ageing, Bucket, DatedItem, Move, aged
from erpdesk.domain.ids import ItemId
from erpdesk.domain.money import Money
from tests.domain.builders import QINGHE, Written, an_id, yuan

DAY = date(2026, 11, 25)


def a_dated(amount: Written = 100, *moves: Move, **facts: Any) -> DatedItem:
    known = {"id": ItemId(an_id(1)), "customer": QINGHE, "account": UNBILLED, "due": DAY}
    return DatedItem(
        **{
            "original": yuan(amount),
            "posted_on": date(2026, 1, 1),
            "moves": moves,
            **known,
            **facts,
        }
    )


def owed(ageing: Ageing) -> dict[str, str]:
    return {name: money.plain() for name, money in ageing.owed.items() if money.minor}


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-400, "not_due"), (0, "not_due"), (1, "d1_30"), (30, "d1_30"), (31, "d31_60"),
        (60, "d31_60"), (61, "d61_90"), (90, "d61_90"), (91, "d91_180"), (180, "d91_180"),
        (181, "over_180"), (10_000, "over_180"),
    ],
)  # fmt: skip
def test_that_lateness_counts_from_the_day_after_the_due_day(days: int, bucket: str) -> None:
    found = aged([a_dated(due=DAY - timedelta(days))], as_of=DAY)

    assert owed(found["CNY"]) == {bucket: "100.00"}


def test_that_unapplied_cash_has_a_line_of_its_own_and_reduces_the_total() -> None:
    items = [a_dated(100), a_dated(40, account=BILLED), a_dated(-30, account=ADVANCE)]

    found = aged(items, as_of=DAY)["CNY"]

    assert owed(found) == {"not_due": "140.00"}
    assert (found.unapplied, found.total) == (yuan(30), yuan(110))


def test_that_a_past_day_shows_what_was_open_then() -> None:
    first, undone = date(2026, 3, 1), date(2026, 5, 1)
    item = a_dated(100, Move(first, yuan(60)), Move(undone, yuan(-60)), due=date(2026, 2, 1))

    shown = {
        day: aged([item], as_of=day)["CNY"].total.plain()
        for day in (date(2026, 1, 1), date(2026, 2, 28), first, date(2026, 4, 30), undone)
    }

    assert list(shown.values()) == ["100.00", "100.00", "40.00", "40.00", "100.00"]


def test_that_an_item_is_not_there_before_it_was_posted() -> None:
    assert aged([a_dated()], as_of=date(2025, 12, 31)) == {}


def test_that_what_is_settled_and_a_contract_asset_have_no_age() -> None:
    items = [a_dated(100, Move(DAY, yuan(100))), a_dated(account=CONTRACT_ASSET)]

    assert aged(items, as_of=DAY) == {}


def test_that_currencies_are_aged_apart() -> None:
    found = aged([a_dated(1), a_dated(yuan(2, "USD"))], as_of=DAY)

    assert {currency: ageing.total.plain() for currency, ageing in found.items()} == {
        "CNY": "1.00",
        "USD": "2.00",
    }


def test_that_buckets_are_data() -> None:
    buckets = (Bucket("fresh", 7), Bucket("old", None))

    found = aged([a_dated(due=DAY - timedelta(8))], as_of=DAY, buckets=buckets)["CNY"]

    assert owed(found) == {"old": "100.00"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([BILLED, UNBILLED, ADVANCE]),
            st.integers(1, 10**9),
            st.integers(-500, 500),
            st.lists(st.tuples(st.integers(0, 400), st.integers(1, 99)), max_size=3),
        ),
        max_size=8,
    ),
    st.integers(0, 400),
)
def test_that_the_total_is_the_ledger_on_any_day(
    rows: list[tuple[str, int, int, list[tuple[int, int]]]], day: int
) -> None:
    start = date(2026, 1, 1)
    items, ledger, as_of = [], 0, start + timedelta(day)
    for account, minor, due, taken in rows:
        sign = -1 if account == ADVANCE else 1
        parts = [(start + timedelta(d), minor * percent // 300) for d, percent in taken]
        moves = (Move(when, Money(part, "CNY")) for when, part in parts)
        items.append(
            a_dated(
                Money(sign * minor, "CNY"), *moves,
                account=account, due=start + timedelta(due), posted_on=start,
            )
        )  # fmt: skip
        ledger += sign * (minor - sum(part for when, part in parts if when <= as_of))

    found = aged(items, as_of=as_of)

    assert sum(ageing.total.minor for ageing in found.values()) == ledger
