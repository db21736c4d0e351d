from decimal import Decimal

import pytest

from erpdesk.domain.goods import Goods, goods_of, rows, total
from erpdesk.domain.money import CurrencyMismatchError
from erpdesk.domain.tax import Taxed
from tests.domain.builders import RATE, yuan


def test_that_a_line_is_written_with_decimals_as_text() -> None:
    line = Goods(
        "纸箱", yuan(100), yuan(13), yuan(113), RATE, Decimal("12.50"), "箱", Decimal("8.000")
    )

    assert rows([line]) == [
        {
            "n": 1,
            "text": "纸箱",
            "quantity": "12.5",
            "unit": "箱",
            "price": "8",
            "net": 10_000,
            "rate": "0.13",
            "tax": 1_300,
            "gross": 11_300,
        }
    ]


def test_that_what_is_not_known_is_absent() -> None:
    assert rows([goods_of("运费", yuan("1.09"), Decimal("0.09"))])[0].keys() == {
        "n", "text", "net", "rate", "tax", "gross",
    }  # fmt: skip


def test_that_lines_are_summed_half_by_half() -> None:
    lines = [goods_of("a", yuan("1.13"), RATE), goods_of("b", yuan("1.06"), Decimal("0.06"))]

    assert total(lines, "CNY") == Taxed(yuan(2), yuan("0.19"))


def test_that_lines_of_two_currencies_have_no_sum() -> None:
    with pytest.raises(CurrencyMismatchError):
        total([goods_of("a", yuan(1, "USD"), RATE)], "CNY")


def test_that_a_line_is_even_when_its_halves_make_the_whole_in_one_currency() -> None:
    assert goods_of("a", yuan("9.99"), RATE).is_even
    assert not Goods("a", yuan(1), yuan(1), yuan(3), RATE).is_even
    assert not Goods("a", yuan(1), yuan(1, "USD"), yuan(2), RATE).is_even
