"""Count events and decisions on lines: appended, chained, read back in the order of devices."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from erpdesk.domain.content import record_hash
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


@dataclass(frozen=True, slots=True)
class NewCount:
    """What a counter saw, before it is stored; ``body`` is canonical text or None."""

    id: str
    campaign_id: str
    raw: bytes
    source: str
    device_id: str
    device_seq: int
    customer_id: str | None = None
    device_time: int | None = None
    stated_minor: int | None = None
    currency: str | None = None
    supersedes: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class CountRow:
    """A stored count event."""

    id: str
    campaign_id: str
    customer_id: str | None
    raw: bytes
    source: str
    device_id: str
    device_seq: int
    stated_minor: int | None
    currency: str | None
    supersedes: str | None
    body: str | None
    made_by: str
    received_at: int


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


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What a supervisor decided about a line or an event."""

    id: str
    customer_id: str | None
    event_id: str | None
    verb: str
    to_person: str | None
    body: str | None
    reason: str
    made_by: str
    made_at: int


def store(unit: Unit, count: NewCount) -> bool:
    """Append a count event; the same id again is stored already (False).

    Raises:
        RefusedError: the campaign takes no counts, or the person is no counter.
    """
    row: dict[str, Any] = {name: getattr(count, name) for name in count.__slots__}
    known = unit.connection.execute(
        select(t.count_event.c.raw, t.count_event.c.campaign_id).where(
            t.count_event.c.id == count.id
        )
    ).one_or_none()
    if known is not None:
        if (bytes(known.raw), known.campaign_id) != (count.raw, count.campaign_id):
            raise RefusedError("G2 exists")
        return False
    row["made_by"] = unit.person
    if not unit.is_server:
        seq, prev = unit.chain()
        row |= {"received_at": unit.clock.now_us(), "actor_seq": seq, "actor_prev": prev}
        row["hash"] = record_hash("erpdesk.count.1", fields(row, COUNT_FIELDS))
    unit.connection.execute(insert(t.count_event).values(**row))
    return True


def decide(unit: Unit, decision: dict[str, Any]) -> None:
    """Append a decision: id, campaign_id, customer_id, event_id, verb, to_person, body, reason."""
    row = {name: decision.get(name) for name in DECISION_FIELDS[:8]} | {"made_by": unit.person}
    if not unit.is_server:
        seq, prev = unit.chain()
        row |= {"made_at": unit.clock.now_us(), "actor_seq": seq, "actor_prev": prev}
        row["hash"] = record_hash("erpdesk.decision.1", fields(row, DECISION_FIELDS))
    unit.connection.execute(insert(t.line_decision).values(**row))


def _lines() -> Select[Any]:
    return (
        select(t.campaign_line, t.customer.c.code, t.customer.c.name)
        .join(t.customer, t.customer.c.id == t.campaign_line.c.customer_id)
        .order_by(t.campaign_line.c.n)
    )


def _line(row: Row[Any]) -> LineRow:
    return LineRow(
        row.campaign_id, row.customer_id, row.currency, row.n, row.code, row.name,
        row.billed_minor, row.unbilled_minor, row.unapplied_minor, row.book_minor, row.counter,
        bool(row.blind),
    )  # fmt: skip


def lines(connection: Connection, campaign_id: str) -> tuple[LineRow, ...]:
    """Return the frozen lines of a campaign in order."""
    rows = connection.execute(_lines().where(t.campaign_line.c.campaign_id == campaign_id))
    return tuple(map(_line, rows))


def lines_of_customer(
    connection: Connection, campaign_id: str, customer_id: str
) -> tuple[LineRow, ...]:
    """Return a customer's lines in a campaign, one a currency; none when outside its scope."""
    rows = connection.execute(
        _lines().where(
            t.campaign_line.c.campaign_id == campaign_id,
            t.campaign_line.c.customer_id == customer_id,
        )
    )
    return tuple(map(_line, rows))


def line_numbered(connection: Connection, campaign_id: str, n: int) -> LineRow | None:
    """Return the line with this number, or None."""
    row = connection.execute(
        _lines().where(t.campaign_line.c.campaign_id == campaign_id, t.campaign_line.c.n == n)
    ).one_or_none()
    return None if row is None else _line(row)


def events(
    connection: Connection, campaign_id: str, customer_id: str | None = None
) -> Iterator[CountRow]:
    """Return the events of a campaign (or of one customer in it), by device and its sequence."""
    event = t.count_event.c
    query = select(t.count_event).where(event.campaign_id == campaign_id)
    if customer_id is not None:
        query = query.where(event.customer_id == customer_id)
    for row in connection.execute(query.order_by(event.device_id, event.device_seq)):
        yield CountRow(
            row.id, row.campaign_id, row.customer_id, bytes(row.raw), row.source, row.device_id,
            row.device_seq, row.stated_minor, row.currency, row.supersedes, row.body,
            row.made_by, row.received_at,
        )  # fmt: skip


def decisions(connection: Connection, campaign_id: str) -> tuple[DecisionRow, ...]:
    """Return the decisions taken in a campaign, oldest first."""
    choice = t.line_decision.c
    rows = connection.execute(
        select(t.line_decision)
        .where(choice.campaign_id == campaign_id)
        .order_by(choice.made_at, choice.actor_seq)
    )
    return tuple(
        DecisionRow(
            r.id, r.customer_id, r.event_id, r.verb, r.to_person, r.body, r.reason, r.made_by,
            r.made_at,
        )
        for r in rows
    )  # fmt: skip


def counted_customers(connection: Connection, campaign_id: str) -> int:
    """Return how many customers of the campaign have at least one event."""
    event = t.count_event.c
    found = connection.execute(
        select(func.count(func.distinct(event.customer_id))).where(
            event.campaign_id == campaign_id, event.customer_id.is_not(None)
        )
    )
    return int(found.scalar_one())


def last_seq(connection: Connection, device_id: str) -> int:
    """Return the number of the last event of a device, 0 when there is none."""
    event = t.count_event.c
    found = connection.execute(
        select(func.coalesce(func.max(event.device_seq), 0)).where(event.device_id == device_id)
    )
    return int(found.scalar_one())
