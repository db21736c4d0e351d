from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.money import Money
from erpdesk.domain.posting import (
    DEBIT,
    MARKS,
    RULES,
    Amount,
    EmptyLineError,
    Heading,
    PostingRule,
    RateMissingError,
    Template,
    TooFewLinesError,
    UnbalancedError,
    broken_lines,
    in_base,
    lines_of,
    rule_named,
)
from tests.domain.builders import QINGHE, TODAY, an_id, ids, shown, yuan

P1A = rule_named("P1a")


def claim(gross: str | int, net: str | int, tax: str | int, currency: str = "CNY") -> list[Amount]:
    texts = {"gross": gross, "net": net, "tax": tax}
    return [Amount(what, yuan(text, currency)) for what, text in texts.items()]


def test_that_a_rule_turns_amounts_into_lines_in_its_own_order() -> None:
    lines = lines_of(P1A, claim(113_000, 100_000, 13_000)[::-1])

    assert shown(lines) == [
        ("Dr", "1122.02", "113000.00"),
        ("Cr", "6001", "100000.00"),
        ("Cr", "2221.02", "13000.00"),
    ]
    assert [line["n"] for line in lines] == [1, 2, 3]


def test_that_a_line_says_whose_it_is_only_where_that_is_known() -> None:
    amounts = [
        Amount("cash", yuan(5)),
        Amount("rest", yuan(5), customer=QINGHE, item=an_id(9), text="定金"),
    ]

    cash, rest = lines_of(rule_named("P3"), amounts)

    assert cash.keys() == {"n", "account", "side", "amount", "base", "currency"}
    assert (rest["customer"], rest["item"], rest["text"]) == (QINGHE, an_id(9), "定金")


def test_that_amounts_of_zero_make_no_line() -> None:
    assert len(lines_of(P1A, claim(100, 100, 0))) == 2


def test_that_amounts_which_do_not_balance_are_refused() -> None:
    with pytest.raises(UnbalancedError):
        lines_of(P1A, claim(113_000, 100_000, 12_999))


@pytest.mark.parametrize("rate", [None, Decimal(7)])
def test_that_one_line_is_no_entry(rate: Decimal | None) -> None:
    with pytest.raises(TooFewLinesError):
        lines_of(P1A, claim(0, 0, 0), rate=rate)


def test_that_an_amount_the_rule_does_not_know_is_a_mistake_of_the_program() -> None:
    with pytest.raises(AssertionError):
        lines_of(P1A, [Amount("cash", yuan(1))])


def test_that_a_foreign_currency_needs_a_rate() -> None:
    with pytest.raises(RateMissingError):
        lines_of(P1A, claim(113, 100, 13, "USD"))


def test_that_a_foreign_entry_balances_in_the_base_currency_too() -> None:
    amounts = claim("3.33", "2.22", "1.11", "USD")

    lines = lines_of(P1A, amounts, rate=Decimal("7.005"))

    assert [line["amount"] for line in lines] == [333, 222, 111]
    assert [line["base"] for line in lines] == [2333, 1555, 778]
    assert {line["currency"] for line in lines} == {"USD"}


def test_that_the_base_currency_needs_no_rate() -> None:
    assert in_base(yuan(7)) == yuan(7)
    assert in_base(Money(100, "JPY"), Decimal("0.05")) == yuan(5)


def test_that_lines_are_judged_by_currency_and_in_base() -> None:
    one = {"side": 1, "amount": 5, "base": 5, "currency": "CNY"}
    other = {"side": -1, "amount": 5, "base": 5, "currency": "USD"}
    empty = {"side": 1, "amount": 0, "base": 0, "currency": "CNY"}

    assert list(map(type, broken_lines([one, other]))) == [UnbalancedError, UnbalancedError]
    assert list(map(type, broken_lines([one, one | {"side": -1, "base": 4}]))) == [UnbalancedError]
    assert list(map(type, broken_lines([one, one | {"side": -1}, empty]))) == [EmptyLineError]


def test_that_an_exchange_difference_has_a_base_amount_alone() -> None:
    gain = {"side": -1, "amount": 0, "base": 5, "currency": "USD"}
    cash = {"side": 1, "amount": 0, "base": 5, "currency": "USD"}

    assert not list(broken_lines([gain, cash]))


def test_that_every_rule_and_version_has_one_mark() -> None:
    assert len(MARKS) == len(RULES)
    assert {"P1a/1", "P3/1", "P4/1", "P6/1"} <= MARKS


def test_that_the_newest_version_of_a_rule_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    newer = PostingRule("P1a", 2, "新", "new", (Template("gross", DEBIT, "1122.02"),))
    monkeypatch.setattr("erpdesk.domain.posting.RULES", (newer, *RULES))

    assert rule_named("P1a").mark == "P1a/2"


def test_that_an_entry_names_its_days_its_rule_and_its_series() -> None:
    heading = Heading(
        TODAY, document_date=date(1996, 5, 1), origin_period="1996-05", reverse_on=date(2026, 12, 1)
    )

    assert heading.entry("voucher", P1A, make_id=ids(), reverses=an_id(8)) == {
        "id": an_id(1),
        "series": "记",
        "posting_date": "2026-11-25",
        "document_date": "1996-05-01",
        "origin_period": "1996-05",
        "rule": "P1a/1",
        "reverses": an_id(8),
        "reverse_on": "2026-12-01",
    }


def test_that_an_entry_says_nothing_of_what_it_lacks() -> None:
    entry = Heading(TODAY).entry("receipt", rule_named("P3"), make_id=ids())

    assert entry.keys() == {"id", "series", "posting_date", "rule"}
    assert Heading(TODAY, memo="", reason="尾差").sections() == {"reason": "尾差"}


@given(
    gross=st.integers(2, 10**10),
    tax=st.integers(0, 10**9),
    rate=st.decimals("0.0001", "99", places=4),
)
def test_that_every_foreign_entry_balances(gross: int, tax: int, rate: Decimal) -> None:
    tax = min(tax, gross - 1)
    parts = {"gross": gross, "net": gross - tax, "tax": tax}
    amounts = [Amount(what, Money(minor, "USD")) for what, minor in parts.items()]

    lines = lines_of(P1A, amounts, rate=rate)

    assert not list(broken_lines(lines))
