"""The inbox: what waits, what stands against deciding it, and the decision of a second person."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.approval import (
    REASON_LETTERS_MIN,
    ApprovalFacts,
    Decision,
    Verb,
    why_not_approve,
    why_not_decide,
    why_not_endorse,
    why_not_reject,
)
from erpdesk.domain.changes import Changes, Outcome, Seen
from erpdesk.domain.claim import Unidentified, claimed_entry
from erpdesk.domain.entry_rules import debits_of
from erpdesk.domain.ids import PersonName
from erpdesk.domain.invoice import PART
from erpdesk.domain.kinds import kind_of
from erpdesk.domain.money import Money
from erpdesk.domain.own_work import (
    Own,
    verbs_to_submit,
    why_not_submit,
    why_not_void,
    why_not_withdraw,
)
from erpdesk.domain.people import Person
from erpdesk.domain.posting_stop import why_not_post
from erpdesk.errors import StaleError, UserError
from erpdesk.services.asking import asking
from erpdesk.services.bundles import must_stand_alone, parts_of
from erpdesk.services.ports import Clock
from erpdesk.services.record_changes import Differing, changed_by, tax_problem_of
from erpdesk.services.risks import whole_risks
from erpdesk.services.submitting import must_be_ready_again, must_still_stand
from erpdesk.storage import inbox, people, unidentified
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import (
    Document,
    NextStep,
    StepRow,
    look,
    looks,
    steps_of,
    take_step,
    was_taken,
)
from erpdesk.storage.inbox import HeadRow
from erpdesk.storage.unit_of_work import Company, Unit

SentBack: TypeAlias = inbox.SentBack
AGREEING = frozenset({Verb.APPROVE, Verb.ENDORSE})
"""The verbs that stand for the text; a broken text may still be rejected."""
ANY_REASON = "—" * REASON_LETTERS_MIN
"""Asked with it, only what stands against refusing at all is answered."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that waits for a decision, and what stands against this person deciding it.

    ``amount`` is what it is about, ``risk_minor`` what is at risk with all that is decided with it,
    in minor units of the base currency.
    """

    head: HeadRow
    amount: Money
    risk_minor: int
    why_not_approve: UserError | None
    why_not_endorse: UserError | None

    @property
    def seen(self) -> Seen:
        """Return what a decision has to send back."""
        return Seen(self.head.seq, self.head.content_hash)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a person's approvals reach, and how much of the window is used, in minor units."""

    limit_minor: int
    window_minor: int
    used_minor: int


