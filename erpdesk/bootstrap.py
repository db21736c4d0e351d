"""Builds the core once: a company opened by somebody, and the services on it."""

from collections.abc import Callable
from dataclasses import dataclass

from erpdesk.services.ports import Clock
from erpdesk.services.signing_in import SigningIn
from erpdesk.storage.database import is_url, open_database
from erpdesk.storage.unit_of_work import Company


@dataclass(frozen=True)
class Desk:
    """The services of one company for one person; each is made when first asked for."""

    company: Company
    clock: Clock
    signing_in: SigningIn


def open_desk(
    place: str,
    *,
    person: str | None = None,
    password: Callable[[str], str | None] = lambda _: None,
    clock: Clock,
) -> Desk:
    """Open a company; without a person, as the one who made it.

    ``password`` is asked only when the person has one.

    Raises:
        UserError, StorageError: whatever stands against it.
    """
    if is_url(place):
        return _open_server(place, person, password, clock)
    signing_in = SigningIn(open_database(place), clock, _pause)
    name = person or signing_in.first_person().name
    given = password(name) if signing_in.needs_password(name) else None
    return Desk(signing_in.sign_in(name, given), clock, signing_in)


def _open_server(
    place: str, person: str | None, password: Callable[[str], str | None], clock: Clock
) -> Desk:
    """Open a server as the login that is the person; the address may bring both."""
    given = password(person) if person else None
    database = open_database(place, person=person, password=given)
    name = person or database.engine.url.username or ""
    secret = given or database.engine.url.password
    signing_in = SigningIn(database, clock, _pause)
    return Desk(signing_in.sign_in(name, secret), clock, signing_in)


def _pause(seconds: float) -> None:
    import threading

    threading.Event().wait(seconds)
