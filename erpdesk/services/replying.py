"""Replies to notices: written down as they come back, in view until a difference is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from erpdesk.domain import reply as reply_of
from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Outcome
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.money import Money
from erpdesk.domain.promise import PROMISE, promised_in_reply
from erpdesk.domain.promise import content as promise_content
from erpdesk.domain.reply import REGISTERED, REPLY, Answer, Noticed, Reply
from erpdesk.errors import UserError
from erpdesk.services.approving import touched
from erpdesk.services.following_up import owed_by
from erpdesk.services.kept_looks import NAMING, KeptLook
from erpdesk.services.noticing import asked_by
from erpdesk.services.ports import Clock
from erpdesk.services.writing import Writing, draft
from erpdesk.storage import document_texts, documents, inbox
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.inbox import HeadRow
from erpdesk.storage.unit_of_work import Company, Unit


class NotIssuedError(UserError):
    """This is no notice that was issued and stands."""


class NothingToResolveError(UserError):
    """This reply differs in nothing, or its difference was decided."""


@dataclass(frozen=True, slots=True)
class SlipBack:
    """A slip came back: of the notice with this number; what it says may be written down."""

    number: str
    is_written: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A reply as it is entered; ``pays_on`` is the day by which an agreed amount is promised."""

    answer: Answer
    day: date
    stated: Money | None = None
    by: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    pays_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """A reply in a list; ``difference`` is None where no figure was named.

    ``is_open``: it differs, and nobody decided yet. ``decided`` is the reason of who did.
    """

    id: str
    number: str
    notice: str
    notice_number: str
    customer_id: str
    customer_name: str
    answer: Answer
    day: date
    asked: Money
    stated: Money | None
    difference: Money | None
    by: str
    note: str
    made_by: str
    made_at: int
    is_open: bool
    decided: str


@dataclass(frozen=True, slots=True)
class Replying:
    """Writes replies down and decides about their differences."""

    company: Company
    clock: Clock

    def notice(self, reference: str) -> Noticed:
        """Return the notice with this number or id, as a reply answers it.

        Raises:
            NoSuchDocumentError, NotIssuedError: it is none, or was cancelled.
        """
        with self.company.database.reading() as connection:
            return _noticed(documents.look(connection, documents.find(connection, reference)))

    def register(self, notice: Noticed, said: Said) -> Outcome[Document]:
        """Write a reply down, for good, and with it what it promises.

        Raises:
            UserError: what ``why_not_register`` or ``promised_in_reply`` says; nothing was stored.
        """
        reply = Reply(notice, said.answer, said.day, said.stated, said.by, said.note, said.evidence)
        text = reply_of.content(reply, today=self.clock.today())
        due = said.pays_on
        beside = partial(self._promise, reply, due) if due else _nothing
        return Writing(self.company).draft(REPLY, text, then=("register",), beside=beside)

    def _promise(self, reply: Reply, due: date, unit: Unit) -> None:
        asked = reply.notice.asked
        owed = owed_by(unit.connection, reply.notice.customer, asked.currency)
        made = promised_in_reply(reply, due, owed, today=self.clock.today())
        text = promise_content(made)
        draft(unit, PROMISE, unit.new_id(), text, ("promise",), unit.new_id())

    def resolve(self, reference: str, reason: str) -> Outcome[Document]:
        """Decide about the difference of a reply: what it was, and what became of it.

        Raises:
            ReasonTooShortError: nobody could tell later.
            NothingToResolveError: it differs in nothing, or that was decided.
        """
        if refusal := why_not_reason(reason):
            raise refusal
        with self.company.database.reading() as connection:
            reply = documents.look(connection, documents.find(connection, reference))
        differs = reply.kind == REPLY and reply_of.is_different(_answer(reply.content))
        if not differs or reply.state != REGISTERED:
            raise NothingToResolveError(number=reply.number or reply.id)

        def work(unit: Unit) -> Document:
            step = NextStep(unit.new_id(), reply.id, REPLY, reply.seen, "resolve", reason)
            documents.take_step(unit, step)
            return documents.look(unit.connection, reply.id)

        done = self.company.run(work)
        return Outcome(done, touched(done))

    def replies(self, customer_id: str | None = None) -> tuple[ReplyLine, ...]:
        """Return every reply of a customer, or of all, the newest first."""
        with self.company.database.reading() as connection:
            states = REGISTERED, reply_of.RESOLVED
            heads = inbox.documents(connection, kind=REPLY, states=states, customer_id=customer_id)
            return _lines(connection, reversed(heads))


def _nothing(_: Unit) -> None:
    pass


def differing(connection: Connection, customer_id: str | None = None) -> tuple[ReplyLine, ...]:
    """Return the replies, of a customer or of all, that differ and wait to be decided."""
    heads = inbox.documents(connection, kind=REPLY, states=(REGISTERED,), customer_id=customer_id)
    return tuple(line for line in _lines(connection, heads) if line.is_open)


def kept_differences(company: Company) -> KeptLook[tuple[ReplyLine, ...]]:
    """Return the look at the replies that differ and wait for somebody to decide."""
    return KeptLook(company, differing, kinds={REPLY, *NAMING})


def _noticed(document: Document) -> Noticed:
    frozen = document.content.get("notice")
    if frozen is None or document.number is None or document.state == "cancelled":
        raise NotIssuedError(number=document.number or document.id)
    return Noticed(
        document.id, document.number, document.content["customer"], asked_by(frozen),
        _day(frozen["as_of"]),
    )  # fmt: skip


def _lines(connection: Connection, heads: Iterable[HeadRow]) -> tuple[ReplyLine, ...]:
    listed = list(heads)
    said = document_texts.texts(connection, (head.id for head in listed))
    reasons = document_texts.reasons(connection, (head.id for head in listed), verb="resolve")
    return tuple(_line(head, said[head.id], reasons.get(head.id, "")) for head in listed)


def _line(head: HeadRow, text: dict[str, Any], decided: str) -> ReplyLine:
    said, answer = text["reply"], _answer(text)
    asked = Money(said["asked"], said["currency"])
    stated = Money(said["stated"], asked.currency) if "stated" in said else None
    return ReplyLine(
        head.id, head.number or "", said["notice"], said["number"], head.customer_id or "",
        head.customer_name or "", answer, _day(said["day"]), asked, stated,
        reply_of.difference(answer, asked, stated), said.get("by", ""), text.get("memo", ""),
        head.made_by, head.made_at,
        is_open=head.state == REGISTERED and reply_of.is_different(answer), decided=decided,
    )  # fmt: skip


def _answer(text: dict[str, Any]) -> Answer:
    return Answer(text["reply"]["answer"])


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
