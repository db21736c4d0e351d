"""What foreign items were open on a day, what they stood at, and what is revalued already."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, cast, func, select

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.revaluation import REVALUATION
from erpdesk.storage import tables as t
from erpdesk.storage.ledger import ItemRow, open_items_on
from erpdesk.storage.types import Whole

GONE = ("rejected", "voided")
"""The states in which a revaluation is as if there had been none."""


def owners(connection: Connection) -> tuple[str, ...]:
    """Return the customers who ever owed something foreign."""
    item = t.open_item.c
    asked = select(item.customer_id).where(item.currency != BASE_CURRENCY).distinct()
    return tuple(connection.execute(asked.order_by(item.customer_id)).scalars())


def foreign_on(connection: Connection, customer_id: str, day: date) -> Iterator[ItemRow]:
    """Yield what was open at the end of a day in foreign currencies, with what it stood at."""
    line, entry = t.journal_line.c, t.journal_entry.c
    rows = connection.execute(
        select(line.item_id, cast(func.sum(line.side * line.base_minor), Whole).label("base"))
        .join(t.journal_entry, entry.id == line.entry_id)
        .join(t.open_item, (t.open_item.c.id == line.item_id))
        .where(line.customer_id == customer_id, line.account == t.open_item.c.account)
        .where(line.currency != BASE_CURRENCY, entry.posting_date <= day)
        .group_by(line.item_id)
    )
    base = {row.item_id: row.base for row in rows}
    for item in open_items_on(connection, customer_id, day):
        if item.currency != BASE_CURRENCY:
            yield replace(item, base_minor=base.get(item.id, 0))


def is_revalued(connection: Connection, customer_id: str, day: date) -> bool:
    """Say whether a revaluation of a customer on a day stands, or waits for a decision."""
    mine = _standing(day).where(t.document.c.customer_id == customer_id)
    return connection.execute(mine).first() is not None


def posted_on(connection: Connection, day: date) -> tuple[str, ...]:
    """Return the documents by which a day was revalued, and that were not taken back."""
    posted = _standing(day).where(t.document.c.state == "posted").order_by(t.document.c.number)
    return tuple(connection.execute(posted).scalars())


def _standing(day: date) -> Select[Any]:
    document, red = t.document.c, t.journal_entry.alias("red")
    reversed_ = (
        select(red.c.id)
        .join(t.journal_entry, t.journal_entry.c.id == red.c.reverses)
        .where(t.journal_entry.c.document_id == document.id)
        .exists()
    )
    return (
        select(document.id)
        .join(t.content, t.content.c.hash == document.content_hash)
        .where(document.kind == REVALUATION, document.state.not_in(GONE), ~reversed_)
        .where(t.content.c.body.contains(f'"posting_date":"{day.isoformat()}"', autoescape=True))
    )
