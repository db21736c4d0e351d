"""What a review looks at besides the lines: what was posted late, and what came of a campaign."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, or_, select

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.stocktake.causes import MAKES
from erpdesk.domain.stocktake.review import Child
from erpdesk.storage import tables as t
from erpdesk.storage.stored_order import order_of_steps

KINDS: Final = tuple(sorted({kind for kinds in MAKES.values() for kind in kinds}))
_ALONE: Final = frozenset({"voucher"})
"""Kinds that are a child only where they name the campaign; the others show by customer."""


def children_of(connection: Connection, campaign_id: str) -> tuple[Child, ...]:
    """Return the documents that treat a campaign's differences, the oldest first.

    A text that names the campaign as its ``batch`` is linked. Kinds that cannot name it count when
    they are of a customer of the list and were drafted after the freeze.
    """
    head, step = t.document.c, t.step.c
    order = order_of_steps(connection)
    frozen = (
        select(func.max(order))
        .where(step.document_id == campaign_id, step.verb == "ready")
        .scalar_subquery()
    )
    inside = select(t.campaign_line.c.customer_id).where(
        t.campaign_line.c.campaign_id == campaign_id
    )
    begun = (
        select(step.document_id)
        .where(step.document_id == head.id, step.seq == 1, order > frozen)
        .exists()
    )
    names_it = t.content.c.body.like(f'%"batch":"{campaign_id}"%')
    rows = connection.execute(
        select(head.id, head.kind, head.state, head.number, head.customer_id,
               names_it.label("is_linked"))
        .join(t.content, t.content.c.hash == head.content_hash)
        .where(head.kind.in_(KINDS), head.customer_id.in_(inside), begun)
        .where(or_(head.kind.not_in(_ALONE), names_it))
        .order_by(head.made_at, head.id)
    )  # fmt: skip
    return tuple(
        Child(
            row.id, row.kind, row.state, CustomerId(row.customer_id), row.number,
            bool(row.is_linked),
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LatePosting:
    """What one document changed of a customer's balance after the cut-off, in minor units."""

    number: str
    kind: str
    posting_date: date
    amount_minor: int


def late_postings(
    connection: Connection, customer_id: str, *, currency: str, cut_off: date
) -> tuple[LatePosting, ...]:
    """Return what was posted after the cut-off for a customer, a document a row, in its order."""
    line, entry, head = t.journal_line.c, t.journal_entry.c, t.document.c
    moved = func.sum(line.side * line.amount_minor)
    rows = connection.execute(
        select(head.number, head.kind, entry.posting_date, moved.label("moved"))
        .join(t.journal_entry, entry.id == line.entry_id)
        .join(t.document, head.id == entry.document_id)
        .join(t.account, t.account.c.code == line.account)
        .where(line.customer_id == customer_id, line.currency == currency)
        .where(t.account.c.part != "", entry.posting_date > cut_off)
        .group_by(head.id, head.number, head.kind, entry.posting_date)
        .order_by(entry.posting_date, head.number)
    )
    return tuple(
        LatePosting(row.number, row.kind, row.posting_date, int(row.moved))
        for row in rows
        if row.moved
    )
