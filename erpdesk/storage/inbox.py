"""What waits for a decision, as frozen rows with what was seen and what stands against it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import Connection, Row, Select, column, func, select, table, text

from erpdesk.domain.ids import is_id
from erpdesk.domain.kinds import WAITING
from erpdesk.storage import tables as t
from erpdesk.storage.among import among
from erpdesk.storage.types import Id

GAVE_BACK = ("return", "reject", "withdraw")
"""The verbs after which a document that was handed in is with its maker again."""


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
    approved_in_window_minor: int = 0
    approved_for_customer_minor: int = 0


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


def newest(
    connection: Connection, *, kind: str, most: int | None, of: Iterable[str] = (), named: str = ""
) -> tuple[HeadRow, ...]:
    """Return the newest documents of a kind, and with them the newest of some customers.

    The one with a number or an id is among them as well.
    """
    document = t.document.c
    query = _heads().order_by(None).where(document.kind == kind)
    order = (document.made_at.desc(), document.id.desc())
    rows = list(connection.execute(query.order_by(*order).limit(most)))
    for one in of:
        theirs = query.where(document.customer_id == one)
        rows += connection.execute(theirs.order_by(*order).limit(1)).all()
    if named:
        name = document.id if is_id(named) else document.number
        rows += connection.execute(query.where(name == named)).all()
    found = {row.id: _head(row) for row in rows}.values()
    return tuple(sorted(found, key=lambda one: (one.made_at, one.id), reverse=True))


def count(connection: Connection, kind: str) -> int:
    """Return how many documents there are of a kind."""
    counted = select(func.count()).select_from(t.document).where(t.document.c.kind == kind)
    return connection.execute(counted).scalar_one()


class _Head(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def customer_id(self) -> str | None: ...


def facts(
    connection: Connection, heads: Sequence[_Head], person: str, *, now_us: int, window_us: int
) -> dict[str, Facts]:
    """Return what decides whether this person may decide on documents now, by document.

    It asks as often for a thousand documents as for one.
    """
    steps = _steps(connection, heads)
    counted = _counted(connection, heads)
    mine, theirs = _approved(connection, person, since_us=now_us - window_us)
    return {
        one.id: replace(
            _logged(steps.get(one.id, ()), counted.get(one.id, frozenset())),
            approved_in_window_minor=mine,
            approved_for_customer_minor=theirs[one.customer_id] if one.customer_id else 0,
        )
        for one in heads
    }


def _logged(steps: Sequence[Row[Any]], counted: frozenset[str]) -> Facts:
    """Return what the steps on one document say, in their order."""
    submits = [step for step in steps if step.verb == "submit"]
    last = submits[-1].seq if submits else 0
    made = frozenset(step.made_by for step in steps if step.verb not in t.DECIDING)
    endorsed = frozenset(
        step.made_by for step in steps if step.verb == "endorse" and step.seq > last
    )
    submitted_at = max((step.made_at for step in submits), default=None)
    return Facts(submitted_at, made, endorsed, counted - made - endorsed)


def _steps(connection: Connection, heads: Iterable[_Head]) -> dict[str, list[Any]]:
    step = t.step.c
    rows = connection.execute(
        select(step.document_id, step.verb, step.made_by, step.seq, step.made_at)
        .where(among(connection, step.document_id, (one.id for one in heads)))
        .order_by(step.seq)
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.document_id, []).append(row)
    return found


def _approved(connection: Connection, person: str, *, since_us: int) -> tuple[int, Counter[str]]:
    """Return what this person approved lately, and anybody for each customer.

    Who may have approved is said, so that the index finds it by them.
    """
    step, document = t.step.c, t.document.c
    rows = connection.execute(
        select(step.made_by, document.customer_id, func.sum(step.risk).label("risk"))
        .join(t.document, document.id == step.document_id)
        .where(step.verb == "approve", step.made_at > since_us)
        .where(step.made_by.in_(select(t.person.c.name)))
        .group_by(step.made_by, document.customer_id)
    ).all()
    theirs = Counter[str]()
    for row in rows:
        theirs[row.customer_id] += int(row.risk)
    return sum(int(row.risk) for row in rows if row.made_by == person), theirs


_worked = table("worked_on", column("document_id", Id), column("person"))


def _counted(connection: Connection, heads: Iterable[_Head]) -> dict[str, frozenset[str]]:
    """Return who worked on campaigns, whoever counted too; nobody counts in anything else."""
    campaigns = [one.id for one in heads if one.kind == "campaign"]
    if not campaigns:
        return {}
    rows = connection.execute(
        select(_worked.c.document_id, _worked.c.person)
        .where(among(connection, _worked.c.document_id, campaigns))
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.document_id, set()).add(row.person)
    return {name: frozenset(people) for name, people in found.items()}


def worked_on(connection: Connection, document_id: str) -> frozenset[str]:
    """Return everybody who may not decide on a document: who made, endorsed or counted it."""
    worked = select(_worked.c.person).where(_worked.c.document_id == document_id).distinct()
    return frozenset(connection.execute(worked).scalars())


def makers(connection: Connection, document_id: str) -> frozenset[str]:
    """Return everybody who took a step on a document that was no decision about it."""
    step = t.step.c
    rows = connection.execute(
        select(step.made_by).where(step.document_id == document_id, step.verb.not_in(t.DECIDING))
    )
    return frozenset(row.made_by for row in rows)
