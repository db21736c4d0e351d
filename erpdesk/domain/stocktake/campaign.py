"""A stocktake campaign: what is planned, what each state means, and what stands in the way."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from erpdesk.domain.content import NotCanonicalError
from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.stocktake.count_line import UNCOUNTED, LineState
from erpdesk.domain.stocktake.variance import Terms, Tolerance
from erpdesk.errors import UserError


class CampaignClosedError(UserError):
    """This campaign takes no counts."""


class CampaignExpiredError(UserError):
    """This campaign expired because nobody counted; a supervisor may resume it."""


class CampaignState(StrEnum):
    """The stored states; ``ready`` is shown for counting without an event.

    Submitted waits for the first of its approvals, in review for the second of two.
    """

    DRAFT = "draft"
    COUNTING = "counting"
    RECOUNT = "recount"
    REVIEW = "review"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    ADJUSTING = "adjusting"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


TAKES_COUNTS: Final = frozenset({CampaignState.COUNTING, CampaignState.RECOUNT})
"""Counts are stored."""

HOLDS_CUSTOMERS: Final = frozenset(CampaignState) - {
    CampaignState.DRAFT,
    CampaignState.CLOSED,
    CampaignState.CANCELLED,
    CampaignState.EXPIRED,
}
"""Its customers cannot be frozen into another campaign."""

REVIEWED: Final = frozenset(
    {
        CampaignState.REVIEW,
        CampaignState.SUBMITTED,
        CampaignState.IN_REVIEW,
        CampaignState.APPROVED,
        CampaignState.ADJUSTING,
        CampaignState.CLOSED,
    }
)
"""What a blind campaign withholds may be seen; a cancelled one keeps it for the next."""

HANDED_IN: Final = REVIEWED - {CampaignState.REVIEW}
"""Its text carries the differences, and nothing more is said of them."""

READY: Final = "ready"


def shown_state(state: CampaignState, *, has_events: bool) -> str:
    """Return the state as it is shown: counting without an event reads ready."""
    return READY if state is CampaignState.COUNTING and not has_events else state.value


def must_take_counts(state: CampaignState) -> None:
    """Go on only when counts are taken.

    Raises:
        CampaignExpiredError: nobody counted for too long.
        CampaignClosedError: any other state without counting.
    """
    if state is CampaignState.EXPIRED:
        raise CampaignExpiredError
    if state not in TAKES_COUNTS:
        raise CampaignClosedError(state=state)


def has_expired(*, last_event_at: int, now: int, idle_hours: int) -> bool:
    """Say whether nobody counted for the hours after which a campaign expires; times in µs."""
    return now - last_event_at >= idle_hours * 3_600_000_000


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What a campaign is to be, as its text says.

    ``customers`` names them one by one; else ``filter`` says how they are found (field → value);
    ``without`` are taken out by hand either way. ``due`` is when counting should be done.
    ``blind`` and ``tolerance`` are None until they are decided. ``required`` are the fields a
    counter has to verify. ``idle_hours`` without an event and it expires.
    """

    name: str
    cut_off: date
    currency: str
    blind: bool | None = None
    tolerance: Tolerance | None = None
    counters: tuple[PersonName, ...] = ()
    recounters: tuple[PersonName, ...] = ()
    customers: tuple[CustomerId, ...] = ()
    filter: tuple[tuple[str, str], ...] = ()
    without: tuple[CustomerId, ...] = ()
    due: date | None = None
    required: tuple[str, ...] = ()
    asks_balance: bool = True
    coverage_permille: int = 900
    sample_permille: int = 0
    idle_hours: int = 72
    reason: str | None = None

    @property
    def terms(self) -> Terms:
        """Return what the plan asks of each line; only of a plan whose tolerance is set."""
        assert self.tolerance is not None
        return Terms(self.tolerance, self.required, self.asks_balance)


