"""What waits for a decision, as frozen rows with what was seen and what stands against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Row, Select, func, select, text

from erpdesk.domain.kinds import WAITING
from erpdesk.storage import tables as t

GAVE_BACK = ("return", "reject", "withdraw")
"""The verbs after which a document that was handed in is with its maker again."""
DECIDING = ("approve", "reject", "endorse", "return")
"""The verbs of somebody who decides; every other step is work on the document."""


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The head of a document in a list: what it is, where it stands, what was seen of it."""

    id: str
    kind: str
    state: str
    number: str | None
    seq: int
    content_hash: bytes
    made_by: str
    made_at: int
    customer_id: str | None
    customer_name: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the log says of a waiting document and of the person who would decide on it.

    ``counters`` worked on it by counting alone.
    """

    submitted_at: int | None
    made_by: frozenset[str]
    endorsed_by: frozenset[str]
    counters: frozenset[str]
    approved_in_window_minor: int
    approved_for_customer_minor: int


def _heads() -> Select[Any]:
    return (
        select(t.document, t.customer.c.name.label("customer_name"))
        .outerjoin(t.customer, t.customer.c.id == t.document.c.customer_id)
        .order_by(t.document.c.made_at, t.document.c.id)
    )


def _head(row: Row[Any]) -> HeadRow:
    return HeadRow(
        row.id, row.kind, row.state, row.number, row.seq, bytes(row.content_hash), row.made_by,
        row.made_at, row.customer_id, row.customer_name,
    )  # fmt: skip


def waiting(connection: Connection) -> tuple[HeadRow, ...]:
    """Return every document that somebody has to decide on, oldest first."""
    rows = connection.execute(
        _heads().where(text(t.IN_HAND), t.document.c.state.in_(sorted(WAITING)))
    )
    return tuple(map(_head, rows))


@dataclass(frozen=True, slots=True)
class SentBack:
    """A document that is with who handed it in again: by whose step and when (µs), and why.

    The verb is ``return`` or ``reject``; or ``withdraw``, the maker's own, without a reason.
    """

    head: HeadRow
    verb: str
    reason: str
    by: str
    at: int


def sent_back(connection: Connection, person: str) -> tuple[SentBack, ...]:
    """Return what this person wrote and got or took back, and lies there since, oldest first."""
    last, document = t.step.c, t.document.c
    rows = connection.execute(
        _heads()
        .add_columns(last.verb, last.reason, last.made_by.label("by"), last.made_at.label("at"))
        .join(t.step, (last.document_id == document.id) & (last.seq == document.seq))
        .where(text(t.IN_HAND), document.state.in_(("draft", "rejected")))
        .where(document.made_by == person, last.verb.in_(GAVE_BACK))
    )
    return tuple(SentBack(_head(r), r.verb, r.reason or "", r.by, r.at) for r in rows)


def documents(
    connection: Connection, *, kind: str, states: Iterable[str] = (), customer_id: str | None = None
) -> tuple[HeadRow, ...]:
    """Return the documents of a kind, oldest first, in some states or in all, of one or of all."""
    query = _heads().where(t.document.c.kind == kind)
    if customer_id is not None:
        query = query.where(t.document.c.customer_id == customer_id)
    wanted = list(states)
    if wanted:
        query = query.where(t.document.c.state.in_(wanted))
    return tuple(map(_head, connection.execute(query)))


class _HasHead(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def customer_id(self) -> str | None: ...


def facts(
    connection: Connection, head: _HasHead, person: str, *, now_us: int, window_us: int
) -> Facts:
    """Return what decides whether this person may decide on this document now."""
    step, since = t.step.c, now_us - window_us
    rows = connection.execute(
        select(step.verb, step.made_by, step.seq, step.made_at)
        .where(step.document_id == head.id)
        .order_by(step.seq)
    ).all()
    submit = max((r.seq for r in rows if r.verb == "submit"), default=0)
    made = frozenset(r.made_by for r in rows if r.verb not in DECIDING)
    endorsed = frozenset(r.made_by for r in rows if r.verb == "endorse" and r.seq > submit)
    risk = select(func.coalesce(func.sum(step.risk), 0)).where(
        step.verb == "approve", step.made_at > since
    )
    mine = connection.execute(risk.where(step.made_by == person)).scalar_one()
    customer = risk.join(t.document, t.document.c.id == step.document_id).where(
        t.document.c.customer_id == head.customer_id
    )
    theirs = connection.execute(customer).scalar_one() if head.customer_id else 0
    return Facts(
        submitted_at=max((r.made_at for r in rows if r.verb == "submit"), default=None),
        made_by=made,
        endorsed_by=endorsed,
        counters=worked_on(connection, head.id) - made - endorsed,
        approved_in_window_minor=int(mine),
        approved_for_customer_minor=int(theirs),
    )


_WORKED = text("SELECT DISTINCT person FROM worked_on WHERE document_id = :document")


def worked_on(connection: Connection, document_id: str) -> frozenset[str]:
    """Return everybody who may not decide on a document: who made, endorsed or counted it."""
    return frozenset(row.person for row in connection.execute(_WORKED, {"document": document_id}))


def makers(connection: Connection, document_id: str) -> frozenset[str]:
    """Return everybody who took a step on a document that was no decision about it."""
    step = t.step.c
    rows = connection.execute(
        select(step.made_by).where(step.document_id == document_id, step.verb.not_in(DECIDING))
    )
    return frozenset(row.made_by for row in rows)
