"""Exchange rates: what one unit of a foreign currency is worth on a day, as somebody wrote it down.

A rate is never changed: what is written later for the same day counts, and both stay on record.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import decimals_of
from erpdesk.domain.posting import Row
from erpdesk.errors import UserError

EXCHANGE_RATE: Final = "exchange_rate"
RECORDED: Final = "recorded"
"""The kind of document a rate is, and the state in which it stands."""
DAYS_BACK: Final = 31
"""A day without a rate takes the last one before it, no older: the first day's serves its month."""
DECIMALS_MOST: Final = 8
RATE_MOST: Final = 1_000_000


class RateValueError(UserError):
    """An exchange rate is above zero and has at most eight decimals."""


class NoForeignCurrencyError(UserError):
    """The books are kept in this currency; it has no exchange rate."""


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """One unit of ``currency`` is ``value`` of the base currency on a day."""

    currency: str
    day: date
    value: Decimal


def why_not_record(rate: ExchangeRate) -> UserError | None:
    """Return the first thing that stands against writing a rate down, or None."""
    return next(_broken(rate), None)


def _broken(rate: ExchangeRate) -> Iterator[UserError]:
    decimals_of(rate.currency)
    if rate.currency == BASE_CURRENCY:
        yield NoForeignCurrencyError(currency=rate.currency)
    if not 0 < rate.value < RATE_MOST or rate.value != round(rate.value, DECIMALS_MOST):
        yield RateValueError(value=str(rate.value))


def plain(value: Decimal) -> str:
    """Return a rate as a text writes it: digits without zeros that say nothing."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def content(rate: ExchangeRate, memo: str = "") -> Row:
    """Return the text of a rate."""
    said = {"currency": rate.currency, "day": rate.day.isoformat(), "rate": plain(rate.value)}
    return {"rate": said} | ({"memo": memo.strip()} if memo.strip() else {})


def rate_from(text: Mapping[str, Any]) -> ExchangeRate:
    """Return the rate that a text says."""
    said = text["rate"]
    return ExchangeRate(said["currency"], date.fromisoformat(said["day"]), Decimal(said["rate"]))


def rate_on(rates: Iterable[ExchangeRate], day: date) -> ExchangeRate | None:
    """Return what counts on a day of rates of one currency, in the order they were written."""
    first, found = day - timedelta(days=DAYS_BACK), None
    for rate in rates:
        if first <= rate.day <= day and (found is None or rate.day >= found.day):
            found = rate
    return found
