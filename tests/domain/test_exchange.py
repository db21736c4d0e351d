from datetime import date, timedelta
from decimal import Decimal

import pytest

from erpdesk.domain.exchange import (
    DAYS_BACK,
    ExchangeRate,
    NoForeignCurrencyError,
    RateValueError,
    content,
    plain,
    rate_from,
    rate_on,
    why_not_record,
)
from erpdesk.domain.money import UnknownCurrencyError
from tests.domain.builders import TODAY


def a_rate(value: str = "7.10", day: date = TODAY, currency: str = "USD") -> ExchangeRate:
    return ExchangeRate(currency, day, Decimal(value))


@pytest.mark.parametrize("value", ["7.10", "0.00000001", "999999.99999999"])
def test_that_a_rate_above_zero_is_written_down(value: str) -> None:
    assert why_not_record(a_rate(value)) is None


@pytest.mark.parametrize("value", ["0", "-7.1", "1000000", "7.100000001"])
def test_that_what_is_no_rate_is_refused(value: str) -> None:
    assert isinstance(why_not_record(a_rate(value)), RateValueError)


def test_that_the_currency_of_the_books_has_no_rate() -> None:
    assert isinstance(why_not_record(a_rate("1", currency="CNY")), NoForeignCurrencyError)
    with pytest.raises(UnknownCurrencyError):
        why_not_record(a_rate(currency="XXX"))


def test_that_a_rate_is_read_back_as_it_was_written() -> None:
    assert rate_from(content(a_rate())) == a_rate("7.1")
    assert content(a_rate(), " 中间价 ")["memo"] == "中间价"
    assert [plain(Decimal(x)) for x in ("7.10", "700", "0.047900")] == ["7.1", "700", "0.0479"]


def test_that_the_last_rate_up_to_the_day_counts_and_none_that_is_too_old() -> None:
    old = a_rate("7.0", TODAY - timedelta(days=DAYS_BACK))
    new = a_rate("7.2", TODAY - timedelta(days=1))
    rates = [new, old, a_rate("9", TODAY + timedelta(days=1))]

    assert rate_on(rates, TODAY) == new
    assert rate_on([old], TODAY) == old
    assert rate_on([old], TODAY + timedelta(days=1)) is None


def test_that_of_one_day_what_was_written_later_counts() -> None:
    assert rate_on([a_rate("7.1"), a_rate("7.2")], TODAY) == a_rate("7.2")
