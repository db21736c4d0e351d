"""What came to a campaign since it was looked at last, and whom nobody has touched yet.

All that one person does is one chain, numbered without a gap and stored in that order, whatever
clocks say: so it is known from which number on it is new.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, and_, bindparam, exists, func, select

from erpdesk.domain.stocktake.count_line import LineDecision
from erpdesk.domain.stocktake.counting import CountEvent
from erpdesk.storage import counts
from erpdesk.storage import tables as t
from erpdesk.storage.counts import LineRow

T = TypeVar("T")
Told = Callable[[Iterable[Any]], Iterator[Any]]
"""Hands rows on, and may tell somebody how many they were."""

AT_ONCE = 500
"""So many customers are named in one question."""


@dataclass(frozen=True, slots=True)
class News:
    """New events and decisions of a campaign; ``seen``: how far each person's chain is known."""

    events: tuple[CountEvent, ...]
    decisions: tuple[LineDecision, ...]
    seen: Mapping[str, int]


def news(
    connection: Connection, campaign_id: str, seen: Mapping[str, int], told: Told = iter
) -> News:
    """Return what came since; with nothing seen, all there is. Each row is ``told`` when read."""
    people = [row.name for row in connection.execute(select(t.person.c.name))]
    since = {name: seen.get(name, -1) for name in people}
    known, asked = dict(since), dict[str, str | int](of=campaign_id)

    def fresh(log: Table, made: Callable[[Row[Any]], T]) -> tuple[T, ...]:
        found = list[T]()
        for name, seq in since.items():
            for row in told(connection.execute(_newer(log), asked | {"by": name, "seq": seq})):
                known[name] = max(known[name], row.actor_seq)
                found.append(made(row))
        return tuple(found)

    events = fresh(t.count_event, counts.event_from)
    return News(events, fresh(t.line_decision, counts.decision_from), known)


def _newer(log: Table) -> Select[Any]:
    """Ask for one person's chain from a number on: it has an index, whatever the campaign."""
    return select(log).where(
        log.c.made_by == bindparam("by"),
        log.c.actor_seq > bindparam("seq"),
        log.c.campaign_id == bindparam("of"),
    )


def stored(connection: Connection, campaign_id: str) -> int:
    """Return how many events and decisions of a campaign there are."""
    asked = (
        select(func.count()).select_from(log).where(log.c.campaign_id == campaign_id)
        for log in (t.count_event, t.line_decision)
    )
    return sum(connection.execute(one).scalar_one() for one in asked)


def lines(
    connection: Connection, campaign_id: str, customers: Collection[str], *, most: int
) -> Iterator[LineRow]:
    """Yield the frozen lines of these customers, those of each in order.

    Of more than ``most`` the whole list is read through: each by itself costs many times that.
    """
    if len(customers) > most:
        every = counts.every_line(connection, campaign_id)
        yield from (one for one in every if one.customer_id in customers)
        return
    wanted = sorted(customers)
    for at in range(0, len(wanted), AT_ONCE):
        yield from counts.lines(connection, campaign_id, wanted[at : at + AT_ONCE])


@dataclass(frozen=True, slots=True)
class Size:
    """How large a frozen list is, which never changes; ``given``: customers by whose alone."""

    lines: int = 0
    customers: int = 0
    given: Mapping[str, int] = field(default_factory=dict)


def size(connection: Connection, campaign_id: str) -> Size:
    """Return how large the frozen list is."""
    line = t.campaign_line.c
    asked = (
        select(line.counter, func.count(), func.count(line.customer_id.distinct()))
        .where(line.campaign_id == campaign_id)
        .group_by(line.counter)
    )
    rows = connection.execute(asked).all()
    given = {counter: customers for counter, _, customers in rows if counter is not None}
    return Size(sum(row[1] for row in rows), sum(row[2] for row in rows), given)


def untouched(
    connection: Connection, campaign_id: str, among: Collection[str], *, most: int
) -> tuple[LineRow, ...]:
    """Return the first lines about which nothing was recorded or decided.

    ``among`` says of whose; else of all.
    """
    line = t.campaign_line.c
    about = (
        exists().where(log.c.campaign_id == campaign_id, log.c.customer_id == line.customer_id)
        for log in (t.count_event, t.line_decision)
    )
    those = [~one for one in about] + ([line.customer_id.in_(among)] if among else [])
    return counts.first_lines(connection, campaign_id, and_(*those), most=most)
