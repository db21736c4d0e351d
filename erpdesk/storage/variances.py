"""What is said of the differences of a campaign: appended line by line, chained, the last holds."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from erpdesk.domain.content import canonical, parse, record_hash
from erpdesk.domain.stocktake.variance import Spoken, Variance, variance_from, variance_section
from erpdesk.storage import tables as t
from erpdesk.storage.among import among
from erpdesk.storage.unit_of_work import Unit, fields

VARIANCE_FIELDS = (
    "id", "campaign_id", "customer_id", "currency", "n", "body", "made_by", "made_at", "actor_seq",
    "actor_prev",
)  # fmt: skip
_APPEND = insert(t.line_variance)
_LOG = t.line_variance.c

Key = tuple[str, str]
"""A line of a campaign: the customer's id and the currency."""


def say(unit: Unit, campaign_id: str, variance: Variance, *, name: str, after: int) -> None:
    """Append what is said of a line, ``after`` so much was said of it; ``name`` is its id.

    Raises:
        StaleError: somebody said something else of this line meanwhile.
        RefusedError: the campaign is not in review, or the person is no accountant or supervisor.
    """
    row: dict[str, Any] = {
        "id": name,
        "campaign_id": campaign_id,
        "customer_id": variance.customer,
        "currency": variance.book.currency,
        "n": after + 1,
        "body": canonical(variance_section(variance)),
        "made_by": unit.person,
    }
    if not unit.is_server:
        seq, prev = unit.chain()
        row |= {"made_at": unit.clock.now_us(), "actor_seq": seq, "actor_prev": prev}
        row["hash"] = record_hash("erpdesk.variance.1", fields(row, VARIANCE_FIELDS))
    unit.writes(_LOG.id, name)
    unit.connection.execute(_APPEND, row)


def is_said(connection: Connection, name: str) -> bool:
    """Say whether what has this id is stored already."""
    return connection.execute(select(_LOG.n).where(_LOG.id == name)).first() is not None


def count(connection: Connection, campaign_id: str) -> int:
    """Return how much was said in a campaign."""
    asked = select(func.count()).select_from(t.line_variance)
    return int(connection.execute(asked.where(_LOG.campaign_id == campaign_id)).scalar_one())


def said(
    connection: Connection, campaign_id: str, customers: Collection[str] | None = None
) -> dict[Key, Spoken]:
    """Return what was said last of each line: of all, or of those of some customers."""
    query = _said().where(_LOG.campaign_id == campaign_id)
    if customers is not None:
        query = query.where(among(connection, _LOG.customer_id, customers))
    return _last(connection.execute(query))


def news(
    connection: Connection, campaign_id: str, seen: Mapping[str, int]
) -> tuple[dict[Key, Spoken], dict[str, int]]:
    """Return what was said since, and how far everybody's chain is known now."""
    known = {
        row.name: seen.get(row.name, -1) for row in connection.execute(select(t.person.c.name))
    }
    found: list[Row[Any]] = []
    for name, seq in known.items():
        newer = _said().where(_LOG.made_by == name, _LOG.actor_seq > seq)
        found += connection.execute(newer.where(_LOG.campaign_id == campaign_id))
    for row in found:
        known[row.made_by] = max(known[row.made_by], row.actor_seq)
    return _last(found), known


def _said() -> Select[Any]:
    return select(_LOG.customer_id, _LOG.currency, _LOG.n, _LOG.body, _LOG.made_by, _LOG.actor_seq)


def _last(rows: Iterable[Row[Any]]) -> dict[Key, Spoken]:
    last: dict[Key, Row[Any]] = {}
    for row in rows:
        key = row.customer_id, row.currency
        if key not in last or last[key].n < row.n:
            last[key] = row
    return {key: Spoken(row.n, variance_from(parse(row.body))) for key, row in last.items()}
