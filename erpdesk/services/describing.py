"""What the books are: whose, by which rules, how far locked; and who may do what in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from erpdesk.domain.money import LIMIT_MINOR
from erpdesk.domain.people import Role
from erpdesk.services.ports import Clock
from erpdesk.storage import describing, firm, migrations, people
from erpdesk.storage.unit_of_work import Company


@dataclass(frozen=True, slots=True)
class BooksFacts:
    """The books as they are: the firm, numbers of the policy, the locked months, the chart.

    They are in set-up until the first document is posted.
    """

    firm: Mapping[str, str]
    policies: Mapping[str, int]
    in_set_up: bool
    locked: tuple[str, ...]
    accounts: int
    version: str


@dataclass(frozen=True, slots=True)
class Right:
    """One role in force; ``limit_minor`` None: no limit is set."""

    role: Role
    limit_minor: int | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody and what they may do now."""

    name: str
    display: str
    rights: tuple[Right, ...]
    has_password: bool
    is_owner: bool


@dataclass(frozen=True, slots=True)
class Describing:
    """Reads what the books are, and changes nothing."""

    company: Company
    clock: Clock

    def books(self) -> BooksFacts:
        """Return the books as they are."""
        with self.company.database.reading() as connection:
            return BooksFacts(
                firm.firm_of(connection), describing.policies(connection),
                people.in_set_up(connection), describing.locked_months(connection),
                describing.account_count(connection), migrations.current(connection),
            )  # fmt: skip

    def people(self) -> tuple[PersonFacts, ...]:
        """Return everybody with the rights in force."""
        at = self.clock.now_us()
        with self.company.database.reading() as connection:
            return tuple(
                PersonFacts(
                    one.name, one.display,
                    tuple(Right(a.role, _limit(a.limit_minor)) for a in one.in_force(at=at)),
                    self.company.database.is_server or _has_password(
                        people.key_of(connection, one.name)
                    ),
                    people.owner_mode(connection, one.name, at_us=at),
                )
                for one in people.everybody(connection)
            )  # fmt: skip


def _limit(minor: int) -> int | None:
    return None if minor >= LIMIT_MINOR else minor


def _has_password(key: people.KeyRow | None) -> bool:
    return key is not None and key.verifier is not None
