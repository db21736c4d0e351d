"""Unapplied cash in a list, and the items of a customer: one query each, as frozen rows."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from erpdesk.domain.accounts import PARTS, Part
from erpdesk.storage import tables as t
from erpdesk.storage.document_texts import texts


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


def unapplied(connection: Connection) -> tuple[CashRow, ...]:
    """Return every credit of which something is left, the oldest first."""
    accounts = [account for account, part in PARTS.items() if part is Part.UNAPPLIED]
    label = func.coalesce(t.open_item.c.label, t.document.c.number)
    rows = connection.execute(
        select(
            t.open_item, t.customer.c.code, t.customer.c.name, label.label("shown"),
            t.journal_entry.c.posting_date, t.document.c.id.label("document"),
        )
        .join(t.customer, t.customer.c.id == t.open_item.c.customer_id)
        .join(t.journal_entry, t.journal_entry.c.id == t.open_item.c.entry_id)
        .join(t.document, t.document.c.id == t.journal_entry.c.document_id)
        .where(t.open_item.c.account.in_(accounts), t.open_item.c.open_minor < 0)
        .order_by(t.journal_entry.c.posting_date, t.open_item.c.id)
    ).all()  # fmt: skip
    said = texts(connection, (row.document for row in rows))
    return tuple(
        CashRow(
            r.id, r.shown, r.customer_id, r.code, r.name, r.posting_date, r.currency,
            -r.open_minor, said[r.document].get("memo", ""),
        )
        for r in rows
    )  # fmt: skip


def items_of(connection: Connection, customer_id: str) -> tuple[str, ...]:
    """Return the ids of all items of a customer, cleared ones too."""
    item = t.open_item.c
    rows = connection.execute(select(item.id).where(item.customer_id == customer_id))
    return tuple(row.id for row in rows)
