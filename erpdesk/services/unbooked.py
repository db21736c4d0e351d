"""What was delivered and stands in no voucher: added up once, and again when a step may move it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from erpdesk.storage import deliveries, following
from erpdesk.storage.database import Connection
from erpdesk.storage.unit_of_work import Company

Unbooked: TypeAlias = deliveries.Unbooked

MOVING: Final = frozenset({"voucher", "import", "invoice", "reverse_on_invoice", "reversal"})
"""Kinds of document whose steps bring deliveries, hold them, or let them go."""


@dataclass(slots=True)
class UnbookedWatch:
    """Looks at it again and again, for a page; it adds up only when somebody may have moved it."""

    company: Company
    _seen: Mapping[str, int] | None = None
    _found: tuple[Unbooked, ...] = ()

    def look(self) -> tuple[Unbooked, ...]:
        """Return it as it is now, by currency."""
        with self.company.database.reading() as connection:
            now = following.heads(connection)
            if self._may_have_moved(connection, now):
                self._found = deliveries.unbooked(connection)
        self._seen = now
        return self._found

    def _may_have_moved(self, connection: Connection, now: Mapping[str, int]) -> bool:
        before = self._seen
        if before is None:
            return True
        since = {actor: before.get(actor, 0) for actor in now if now[actor] != before.get(actor)}
        stepped = following.stepped(connection, since) if since else ()
        return any(one.kind in MOVING for one in stepped)
