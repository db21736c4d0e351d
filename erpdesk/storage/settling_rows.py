"""Vouchers and unapplied cash in lists: one query each, as frozen rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, Select, func, select

from erpdesk.domain.accounts import PARTS, Part
from erpdesk.domain.invoice import PART
from erpdesk.storage import tables as t
from erpdesk.storage.document_texts import texts


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A voucher in a list; amounts in minor units, None until it is posted.

    ``rule`` is that of its entry; ``reversed_by`` the number of the document that reversed it;
    ``billed_minor`` is what invoices took of it.
    """

    id: str
    number: str | None
    state: str
    made_by: str
    made_at: int
    customer_name: str | None
    day: date | None
    rule: str | None
    currency: str | None
    original_minor: int | None
    open_minor: int | None
    reversed_by: str | None
    billed_minor: int


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


def _vouchers() -> Select[Any]:
    reversal = t.journal_entry.alias("reversal")
    red = t.document.alias("red")
    item = (
        select(
            t.open_item.c.entry_id,
            func.min(t.open_item.c.currency).label("currency"),
            func.sum(t.open_item.c.original_minor).label("original"),
            func.sum(t.open_item.c.open_minor).label("open"),
        )
        .group_by(t.open_item.c.entry_id)
        .subquery()
    )
    undone = select(t.document.c.id).where(t.document.c.kind == "reversal")
    return (
        select(
            t.document, t.customer.c.name.label("customer_name"),
            t.journal_entry.c.posting_date, t.journal_entry.c.rule,
            item.c.currency, item.c.original, item.c.open, red.c.number.label("reversed_by"),
            _billed().label("billed"),
        )
        .outerjoin(t.customer, t.customer.c.id == t.document.c.customer_id)
        .outerjoin(t.journal_entry, t.journal_entry.c.document_id == t.document.c.id)
        .outerjoin(item, item.c.entry_id == t.journal_entry.c.id)
        .outerjoin(
            reversal,
            (reversal.c.reverses == t.journal_entry.c.id) & reversal.c.document_id.in_(undone),
        )
        .outerjoin(red, red.c.id == reversal.c.document_id)
        .where(t.document.c.kind == "voucher")
        .order_by(t.document.c.made_at.desc(), t.document.c.id.desc())
    )  # fmt: skip


def _billed() -> ScalarSelect[Any]:
    """Return what invoices took of a voucher's claim, in minor units."""
    red, line = t.journal_entry.alias("billed_red"), t.journal_line.alias("billed_line")
    document, account = t.document.alias("billed_by"), t.account.alias("billed_on")
    return (
        select(func.coalesce(-func.sum(line.c.amount_minor), 0))
        .join(red, red.c.id == line.c.entry_id)
        .join(document, document.c.id == red.c.document_id)
        .join(account, account.c.code == line.c.account)
        .where(red.c.reverses == t.journal_entry.c.id, document.c.kind == PART)
        .where(account.c.by_item == 1, line.c.side == 1)
        .scalar_subquery()
    )


def vouchers(connection: Connection) -> tuple[VoucherRow, ...]:
    """Return every voucher, the newest step first."""
    return tuple(map(_voucher, connection.execute(_vouchers())))


def _voucher(row: Row[Any]) -> VoucherRow:
    original, left = (None if n is None else int(n) for n in (row.original, row.open))
    return VoucherRow(
        row.id, row.number, row.state, row.made_by, row.made_at, row.customer_name,
        row.posting_date, row.rule, row.currency, original, left, row.reversed_by,
        int(row.billed),
    )  # fmt: skip


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
