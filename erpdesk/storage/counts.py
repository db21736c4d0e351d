"""Count events and decisions on lines: appended, chained, read back in the order of devices."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, insert, or_, select

from erpdesk.domain.content import canonical, parse, record_hash
from erpdesk.domain.ids import DocumentId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.count_line import LineDecision, LineVerb
from erpdesk.domain.stocktake.counting import Body, CountEvent, Source, body_from, event_body
from erpdesk.errors import RefusedError
from erpdesk.storage import tables as t
from erpdesk.storage.unit_of_work import Unit, fields

COUNT_FIELDS = (
    "id", "campaign_id", "customer_id", "raw", "source", "device_id", "device_seq", "device_time",
    "stated_minor", "currency", "supersedes", "body", "made_by", "received_at", "actor_seq",
    "actor_prev",
)  # fmt: skip
DECISION_FIELDS = (
    "id", "campaign_id", "customer_id", "event_id", "verb", "to_person", "body", "reason",
    "made_by", "made_at", "actor_seq", "actor_prev",
)  # fmt: skip


_APPEND = insert(t.count_event)
_NO_BODY: Final = Body()
AT_ONCE: Final = 2000
"""So many rows are fetched at a time where all are read."""

_OVER = ("closed", "cancelled", "expired")


@dataclass(frozen=True, slots=True)
class LineRow:
    """A frozen line of a campaign with the customer's master data; amounts in minor units."""

    campaign_id: str
    customer_id: str
    currency: str
    n: int
    code: str
    name: str
    billed_minor: int
    unbilled_minor: int
    unapplied_minor: int
    book_minor: int
    counter: str | None
    blind: bool


def store(unit: Unit, event: CountEvent) -> bool:
    """Append a count event; the same id again is stored already (False).

    Raises:
        RefusedError: the campaign takes no counts, or the person is no counter.
    """
    known = unit.connection.execute(
        select(t.count_event.c.raw, t.count_event.c.campaign_id).where(
            t.count_event.c.id == event.id
        )
    ).one_or_none()
    if known is not None:
        if (bytes(known.raw), known.campaign_id) != (event.raw, event.campaign):
            raise RefusedError("G2 exists")
        return False
    append(unit, event)
    return True


def append(unit: Unit, event: CountEvent) -> None:
    """Append a count event whose id is new.

    Raises:
        RefusedError: the id is not new, the campaign takes no counts, or the person is no counter.
    """
    row = _row_of(event) | {"made_by": unit.person}
    unit.writes(t.count_event.c.id, event.id)
    if not unit.is_server:
        seq, prev = unit.chain()
        row |= {"received_at": unit.clock.now_us(), "actor_seq": seq, "actor_prev": prev}
        row["hash"] = record_hash("erpdesk.count.1", fields(row, COUNT_FIELDS))
    unit.connection.execute(_APPEND, row)


def _row_of(event: CountEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "campaign_id": event.campaign,
        "customer_id": event.customer,
        "raw": event.raw,
        "source": event.source.value,
        "device_id": event.device,
        "device_seq": event.device_seq,
        "device_time": event.device_time,
        "stated_minor": event.stated.minor if event.stated else None,
        "currency": event.stated.currency if event.stated else None,
        "supersedes": event.supersedes,
        "body": body_of(event),
    }


def body_of(event: CountEvent | Body) -> str | None:
    """Return what of an event has no column of its own, as it is stored."""
    body = event_body(event)
    return canonical(body) if body else None


def decide(unit: Unit, decision: LineDecision) -> None:
    """Append what a supervisor decided about a line or an event, with what stood before it."""
    heads = unit.connection.execute(select(t.chain_head.c.actor, t.chain_head.c.seq)).all()
    body: dict[str, Any] = {"heads": {one.actor: one.seq for one in heads}}
    if decision.evidence:
        body["evidence"] = decision.evidence
    row: dict[str, Any] = {
        "id": decision.id,
        "campaign_id": decision.campaign,
        "customer_id": decision.customer,
        "event_id": decision.event,
        "verb": decision.verb.value,
        "to_person": decision.to_person,
        "body": canonical(body),
        "reason": decision.reason,
        "made_by": unit.person,
    }
    if not unit.is_server:
        seq, prev = unit.chain()
        row |= {"made_at": unit.clock.now_us(), "actor_seq": seq, "actor_prev": prev}
        row["hash"] = record_hash("erpdesk.decision.1", fields(row, DECISION_FIELDS))
    unit.writes(t.line_decision.c.id, decision.id)
    unit.connection.execute(insert(t.line_decision).values(**row))