def scope_section(plan: CampaignPlan) -> dict[str, object]:
    """Return the section ``scope`` of a campaign's text."""
    section: dict[str, object] = {
        "name": plan.name,
        "cut_off": plan.cut_off.isoformat(),
        "currency": plan.currency,
        "blind": None if plan.blind is None else int(plan.blind),
        "tolerance": _tolerance_section(plan.tolerance) if plan.tolerance else None,
        "counters": list(plan.counters) or None,
        "recounters": list(plan.recounters) or None,
        "customers": list(plan.customers) or None,
        "filter": dict(plan.filter) or None,
        "without": list(plan.without) or None,
        "due": plan.due.isoformat() if plan.due else None,
        "required": list(plan.required) or None,
        "asks_balance": int(plan.asks_balance),
        "coverage_permille": plan.coverage_permille,
        "sample_permille": plan.sample_permille,
        "idle_hours": plan.idle_hours,
        "reason": plan.reason,
    }
    return {key: value for key, value in section.items() if value is not None}


def _tolerance_section(tolerance: Tolerance) -> dict[str, int]:
    relative = {} if tolerance.permille is None else {"permille": tolerance.permille}
    return {"absolute": tolerance.absolute_minor} | relative


def plan_from(section: Mapping[str, Any]) -> CampaignPlan:
    """Read the section ``scope``.

    Raises:
        NotCanonicalError: it is not what :func:`scope_section` writes.
    """
    try:
        plan = _plan(section)
    except (KeyError, TypeError, ValueError, AttributeError) as broken:
        raise NotCanonicalError(why=str(broken)) from broken
    if scope_section(plan) != section:
        raise NotCanonicalError(why="scope")
    return plan


def _plan(section: Mapping[str, Any]) -> CampaignPlan:
    blind, limits, due = (section.get(name) for name in ("blind", "tolerance", "due"))
    return CampaignPlan(
        name=section["name"],
        cut_off=date.fromisoformat(section["cut_off"]),
        currency=section["currency"],
        blind=None if blind is None else bool(blind),
        tolerance=Tolerance(limits["absolute"], limits.get("permille")) if limits else None,
        counters=tuple(section.get("counters", ())),
        recounters=tuple(section.get("recounters", ())),
        customers=tuple(section.get("customers", ())),
        filter=tuple(sorted(section.get("filter", {}).items())),
        without=tuple(section.get("without", ())),
        due=date.fromisoformat(due) if due else None,
        required=tuple(section.get("required", ())),
        asks_balance=bool(section["asks_balance"]),
        coverage_permille=section["coverage_permille"],
        sample_permille=section["sample_permille"],
        idle_hours=section["idle_hours"],
        reason=section.get("reason"),
    )


NOT_COUNTED: Final = UNCOUNTED | {LineState.DEFERRED, LineState.NOT_FOUND, LineState.EXCLUDED}
"""Lines nobody counted, decided or not: they add nothing to the coverage."""

_RIGHT: Final = frozenset({LineState.VERIFIED})
_JUDGED: Final = _RIGHT | {LineState.VARIANCE, LineState.RESOLVED}


def coverage(states: Iterable[LineState]) -> Fraction | None:
    """Return the exact share of lines that were counted; None where there are no lines.

    ``states`` is that of each line, or a count of them.
    """
    found = Counter(states)
    del found[LineState.UNEXPECTED]
    counted = sum(lines for state, lines in found.items() if state not in NOT_COUNTED)
    return Fraction(counted, found.total()) if found.total() else None


def accuracy(states: Iterable[LineState]) -> Fraction | None:
    """Return the exact share of judged lines without a difference; None where none is judged.

    ``states`` is that of each line, or a count of them.
    """
    found = Counter(states)
    judged = sum(found[state] for state in _JUDGED)
    right = sum(found[state] for state in _RIGHT)
    return Fraction(right, judged) if judged else None


def sampled(
    customers: Iterable[CustomerId], *, permille: int, salt: bytes
) -> tuple[CustomerId, ...]:
    """Return the customers drawn for a recount besides those over tolerance.

    The draw follows from the hash of the frozen list, so it can be drawn again by anybody later.
    """

    def drawn(customer: CustomerId) -> bool:
        digest = hashlib.sha256(salt + customer.encode()).digest()
        return int.from_bytes(digest[:8], "big") % 1000 < permille

    return tuple(customer for customer in customers if drawn(customer))
