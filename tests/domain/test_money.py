from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.money import (
    LIMIT_MINOR,
    AmbiguousAmountError,
    AmountTooLargeError,
    CurrencyMismatchError,
    Money,
    NotAnAmountError,
    UnknownCurrencyError,
    parse_amount,
    parse_number,
)

AMOUNTS = st.integers(-LIMIT_MINOR, LIMIT_MINOR)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("0", 0),
        ("40,23", 4023),
        ("1500", 150000),
        ("1,500.00", 150000),
        ("1.500,00", 150000),
        ("1 500,50", 150050),
        ("1'500.50", 150050),
        ("１，５００．００", 150000),
        ("￥1,234,567.8", 123456780),
        ("¥ 12.3", 1230),
        ("-12.30", -1230),
        ("-¥5", -500),
        ("￥-5.00", -500),
        ("\u221212.30", -1230),
        ("(12.30)", -1230),
        ("+7", 700),
        ("1,234,567", 123456700),
        ("1.234.567", 123456700),
        ("0.125", 13),
        ("1572.83118746666657", 157283),
        ("2.005", None),
        ("1,500", None),
        ("1.500", None),
    ],
)
def test_that_an_amount_is_read_as_a_person_means_it(text: str, minor: int | None) -> None:
    if minor is None:
        with pytest.raises(AmbiguousAmountError):
            parse_amount(text, "CNY")
    else:
        assert parse_amount(text, "CNY") == Money(minor, "CNY")


def test_that_an_amount_of_two_readings_is_told_with_both() -> None:
    with pytest.raises(AmbiguousAmountError) as refused:
        parse_amount("3,390", "CNY")

    assert (refused.value.facts["whole"], refused.value.facts["part"]) == ("3390", "3.39")


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "1e5", "NaN", "Infinity", "12a", "1,23,4", "1.2.3,4", "--1", "1-",
        "0x10", "1,,5", ".", "12.3.4", "1_000", "(12", "١٢", "①", "5²",
    ],
)  # fmt: skip
def test_that_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmountError):
        parse_amount(text, "CNY")


def test_that_a_file_may_say_its_decimal_mark() -> None:
    assert parse_amount("1.500", "CNY", decimal_mark=",") == Money(150000, "CNY")
    assert parse_amount("1.500", "CNY", decimal_mark=".") == Money(150, "CNY")


def test_that_three_decimals_are_no_riddle_in_a_currency_that_has_three() -> None:
    assert parse_amount("1.500", "KWD") == Money(1500, "KWD")


def test_that_a_currency_decides_how_many_decimals_there_are() -> None:
    assert Money(1500, "JPY").plain() == "1500"
    assert Money(1500, "KWD").plain() == "1.500"
    assert Money(-150005, "CNY").plain() == "-1500.05"
    assert Money(-150005, "CNY").grouped() == "\u22121,500.05"
    assert Money.of(Decimal("0.005"), "CNY") == Money(1, "CNY")
    assert Money.of(Decimal("-0.005"), "CNY") == Money(-1, "CNY")


def test_that_amounts_of_two_currencies_have_no_sum() -> None:
    with pytest.raises(CurrencyMismatchError):
        Money(1, "CNY") + Money(1, "USD")
    with pytest.raises(CurrencyMismatchError):
        Money(1, "CNY") - Money(1, "USD")


def test_that_an_unknown_currency_and_a_giant_amount_are_refused() -> None:
    with pytest.raises(UnknownCurrencyError):
        Money(1, "XXX")
    with pytest.raises(AmountTooLargeError):
        Money(LIMIT_MINOR + 1, "CNY")
    for digits in (19, 30, 5000):
        with pytest.raises(AmountTooLargeError):
            parse_amount("9" * digits, "CNY")


@given(AMOUNTS)
def test_that_an_amount_written_is_read_back(minor: int) -> None:
    money = Money(minor, "CNY")

    assert parse_amount(money.plain(), "CNY") == money
    assert parse_amount(money.grouped(), "CNY") == money
    assert money + -money == Money(0, "CNY")


@given(AMOUNTS, st.lists(st.integers(1, 1000), min_size=1, max_size=9))
def test_that_a_split_loses_nothing_and_invents_nothing(minor: int, weights: list[int]) -> None:
    shares = Money(minor, "CNY").split(weights)

    assert sum(share.minor for share in shares) == minor
    assert len(shares) == len(weights)


@given(st.text(max_size=12))
def test_that_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        value = parse_number(text)
    except (NotAnAmountError, AmbiguousAmountError):
        return

    assert value.is_finite()