def _lines() -> Select[Any]:
    return select(t.campaign_line, t.customer.c.code, t.customer.c.name).join(
        t.customer, t.customer.c.id == t.campaign_line.c.customer_id
    )


def _line(row: Row[Any]) -> LineRow:
    return LineRow(
        intern(row.campaign_id), row.customer_id, intern(row.currency), row.n, row.code, row.name,
        row.billed_minor, row.unbilled_minor, row.unapplied_minor, row.book_minor, row.counter,
        bool(row.blind),
    )  # fmt: skip


def lines(
    connection: Connection, campaign_id: str, customers: Collection[str] | None = None
) -> tuple[LineRow, ...]:
    """Return the frozen lines of a campaign in order: all, or those of some customers.

    Asked for in order, those of some would be picked out of the whole list.
    """
    query = _lines().where(t.campaign_line.c.campaign_id == campaign_id)
    if customers is None:
        return tuple(every_line(connection, campaign_id))
    some = connection.execute(query.where(t.campaign_line.c.customer_id.in_(customers)))
    return tuple(sorted(map(_line, some), key=lambda one: one.n))


def every_line(connection: Connection, campaign_id: str) -> Iterator[LineRow]:
    """Yield the frozen lines of a campaign in order, few in memory at a time."""
    query = _lines().where(t.campaign_line.c.campaign_id == campaign_id)
    in_order = query.order_by(t.campaign_line.c.n).execution_options(yield_per=AT_ONCE)
    return map(_line, connection.execute(in_order))


def first_lines(
    connection: Connection, campaign_id: str, those: ColumnElement[bool], *, most: int
) -> tuple[LineRow, ...]:
    """Return the first of those frozen lines, in order."""
    line = t.campaign_line.c
    query = _lines().where(line.campaign_id == campaign_id, those).order_by(line.n).limit(most)
    return tuple(map(_line, connection.execute(query)))


def events(
    connection: Connection,
    campaign_id: str,
    customer_id: str | None = None,
    *,
    by: PersonName | None = None,
) -> Iterator[CountEvent]:
    """Return the events of a campaign by device and its sequence: all, a customer's, a person's."""
    event = t.count_event.c
    query = select(t.count_event).where(event.campaign_id == campaign_id)
    if customer_id is None:
        query = query.execution_options(yield_per=AT_ONCE)
    else:  # so few that a server sends them in one piece
        query = query.where(event.customer_id == customer_id)
    if by is not None:
        query = query.where(event.made_by == by)
    return map(event_from, connection.execute(query.order_by(event.device_id, event.device_seq)))


def event_of(connection: Connection, event_id: str) -> CountEvent | None:
    """Return the event with this id, or None where it is not stored (or not yours to see)."""
    row = connection.execute(
        select(t.count_event).where(t.count_event.c.id == event_id)
    ).one_or_none()
    return None if row is None else event_from(row)


def event_from(row: Row[Any]) -> CountEvent:
    """Return the event that a row of the log is; what many rows say alike is one text."""
    body = body_from(parse(row.body)) if row.body else _NO_BODY
    return CountEvent(
        id=row.id,
        campaign=DocumentId(intern(row.campaign_id)),
        customer=row.customer_id,
        raw=bytes(row.raw),
        source=Source(row.source),
        by=PersonName(intern(row.made_by)),
        device=intern(row.device_id),
        device_seq=row.device_seq,
        received_at=row.received_at,
        device_time=row.device_time,
        stated=None if row.stated_minor is None else Money(row.stated_minor, intern(row.currency)),
        as_of=body.as_of,
        verified=body.verified,
        reply=body.reply,
        evidence=body.evidence,
        supersedes=row.supersedes,
        reading=body.reading,
        proposal=body.proposal,
        asks=body.asks,
        by_seq=row.actor_seq,
    )


