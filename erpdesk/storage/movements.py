"""What moved the balance of one customer, and what the ledger has of it at the end of a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, cast, func, select

from erpdesk.storage import tables as t
from erpdesk.storage.types import Whole


@dataclass(frozen=True, slots=True)
class MovementRow:
    """What a document changed in a customer's balance, in minor units: charges positive.

    ``label`` is its number, or the one that another program gave an opening item.
    """

    day: date
    document_id: str
    label: str
    kind: str
    currency: str
    change_minor: int


def movements(
    connection: Connection, customer_id: str, first: date, last: date
) -> tuple[MovementRow, ...]:
    """Return what moved the balance from one day to another; what leaves it alone is left out."""
    entry, document, item = t.journal_entry.c, t.document.c, t.open_item.c
    opening = func.coalesce(item.label, document.number)
    label = case((document.kind == "import", opening), else_=document.number)
    key = (entry.posting_date, entry.document_id, label, document.kind, t.journal_line.c.currency)
    rows = connection.execute(
        _lines(customer_id, *key)
        .join(t.document, document.id == entry.document_id)
        .outerjoin(t.open_item, item.id == t.journal_line.c.item_id)
        .where(entry.posting_date.between(first, last))
        .group_by(*key)
        .having(_change() != 0)
    )
    return tuple(MovementRow(*row) for row in rows)


def ledger_on(connection: Connection, customer_id: str, day: date) -> dict[tuple[str, str], int]:
    """Return what the ledger has at the end of a day, by currency and part, in minor units."""
    line = t.journal_line.c
    rows = connection.execute(
        _lines(customer_id, line.currency, t.account.c.part)
        .where(t.journal_entry.c.posting_date <= day)
        .group_by(line.currency, t.account.c.part)
    )
    return {(currency, part): minor for currency, part, minor in rows}


def ledger_before(connection: Connection, customer_id: str, day: date) -> dict[str, int]:
    """Return the balance before a day by currency, in minor units."""
    sums: dict[str, int] = {}
    parts = ledger_on(connection, customer_id, day - timedelta(days=1))
    for (currency, _), minor in parts.items():
        sums[currency] = sums.get(currency, 0) + minor
    return sums


def _lines(customer_id: str, *key: ColumnElement[Any]) -> Select[Any]:
    line = t.journal_line.c
    return (
        select(*key, _change())
        .select_from(t.journal_line)
        .join(t.journal_entry, t.journal_entry.c.id == line.entry_id)
        .join(t.account, t.account.c.code == line.account)
        .where(line.customer_id == customer_id, t.account.c.part != "")
    )


def _change() -> ColumnElement[Any]:
    line = t.journal_line.c
    return cast(func.sum(line.side * line.amount_minor), Whole)
