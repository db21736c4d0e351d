"""What the home page asks for: looked up beside the window, handed over as plain values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.dispute import DISPUTE
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.domain.promise import PROMISE
from erpdesk.services.approving import Approving
from erpdesk.services.campaigns import Campaigns
from erpdesk.services.counting import Counting
from erpdesk.services.following_up import FollowUp, waiting
from erpdesk.services.ports import Clock
from erpdesk.services.replying import Replying, ReplyLine
from erpdesk.services.vouchers import Unbooked
from ui.work.books_watch import BooksWatch

FOLLOWS_UP = frozenset({Role.ACCOUNTANT, Role.COLLECTOR, Role.SUPERVISOR, Role.DIRECTOR})


@dataclass(frozen=True, slots=True)
class HomeParts:
    """What the page stands on, and who is here."""

    approving: Approving
    campaigns: Campaigns
    counting: Counting
    watch: BooksWatch
    balances: Callable[[str | None], Iterable[tuple[Any, Any]]]
    clock: Clock
    person: str
    names: Mapping[str, str]
    roles: frozenset[Role]
    replying: Replying
    unbooked: Callable[[], tuple[Unbooked, ...]]
    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class Work:
    """One document that waits: kind, number, customer, amount at risk, since when (µs).

    ``about`` is the number of the document it is about, where that is another one; for a promise
    or a dispute the id of the customer.
    """

    id: str
    kind: str
    number: str
    customer: str
    risk: Money
    made_at: int
    about: str = ""


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
    owing, sums = 0, dict[str, tuple[int, int, int]]()
    if parts.roles - {Role.COUNTER}:
        for _, row_ in parts.balances(None):
            owing += 1
            billed, unbilled, unapplied = sums.get(row_.currency, (0, 0, 0))
            sums[row_.currency] = (
                billed + row_.billed_minor,
                unbilled + row_.unbilled_minor,
                unapplied + row_.unapplied_minor,
            )
    waits = (*map(_work, mine), *_answered(parts))
    unbooked = parts.unbooked() if parts.roles - {Role.COUNTER} else ()
    return Found(waits, tuple(map(_work, out)), _campaigns(parts), owing, sums, unbooked)


def _answered(parts: HomeParts) -> Iterator[Work]:
    """Yield what customers said and nobody ended, for those who follow it up."""
    if not parts.roles & FOLLOWS_UP:
        return
    for promise in waiting(parts.follow_up.promises()):
        yield Work(
            promise.id, PROMISE, promise.number, promise.customer_name, promise.left,
            promise.made_at, promise.customer_id,
        )  # fmt: skip
    for dispute in parts.follow_up.disputes():
        if not dispute.ended:
            yield Work(
                dispute.id, DISPUTE, dispute.number, dispute.customer_name, dispute.amount,
                dispute.made_at, dispute.customer_id,
            )  # fmt: skip
    yield from (
        Work(
            one.id, "reply", one.number, one.customer_name,
            _weight(one), one.made_at,
            one.notice_number,
        )
        for one in parts.replying.open_differences()
    )  # fmt: skip


def _weight(one: ReplyLine) -> Money:
    """Return how much a reply is about: the difference, else all that was asked."""
    off = one.asked if one.difference is None else one.difference
    return -off if off.minor < 0 else off


def _work(one: Any) -> Work:
    head = one.head
    return Work(
        head.id, head.kind, head.number or "", head.customer_name or "",
        Money(one.risk_minor, BASE_CURRENCY), head.made_at,
    )  # fmt: skip


def _campaigns(parts: HomeParts) -> tuple[Campaign, ...]:
    found = []
    for one in parts.counting.running():
        progress = parts.counting.progress(one.head)
        counted = progress.customers - len(progress.uncounted)
        found.append(Campaign(one.head.number, one.plan.name, progress.customers, counted))
    return tuple(found)
