"""What others did: everybody's chain has a head, and whose head moved did something.

One small read tells it on both engines; only then is looked up what was touched, by the index on
a person's chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from erpdesk.storage import tables as t


@dataclass(frozen=True, slots=True)
class Touched:
    """A document that took a step, its kind, and whose it is."""

    document: str
    kind: str
    customer: str | None


def heads(connection: Connection) -> dict[str, int]:
    """Return how long everybody's chain is."""
    rows = connection.execute(select(t.chain_head.c.actor, t.chain_head.c.seq))
    return {row.actor: row.seq for row in rows}


def stepped(connection: Connection, since: Mapping[str, int]) -> tuple[Touched, ...]:
    """Return the documents that took a step since these lengths of chains."""
    rows = connection.execute(
        select(t.document.c.id, t.document.c.kind, t.document.c.customer_id)
        .join(t.step, t.step.c.document_id == t.document.c.id)
        .where(later(t.step, since))
        .distinct()
    )
    return tuple(Touched(row.id, row.kind, row.customer_id) for row in rows)


def counted(connection: Connection, since: Mapping[str, int]) -> frozenset[str]:
    """Return the campaigns in which somebody counted since these lengths of chains."""
    return _campaigns(connection, t.count_event, since)


def decided(connection: Connection, since: Mapping[str, int]) -> frozenset[str]:
    """Return the campaigns in which somebody decided or explained since these lengths of chains."""
    logs = (t.line_decision, t.line_variance)
    return frozenset[str]().union(*(_campaigns(connection, log, since) for log in logs))


def _campaigns(connection: Connection, log: Table, since: Mapping[str, int]) -> frozenset[str]:
    rows = connection.execute(select(log.c.campaign_id).where(later(log, since)).distinct())
    return frozenset(row.campaign_id for row in rows)


def later(log: Table, since: Mapping[str, int]) -> ColumnElement[bool]:
    """Return that an event was written since these lengths of chains."""
    return or_(
        *(and_(log.c.made_by == actor, log.c.actor_seq > seq) for actor, seq in since.items())
    )
