"""What matters for who may decide on a document, whoever that will be: read once for many."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from erpdesk.domain.approval import ApprovalFacts, SelfReview
from erpdesk.domain.ids import PersonName
from erpdesk.domain.kinds import Transition, kind_of
from erpdesk.domain.people import Role
from erpdesk.storage import people
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.inbox import HeadRow


@dataclass(frozen=True, slots=True)
class Asking:
    """What holds for everything that somebody asks about now; ``at`` is in µs since 1970 UTC."""

    at: int
    two_person_minor: int
    self_review: SelfReview | None

    def about(
        self, one: Document | HeadRow, *, risk_minor: int, made_by: Iterable[str]
    ) -> ApprovalFacts:
        """Return what decides about a document of this amount at risk, made by these people."""
        rules = approve_rules(one.kind)
        return ApprovalFacts(
            state=one.state,
            made_by=frozenset(map(PersonName, made_by)),
            risk_minor=risk_minor,
            at=self.at,
            two_person_minor=self.two_person_minor,
            roles=frozenset(Role(rule.role) for rule in rules),
            limited=any(rule.limited for rule in rules),
            self_review=self.self_review,
        )


def asking(connection: Connection, person: str, *, at: int) -> Asking:
    """Return what holds for all that this person asks about now."""
    is_owner = people.owner_mode(connection, person, at_us=at)
    delay = people.policy(connection, "owner_delay_us") if is_owner else 0
    own = SelfReview(0, delay) if is_owner else None
    return Asking(at, people.policy(connection, "two_person_minor"), own)


@cache
def approve_rules(kind: str) -> tuple[Transition, ...]:
    """Return the rules by which a kind of document is approved."""
    return tuple(rule for rule in kind_of(kind).transitions if rule.verb == "approve")
