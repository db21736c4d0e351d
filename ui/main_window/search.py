"""What the one field finds: customers of the books, pages and commands of the menus."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from ui.main_window import said
from ui.main_window.finder_rows import Hit
from ui.main_window.menus import Menus, key_said, plain
from ui.main_window.room import Room

CUSTOMERS_MOST = 6


class Search:
    """Looks beside the window; ``take`` gets what is to be taken like a scan of it."""

    def __init__(
        self, room: Room, menus: Menus, owner: QObject, take: Callable[[bytes], None]
    ) -> None:
        self._room, self._menus, self._owner, self._take = room, menus, owner, take

    def find(self, words: str, show: Callable[[Sequence[Hit]], None]) -> None:
        """Hand over what fits; after ``>`` commands alone."""
        commands = self._commands(words.removeprefix(">").strip())
        if words.startswith(">"):
            show(commands)
            return
        desk = self._room.desk
        self._room.runner.query(
            self._owner,
            lambda: desk.find_customers(words, most=CUSTOMERS_MOST),
            done=lambda rows: show([*(self._customer(one, words) for one in rows), *commands]),
        )

    def typed(self, words: str) -> None:
        """Take what fits nothing in the list like a scan of it."""
        if words.strip():
            self._take(words.strip().encode())

    def _customer(self, customer: object, words: str) -> Hit:
        name, code = getattr(customer, "name", ""), getattr(customer, "code", "")
        is_exact = words.casefold() in {name.casefold(), code.casefold()}
        return Hit(
            "building-2", f"{name}  {code}", self._room.wording.say(said.CUSTOMER), "",
            lambda: self._take(code.encode()), is_exact,
        )  # fmt: skip

    def _commands(self, words: str) -> list[Hit]:
        wanted = words.casefold()
        found = [one for one in self._menus.every() if wanted in plain(one.text()).casefold()]
        found.sort(key=lambda one: plain(one.text()).casefold() != wanted)  # the exact word first
        return [
            Hit(
                "arrow-right", plain(one.text()), self._room.wording.say(said.COMMAND),
                key_said(one), one.trigger, plain(one.text()).casefold() == wanted,
            )
            for one in found
            if one.isEnabled()
        ]  # fmt: skip
