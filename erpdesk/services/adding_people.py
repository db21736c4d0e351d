"""People join, roles change: at once while the books are set up, later when approved."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from erpdesk import keys
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.money import LIMIT_MINOR
from erpdesk.domain.people import Authority, Role, why_not_grant
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.services.submitting import must_be_ready
from erpdesk.storage import documents, people
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.founding import Grant, NewPerson, add_person
from erpdesk.storage.set_up import keep_person
from erpdesk.storage.unit_of_work import Company, Unit

__all__ = ["AddingPeople", "BadPersonNameError", "Grant", "checked_name", "grant_of", "keyed"]

LOSS_MINOR: Final = 1_000_00
"""What somebody may write off by default, in minor units of the base currency."""
NAME_BYTES_MAX: Final = 63


class BadPersonNameError(UserError):
    """This cannot be the name of a person."""


def checked_name(name: str) -> str:
    """Return a person's name as it is kept.

    Raises:
        BadPersonNameError: empty, too long, or with characters that cannot be seen.
    """
    plain = unicodedata.normalize("NFC", name).strip()
    if not plain or not plain.isprintable() or len(plain.encode()) > NAME_BYTES_MAX:
        raise BadPersonNameError(name=name)
    return plain


def grant_of(role: str, limit_minor: int | None) -> Grant:
    """Return a role with its approval limit; None: no limit."""
    limit = LIMIT_MINOR if limit_minor is None else limit_minor
    return Grant(role, limit, LOSS_MINOR, min(limit * 10, LIMIT_MINOR))


def keyed(
    name: str, display: str | None, grants: tuple[Grant, ...], password: str,
    cost: keys.Cost | None = None,
) -> NewPerson:  # fmt: skip
    """Return somebody with a key under their password; an empty password makes none."""
    if not password:
        return NewPerson(name, display or name, grants)
    pair = keys.new_key_pair(password, cost=cost)
    return NewPerson(
        name, display or name, grants, public_key=pair.public_key, wrapped=pair.wrapped,
        salt=pair.salt, verifier=keys.verifier(password, cost=cost),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AddingPeople:
    """Adds people to a company's file and asks for other rights."""

    company: Company
    clock: Clock
    cost: keys.Cost | None = None

    def is_set_up(self) -> bool:
        """Say whether set-up is over: what people may do is approved from then on."""
        with self.company.database.reading() as connection:
            return not people.in_set_up(connection)

    def add(
        self, name: str, display: str, grants: tuple[Grant, ...], password: str = ""
    ) -> Outcome[Document | None]:
        """Add somebody; None where it holds at once, else the document that waits for approval.

        After set-up a person joins without a password and sets their own when they sign in.

        Raises:
            BadPersonNameError, RefusedError: nobody was added.
        """
        name = checked_name(name)
        if self.is_set_up():
            fresh = NewPerson(name, display or name, ())
            document = self.ask_for(name, grants, fresh=fresh)
            return Outcome(document, Changes(documents=frozenset({document.id})))
        fresh = keyed(name, display, grants, password, self.cost)
        now_us = self.clock.now_us()
        self.company.run(lambda unit: add_person(unit.connection, fresh, at_us=now_us))
        return Outcome(None, Changes())

    def ask_for(
        self, name: str, grants: tuple[Grant, ...], *, ends: bool = False,
        fresh: NewPerson | None = None,
    ) -> Document:  # fmt: skip
        """Draft and submit the document that says what somebody may do from now on.

        Raises:
            AdminAloneError, CashAndBooksError: such roles are never in one hand.
            UserError: whatever else stands against it; nobody was added.
        """
        rows = [
            {"id": self.company.new_id(), "person": name, "role": grant.role}
            | ({"to": 1} if ends else _limits(grant))
            for grant in grants
        ]
        return self.company.run(lambda unit: _submitted(unit, name, rows, fresh))


def _limits(grant: Grant) -> dict[str, int]:
    return {
        "limit": grant.limit_minor,
        "loss_limit": grant.loss_limit_minor,
        "window": grant.window_minor,
    }


def _submitted(
    unit: Unit, name: str, rows: list[dict[str, Any]], fresh: NewPerson | None
) -> Document:
    """Add the person, where they are new, and their document in one transaction."""
    if fresh is not None:
        add_person(unit.connection, fresh, at_us=unit.clock.now_us())
        keep_person(unit, fresh.name)
    _must_be_apart(unit, name, rows)
    document = unit.new_id()
    text = {"authority": rows}
    seen = documents.draft(unit, "authority", document, text, step_id=unit.new_id())
    must_be_ready(unit, document)
    step = NextStep(unit.new_id(), document, "authority", seen, "submit")
    documents.take_step(unit, step)
    return documents.look(unit.connection, document)


def _must_be_apart(unit: Unit, name: str, rows: Iterable[dict[str, Any]]) -> None:
    """Go on only where nobody would hold roles that stand against one another."""
    now_us = unit.clock.now_us()
    person = people.person_named(unit.connection, name)
    is_owner = people.owner_mode(unit.connection, name, at_us=now_us)
    for row in rows:
        given = Authority(person.name, Role(row["role"]), now_us, row.get("to"))
        refusal = why_not_grant(person, given, owner_mode=is_owner)
        if refusal is not None:
            raise refusal
        person = replace(person, authorities=(*person.authorities, given))
