from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.accounts import BILLED, CONTRACT_ASSET, Part
from erpdesk.domain.open_item import balances, item_row, open_amount
from tests.domain.builders import QINGHE, a_charge, a_credit, an_id, yuan


def test_that_an_item_is_late_from_the_day_after_it_is_due() -> None:
    item = a_charge(due=date(2026, 2, 28))

    assert not item.is_late(date(2026, 2, 28))
    assert item.is_late(date(2026, 3, 1))
    assert (item.days_late(date(2026, 2, 28)), item.days_late(date(2026, 3, 10))) == (0, 10)


def test_that_nothing_is_late_that_is_settled_or_a_credit() -> None:
    late_day = date(2099, 1, 1)

    assert not a_charge(open=yuan(0)).is_late(late_day)
    assert not a_credit().is_late(late_day)


def test_that_what_is_left_has_no_sign() -> None:
    assert a_charge(100, open=yuan(30)).left == yuan(30)
    assert a_credit(100, open=yuan(-30)).left == yuan(30)


@pytest.mark.parametrize("left", ["100.01", "-0.01"])
def test_that_an_item_is_never_open_beyond_its_amount_or_below_nothing(left: str) -> None:
    with pytest.raises(AssertionError):
        a_charge(100, open=yuan(left))
    with pytest.raises(AssertionError):
        a_credit(100, open=-yuan(left))


def test_that_an_item_has_one_currency() -> None:
    with pytest.raises(AssertionError):
        a_charge(100, open=yuan(100, "USD"))


def test_that_the_account_says_the_part() -> None:
    items = [a_charge(account=BILLED), a_charge(), a_credit(), a_charge(account=CONTRACT_ASSET)]

    assert [i.part for i in items] == [Part.BILLED, Part.UNBILLED, Part.UNAPPLIED, None]


def test_that_the_balance_is_billed_and_unbilled_less_unapplied() -> None:
    items = [
        a_charge(100, account=BILLED),
        a_charge(50, open=yuan(40)),
        a_credit(30),
        a_charge(7, account=CONTRACT_ASSET),
    ]

    balance = balances(items)["CNY"]

    assert (balance.billed, balance.unbilled, balance.unapplied) == (yuan(100), yuan(40), yuan(30))
    assert balance.total == yuan(110)


def test_that_currencies_are_never_summed() -> None:
    found = balances([a_charge(1), a_charge(yuan(2, "USD"))])

    assert {name: balance.total.plain() for name, balance in found.items()} == {
        "CNY": "1.00",
        "USD": "2.00",
    }
    assert found["USD"].currency == "USD"


def test_that_an_item_of_one_cent_is_allocated_like_any_other() -> None:
    cent = yuan("0.01")

    assert open_amount(cent, [cent]) == open_amount(-cent, [cent]) == yuan(0)


def test_that_an_item_is_written_with_its_sign_and_day() -> None:
    assert item_row(a_credit(5)) == {
        "id": an_id(601),
        "customer": QINGHE,
        "account": "2203",
        "currency": "CNY",
        "amount": -500,
        "due": "2026-11-25",
    }


@given(st.lists(st.integers(1, 10**6), max_size=6))
def test_that_undoing_every_allocation_opens_the_whole_item_again(amounts: list[int]) -> None:
    taken = [yuan(amount) for amount in amounts]
    whole = yuan(sum(amounts) + 1)

    assert open_amount(whole, taken) == yuan(1)
    assert open_amount(-whole, taken) == yuan(-1)
    assert open_amount(whole, [*taken, *(-one for one in taken)]) == whole
