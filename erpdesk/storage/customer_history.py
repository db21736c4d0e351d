"""What happened with one customer: its codes, documents and counts, the newest first."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, column, func, select, table

from erpdesk.domain.content import parse
from erpdesk.domain.kinds import WAITING
from erpdesk.domain.stocktake.counting import Body, body_from
from erpdesk.storage import tables as t
from erpdesk.storage.customers import NoSuchCustomerError
from erpdesk.storage.stored_order import order_of_steps
from erpdesk.storage.types import Id

_names = table("customer_names", column("id", Id), column("code"), column("name"))
"""What counters may know of every customer."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code of a customer; a retired one (``retired_at``, microseconds since 1970) still finds."""

    code: str
    kind: str
    retired_at: int | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document of a customer: amount of its debits in minor units, negative in red.

    ``day``, ``currency`` and ``amount_minor`` are None until it is posted; ``open_minor`` is what
    is left of the items it made, None where it made none.
    """

    id: str
    kind: str
    number: str | None
    state: str
    made_by: str
    made_at: int
    day: date | None
    currency: str | None
    amount_minor: int | None
    open_minor: int | None


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A count of a customer; ``book_minor`` is what the books said when the list was frozen."""

    event_id: str
    campaign: str
    state: str
    is_blind: bool
    by: str
    at: int
    stated_minor: int | None
    currency: str | None
    book_minor: int | None
    fields: tuple[str, ...]


def name_of(connection: Connection, customer_id: str) -> tuple[str, str]:
    """Return a customer's main code and name, as counters may know them too.

    Raises:
        NoSuchCustomerError: there is none.
    """
    row = connection.execute(
        select(_names.c.code, _names.c.name).where(_names.c.id == customer_id)
    ).one_or_none()
    if row is None:
        raise NoSuchCustomerError(reference=customer_id)
    return row.code, row.name


def codes(connection: Connection, customer_id: str) -> tuple[CodeRow, ...]:
    """Return every code of a customer: the main one, the others, the retired ones."""
    rows = connection.execute(
        select(t.customer_code).where(t.customer_code.c.customer_id == customer_id)
    )
    found = [CodeRow(row.code, row.kind, row.retired_at) for row in rows]
    return tuple(sorted(found, key=lambda x: (x.retired_at is not None, x.kind != "main", x.code)))


def papers(
    connection: Connection, customer_id: str, kinds: Iterable[str], *, most: int
) -> tuple[PaperRow, ...]:
    """Return the customer's documents of some kinds, the newest first.

    Those shown are chosen before anything of them is summed.
    """
    document = t.document.c
    newest = (
        select(document.id)
        .where(document.customer_id == customer_id, document.kind.in_(list(kinds)))
        .order_by(document.made_at.desc(), document.id.desc())
        .limit(most)
    )
    line, entry, item = t.journal_line.c, t.journal_entry.c, t.open_item.c
    debits = (line.entry_id == entry.id) & (line.side == 1)
    amount = select(func.sum(line.amount_minor)).where(debits).scalar_subquery()
    currency = select(func.min(line.currency)).where(debits).scalar_subquery()
    left = select(func.sum(item.open_minor)).where(item.entry_id == entry.id).scalar_subquery()
    rows = connection.execute(
        select(
            document.id, document.kind, document.number, document.state, document.made_by,
            document.made_at, entry.posting_date, amount.label("amount"),
            currency.label("currency"), left.label("left"),
        )
        .outerjoin(t.journal_entry, entry.document_id == document.id)
        .where(document.id.in_(newest))
        .order_by(document.made_at.desc(), document.id.desc())
    )  # fmt: skip
    return tuple(map(_paper, rows))


def _paper(row: Any) -> PaperRow:
    amount, left = (None if n is None else int(n) for n in (row.amount, row.left))
    return PaperRow(
        row.id, row.kind, row.number, row.state, row.made_by, row.made_at, row.posting_date,
        row.currency, amount, left,
    )  # fmt: skip


def waiting_change(connection: Connection, customer_id: str) -> PaperRow | None:
    """Return the change of a customer that waits for a decision, or None."""
    found = papers(connection, customer_id, ["customer"], most=50)
    return next((one for one in found if one.state in WAITING), None)


def is_overtaken(connection: Connection, document_id: str) -> bool:
    """Say whether the customer was changed since the text of this document was written.

    Posted now, it would take that change back without anybody having decided so.
    """
    step, document, customer = t.step.c, t.document.c, t.customer.c
    order = order_of_steps(connection)
    written = (
        select(func.max(order))
        .where(step.document_id == document_id, step.verb.in_(("draft", "edit")))
        .scalar_subquery()
    )
    later = (
        select(step.id)
        .join(t.customer, customer.document_id == step.document_id)
        .join(t.document, document.customer_id == customer.id)
        .where(document.id == document_id, step.verb == "post", order > written)
    )
    return connection.execute(later.limit(1)).first() is not None


def counted(connection: Connection, customer_id: str, *, most: int) -> tuple[CountedRow, ...]:
    """Return when the customer was counted, the newest first; mere scans are left out."""
    event, line = t.count_event.c, t.campaign_line.c
    rows = connection.execute(
        select(t.count_event, t.document.c.number, t.document.c.state, line.book_minor, line.blind)
        .join(t.document, t.document.c.id == event.campaign_id)
        .outerjoin(
            t.campaign_line,
            (line.campaign_id == event.campaign_id)
            & (line.customer_id == event.customer_id)
            & (line.currency == event.currency),
        )
        .where(event.customer_id == customer_id)
        .where(event.stated_minor.is_not(None) | event.body.contains('"fields"'))
        .order_by(event.received_at.desc(), event.device_seq.desc())
        .limit(most)
    )
    return tuple(map(_counted, rows))


def _counted(row: Row[Any]) -> CountedRow:
    body = body_from(parse(row.body)) if row.body else Body()
    return CountedRow(
        row.id, row.number, row.state, bool(row.blind), row.made_by, row.received_at,
        row.stated_minor, row.currency, row.book_minor, tuple(one.field for one in body.verified),
    )  # fmt: skip


def imported(
    connection: Connection, customer_id: str
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return record and contact of a customer as they were imported, or None."""
    listed = t.list_customer.c
    row = connection.execute(
        select(listed.record, listed.contact).where(listed.id == customer_id).limit(1)
    ).first()
    return None if row is None else (json.loads(row.record), json.loads(row.contact))
