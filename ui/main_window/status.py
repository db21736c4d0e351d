"""The status bar of a room: its lights follow what they tell of, and lead to what can mend it."""

from collections.abc import Callable, Container
from functools import partial
from typing import Final

from erpdesk.domain.disk import MEGABYTE, is_short, is_too_little_to_count
from ui.main_window import said
from ui.main_window.backup_light import show_backup
from ui.main_window.books_light import show_books
from ui.main_window.lights import StatusBar
from ui.main_window.room import Room
from ui.pages import BackupsWanted

LEADS: Final[dict[str, tuple[str, object]]] = {
    "scanner": ("doctor", None),
    "database": ("books_check", None),
    "backup": ("books_check", BackupsWanted()),
    "books": ("books_check", None),
}
"""A light's page, and what that page is told. In the order of the bar."""


class RoomStatus(StatusBar):
    """The lights of one room; ``go`` is called with a page of ``pages``, and what it is told.

    Books on a server are backed up by its administrator: they have no light of a backup.
    """

    def __init__(
        self, room: Room, go: Callable[[str, object], None], pages: Container[str]
    ) -> None:
        is_server = "://" in room.place
        names = tuple(name for name in LEADS if name != "backup" or not is_server)
        period = f"{room.desk.clock.today():%Y-%m}"
        super().__init__(names, room.wording, room.firm, period)
        self._room = room
        for name, light in self.lights.items():
            page, told = LEADS[name]
            if page in pages:
                light.lead(partial(go, page, told))
        self._is_short = False
        self._show_well()
        self._follow()

    def _follow(self) -> None:
        room = self._room
        room.watch.changed.connect(self._show_books)
        room.wording.when_switched(self._show_books)
        self._show_books()
        room.disk_watch.changed.connect(self._show_disk)
        if "backup" in self.lights:
            room.backup_watch.changed.connect(self._show_backup)
            room.preferences.changed.connect(self._chosen)
            self._show_backup()

    def _show_well(self) -> None:
        self.lights["database"].show_state("ok", said.BOOKS_OPEN, place=_short(self._room.place))

    def _show_disk(self) -> None:
        """Say with the database that its disk is short of room, and take it back afterwards."""
        free = self._room.disk_watch.free
        was_short, self._is_short = self._is_short, is_short(free)
        if free is not None and self._is_short:
            is_full = is_too_little_to_count(free)
            words = said.DISK_FULL if is_full else said.DISK_SHORT
            self.lights["database"].show_state(
                "error" if is_full else "attention", words, n=free // MEGABYTE
            )
        elif was_short:
            self._show_well()

    def _show_books(self) -> None:
        show_books(self.lights["books"], self._room.watch, self._room.desk.clock)

    def _chosen(self, name: str) -> None:
        if name == "backup_folder":
            self._room.backup_watch.look_elsewhere()

    def _show_backup(self) -> None:
        room = self._room
        show_backup(self.lights["backup"], room.backup_watch, room.desk.clock.today())


def _short(place: str) -> str:
    return place.rpartition("@")[2].rpartition("/")[2] or place
