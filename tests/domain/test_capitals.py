"""Capital numerals: the listed values, and an independent reading of any amount."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.domain.capitals import CURRENCY_NAMES, capitals
from erpdesk.domain.money import DECIMALS, LIMIT_MINOR, Money

LISTED = {
    "0.00": "零元整",
    "0.05": "伍分",
    "0.50": "伍角整",
    "0.55": "伍角伍分",
    "10.00": "壹拾元整",
    "1005.40": "壹仟零伍元肆角整",
    "1000.05": "壹仟元零伍分",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "100200.30": "壹拾万零贰佰元叁角整",
    "105000.00": "壹拾万伍仟元整",
    "10500000.00": "壹仟零伍拾万元整",
    "20000000.00": "贰仟万元整",
    "100000001.00": "壹亿零壹元整",
    "100001000.00": "壹亿零壹仟元整",
    "100010000.00": "壹亿零壹万元整",
    "299480.00": "贰拾玖万玖仟肆佰捌拾元整",
    "100000000000.00": "壹仟亿元整",
}


@pytest.mark.parametrize(("amount", "words"), LISTED.items())
def test_that_the_listed_amounts_are_written_so(amount: str, words: str) -> None:
    assert capitals(Money.of(Decimal(amount), "CNY")) == f"人民币{words}"


def test_that_a_negative_amount_says_so_in_front() -> None:
    assert capitals(Money(-3_000_000, "CNY")) == "（负）人民币叁万元整"


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (Money(100_050, "USD"), "美元壹仟元伍角整"),
        (Money(1_000, "JPY"), "日元壹仟元整"),
        (Money(10**13, "JPY"), "日元壹拾万亿元整"),
        (Money(1_005, "KWD"), "科威特第纳尔壹元零伍厘"),
        (Money(1_105, "KWD"), "科威特第纳尔壹元壹角零伍厘"),
        (Money(5, "KWD"), "科威特第纳尔伍厘"),
    ],
)
def test_that_other_currencies_give_their_name(money: Money, words: str) -> None:
    assert capitals(money) == words


def test_that_every_currency_of_the_books_has_a_name() -> None:
    assert set(CURRENCY_NAMES) == set(DECIMALS)


@settings(deadline=None)
@given(st.integers(-LIMIT_MINOR, LIMIT_MINOR), st.sampled_from(sorted(DECIMALS)))
def test_that_a_reader_gets_the_amount_back(minor: int, currency: str) -> None:
    assert _read(capitals(Money(minor, currency)), currency) == minor


@settings(deadline=None)
@given(st.integers(-LIMIT_MINOR, LIMIT_MINOR))
def test_that_zeros_never_stand_in_a_row_or_at_the_end(minor: int) -> None:
    words = capitals(Money(minor, "CNY"))

    assert "零零" not in words
    assert words == "人民币零元整" or not re.search("零(万|亿|元|角|分|整|$)", words)


def _read(words: str, currency: str) -> int:
    """Read capital numerals the way a person does: digit, place, and what each group counts."""
    sign = -1 if words.startswith("（负）") else 1
    rest = words.removeprefix("（负）").removeprefix(CURRENCY_NAMES[currency])
    places = {"拾": 10, "佰": 100, "仟": 1000}
    total, group, digit, minor = 0, 0, 0, Decimal(0)
    for sign_of in rest.removesuffix("整"):
        if sign_of in places:
            group, digit = group + digit * places[sign_of], 0
        elif sign_of == "亿":
            total, group, digit = (total + group + digit) * 10**8, 0, 0
        elif sign_of in "万元":
            factor = 10**4 if sign_of == "万" else 1
            total, group, digit = total + (group + digit) * factor, 0, 0
        elif sign_of in "角分厘":
            minor, digit = minor + Decimal(digit).scaleb(-1 - "角分厘".index(sign_of)), 0
        else:
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign_of)
    return sign * int((Decimal(total) + minor).scaleb(DECIMALS[currency]))
