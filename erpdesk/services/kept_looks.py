"""What is looked at again and again: asked anew only when a step may have changed the answer."""

from collections.abc import Callable, Collection, Mapping
from typing import Final, Generic, TypeVar

from erpdesk.storage import following
from erpdesk.storage.database import Connection
from erpdesk.storage.unit_of_work import Company

T = TypeVar("T")
NAMING: Final = frozenset({"customer", "import"})
"""Kinds of document that bring a customer, or change what is written of one."""


class KeptLook(Generic[T]):
    """One question about the books and its last answer.

    ``kinds`` are those of the documents whose steps may change it; where it depends on something
    else too, such as the day, ``mark`` tells when that is another. ``go_on`` tells the answer of
    now from the last one and the lengths of chains it was given at, unless a document of ``anew``
    took a step.
    """

    def __init__(
        self,
        company: Company,
        ask: Callable[[Connection], T],
        *,
        kinds: Collection[str],
        mark: Callable[[], object] = lambda: None,
        go_on: Callable[[Connection, T, Mapping[str, int]], T] | None = None,
        anew: Collection[str] = (),
    ) -> None:
        self._company, self._ask, self._kinds, self._mark = company, ask, kinds, mark
        self._go_on, self._anew = go_on, anew
        self._last: tuple[Mapping[str, int], object, T] | None = None

    def look(self) -> T:
        """Return the answer as it is now."""
        mark, last = self._mark(), self._last
        with self._company.database.standing_still() as connection:
            now = following.heads(connection)
            if last is None or last[1] != mark:
                found = self._ask(connection)
            else:
                found = self._since(connection, last[0], now, last[2])
        self._last = now, mark, found
        return found

    def _since(
        self, connection: Connection, before: Mapping[str, int], now: Mapping[str, int], found: T
    ) -> T:
        since = {actor: before.get(actor, 0) for actor in now if now[actor] != before.get(actor)}
        stepped = following.stepped(connection, since) if since else ()
        kinds = {one.kind for one in stepped}.intersection(self._kinds)
        if not kinds:
            return found
        if self._go_on is None or not kinds.isdisjoint(self._anew):
            return self._ask(connection)
        return self._go_on(connection, found, since)
