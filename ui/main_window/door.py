"""The door of the books: who may sign in, at once; then all the rest, while somebody looks."""

from typing import Final

from erpdesk.services.entrance import entrants
from erpdesk.services.ports import Clock
from ui.dialogs.sign_in import Caller

WINDOW: Final = (
    "ui.main_window.room", "ui.pages.home", "ui.main_window.registry", "ui.main_window.window",
)  # fmt: skip
"""What the window and its first page are made of, each portion loaded too quickly to be felt."""


def at_the_door(place: str, *, clock: Clock) -> tuple[Caller, ...]:
    """Return who may sign in, with as little loaded as can be.

    Raises:
        UserError, StorageError: the file cannot be opened.
    """
    found = entrants(place)
    if found is None:
        return known(place, clock=clock)
    return tuple(Caller(one.name, one.display, one.needs_password) for one in found)


def known(place: str, *, clock: Clock) -> tuple[Caller, ...]:
    """Return who may sign in and how each is found; the core is loaded for what comes after.

    Raises:
        UserError, StorageError: the file cannot be opened.
    """
    from erpdesk.bootstrap import callers

    return tuple(
        Caller(one.person.name, one.person.display, one.needs_password, one.spellings)
        for one in callers(place, clock=clock)
    )
