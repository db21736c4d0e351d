"""Making a company that can be used at once; more people while it is being set up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from erpdesk import keys
from erpdesk.domain.money import LIMIT_MINOR
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.standards.numbers import clean_tax_id, tax_id_problem
from erpdesk.storage.database import Database, is_url, open_database
from erpdesk.storage.firm import say_firm
from erpdesk.storage.founding import Grant, NewPerson, add_person, found_file
from erpdesk.storage.refusals import DiskFullError, NotSyncedError

FIRST_ROLES = ("accountant", "supervisor", "director", "collector", "counter")
CASHIER_ROLES = ("cashier", "counter")
"""What one who handles money may do beside: neither keep the books, nor approve, nor chase."""


class FirmTaxNumberError(UserError):
    """What is said to be the tax number of the firm is none."""


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody who joins while the company is set up; ``password`` None: none is asked for."""

    name: str
    display: str
    grants: tuple[Grant, ...]
    password: str | None = None


def first_person(name: str, password: str | None = None) -> Joining:
    """Return the one at the computer, with every role that one person may hold."""
    grants = tuple(Grant(role, LIMIT_MINOR, LIMIT_MINOR, LIMIT_MINOR) for role in FIRST_ROLES)
    return Joining(name, name, grants, password)


def cashier(name: str, password: str | None = None) -> Joining:
    """Return the one who records what is paid."""
    return Joining(name, name, tuple(Grant(role, 0, 0, 0) for role in CASHIER_ROLES), password)


def checked_firm(said: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of a firm, its tax number written plainly.

    Raises:
        FirmTaxNumberError: the number has a wrong check character, length or letter.
    """
    number = said.get("tax_id", "")
    if not number:
        return dict(said)
    if tax_id_problem(number) is not None:
        raise FirmTaxNumberError(number=number)
    return {**said, "tax_id": clean_tax_id(number)}


@dataclass(frozen=True, slots=True)
class Companies:
    """Makes companies and adds people to those still in set-up."""

    clock: Clock
    cost: keys.Cost | None = None

    def make(
        self, place: str, people: tuple[Joining, ...], *, said: Mapping[str, str] | None = None
    ) -> None:
        """Make a company with its people, still in set-up; nothing is left behind on refusal.

        ``said`` is what is known of the firm: name, address, phone, bank_account and so on.

        Raises:
            CompanyExistsError: there is something at this place.
            FirmTaxNumberError: the tax number of the firm is none.
        """
        firm = checked_firm(said or {})
        if is_url(place):
            self._make_on_server(place, people, firm)
        else:
            self._make_file(place, people, firm)

    def _make_file(self, place: str, people: tuple[Joining, ...], said: Mapping[str, str]) -> None:
        database = open_database(place, create=True)
        made = False
        try:
            self._fill(database, people, said)
            made = True
        except NotSyncedError as error:  # nothing is left of it
            raise DiskFullError from error
        finally:
            database.close()
            if not made:
                for tail in ("", "-wal", "-shm"):
                    Path(place + tail).unlink(missing_ok=True)

    def _fill(
        self, database: Database, people: tuple[Joining, ...], said: Mapping[str, str]
    ) -> None:
        with database.writing() as connection:
            found_file(connection, first_month=self._first_month())
            for person in people:
                add_person(connection, self._keyed(person), at_us=self.clock.now_us())
            say_firm(connection, said)

    def _make_on_server(
        self, place: str, people: tuple[Joining, ...], said: Mapping[str, str]
    ) -> None:
        from erpdesk.storage import postgres_founding

        postgres_founding.make(
            place,
            [(self._keyed(person), person.password) for person in people],
            first_month=self._first_month(),
            at_us=self.clock.now_us(),
            said=said,
        )

    def _first_month(self) -> date:
        """Return January of three years ago: old items keep their days, postings need a period."""
        return date(self.clock.today().year - 3, 1, 1)

    def _keyed(self, person: Joining) -> NewPerson:
        plain = NewPerson(person.name, person.display, person.grants)
        if person.password is None:
            return plain
        pair = keys.new_key_pair(person.password, cost=self.cost)
        return NewPerson(
            person.name,
            person.display,
            person.grants,
            public_key=pair.public_key,
            wrapped=pair.wrapped,
            salt=pair.salt,
            verifier=keys.verifier(person.password, cost=self.cost),
        )
