"""Links that stand, with what each took of its items, in the base currency too."""

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, false, func, or_, select, union

from erpdesk.domain.accounts import BASE_CURRENCY, EXCHANGE
from erpdesk.domain.links import Link
from erpdesk.domain.money import Money
from erpdesk.storage import tables as t
from erpdesk.storage.ledger import ItemRow, items_by_id

_SIDES: Final = (t.allocation.c.charge_id, t.allocation.c.credit_id)
Bases = dict[str, Money]
"""By side: ``charge`` and ``credit``."""


def of_customer(
    connection: Connection, customer_id: str, *, most: int | None
) -> tuple[tuple[Link, ...], int]:
    """Return the newest links that stand on a customer's items, and how many stand in all."""
    link = t.allocation.c
    theirs = select(t.open_item.c.id).where(t.open_item.c.customer_id == customer_id)
    sides = (select(link.id).where(_stands(), side.in_(theirs)) for side in _SIDES)
    ids = sorted(connection.execute(union(*sides)).scalars(), reverse=True)
    return standing_on(connection, links=ids[:most])[::-1], len(ids)


def _stands() -> ColumnElement[bool]:
    """Return that a link is no counter-link, which are below zero, and was not taken back."""
    undo = t.allocation.alias("undo")
    undone = select(undo.c.id).where(undo.c.undoes == t.allocation.c.id)
    return and_(t.allocation.c.amount_minor > 0, ~undone.exists())


def standing_on(
    connection: Connection,
    *,
    items: Iterable[str] = (),
    links: Iterable[str] = (),
    step_of: str | None = None,
) -> tuple[Link, ...]:
    """Return the links of these that stand, or on these items, or that a document made."""
    link = t.allocation
    loss = (
        select(func.max(t.journal_line.c.account))
        .join(t.journal_entry, t.journal_entry.c.id == t.journal_line.c.entry_id)
        .join(t.account, t.account.c.code == t.journal_line.c.account)
        .where(t.journal_entry.c.step_id == link.c.step_id, t.account.c.is_loss == 1)
        .where(link.c.credit_id.is_(None), t.account.c.code != EXCHANGE)
        .scalar_subquery()
    )
    query = (
        select(link, t.document.c.number, loss.label("loss"))
        .join(t.step, t.step.c.id == link.c.step_id)
        .join(t.document, t.document.c.id == t.step.c.document_id)
        .where(_stands())
        .order_by(link.c.id)
    )
    wanted, named = list(items), list(links)
    on = [side.in_(wanted) for side in _SIDES if wanted]
    on += [link.c.id.in_(named)] if named else []
    if step_of is not None:  # each way by an index of its own
        on.append(link.c.step_id.in_(select(t.step.c.id).where(t.step.c.document_id == step_of)))
    rows = connection.execute(query.where(or_(false(), *on))).all()
    sides = {side for row in rows for side in (row.charge_id, row.credit_id) if side}
    known = items_by_id(connection, sides)
    foreign = {side for side, item in known.items() if item.currency != BASE_CURRENCY}
    bases = _bases(connection, (r.step_id for r in rows if {r.charge_id, r.credit_id} & foreign))
    return tuple(_link(row, known, bases.get(row.id, {})) for row in rows)


def link(connection: Connection, allocation_id: str) -> Link | None:
    """Return one link that stands, or None."""
    found = connection.execute(
        select(t.allocation.c.charge_id, t.allocation.c.credit_id).where(
            t.allocation.c.id == allocation_id
        )
    ).one_or_none()
    if found is None:
        return None
    links = standing_on(connection, items=[side for side in found if side])
    return next((one for one in links if one.id == allocation_id), None)


def _link(row: Row[Any], known: dict[str, ItemRow], bases: Bases) -> Link:
    charge = known[row.charge_id] if row.charge_id else None
    credit = known[row.credit_id] if row.credit_id else None
    currency = (charge or credit or next(iter(known.values()))).currency
    return Link(
        row.id,
        Money(row.amount_minor, currency),
        charge.item if charge else None,
        credit.item if credit else None,
        row.number or "",
        row.loss or "",
        bases.get("charge"),
        bases.get("credit"),
    )


def _bases(connection: Connection, step_ids: Iterable[str]) -> dict[str, Bases]:
    """Return what the links that these steps made took of each side, as their texts say it."""
    wanted = set(step_ids)
    if not wanted:
        return {}
    bodies = connection.execute(
        select(t.content.c.body)
        .join(t.step, t.step.c.content_hash == t.content.c.hash)
        .where(t.step.c.id.in_(wanted))
    ).scalars()
    return {
        row["id"]: {
            side: Money(row[f"{side}_base"], BASE_CURRENCY)
            for side in ("charge", "credit")
            if f"{side}_base" in row
        }
        for body in bodies
        for row in json.loads(body)["allocations"]
    }
