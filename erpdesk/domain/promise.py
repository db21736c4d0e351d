"""A promise to pay (付款承诺): an amount by a day; kept or broken follows from what came in.

A receipt counts for one promise only, the earliest due first: two promises need two payments.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from erpdesk.domain.money import Money
from erpdesk.domain.posting import Row
from erpdesk.domain.reply import Answer, Reply
from erpdesk.errors import UserError

PROMISE: Final = "promise"
PROMISED: Final = "promised"
GRACE_DAYS: Final = 3
"""So long after its day a promise is still kept: money is under way."""
AHEAD_DAYS: Final = 90
"""A promise for a later day is a plan of payments."""


class PromiseAmountError(UserError):
    """A promise is for more than nothing, and for no more than what is open."""


class PromiseDayError(UserError):
    """A promise is for a day from today on, and not too far ahead."""


class PromiseNotAgreedError(UserError):
    """A day to pay by goes with a reply that agrees."""


class Kept(StrEnum):
    """How a promise stands; ``LATE``: paid, but after its day and the grace."""

    OPEN = "open"
    DUE = "due"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"


WAITS: Final = frozenset({Kept.DUE, Kept.BROKEN})
"""How promises stand that somebody has to do something about."""


@dataclass(frozen=True, slots=True)
class Promise:
    """So much by a day, said on another; ``by`` said it for the customer.

    ``said_at`` is the moment it was written down, in microseconds since 1970.
    """

    id: str
    customer: str
    amount: Money
    due: date
    said_on: date
    by: str = ""
    note: str = ""
    said_at: int = 0


@dataclass(frozen=True, slots=True)
class Paid:
    """What of a receipt was allocated to the customer's items, by the day of the money.

    ``posted_at`` is the moment it was booked, in microseconds since 1970.
    """

    day: date
    amount: Money
    posted_at: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A promise, how it stands, and what of it is not paid."""

    promise: Promise
    kept: Kept
    left: Money


def why_not_promise(promise: Promise, owed: Money, *, today: date) -> UserError | None:
    """Return the first thing that stands against writing a promise down, or None."""
    return next(_broken(promise, owed, today), None)


def promised_in_reply(reply: Reply, due: date, owed: Money, *, today: date) -> Promise:
    """Return what a slip promises that agrees and names a day: all that is still owed of it.

    Raises:
        PromiseNotAgreedError: only who agrees promises; the slip has no other such line.
        PromiseAmountError, PromiseDayError: it is no promise.
    """
    if reply.answer is not Answer.AGREES:
        raise PromiseNotAgreedError
    amount = min(reply.notice.asked, owed, key=lambda one: one.minor)
    made = Promise("", reply.notice.customer, amount, due, today, reply.by)
    if refusal := why_not_promise(made, owed, today=today):
        raise refusal
    return made


def _broken(promise: Promise, owed: Money, today: date) -> Iterator[UserError]:
    if not 0 < promise.amount.minor <= owed.minor:
        yield PromiseAmountError(open=owed.grouped())
    last = today + timedelta(days=AHEAD_DAYS)
    if not today <= promise.due <= last:
        yield PromiseDayError(day=promise.due, last=last)


def content(promise: Promise) -> Row:
    """Return the text of a promise."""
    said = {
        "amount": promise.amount.minor, "currency": promise.amount.currency,
        "due": promise.due.isoformat(), "day": promise.said_on.isoformat(),
    }  # fmt: skip
    by = {"by": promise.by.strip()} if promise.by.strip() else {}
    memo = {"memo": promise.note.strip()} if promise.note.strip() else {}
    return {"customer": promise.customer, "promise": said | by} | memo


def judged(promises: Iterable[Promise], paid: Iterable[Paid], *, today: date) -> tuple[Judged, ...]:
    """Return how the promises of one customer stand, the earliest due first."""
    purse = sorted(paid, key=lambda one: one.day)
    found = []
    for promise in sorted(promises, key=lambda one: (one.due, one.said_on, one.id)):
        one, purse = _judged(promise, purse, today)
        found.append(one)
    return tuple(found)


def _judged(promise: Promise, purse: list[Paid], today: date) -> tuple[Judged, list[Paid]]:
    """Take from the purse what pays a promise; what is left of the purse comes back."""
    left, rest, last = promise.amount.minor, list[Paid](), promise.said_on
    for one in purse:
        part = min(left, one.amount.minor) if _may_pay(one, promise) else 0
        if part > 0:
            left, last = left - part, one.day
        if one.amount.minor - part:
            rest.append(replace(one, amount=Money(one.amount.minor - part, one.amount.currency)))
    money = Money(left, promise.amount.currency)
    return Judged(promise, _kept(promise, left, last, today), money), rest


def _may_pay(paid: Paid, promise: Promise) -> bool:
    """Say whether money is of the promise's currency and came after it was said."""
    is_later = paid.day >= promise.said_on and paid.posted_at >= promise.said_at
    return is_later and paid.amount.currency == promise.amount.currency


def _kept(promise: Promise, left: int, last: date, today: date) -> Kept:
    end = promise.due + timedelta(days=GRACE_DAYS)
    if not left:
        return Kept.KEPT if last <= end else Kept.LATE
    if today <= promise.due:
        return Kept.OPEN
    return Kept.DUE if today <= end else Kept.BROKEN
