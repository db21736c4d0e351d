"""A reply (回函): what a customer answers to a notice; a difference stays in view until decided.

It is a document of its own, appended once; the notice it answers is never touched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from erpdesk.domain import evidence as evidence_of
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.money import CurrencyMismatchError, Money
from erpdesk.domain.posting import Row
from erpdesk.errors import UserError

REPLY: Final = "reply"
REGISTERED, RESOLVED = "registered", "resolved"
"""The states: written down, and decided about where it differs."""
NOTE_LEAST: Final = 5


class Answer(StrEnum):
    """What a slip says: the three boxes, and a dispute that names no figure."""

    AGREES = "agrees"
    STATES = "states"
    PAID = "paid"
    DISPUTES = "disputes"


WITH_AMOUNT: Final = frozenset({Answer.STATES, Answer.PAID})
"""The answers that come with a figure of the customer's own."""


class ReplyAmountError(UserError):
    """This answer needs the customer's own figure; empty is not zero."""


class SameBalanceError(UserError):
    """The figure is the one that was asked: that is an agreement."""


class ReplyDayError(UserError):
    """A reply is not older than its notice, nor of a day to come."""


class ReplyNoteError(UserError):
    """A dispute needs to say what is disputed."""


class NoReplyEvidenceError(UserError):
    """A reply needs the slip, or what else shows it."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """The notice a reply answers: its document, number, customer, what it asked, as of when."""

    id: str
    number: str
    customer: str
    asked: Money
    as_of: date


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; ``stated`` is the customer's own figure, or what they say they paid."""

    notice: Noticed
    answer: Answer
    day: date
    stated: Money | None = None
    by: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def difference(self) -> Money | None:
        """Return stated less asked; None where the answer has no figure to compare."""
        return difference(self.answer, self.notice.asked, self.stated)


def difference(answer: Answer, asked: Money, stated: Money | None) -> Money | None:
    """Return by how much an answer is off what was asked, negative when they owe less.

    What they say they paid is off by just that much; a dispute names no figure.
    """
    if answer is Answer.AGREES:
        return Money(0, asked.currency)
    if stated is None or answer is Answer.DISPUTES:
        return None
    return -stated if answer is Answer.PAID else stated - asked


def is_different(answer: Answer) -> bool:
    """Say whether somebody has to decide about an answer."""
    return answer is not Answer.AGREES


def why_not_register(reply: Reply, *, today: date) -> UserError | None:
    """Return the first thing that stands against writing a reply down, or None."""
    return next(_broken(reply, today), None)


def _broken(reply: Reply, today: date) -> Iterator[UserError]:
    stated, asked = reply.stated, reply.notice.asked
    if not reply.notice.as_of <= reply.day <= today:
        yield ReplyDayError(day=reply.day, notice=reply.notice.as_of)
    if reply.answer in WITH_AMOUNT and stated is None:
        yield ReplyAmountError()
    if stated is not None and stated.currency != asked.currency:
        yield CurrencyMismatchError(one=stated.currency, other=asked.currency)
    elif reply.answer is Answer.STATES and stated == asked:
        yield SameBalanceError(asked=asked.grouped())
    if reply.answer is Answer.PAID and stated is not None and stated.minor <= 0:
        yield ReplyAmountError()
    if reply.answer is Answer.DISPUTES and len(reply.note.strip()) < NOTE_LEAST:
        yield ReplyNoteError()
    if not reply.evidence:
        yield NoReplyEvidenceError()


def content(reply: Reply, *, today: date) -> Row:
    """Return the text of a reply.

    Raises:
        UserError: what ``why_not_register`` returns.
    """
    if (why_not := why_not_register(reply, today=today)) is not None:
        raise why_not
    notice, said = reply.notice, reply.stated if reply.answer in WITH_AMOUNT else None
    text: dict[str, Any] = {
        "notice": notice.id, "number": notice.number, "answer": reply.answer.value,
        "day": reply.day.isoformat(), "asked": notice.asked.minor,
        "currency": notice.asked.currency,
    }  # fmt: skip
    text |= {"stated": said.minor} if said is not None else {}
    text |= {"by": reply.by.strip()} if reply.by.strip() else {}
    memo = {"memo": reply.note.strip()} if reply.note.strip() else {}
    return {
        "customer": notice.customer, "reply": text, "evidence": evidence_of.rows(reply.evidence)
    } | memo  # fmt: skip