@dataclass(frozen=True, slots=True)
class OwnSteps:
    """What stands against each step that is its maker's; None: nothing does."""

    why_not_withdraw: UserError | None
    why_not_submit: UserError | None
    why_not_void: UserError | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with its steps, as it is put before somebody who decides, or who made it.

    ``reach`` is None where no limit is asked, or nothing is reached at all; ``parts`` are decided
    with it and posted after it. ``claims`` is the receipt from nobody known that it claims,
    ``changes`` what would change of a customer's record, ``tax_problem`` what is wrong with the
    tax number that would stand there.
    """

    document: Document
    steps: tuple[StepRow, ...]
    risk_minor: int
    why_not_approve: UserError | None
    why_not_endorse: UserError | None
    why_not_reject: UserError | None
    reach: Reach | None
    own: OwnSteps
    parts: tuple[Document, ...] = ()
    claims: Unidentified | None = None
    changes: Differing = ()
    tax_problem: str | None = None


@dataclass(frozen=True, slots=True)
class Approving:
    """Decides on other people's documents, as the person who opened the company."""

    company: Company
    clock: Clock

    def inbox(self) -> tuple[Waiting, ...]:
        """Return what waits, oldest first; what this person may not decide has its reason."""
        with self.company.database.reading() as connection:
            by = people.person_named(connection, self.company.person)
            heads = [head for head in inbox.waiting(connection) if head.kind != PART]
            debits: dict[str, Money | None] = {}
            texts = _noting(debits, looks(connection, [head.id for head in heads]))
            facts = self._facts(connection, heads, texts, by)
        return tuple(_waiting(head, debits[head.id], facts[head.id], by) for head in heads)

    def sent_back(self) -> tuple[SentBack, ...]:
        """Return what this person handed in and got or took back, and has not taken up again."""
        with self.company.database.reading() as connection:
            found = inbox.sent_back(connection, self.company.person)
            return tuple(one for one in found if one.head.kind != PART)

    def show(self, document_id: str) -> Shown:
        """Return a document as it stands; its text was hashed and parsed strictly again."""
        with self.company.database.reading() as connection:
            document = look(connection, document_id)
            by = people.person_named(connection, self.company.person)
            facts = self._facts_of(connection, document, by)
            steps = steps_of(connection, document_id)
            parts = parts_of(connection, document)
            entry = claimed_entry(document.content)
            claims = unidentified.of_entry(connection, entry) if entry else None
            changes = changed_by(connection, document)
        return Shown(
            document,
            steps,
            facts.risk_minor,
            why_not_approve(facts, by),
            why_not_endorse(facts, by),
            why_not_reject(facts, by, reason=ANY_REASON),
            _reach(facts, by),
            _own_steps(document, by, at=facts.at),
            parts,
            claims,
            changes,
            tax_problem_of(changes),
        )

    def submit(self, document: Document, *, step_id: str | None = None) -> Outcome[Document]:
        """Hand a draft on for a decision, or a rejected text once more, in a new round.

        Raises:
            UserError: what :func:`must_be_ready_again` finds against it.
        """
        return self._step(
            document,
            document.seen,
            verbs_to_submit(document.state),
            step_id=step_id,
            before=lambda unit: must_be_ready_again(unit, document.id),
        )

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
            OvertakenDecisionError: what it settles or changes is no longer what it was written on.
            StaleError: the document is no longer what was seen.
            UserError: what :func:`why_not_decide` names, or a rule that the text breaks.
        """
        with self.company.database.reading() as connection:
            document = look(connection, decision.document_id)
        verbs = (decision.verb.value, *_following(document.kind, decision.verb))
        return self._step(
            document,
            decision.seen,
            verbs,
            reason=decision.reason,
            step_id=step_id,
            before=lambda unit: self._must_decide(unit.connection, decision),
        )

    def _must_decide(self, connection: Connection, decision: Decision) -> None:
        document = look(connection, decision.document_id)
        by = people.person_named(connection, self.company.person)
        if document.seen != decision.seen:
            raise StaleError(number=document.number)
        refusal = why_not_decide(self._facts_of(connection, document, by), by, decision)
        if refusal is not None:
            raise refusal
        if decision.verb in AGREEING:
            must_still_stand(connection, document)

    def _step(
        self,
        document: Document,
        seen: Seen,
        verbs: tuple[str, ...],
        *,
        reason: str | None = None,
        step_id: str | None = None,
        before: Callable[[Unit], None] = lambda _: None,
    ) -> Outcome[Document]:
        with self.company.database.reading() as connection:
            must_stand_alone(document)
            parts = parts_of(connection, document)
        steps = self._steps(document, seen, verbs, step_id or self.company.new_id())
        for part in parts:
            steps += self._steps(part, part.seen, verbs, self.company.new_id())

        def work(unit: Unit) -> Document:
            if not was_taken(unit, steps[0]):
                before(unit)
                for step in steps:
                    take_step(unit, replace(step, reason=reason))
            return look(unit.connection, document.id)

        return Outcome(self.company.run(work), touched(document, *parts))

    def _steps(
        self, document: Document, seen: Seen, verbs: tuple[str, ...], first: str
    ) -> list[NextStep]:
        names = [first, *(self.company.new_id() for _ in verbs[1:])]
        return [
            NextStep(name, document.id, document.kind, Seen(seen.seq + n, seen.content_hash), verb)
            for n, (name, verb) in enumerate(zip(names, verbs, strict=True))
        ]

    def _facts_of(self, connection: Connection, document: Document, by: Person) -> ApprovalFacts:
        return self._facts(connection, [document], [document], by)[document.id]

    def _facts(
        self,
        connection: Connection,
        heads: Sequence[Document | HeadRow],
        texts: Iterable[Document],
        by: Person,
    ) -> dict[str, ApprovalFacts]:
        """Return the facts of documents with these texts; however many, they are asked for once."""
        now, risks = self.clock.now_us(), whole_risks(connection, texts)
        window = people.policy(connection, "window_us")
        log = inbox.facts(connection, heads, by.name, now_us=now, window_us=window)
        asked, failing = asking(connection, by.name, at=now), self.company.failing()

        def of(one: Document | HeadRow) -> ApprovalFacts:
            said = log[one.id]
            facts = asked.about(one, risk_minor=risks[one.id], made_by=said.made_by)
            own = facts.self_review
            return replace(
                facts,
                approved_in_window_minor=said.approved_in_window_minor,
                approved_for_customer_minor=(
                    said.approved_for_customer_minor if one.customer_id else None
                ),
                counted_by=frozenset(map(PersonName, said.counters)),
                endorsed_by=frozenset(map(PersonName, said.endorsed_by)),
                key_at_hand=self.company.signer is not None,
                self_review=own and replace(own, waited_us=now - (said.submitted_at or now)),
                posting_stopped=why_not_post(one.kind, failing),
            )

        return {one.id: of(one) for one in heads}


def _noting(debits: dict[str, Money | None], texts: Iterable[Document]) -> Iterator[Document]:
    """Note what each document debits while its text is here: it is read once."""
    for one in texts:
        debits[one.id] = debits_of(one.content)
        yield one


def _waiting(head: HeadRow, debits: Money | None, facts: ApprovalFacts, by: Person) -> Waiting:
    amount = debits or Money(facts.risk_minor, BASE_CURRENCY)
    against = why_not_approve(facts, by), why_not_endorse(facts, by)
    return Waiting(head, amount, facts.risk_minor, *against)


def _own_steps(document: Document, by: Person, *, at: int) -> OwnSteps:
    own = Own(document.kind, document.state, document.made_by == by.name, by.roles(at=at))
    return OwnSteps(why_not_withdraw(own), why_not_submit(own), why_not_void(own))


def _reach(facts: ApprovalFacts, by: Person) -> Reach | None:
    rows = [row for row in by.in_force(at=facts.at) if row.role in facts.roles]
    if not rows or not facts.limited:
        return None
    return Reach(
        max(row.limit_minor for row in rows),
        max(row.window_minor for row in rows),
        facts.approved_in_window_minor,
    )


def _following(kind: str, verb: Verb) -> tuple[str, ...]:
    posts = any(rule.verb == "post" for rule in kind_of(kind).transitions)
    return ("post",) if verb is Verb.APPROVE and posts else ()


def touched(*documents: Document) -> Changes:
    """Return what a step on these documents touches."""
    customers = frozenset(one.customer_id for one in documents if one.customer_id)
    items = {item["id"] for one in documents for item in one.content.get("items", ())}
    for link in (link for one in documents for link in one.content.get("allocations", ())):
        items |= {link[side] for side in ("charge", "credit") if side in link}
    return Changes(frozenset(one.id for one in documents), customers, frozenset(items))
