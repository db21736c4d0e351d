"""Follow-up: promises to pay and disputes, written down once and in view until they are ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from erpdesk.domain import dispute as dispute_of
from erpdesk.domain import promise as promise_of
from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Outcome
from erpdesk.domain.dispute import DISPUTE, RAISED, Dispute, Ground
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.kinds import JOURNAL_SERIES
from erpdesk.domain.money import Money
from erpdesk.domain.promise import PROMISE, PROMISED, WAITS, Kept, Promise
from erpdesk.errors import UserError
from erpdesk.services.approving import touched
from erpdesk.services.kept_looks import NAMING, KeptLook
from erpdesk.services.ports import Clock
from erpdesk.services.receipts import NoSuchItemError
from erpdesk.services.writing import Writing
from erpdesk.storage import document_texts, documents, inbox, ledger, promised
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.inbox import HeadRow
from erpdesk.storage.unit_of_work import Company, Unit

RESOLVED = "resolved"
STATES = {PROMISE: PROMISED, DISPUTE: RAISED}
"""The state in which a promise or a dispute stands until it is ended."""


class NothingToEndError(UserError):
    """This is no promise and no dispute that still stands."""


@dataclass(frozen=True, slots=True)
class FollowWanted:
    """What is followed up with this customer is to be seen."""

    customer_id: str


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise in a list; ``waits``: its day is over, it is not paid and nobody ended it."""

    id: str
    number: str
    customer_id: str
    customer_name: str
    amount: Money
    left: Money
    due: date
    said_on: date
    by: str
    note: str
    kept: Kept
    made_by: str
    made_at: int
    waits: bool
    ended: str


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute in a list; ``ended`` is the reason of who ended it, empty while it stands."""

    id: str
    number: str
    customer_id: str
    customer_name: str
    item: str
    label: str
    amount: Money
    ground: Ground
    note: str
    made_by: str
    made_at: int
    ended: str


def owed_by(connection: Connection, customer_id: str, currency: str) -> Money:
    """Return what a customer owes in a currency, invoiced or not, whatever they have paid ahead."""
    rows = ledger.balances(connection, customer_id)
    row = next((one for one in rows if one.currency == currency), None)
    return Money(row.billed_minor + row.unbilled_minor if row else 0, currency)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Writes down what customers promise and contest, and how it ended."""

    company: Company
    clock: Clock

    def promise(
        self, customer: CustomerRow, amount: Money, due: date, *, by: str = "", note: str = ""
    ) -> Outcome[Document]:
        """Write a promise down.

        Raises:
            PromiseAmountError, PromiseDayError: it is none; nothing was stored.
        """
        today = self.clock.today()
        with self.company.database.reading() as connection:
            owed = owed_by(connection, customer.id, amount.currency)
        made = Promise("", customer.id, amount, due, today, by, note)
        if refusal := promise_of.why_not_promise(made, owed, today=today):
            raise refusal
        text = promise_of.content(made)
        return Writing(self.company).draft(PROMISE, text, then=("promise",))

    def dispute(
        self,
        customer: CustomerRow,
        item: str,
        ground: Ground,
        note: str,
        *,
        evidence: tuple[Evidence, ...] = (),
    ) -> Outcome[Document]:
        """Write down that an item, by its number or id, is contested.

        Raises:
            NoSuchItemError: it is not open, or not one alone.
            UserError: what stands against it; nothing was stored.
        """
        with self.company.database.reading() as connection:
            items = ledger.open_items(connection, customer.id)
            known = {one.item for one in disputes_of(connection, customer.id) if not one.ended}
        found = [one for one in items if item in {one.label, one.id}]
        if len(found) != 1:
            raise NoSuchItemError(item=item)
        row = found[0]
        made = Dispute(
            customer.id, row.id, row.label, row.open_minor, row.currency, ground, note, evidence
        )
        if refusal := dispute_of.why_not_dispute(made, is_disputed=row.id in known):
            raise refusal
        return Writing(self.company).draft(DISPUTE, dispute_of.content(made), then=("raise",))

    def end(self, reference: str, reason: str) -> Outcome[Document]:
        """End a promise or a dispute: how it came out.

        Raises:
            ReasonTooShortError: nobody could tell later.
            NothingToEndError: it is neither, or it was ended.
        """
        if refusal := why_not_reason(reason):
            raise refusal
        with self.company.database.reading() as connection:
            found = documents.look(connection, documents.find(connection, reference))
        if STATES.get(found.kind) != found.state:
            raise NothingToEndError(number=found.number or found.id)

        def work(unit: Unit) -> Document:
            step = NextStep(unit.new_id(), found.id, found.kind, found.seen, "resolve", reason)
            documents.take_step(unit, step)
            return documents.look(unit.connection, found.id)

        done = self.company.run(work)
        return Outcome(done, touched(done))

    def promises(self, customer_id: str | None = None) -> tuple[PromiseLine, ...]:
        """Return every promise of a customer, or of all, the earliest due first."""
        with self.company.database.reading() as connection:
            return promises_of(connection, customer_id, today=self.clock.today())

    def disputes(self, customer_id: str | None = None) -> tuple[DisputeLine, ...]:
        """Return every dispute of a customer, or of all, the oldest first."""
        with self.company.database.reading() as connection:
            return disputes_of(connection, customer_id)


