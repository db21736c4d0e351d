"""Which customers and currencies a campaign will freeze, and what is known of them by then."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, case, func, select

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.stocktake.campaign_scope import NOT_SINCE, OF_RECORD, Book, Candidate
from erpdesk.storage import tables as t

AT_ONCE: Final = 2000
"""So many customers are fetched at a time."""


def candidates(
    connection: Connection, cut_off: date, *, zone_minutes: int, fields: Collection[str] = ()
) -> Iterator[Candidate]:
    """Yield every customer in the order of their numbers, with the books at the end of a day.

    What costs more is looked up where a filter is among ``fields``: the whole record, and when
    somebody was counted last.
    """
    books, zone = _books_at(connection, cut_off), timedelta(minutes=zone_minutes)
    counted = _last_counted(connection) if NOT_SINCE in fields else {}
    customer = t.customer.c
    columns = [customer.id, customer.code, customer.name, customer.tax_id]
    has_record = bool(OF_RECORD & set(fields))
    asked = select(*columns, customer.record) if has_record else select(*columns)
    rows = connection.execute(asked.order_by(customer.n).execution_options(yield_per=AT_ONCE))
    for row in rows:
        yield Candidate(
            CustomerId(row.id),
            (json.loads(row.record) if has_record else {})
            | {"code": row.code, "name": row.name, "tax_id": row.tax_id or ""},
            books.get(row.id, ()),
            _day(counted.get(row.id), zone),
        )


def customers(connection: Connection) -> int:
    """Return how many customers there are."""
    return connection.execute(select(func.count()).select_from(t.customer)).scalar_one()


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
    customer: str, books: tuple[Book, ...], *, base: str, counters: Sequence[str]
) -> Iterator[dict[str, object]]:
    """Yield the rows to freeze of a customer: one a currency, in the base one without a balance.

    With one counter the lines are theirs; with several everybody counts whom they meet.
    """
    counter = counters[0] if len(counters) == 1 else None
    for book in books or (Book(base),):
        yield {"customer_id": customer, "currency": book.currency, "counter": counter}


def period_exists(connection: Connection, day: date) -> bool:
    """Say whether a day lies in a period of the books."""
    period = t.period.c
    found = connection.execute(
        select(period.period).where(period.first_day <= day, period.last_day >= day)
    )
    return found.first() is not None
