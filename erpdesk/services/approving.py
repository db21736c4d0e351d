"""The inbox: what waits, what stands against deciding it, and the decision of a second person."""

from dataclasses import dataclass

from erpdesk.domain.approval import (
    ApprovalFacts,
    Decision,
    SelfReview,
    Verb,
    why_not_approve,
    why_not_decide,
    why_not_endorse,
)
from erpdesk.domain.changes import Changes, Outcome, Seen
from erpdesk.domain.entry_rules import check_content, risk_minor
from erpdesk.domain.ids import PersonName
from erpdesk.domain.kinds import Transition, kind_of
from erpdesk.domain.people import Person, Role
from erpdesk.errors import StaleError, UserError
from erpdesk.services.ports import Clock
from erpdesk.storage import inbox, people
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document, NextStep, StepRow, look, steps_of, take_step
from erpdesk.storage.inbox import HeadRow
from erpdesk.storage.unit_of_work import Company, Unit


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that waits for a decision, and what stands against this person deciding it.

    ``risk_minor`` is the amount at risk in minor units of the base currency.
    """

    head: HeadRow
    risk_minor: int
    why_not_approve: UserError | None
    why_not_endorse: UserError | None

    @property
    def seen(self) -> Seen:
        """Return what a decision has to send back."""
        return Seen(self.head.seq, self.head.content_hash)


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with its steps, as it is put before somebody who decides."""

    document: Document
    steps: tuple[StepRow, ...]
    risk_minor: int
    why_not_approve: UserError | None


@dataclass(frozen=True, slots=True)
class Approving:
    """Decides on other people's documents, as the person who opened the company."""

    company: Company
    clock: Clock

    def inbox(self) -> tuple[Waiting, ...]:
        """Return what waits, oldest first; what this person may not decide has its reason."""
        with self.company.database.reading() as connection:
            by = people.person_named(connection, self.company.person)
            heads = inbox.waiting(connection)
            return tuple(self._waiting(connection, head, by) for head in heads)

    def _waiting(self, connection: Connection, head: HeadRow, by: Person) -> Waiting:
        facts = self._facts(connection, look(connection, head.id), by)
        return Waiting(
            head, facts.risk_minor, why_not_approve(facts, by), why_not_endorse(facts, by)
        )

    def show(self, document_id: str) -> Shown:
        """Return a document as it stands; its text was hashed and parsed strictly again."""
        with self.company.database.reading() as connection:
            document = look(connection, document_id)
            by = people.person_named(connection, self.company.person)
            facts = self._facts(connection, document, by)
            steps = steps_of(connection, document_id)
            return Shown(document, steps, facts.risk_minor, why_not_approve(facts, by))

    def submit(self, document: Document, *, step_id: str | None = None) -> Outcome[Document]:
        """Hand a draft on for a decision."""
        return self._step(document, document.seen, ("submit",), step_id=step_id)

    def withdraw(self, document: Document, *, step_id: str | None = None) -> Outcome[Document]:
        """Take a submitted document back, before anybody decided."""
        return self._step(document, document.seen, ("withdraw",), step_id=step_id)

    def void(
        self, document: Document, reason: str, *, step_id: str | None = None
    ) -> Outcome[Document]:
        """Give a draft or rejected document up; its number stays."""
        return self._step(document, document.seen, ("void",), reason=reason, step_id=step_id)

    def decide(self, decision: Decision, *, step_id: str | None = None) -> Outcome[Document]:
        """Carry out a decision on exactly what was seen; an approval posts in the same transaction.

        Raises:
            StaleError: the document is no longer what was seen.
            UserError: what :func:`why_not_decide` names.
        """
        with self.company.database.reading() as connection:
            document = look(connection, decision.document_id)
            by = people.person_named(connection, self.company.person)
            facts = self._facts(connection, document, by)
        if document.seen != decision.seen:
            raise StaleError(number=document.number)
        refusal = why_not_decide(facts, by, decision)
        if refusal is not None:
            raise refusal
        check_content(document.kind, document.content)
        verbs = (decision.verb.value, *_following(document.kind, decision.verb))
        return self._step(document, decision.seen, verbs, reason=decision.reason, step_id=step_id)

    def _step(
        self,
        document: Document,
        seen: Seen,
        verbs: tuple[str, ...],
        *,
        reason: str | None = None,
        step_id: str | None = None,
    ) -> Outcome[Document]:
        first = step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            now = seen
            for n, verb in enumerate(verbs):
                name = unit.new_id() if n else first
                step = NextStep(name, document.id, document.kind, now, verb, reason)
                now = take_step(unit, step)
            return look(unit.connection, document.id)

        return Outcome(self.company.run(work), touched(document))

    def _facts(self, connection: Connection, document: Document, by: Person) -> ApprovalFacts:
        now = self.clock.now_us()
        window = people.policy(connection, "window_us")
        log = inbox.facts(connection, document, by.name, now_us=now, window_us=window)
        rules = _approve_rules(document.kind)
        return ApprovalFacts(
            state=document.state,
            made_by=frozenset(map(PersonName, log.worked_on - log.counters - log.endorsed_by)),
            risk_minor=risk_minor(document.content),
            at=now,
            two_person_minor=people.policy(connection, "two_person_minor"),
            approved_in_window_minor=log.approved_in_window_minor,
            approved_for_customer_minor=log.approved_for_customer_minor
            if document.customer_id
            else None,
            counted_by=frozenset(map(PersonName, log.counters)),
            endorsed_by=frozenset(map(PersonName, log.endorsed_by)),
            roles=frozenset(Role(rule.role) for rule in rules),
            limited=any(rule.limited for rule in rules),
            key_at_hand=self.company.signer is not None,
            self_review=self._self_review(connection, log.submitted_at, by, now),
        )

    def _self_review(
        self, connection: Connection, submitted_at: int | None, by: Person, now: int
    ) -> SelfReview | None:
        if submitted_at is None or not people.owner_mode(connection, by.name, at_us=now):
            return None
        return SelfReview(now - submitted_at, people.policy(connection, "owner_delay_us"))


def _approve_rules(kind: str) -> tuple[Transition, ...]:
    return tuple(rule for rule in kind_of(kind).transitions if rule.verb == "approve")


def _following(kind: str, verb: Verb) -> tuple[str, ...]:
    posts = any(rule.verb == "post" for rule in kind_of(kind).transitions)
    return ("post",) if verb is Verb.APPROVE and posts else ()


def touched(document: Document) -> Changes:
    """Return what a step on a document touches."""
    customers = frozenset({document.customer_id} if document.customer_id else ())
    items = {item["id"] for item in document.content.get("items", ())}
    for link in document.content.get("allocations", ()):
        items |= {link[side] for side in ("charge", "credit") if side in link}
    return Changes(frozenset({document.id}), customers, frozenset(items))