def promises_of(
    connection: Connection, customer_id: str | None = None, *, today: date
) -> tuple[PromiseLine, ...]:
    """Return promises with how each stands, judged customer by customer."""
    heads = _heads(connection, PROMISE, customer_id)
    said = document_texts.texts(connection, heads)
    ended = document_texts.reasons(connection, heads, verb="resolve")
    paid = promised.paid_by(connection, {head.customer_id or "" for head in heads.values()})
    made: dict[str, list[Promise]] = {}
    for head in heads.values():
        made.setdefault(head.customer_id or "", []).append(_promise(head, said[head.id]))
    lines = [
        _promise_line(heads[one.promise.id], one, ended.get(one.promise.id, ""))
        for owner, theirs in made.items()
        for one in promise_of.judged(theirs, paid.get(owner, ()), today=today)
    ]
    return tuple(sorted(lines, key=lambda one: (one.due, one.number)))


def _heads(connection: Connection, kind: str, customer_id: str | None) -> dict[str, HeadRow]:
    states = STATES[kind], RESOLVED
    found = inbox.documents(connection, kind=kind, states=states, customer_id=customer_id)
    return {one.id: one for one in found}


def _promise(head: HeadRow, text: dict[str, Any]) -> Promise:
    said = text["promise"]
    return Promise(
        head.id, head.customer_id or "", Money(said["amount"], said["currency"]),
        date.fromisoformat(said["due"]), date.fromisoformat(said["day"]), said.get("by", ""),
        text.get("memo", ""), head.made_at,
    )  # fmt: skip


def _promise_line(head: HeadRow, one: promise_of.Judged, ended: str) -> PromiseLine:
    promise = one.promise
    return PromiseLine(
        head.id, head.number or "", promise.customer, head.customer_name or "", promise.amount,
        one.left, promise.due, promise.said_on, promise.by, promise.note, one.kept, head.made_by,
        head.made_at, waits=one.kept in WAITS and not ended, ended=ended,
    )  # fmt: skip


def disputes_of(connection: Connection, customer_id: str | None = None) -> tuple[DisputeLine, ...]:
    """Return disputes, of a customer or of all, the oldest first."""
    heads = _heads(connection, DISPUTE, customer_id)
    said = document_texts.texts(connection, heads)
    ended = document_texts.reasons(connection, heads, verb="resolve")
    return tuple(
        _dispute_line(head, said[head.id], ended.get(head.id, "")) for head in heads.values()
    )


def _dispute_line(head: HeadRow, text: dict[str, Any], ended: str) -> DisputeLine:
    said = text["dispute"]
    return DisputeLine(
        head.id, head.number or "", head.customer_id or "", head.customer_name or "",
        said["item"], said["label"], Money(said["open"], said["currency"]),
        Ground(said["ground"]), text.get("memo", ""), head.made_by, head.made_at, ended,
    )  # fmt: skip


def waiting(lines: Iterable[PromiseLine]) -> tuple[PromiseLine, ...]:
    """Return the promises somebody has to do something about."""
    return tuple(line for line in lines if line.waits)


def kept_promises(company: Company, clock: Clock) -> KeptLook[tuple[PromiseLine, ...]]:
    """Return the look at the promises somebody has to do something about: what pays moves them."""
    return KeptLook(
        company, lambda one: waiting(promises_of(one, today=clock.today())),
        kinds={PROMISE, *JOURNAL_SERIES, *NAMING}, mark=clock.today,
    )  # fmt: skip


def kept_disputes(company: Company) -> KeptLook[tuple[DisputeLine, ...]]:
    """Return the look at the disputes nobody ended."""
    return KeptLook(
        company, lambda one: tuple(line for line in disputes_of(one) if not line.ended),
        kinds={DISPUTE, *NAMING},
    )  # fmt: skip
