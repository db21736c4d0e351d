"""What the home page asks for: looked up beside the window, handed over as plain values."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from typing import Final

from erpdesk.domain.claim import MAY_CLAIM, Unidentified
from erpdesk.domain.dispute import DISPUTE
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.domain.promise import PROMISE
from erpdesk.domain.reply import REPLY
from erpdesk.services.approving import Approving, SentBack, Waiting
from erpdesk.services.customers import Totals
from erpdesk.services.following_up import DisputeLine, FollowWanted, PromiseLine
from erpdesk.services.looking import Head
from erpdesk.services.ports import Clock
from erpdesk.services.replying import ReplyLine, SlipBack
from erpdesk.services.stocktake.counting import Counting
from erpdesk.services.unbooked import Unbooked
from ui.pages import DocumentWanted
from ui.work.backup_watch import BackupWatch
from ui.work.books_watch import BooksWatch

UNIDENTIFIED = "unidentified"
_PAGE_OF: Final = {"voucher": "vouchers", "campaign": "campaigns"}
"""Where a document is put right that came back to its maker; any other in the inbox."""
FOLLOWS_UP = frozenset({Role.ACCOUNTANT, Role.COLLECTOR, Role.SUPERVISOR, Role.DIRECTOR})


@dataclass(frozen=True, slots=True)
class HomeParts:
    """What the page stands on, and who is here."""

    approving: Approving
    counting: Counting
    watch: BooksWatch
    owed: Callable[[], tuple[Totals, ...]]
    clock: Clock
    person: str
    names: Mapping[str, str]
    roles: frozenset[Role]
    promises: Callable[[], tuple[PromiseLine, ...]]
    disputes: Callable[[], tuple[DisputeLine, ...]]
    differences: Callable[[], tuple[ReplyLine, ...]]
    unbooked: Callable[[], tuple[Unbooked, ...]]
    unidentified: Callable[[], tuple[Unidentified, ...]]
    backups: BackupWatch


@dataclass(frozen=True, slots=True)
class Work:
    """One document that waits: kind, number, customer, amount, since when (µs).

    ``page`` is where it is worked on, ``begun`` what that page is told; ``came_back`` is by whose
    decision, and why, it is with its maker again.
    """

    id: str
    kind: str
    number: str
    customer: str
    amount: Money | None
    made_at: int
    page: str = "inbox"
    begun: object = None
    came_back: SentBack | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign under way: its number and name, customers, and how many are counted."""

    number: str
    name: str
    customers: int
    counted: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that the page shows, looked up at once."""

    mine: tuple[Work, ...] = ()
    out: tuple[Work, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    owing: int = 0
    sums: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    unbooked: tuple[Unbooked, ...] = ()


def look(parts: HomeParts) -> Found:
    """Look everything up, beside the window."""
    waiting = parts.approving.inbox() if parts.roles - {Role.COUNTER} else ()
    mine = [one for one in waiting if one.why_not_approve is None or one.why_not_endorse is None]
    out = [one for one in waiting if one.head.made_by == parts.person]
    owed = parts.owed() if parts.roles - {Role.COUNTER} else ()
    owing, sums = sum(one.rows for one in owed), dict(map(_sums, owed))
    waits = (*_came_back(parts), *map(_work, mine), *_answered(parts), *_unidentified(parts))
    unbooked = parts.unbooked() if parts.roles - {Role.COUNTER} else ()
    return Found(waits, tuple(map(_work, out)), _campaigns(parts), owing, sums, unbooked)


def _sums(one: Totals) -> tuple[str, tuple[int, int, int]]:
    owes = one.owes
    billed, unbilled, unapplied = owes.billed.minor, owes.unbilled.minor, owes.unapplied.minor
    return owes.billed.currency, (billed, unbilled, unapplied)


def _came_back(parts: HomeParts) -> Iterator[Work]:
    """Yield what was sent back or rejected; what somebody took back asks for nothing."""
    found = parts.approving.sent_back() if parts.roles - {Role.COUNTER} else ()
    for one in (one for one in found if one.verb != "withdraw"):
        page, wanted = _PAGE_OF.get(one.head.kind, "inbox"), DocumentWanted(one.head.number or "")
        work = _headed(one.head, None, one.at)
        yield replace(work, page=page, begun=wanted, came_back=one)


def _answered(parts: HomeParts) -> Iterator[Work]:
    """Yield what customers said and nobody ended, for those who follow it up."""
    if not parts.roles & FOLLOWS_UP:
        return
    for promise in parts.promises():
        yield _followed(promise, PROMISE, promise.left)
    for dispute in parts.disputes():
        yield _followed(dispute, DISPUTE, dispute.amount)
    for one in parts.differences():
        slip = SlipBack(one.notice_number, is_written=True)
        yield Work(
            one.id, REPLY, one.number, one.customer_name, _weight(one), one.made_at,
            "notices", slip,
        )  # fmt: skip


def _followed(one: PromiseLine | DisputeLine, kind: str, amount: Money) -> Work:
    wanted = FollowWanted(one.customer_id)
    return Work(
        one.id, kind, one.number, one.customer_name, amount, one.made_at, "customers", wanted
    )


def _unidentified(parts: HomeParts) -> Iterator[Work]:
    """Yield the money nobody claims yet, for those who may."""
    left = parts.unidentified() if parts.roles & MAY_CLAIM else ()
    for one in (one for one in left if one.waiting is None):
        day = datetime.combine(one.day, time(), UTC)
        since_us = int(day.timestamp()) * 1_000_000
        yield Work(
            one.document, UNIDENTIFIED, one.number, one.memo, one.amount, since_us,
            "receipts", DocumentWanted(one.number),
        )  # fmt: skip


def _weight(one: ReplyLine) -> Money:
    """Return how much a reply is about: the difference, else all that was asked."""
    off = one.asked if one.difference is None else one.difference
    return -off if off.minor < 0 else off


def _work(one: Waiting) -> Work:
    return _headed(one.head, one.amount, one.head.made_at)


def _headed(head: Head, amount: Money | None, since_us: int) -> Work:
    name = head.customer_name or ""
    return Work(head.id, head.kind, head.number or "", name, amount, since_us)


def _campaigns(parts: HomeParts) -> tuple[Campaign, ...]:
    found = []
    for one in parts.counting.running():
        customers, counted = parts.counting.sizes(one.head)
        found.append(Campaign(one.head.number, one.plan.name, customers, counted))
    return tuple(found)
