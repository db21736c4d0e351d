"""What is invoiced: vouchers that stand posted, their closings, invoices by their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from erpdesk.domain.invoice import INVOICE
from erpdesk.storage import tables as t
from erpdesk.storage.among import among
from erpdesk.storage.ledger import LineRow

GONE = ("rejected", "voided")
"""The states in which an invoice is as if it had never come."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted voucher: its document and number, and its entry."""

    document: str
    number: str
    entry: str


def posted_vouchers(connection: Connection, customer_id: str) -> tuple[Posted, ...]:
    """Return a customer's posted vouchers, the oldest posting day first."""
    return _posted(connection, t.document.c.customer_id == customer_id)


def posted_voucher(connection: Connection, document_id: str) -> tuple[Posted, ...]:
    """Return the posted voucher that a document is, or nothing."""
    return _posted(connection, t.document.c.id == document_id)


def _posted(connection: Connection, which: ColumnElement[bool]) -> tuple[Posted, ...]:
    document, entry = t.document.c, t.journal_entry.c
    rows = connection.execute(
        select(document.id, document.number, entry.id.label("entry"))
        .join(t.journal_entry, entry.document_id == document.id)
        .where(document.kind == "voucher", which)
        .order_by(entry.posting_date, document.number)
    )
    return tuple(Posted(row.id, row.number or "", row.entry) for row in rows)


def reds_of(connection: Connection, entry_ids: Iterable[str]) -> dict[str, str]:
    """Return the entries that reverse some others, each with what it reverses, in order."""
    entry = t.journal_entry.c
    rows = connection.execute(
        select(entry.id, entry.reverses)
        .where(among(connection, entry.reverses, entry_ids))
        .order_by(entry.period, entry.series, entry.number)
    )
    return {row.id: row.reverses for row in rows}


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


def closings(connection: Connection, item_ids: Iterable[str]) -> frozenset[str]:
    """Return the links by which red entries closed items: nothing was paid by them."""
    link, entry = t.allocation.c, t.journal_entry.c
    rows = connection.execute(
        select(link.id)
        .join(t.journal_entry, entry.step_id == link.step_id)
        .where(among(connection, link.charge_id, item_ids))
        .where(entry.reverses.is_not(None), link.undoes.is_(None))
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
