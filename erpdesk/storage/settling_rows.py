"""Unapplied cash in a list, as frozen rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, cast, func, select

from erpdesk.domain.accounts import PARTS, Part
from erpdesk.domain.opening import memo_said
from erpdesk.storage import tables as t
from erpdesk.storage.document_texts import texts
from erpdesk.storage.types import Whole


@dataclass(frozen=True, slots=True)
class CashRow:
    """Unapplied cash of a customer; ``left_minor`` is what no charge used, as a positive number."""

    item_id: str
    label: str
    customer_id: str
    customer_code: str
    customer_name: str
    day: date
    currency: str
    left_minor: int
    memo: str


_SHOWN: Final[ColumnElement[str]] = func.coalesce(t.open_item.c.label, t.document.c.number)
_LEFT: Final = (
    t.open_item.c.account.in_([name for name, part in PARTS.items() if part is Part.UNAPPLIED]),
    t.open_item.c.open_minor != 0,  # as the index of what is open says it
    t.open_item.c.open_minor < 0,
)


def unapplied(
    connection: Connection, *, most: int | None = None, of: Iterable[str] = (), number: str = ""
) -> tuple[CashRow, ...]:
    """Return the oldest credits of which something is left, those of some customers with them.

    The one with a number is among them as well.
    """
    entry, item = t.journal_entry.c, t.open_item.c
    query = (
        select(
            t.open_item, t.customer.c.code, t.customer.c.name, _SHOWN.label("shown"),
            entry.posting_date, t.document.c.id.label("document"),
        )
        .join(t.customer, t.customer.c.id == item.customer_id)
        .join(t.journal_entry, entry.id == item.entry_id)
        .join(t.document, t.document.c.id == entry.document_id)
        .where(*_LEFT)
        .order_by(entry.posting_date, item.id)
    )  # fmt: skip
    rows = list(connection.execute(query.limit(most)))
    asked = [item.customer_id == one for one in of]
    if number:  # each by an index of its own
        asked.append((t.document.c.number == number) & item.label.is_(None))
        asked.append(item.label == number)
    for one in asked:
        rows += connection.execute(query.where(one)).all()
    found = sorted({row.id: row for row in rows}.values(), key=lambda r: (r.posting_date, r.id))
    said = texts(connection, (row.document for row in found))
    return tuple(
        CashRow(
            r.id, r.shown, r.customer_id, r.code, r.name, r.posting_date, r.currency,
            -r.open_minor, memo_said(said[r.document]),
        )
        for r in found
    )  # fmt: skip


def unapplied_sums(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return how many credits have something left, and how much, by currency in minor units."""
    item = t.open_item.c
    left = cast(-func.sum(item.open_minor), Whole)  # a server's sum is no whole number
    rows = connection.execute(
        select(item.currency, func.count(), left).where(*_LEFT).group_by(item.currency)
    )
    return {currency: (count, minor) for currency, count, minor in rows}