def decisions(connection: Connection, campaign_id: str) -> tuple[LineDecision, ...]:
    """Return the decisions taken in a campaign, oldest first."""
    choice = t.line_decision.c
    rows = connection.execute(
        select(t.line_decision)
        .where(choice.campaign_id == campaign_id)
        .order_by(choice.made_at, choice.actor_seq)
    )
    return tuple(map(decision_from, rows))


def events_of(
    connection: Connection, campaign_id: str, customers: Collection[str]
) -> tuple[CountEvent, ...]:
    """Return what was scanned and recorded under the codes of these customers."""
    event = t.count_event.c
    those = (event.campaign_id == campaign_id, event.customer_id.in_(customers))
    return tuple(map(event_from, connection.execute(select(t.count_event).where(*those))))


def decisions_about(
    connection: Connection,
    campaign_id: str,
    customers: Collection[str],
    events: Collection[str] = (),
) -> tuple[LineDecision, ...]:
    """Return the decisions about the lines of these customers or about these events."""
    choice = t.line_decision.c
    about = or_(choice.customer_id.in_(customers), choice.event_id.in_(events))
    those = (choice.campaign_id == campaign_id, about)
    return tuple(map(decision_from, connection.execute(select(t.line_decision).where(*those))))


def decision_from(row: Row[Any]) -> LineDecision:
    """Return the decision that a row of the log is."""
    body = parse(row.body) if row.body else {}
    return LineDecision(
        id=row.id,
        campaign=row.campaign_id,
        verb=LineVerb(row.verb),
        reason=row.reason,
        by=PersonName(row.made_by),
        at=row.made_at,
        customer=row.customer_id,
        event=row.event_id,
        to_person=row.to_person,
        evidence=tuple(body.get("evidence", ())),
        heads=body.get("heads", {}),
    )


def held_customers(connection: Connection) -> dict[str, str]:
    """Return the customers that a campaign which is not over holds, with the campaign's number."""
    held = t.document.c.state.not_in(_OVER)
    rows = connection.execute(
        select(t.campaign_line.c.customer_id, t.document.c.number)
        .join(t.document, t.document.c.id == t.campaign_line.c.campaign_id)
        .where(held)
        .distinct()
    )
    return {row.customer_id: row.number for row in rows}


def held_elsewhere(connection: Connection, campaign_id: str) -> frozenset[str]:
    """Return which customers of a campaign another one holds that is not over."""
    mine, theirs, head = t.campaign_line.c, t.campaign_line.alias("theirs").c, t.document.c
    others = select(head.id).where(
        head.kind == "campaign", head.state.not_in(_OVER), head.id != campaign_id
    )
    held = exists().where(theirs.customer_id == mine.customer_id, theirs.campaign_id.in_(others))
    rows = connection.execute(select(mine.customer_id).where(mine.campaign_id == campaign_id, held))
    return frozenset(row.customer_id for row in rows)


def last_event_at(connection: Connection, campaign_id: str) -> int:
    """Return when a campaign was counted last, in µs since 1970 UTC; 0 where it never was."""
    event = t.count_event.c
    found = connection.execute(
        select(func.max(event.received_at)).where(event.campaign_id == campaign_id)
    )
    return int(found.scalar() or 0)


def movements(
    connection: Connection,
    campaign_id: str,
    *,
    cut_off: date,
    customers: Collection[str] | None = None,
) -> dict[tuple[str, str], int]:
    """Return what was posted after the cut-off, by customer and currency, in minor units.

    ``customers`` names whose alone is asked for.
    """
    those = [] if customers is None else [t.campaign_line.c.customer_id.in_(customers)]
    line, moved = t.journal_line.c, func.sum(t.journal_line.c.side * t.journal_line.c.amount_minor)
    rows = connection.execute(
        select(line.customer_id, line.currency, moved.label("moved"))
        .join(t.journal_entry, t.journal_entry.c.id == line.entry_id)
        .join(t.account, t.account.c.code == line.account)
        .join(
            t.campaign_line,
            (t.campaign_line.c.customer_id == line.customer_id)
            & (t.campaign_line.c.currency == line.currency),
        )
        .where(t.campaign_line.c.campaign_id == campaign_id, t.account.c.part != "")
        .where(t.journal_entry.c.posting_date > cut_off, *those)
        .group_by(line.customer_id, line.currency)
    )
    return {(row.customer_id, row.currency): int(row.moved) for row in rows}
