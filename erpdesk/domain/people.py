"""People, the roles they hold, and how far each role reaches."""

from dataclasses import dataclass
from enum import StrEnum

from erpdesk.domain.ids import PersonName
from erpdesk.errors import UserError


class Role(StrEnum):
    """What a person may be granted; the words for them are in ``words.py``."""

    COUNTER = "counter"
    ACCOUNTANT = "accountant"
    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    DIRECTOR = "director"
    COLLECTOR = "collector"
    AUDITOR = "auditor"
    ADMIN = "admin"


OFFICE = frozenset({Role.SUPERVISOR, Role.DIRECTOR})
"""The roles that decide on other people's work."""

BOOKS = frozenset({Role.ACCOUNTANT, Role.SUPERVISOR, Role.DIRECTOR})
"""The roles that may not handle cash too."""

READS_BOOKS = frozenset(Role) - {Role.COUNTER, Role.ADMIN}
"""The roles that read the ledger, and so never count blind."""


class AdminAloneError(UserError):
    """Whoever administers users may hold no other role."""


class CashAndBooksError(UserError):
    """Cash and books may not be in one hand."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One role of one person for a time, with its limits in minor units of the base currency.

    ``valid_from`` and ``valid_to`` are microseconds since 1970 UTC; without ``valid_to`` it has no
    end. A limit of 0 approves no amount.
    """

    person: PersonName
    role: Role
    valid_from: int
    valid_to: int | None = None
    limit_minor: int = 0
    loss_limit_minor: int = 0
    window_minor: int = 0

    def in_force(self, at: int) -> bool:
        """Say whether it holds at a moment."""
        return self.valid_from <= at and (self.valid_to is None or self.valid_to > at)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in: the name of the login, the name people see, and the rights so far."""

    name: PersonName
    display: str
    authorities: tuple[Authority, ...] = ()
    public_key: bytes | None = None

    def authority(self, role: Role, *, at: int) -> Authority | None:
        """Return what holds for a role at a moment: the latest row, if it is in force."""
        rows = [row for row in self.authorities if row.role == role]
        last = max(rows, key=lambda row: row.valid_from, default=None)
        return last if last and last.in_force(at) else None

    def in_force(self, *, at: int) -> tuple[Authority, ...]:
        """Return every authority the person has at a moment, at most one a role."""
        return tuple(row for role in Role if (row := self.authority(role, at=at)))

    def roles(self, *, at: int) -> frozenset[Role]:
        """Return the roles the person has at a moment."""
        return frozenset(row.role for row in self.in_force(at=at))


def why_not_grant(person: Person, new: Authority, *, owner_mode: bool = False) -> UserError | None:
    """Return what stands against giving a person a further role.

    Ending a role is always possible. While owner mode lasts its owner may hold cash and books.
    """
    if not new.in_force(new.valid_from):
        return None
    others = person.roles(at=new.valid_from) - {new.role}
    if others and Role.ADMIN in others | {new.role}:
        return AdminAloneError(person=person.name, role=new.role)
    both = others | {new.role}
    if Role.CASHIER in both and both & BOOKS and not owner_mode:
        return CashAndBooksError(person=person.name, role=new.role)
    return None
