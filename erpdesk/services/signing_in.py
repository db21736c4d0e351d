"""Who is here: a name and a password become a company opened by that person."""

from collections.abc import Callable
from dataclasses import dataclass

from erpdesk import keys
from erpdesk.domain.ids import PersonName
from erpdesk.domain.people import Person
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.storage import people
from erpdesk.storage.database import Database, open_database
from erpdesk.storage.people import KeyRow
from erpdesk.storage.unit_of_work import Company, record_sign_in


class PasswordNeededError(UserError):
    """This person has a password; it was not given."""


class NobodyHereError(UserError):
    """The company has no people yet."""


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Opens a company for somebody who shows to be who they say."""

    database: Database
    clock: Clock
    pause: Callable[[float], None] = lambda _: None

    def everybody(self) -> tuple[Person, ...]:
        """Return the people one may sign in as."""
        with self.database.reading() as connection:
            return people.everybody(connection)

    def first_person(self) -> Person:
        """Return the person who made the company: the one at the computer.

        Raises:
            NobodyHereError: there is nobody.
        """
        everybody = self.everybody()
        if not everybody:
            raise NobodyHereError
        return everybody[0]

    def needs_password(self, name: str) -> bool:
        """Say whether signing in as this person asks for a password."""
        with self.database.reading() as connection:
            person = people.person_named(connection, name)
            key = people.key_of(connection, person.name)
        return self.database.is_server or (key is not None and key.verifier is not None)

    def sign_in(self, name: str, password: str | None) -> Company:
        """Open the company as this person; approvals are signed where they have a key.

        Raises:
            NoSuchPersonError: nobody is called so.
            PasswordNeededError: a password is asked for and was not given.
            WrongPasswordError: it is not theirs.
        """
        with self.database.reading() as connection:
            person = people.person_named(connection, name)
            key = people.key_of(connection, person.name)
        signer = self._signer(key, password)
        company = Company(self.database, PersonName(person.name), self.clock, signer, self.pause)
        if not self.database.is_server:
            with self.database.writing() as connection:
                method = "passphrase" if key else "none"
                record_sign_in(connection, person.name, at_us=self.clock.now_us(), method=method)
        return company

    def prove(self, name: str, password: str) -> None:
        """Go on only when this is the person's password; nothing is signed in or stored.

        Raises:
            WrongPasswordError, CannotConnectError: it is not theirs.
        """
        if self.database.is_server:
            self._try(name, password)
            return
        with self.database.reading() as connection:
            key = people.key_of(connection, PersonName(name))
        self._signer(key, password)

    def _try(self, name: str, password: str) -> None:
        asked = open_database(self.database.place, person=name, password=password)
        try:
            with asked.reading():
                return
        finally:
            asked.close()

    def _signer(self, key: KeyRow | None, password: str | None) -> Callable[[bytes], bytes] | None:
        if key is None:
            return None
        if password is None:
            raise PasswordNeededError
        if key.verifier is not None and not keys.matches(key.verifier, password):
            raise keys.WrongPasswordError
        if key.public_key is None or key.wrapped is None or key.salt is None:
            return None
        wrapped = keys.WrappedKey(key.public_key, key.wrapped, key.salt)
        return keys.unwrap(wrapped, password).sign
