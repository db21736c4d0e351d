"""The door of the books: who may sign in, at once; then all the rest, while somebody looks."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from erpdesk.services.entrance import entrants
from erpdesk.services.ports import Clock
from ui.dialogs.sign_in import Caller, SignIn
from ui.main_window.books import told
from ui.work.runner import Runner

if TYPE_CHECKING:  # loaded while somebody looks at the sign-in
    from erpdesk.services.keeping.listing_backups import Backups

WINDOW: Final = (
    "ui.main_window.room", "ui.pages.home.page", "ui.main_window.registry", "ui.main_window.window",
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


def tell_backup(dialog: SignIn, place: str, folder: Path, runner: Runner, clock: Clock) -> None:
    """Let the sign-in say when the last good backup was made; one of a server is not ours."""
    from erpdesk.bootstrap import backups
    from ui.main_window.backup_light import last_said

    def show(found: "Backups") -> None:
        if found.is_ours:
            is_too_old = found.is_too_old(clock.now_us())
            dialog.show_backup(*last_said(found, clock.today(), is_too_old=is_too_old))

    runner.query(
        dialog, lambda: told(lambda: backups(place, folder)), done=show, refused=lambda _: None
    )
