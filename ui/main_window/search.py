"""What the one field finds: customers, pages and commands, by their words or in pinyin."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from erpdesk.services.looking import Customer
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
        desk, is_command = self._room.desk, words.startswith(">")
        actions = [one for one in self._menus.every() if one.isEnabled()]
        names = [plain(one.text()) for one in actions]
        wanted = words.removeprefix(">").strip().casefold()

        def look() -> tuple[Sequence[Customer], list[int]]:
            found = () if is_command else desk.find_customers(words, most=CUSTOMERS_MOST)
            return found, fitting(wanted, names, desk.spelled)

        self._room.runner.query(
            self._owner,
            look,
            done=lambda found: show(
                [
                    *(self._customer(one, words) for one in found[0]),
                    *(self._command(actions[n], names[n], wanted) for n in found[1]),
                ]
            ),
        )

    def typed(self, words: str) -> None:
        """Take what fits nothing in the list like a scan of it."""
        if words.strip():
            self._take(words.strip().encode())

    def _customer(self, customer: Customer, words: str) -> Hit:
        name, code = customer.name, customer.code
        is_exact = words.casefold() in {name.casefold(), code.casefold()}
        return Hit(
            "building-2", f"{name}  {code}", self._room.wording.say(said.CUSTOMER), "",
            lambda: self._take(code.encode()), is_exact,
        )  # fmt: skip

    def _command(self, action: QAction, name: str, wanted: str) -> Hit:
        return Hit(
            "arrow-right", name, self._room.wording.say(said.COMMAND), key_said(action),
            action.trigger, name.casefold() == wanted,
        )  # fmt: skip


def fitting(
    wanted: str, names: Sequence[str], spelled: Callable[[str], tuple[str, str]]
) -> list[int]:
    """Return the places of the names that what is typed fits: who is called so is first.

    Of a Chinese name full pinyin and initials fit too, those it begins with before the rest.
    """
    ranked = []
    for n, name in enumerate(names):
        text = name.casefold()
        keys = () if wanted in text else spelled(name)
        fits = (
            text == wanted, wanted in text, wanted in keys,
            any(key.startswith(wanted) for key in keys), any(wanted in key for key in keys),
        )  # fmt: skip
        if any(fits):
            ranked.append((fits.index(True), n))
    return [n for _, n in sorted(ranked)]
