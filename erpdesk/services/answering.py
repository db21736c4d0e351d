"""What a customer said and nobody ended yet: a reply that differs, a promise that was not kept."""

from collections.abc import Iterable
from datetime import date

from erpdesk.domain.customers.customer_next import Next, Todo
from erpdesk.services.following_up import disputes_of, promises_of, waiting
from erpdesk.services.replying import differing
from erpdesk.storage.database import Connection
from erpdesk.storage.ledger import ItemRow


def answered(connection: Connection, customer_id: str, *, today: date) -> Next | None:
    """Return the oldest reply that differs, else the oldest promise that was not kept."""
    for reply in differing(connection, customer_id):
        return Next(Todo.DECIDE_REPLY, reply.difference, reply.day)
    for promise in waiting(promises_of(connection, customer_id, today=today)):
        return Next(Todo.ASK_ABOUT_PROMISE, promise.left, promise.due)
    return None


def uncontested(
    connection: Connection, items: Iterable[ItemRow], *, customer_id: str
) -> tuple[ItemRow, ...]:
    """Return the items of a customer that are not contested: only these are chased."""
    known = {one.item for one in disputes_of(connection, customer_id) if not one.ended}
    return tuple(item for item in items if item.id not in known)
