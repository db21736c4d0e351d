"""Months and their locks: which are open, what waits to be posted into them, and one lock more."""

from sqlalchemy import Connection, insert, select

from erpdesk.domain.content import record_hash
from erpdesk.storage import document_texts, inbox
from erpdesk.storage import tables as t
from erpdesk.storage.unit_of_work import Unit


def unlocked(connection: Connection) -> tuple[str, ...]:
    """Return every month that is not locked, in order."""
    locked = select(t.period_lock.c.period)
    rows = select(t.period.c.period).where(t.period.c.period.not_in(locked))
    return tuple(connection.execute(rows.order_by(t.period.c.period)).scalars())


def waiting(connection: Connection, month: str) -> tuple[str, ...]:
    """Return the numbers of what waits for a decision and is dated in a month or before it."""
    heads = {one.id: one for one in inbox.waiting(connection)}
    texts = document_texts.texts(connection, heads)
    return tuple(
        head.number or name
        for name, head in heads.items()
        if texts[name].get("entry", {}).get("posting_date", "9999")[:7] <= month
    )


def lock(unit: Unit, month: str) -> None:
    """Lock a month, with a hash of what was booked in it."""
    total = t.period_total.c
    rows = unit.connection.execute(
        select(t.period_total).where(total.period == month)
        .order_by(total.series, total.account, total.currency)
    )  # fmt: skip
    said = [value for row in rows for value in row]
    unit.writes(t.period_lock.c.period, month)
    unit.connection.execute(
        insert(t.period_lock).values(
            period=month,
            made_by=unit.person,
            made_at=unit.clock.now_us(),
            ledger_hash=record_hash("erpdesk.period.1", said),
        )
    )
