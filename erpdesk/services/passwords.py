"""A person's own password: one secret that opens the books and the key that signs."""

from dataclasses import dataclass, replace

from erpdesk import keys
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.errors import UserError
from erpdesk.keys import WrappedKey, WrongPasswordError
from erpdesk.storage import people
from erpdesk.storage.people import KeyRow
from erpdesk.storage.unit_of_work import Company, Unit


class PasswordEmptyError(UserError):
    """An empty password protects nothing."""


@dataclass(frozen=True, slots=True)
class ChangingPassword:
    """Changes the password of whoever is signed in; nobody changes another's."""

    company: Company
    cost: keys.Cost | None = None

    def change(self, password: str | None, new_password: str) -> Outcome[None]:
        """Let the new password open what the old one opened; the key that signs stays the same.

        ``password`` is None for somebody who had none.

        Raises:
            PasswordEmptyError, WrongPasswordError: nothing was changed.
        """
        if not new_password:
            raise PasswordEmptyError
        person = self.company.person
        with self.company.database.reading() as connection:
            known = people.key_of(connection, person)
        fresh = self._fresh(known, password, new_password)

        def work(unit: Unit) -> None:
            if unit.is_server:
                from erpdesk.storage.postgres_setup import change_password

                change_password(unit.connection, person, new_password)
            if fresh is not None:
                people.keep_key(unit.connection, person, fresh, at_us=unit.clock.now_us())

        self.company.run(work)
        return Outcome(None, Changes())

    def _fresh(self, known: KeyRow | None, password: str | None, new: str) -> KeyRow | None:
        """Return the row that takes the place of the known one; a server keeps no verifier."""
        is_server = self.company.database.is_server
        if known is None:
            made = keys.verifier(new, cost=self.cost)
            return None if is_server else KeyRow(None, None, None, made)
        if known.verifier is not None and not keys.matches(known.verifier, password or ""):
            raise WrongPasswordError
        row = self._rewrapped(known, password or "", new)
        return row if is_server else replace(row, verifier=keys.verifier(new, cost=self.cost))

    def _rewrapped(self, known: KeyRow, password: str, new: str) -> KeyRow:
        if known.public_key is None or known.wrapped is None or known.salt is None:
            return known
        wrapped = WrappedKey(known.public_key, known.wrapped, known.salt)
        again = keys.rewrap(wrapped, password, new, cost=self.cost)
        return replace(known, wrapped=again.wrapped, salt=again.salt)
