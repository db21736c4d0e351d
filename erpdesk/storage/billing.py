"""What is invoiced: vouchers that stand posted, their closings, invoices by their number."""

from typing import Any

from sqlalchemy import Connection, select

from erpdesk.domain.invoice import INVOICE
from erpdesk.storage import tables as t
from erpdesk.storage.ledger import LineRow

GONE = ("rejected", "voided")
"""The states in which an invoice is as if it had never come."""


def posted_vouchers(connection: Connection, customer_id: str) -> tuple[str, ...]:
    """Return the documents of a customer's posted vouchers, the oldest posting day first."""
    document, entry = t.document.c, t.journal_entry.c
    rows = connection.execute(
        select(document.id)
        .join(t.journal_entry, entry.document_id == document.id)
        .where(document.kind == "voucher", document.customer_id == customer_id)
        .order_by(entry.posting_date, document.number)
    )
    return tuple(row.id for row in rows)


def registered(connection: Connection, number: str) -> str | None:
    """Return the document under which an invoice of this number stands, or None."""
    named = f'"number":"{number}"'
    rows = connection.execute(
        select(t.document.c.id, t.document.c.number)
        .join(t.content, t.content.c.hash == t.document.c.content_hash)
        .where(t.document.c.kind == INVOICE, t.document.c.state.not_in(GONE))
        .where(t.content.c.body.contains(named, autoescape=True))
    )
    row = rows.first()
    return None if row is None else str(row.number or row.id)


def closings(connection: Connection, item_id: str) -> frozenset[str]:
    """Return the links by which red entries closed an item: nothing was paid by them."""
    link, entry = t.allocation.c, t.journal_entry.c
    rows = connection.execute(
        select(link.id)
        .join(t.journal_entry, entry.step_id == link.step_id)
        .where(link.charge_id == item_id, entry.reverses.is_not(None), link.undoes.is_(None))
    )
    return frozenset(row.id for row in rows)


def text_row(line: LineRow) -> dict[str, Any]:
    """Return a posted line as a text writes it."""
    row: dict[str, Any] = {
        "n": line.line_no, "account": line.account, "side": line.side, "amount": line.amount_minor,
        "base": line.base_minor, "currency": line.currency,
    }  # fmt: skip
    said = {"customer": line.customer_id, "item": line.item_id, "text": line.text}
    return row | {name: value for name, value in said.items() if value is not None}
