"""Which customers and currencies a campaign will freeze, and what is known of them by then."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, func, select

from erpdesk.domain.campaign_scope import Book, Candidate
from erpdesk.domain.ids import CustomerId
from erpdesk.storage import tables as t


def candidates(
    connection: Connection, cut_off: date, *, zone_minutes: int
) -> tuple[Candidate, ...]:
    """Return every customer in the order of their numbers, with the books at the end of a day."""
    books, counted = _books_at(connection, cut_off), _last_counted(connection)
    zone = timedelta(minutes=zone_minutes)
    rows = connection.execute(select(t.customer).order_by(t.customer.c.n))
    return tuple(
        Candidate(
            CustomerId(row.id),
            _record(row),
            books.get(row.id, ()),
            _day(counted.get(row.id), zone),
        )
        for row in rows
    )


def _record(row: Row[Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(row.record)
    return read | {"code": row.code, "name": row.name, "tax_id": row.tax_id or ""}


def _day(at_us: int | None, zone: timedelta) -> date | None:
    if at_us is None:
        return None
    return (datetime.fromtimestamp(at_us // 1_000_000, UTC) + zone).date()


def _books_at(connection: Connection, cut_off: date) -> dict[str, tuple[Book, ...]]:
    line = t.journal_line.c
    billed, unbilled, unapplied = (_part(name) for name in ("billed", "unbilled", "unapplied"))
    rows = connection.execute(
        select(line.customer_id, line.currency, billed, unbilled, unapplied)
        .join(t.journal_entry, t.journal_entry.c.id == line.entry_id)
        .join(t.account, t.account.c.code == line.account)
        .where(t.account.c.part != "", t.journal_entry.c.posting_date <= cut_off)
        .where(line.customer_id.is_not(None))
        .group_by(line.customer_id, line.currency)
        .order_by(line.customer_id, line.currency)
    )
    found: dict[str, tuple[Book, ...]] = {}
    for row in rows:
        book = Book(row.currency, int(row.billed), int(row.unbilled), -int(row.unapplied))
        if book != Book(row.currency):
            found[row.customer_id] = (*found.get(row.customer_id, ()), book)
    return found


def _part(name: str) -> ColumnElement[int]:
    line = t.journal_line.c
    moved = case((t.account.c.part == name, line.side * line.amount_minor), else_=0)
    return func.sum(moved).label(name)


def _last_counted(connection: Connection) -> dict[str, int]:
    """Return when each customer was counted last, in µs; a bare scan that opened a card is none."""
    event = t.count_event.c
    rows = connection.execute(
        select(event.customer_id, func.max(event.received_at).label("at"))
        .where(event.customer_id.is_not(None))
        .where(event.stated_minor.is_not(None) | event.body.contains('"fields"'))
        .group_by(event.customer_id)
    )
    return {row.customer_id: int(row.at) for row in rows}


def scope_rows(
    chosen: Iterable[tuple[str, tuple[Book, ...]]], *, base: str, counters: Sequence[str]
) -> Iterator[dict[str, object]]:
    """Yield the rows to freeze: one a currency, a customer without balance in the base currency.

    ``chosen`` are customers with their books.

    With one counter the lines are theirs; with several everybody counts whom they meet.
    """
    counter = counters[0] if len(counters) == 1 else None
    for customer, books in chosen:
        for book in books or (Book(base),):
            yield {"customer_id": customer, "currency": book.currency, "counter": counter}


def period_exists(connection: Connection, day: date) -> bool:
    """Say whether a day lies in a period of the books."""
    period = t.period.c
    found = connection.execute(
        select(period.period).where(period.first_day <= day, period.last_day >= day)
    )
    return found.first() is not None
