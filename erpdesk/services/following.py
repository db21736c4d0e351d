"""Following what others do, so that every window shows it: asked often, and cheap when nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from erpdesk.domain.changes import Changes
from erpdesk.domain.stocktake.campaign import TAKES_COUNTS
from erpdesk.errors import RefusedError
from erpdesk.storage import counting_views, following
from erpdesk.storage.database import Connection
from erpdesk.storage.unit_of_work import Company

T = TypeVar("T")
UNNAMED: Final = frozenset({"import", "customer"})
"""Kinds of document that touch customers without naming one in the head."""


@dataclass(slots=True)
class Following:
    """Remembers how long everybody's chain was when it looked last.

    What a login may not read is asked once and never again; it is told of the campaigns that run
    instead of those that were touched.
    """

    company: Company
    _seen: dict[str, int] | None = None
    _refused: set[str] = field(default_factory=set)

    def look(self) -> Changes | None:
        """Return what was touched since the last look, by anybody; None where nothing was.

        Raises:
            StorageError: the file or server could not be read.
        """
        with self.company.database.reading() as connection:
            now = following.heads(connection)
        before, self._seen = self._seen, now
        if before is None or before == now:
            return None
        since = {actor: before.get(actor, 0) for actor in now if now[actor] != before.get(actor)}
        return self._changes(since)

    def _changes(self, since: Mapping[str, int]) -> Changes:
        stepped = self._asked("steps", following.stepped, since) or ()
        counted = self._asked("counts", following.counted, since)
        decided = self._asked("decisions", following.decided, since)
        campaigns = frozenset(one.document for one in stepped if one.kind == "campaign")
        if counted is None or decided is None:
            counted = (counted or frozenset()) | self._running()
        return Changes(
            documents=frozenset(one.document for one in stepped),
            customers=frozenset(filter(None, map(_customer, stepped))),
            campaigns=campaigns | counted | (decided or frozenset()),
        )

    def _asked(
        self, what: str, ask: Callable[[Connection, Mapping[str, int]], T], since: Mapping[str, int]
    ) -> T | None:
        if what in self._refused:
            return None
        try:
            with self.company.database.reading() as connection:
                return ask(connection, since)
        except RefusedError:
            self._refused.add(what)
            return None

    def _running(self) -> frozenset[str]:
        states = frozenset(state.value for state in TAKES_COUNTS)
        found = self._asked("campaigns", lambda c, _: counting_views.campaigns(c, states), {})
        return frozenset(one.id for one in found or ())


def _customer(one: following.Touched) -> str | None:
    """Return whose document it is; an import stands for customers that nobody names."""
    return one.customer or (one.document if one.kind in UNNAMED else None)
