"""What the books say of themselves: policies, months, accounts."""

from sqlalchemy import Connection, func, select

from erpdesk.storage import tables as t


def policies(connection: Connection) -> dict[str, int]:
    """Return every number of the company's policy, by key."""
    return {row.key: row.value for row in connection.execute(select(t.policy))}


def locked_months(connection: Connection) -> tuple[str, ...]:
    """Return the months that are locked, in order."""
    found = connection.execute(select(t.period_lock.c.period).order_by(t.period_lock.c.period))
    return tuple(found.scalars())


def account_count(connection: Connection) -> int:
    """Return how many accounts the chart has."""
    return int(connection.execute(select(func.count()).select_from(t.account)).scalar_one())


def has_posted(connection: Connection) -> bool:
    """Say whether anything was ever posted."""
    return connection.execute(select(t.journal_entry.c.id).limit(1)).first() is not None
