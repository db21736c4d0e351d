"""What foreign links took in the base currency, as the texts say that made them."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, select

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money
from erpdesk.storage import tables as t

Bases = dict[str, Money]
"""By side: ``charge`` and ``credit``."""


def bases_of(connection: Connection, step_ids: Iterable[str]) -> dict[str, Bases]:
    """Return what the links that these steps made took of each side, by link."""
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
