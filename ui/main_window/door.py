"""The door of the books: who may sign in, at once; then all the rest, while somebody looks."""

from erpdesk.services.entrance import entrants
from erpdesk.services.ports import Clock
from ui.dialogs.sign_in import Caller


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
    """Return who may sign in and how each is found; what comes after the sign-in is loaded.

    Raises:
        UserError, StorageError: the file cannot be opened.
    """
    from erpdesk.bootstrap import callers

    load_window()
    return tuple(
        Caller(one.person.name, one.person.display, one.needs_password, one.spellings)
        for one in callers(place, clock=clock)
    )


def load_window() -> None:
    """Load the window, in a lane: whoever types a password does not wait for it."""
    import ui.main_window.window  # noqa: F401
