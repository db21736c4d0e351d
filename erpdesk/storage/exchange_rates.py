"""Exchange rates as they were written down, read back from their texts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from erpdesk.domain.exchange import DAYS_BACK, EXCHANGE_RATE, RECORDED, ExchangeRate, rate_from
from erpdesk.domain.exchange import rate_on as latest
from erpdesk.storage import tables as t


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate with the number of its document, who wrote it down, and when (µs)."""

    rate: ExchangeRate
    number: str
    memo: str
    made_by: str
    made_at: int


def rates(connection: Connection) -> tuple[RateRow, ...]:
    """Return every rate, in the order in which they were written down."""
    return tuple(map(_row, connection.execute(_recorded())))


def rate_on(connection: Connection, currency: str, day: date) -> ExchangeRate | None:
    """Return the rate that counts on a day, or None where none is near."""
    days = (day - timedelta(days=back) for back in range(DAYS_BACK + 1))
    months = {f"{one:%Y-%m}" for one in days}
    rows = connection.execute(_recorded().where(_said_in(currency, sorted(months))))
    return latest((_row(row).rate for row in rows), day)


def _recorded() -> Select[Any]:
    document = t.document.c
    return (
        select(document.number, document.made_by, document.made_at, t.content.c.body)
        .join(t.content, t.content.c.hash == document.content_hash)
        .where(document.kind == EXCHANGE_RATE, document.state == RECORDED)
        .order_by(document.made_at, document.number)
    )


def _said_in(currency: str, months: Iterable[str]) -> ColumnElement[bool]:
    """Say whether a text is of a rate of these months: texts have one spelling (storage.md 7.1)."""
    body = t.content.c.body
    said = (f'"rate":{{"currency":"{currency}","day":"{month}-' for month in months)
    return or_(*(body.contains(one, autoescape=True) for one in said))


def _row(row: Any) -> RateRow:
    said = json.loads(row.body)
    return RateRow(rate_from(said), row.number, said.get("memo", ""), row.made_by, row.made_at)
