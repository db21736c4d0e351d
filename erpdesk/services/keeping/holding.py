"""Holding the books: a file is open in one window at a time, and a second one is told in whose."""

import contextlib
from dataclasses import dataclass

from erpdesk.services.ports import Clock
from erpdesk.storage import presence
from erpdesk.storage.door import is_url


@dataclass(frozen=True, slots=True)
class Holding:
    """Notes in whose window books are open; a server takes as many windows as there are people."""

    clock: Clock

    def must_be_free(self, place: str) -> None:
        """Look whether the books are open in the window of another program.

        Raises:
            BooksOpenError: they are; it says in whose, and since when.
        """
        if not is_url(place):
            presence.must_be_free(place)

    def take(self, place: str, person: str) -> None:
        """Note that the books are open in this window, under the name that others are shown.

        Raises:
            BooksOpenError: somebody was quicker.
        """
        if is_url(place):
            return
        with contextlib.suppress(OSError):  # the note is a help to others, and no condition
            presence.take(place, person, at_us=self.clock.now_us())

    def leave(self, place: str) -> None:
        """Note that this window has left the books."""
        if not is_url(place):
            presence.leave(place)
