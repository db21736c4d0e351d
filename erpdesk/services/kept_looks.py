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
    else too, such as the day, ``mark`` tells when that is another.
    """

    def __init__(
        self,
        company: Company,
        ask: Callable[[Connection], T],
        *,
        kinds: Collection[str],
        mark: Callable[[], object] = lambda: None,
    ) -> None:
        self._company, self._ask, self._kinds, self._mark = company, ask, kinds, mark
        self._last: tuple[Mapping[str, int], object, T] | None = None

    def look(self) -> T:
        """Return the answer as it is now."""
        mark, last = self._mark(), self._last
        with self._company.database.reading() as connection:
            now = following.heads(connection)
            if last is None or last[1] != mark or self._may_differ(connection, last[0], now):
                found = self._ask(connection)
            else:
                found = last[2]
        self._last = now, mark, found
        return found

    def _may_differ(
        self, connection: Connection, before: Mapping[str, int], now: Mapping[str, int]
    ) -> bool:
        since = {actor: before.get(actor, 0) for actor in now if now[actor] != before.get(actor)}
        stepped = following.stepped(connection, since) if since else ()
        return any(one.kind in self._kinds for one in stepped)
