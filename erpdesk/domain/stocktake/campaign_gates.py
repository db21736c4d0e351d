"""What stands in the way of a campaign's next state, all of it at once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.stocktake.campaign import CampaignPlan, coverage
from erpdesk.domain.stocktake.count_line import UNCOUNTED, LineState
from erpdesk.domain.stocktake.variance import Variance
from erpdesk.errors import UserError


class CampaignUnnamedError(UserError):
    """A campaign needs a name."""


class EmptyScopeError(UserError):
    """A campaign needs at least one customer."""


class CutOffAheadError(UserError):
    """The cut-off day has not come yet."""


class NoSuchPeriodError(UserError):
    """The cut-off day lies in no period of the books."""


class CustomerElsewhereError(UserError):
    """Some of these customers are in another open campaign."""


class CountersMissingError(UserError):
    """Nobody is named as counter."""


class NotACounterError(UserError):
    """Somebody named as counter has not the role."""


class BlindUndecidedError(UserError):
    """It is not decided whether the counters see the books."""


class ToleranceMissingError(UserError):
    """The tolerance is not set."""


class CoverageTooLowError(UserError):
    """Too few customers have been counted for a recount."""


class UnsyncedDevicesError(UserError):
    """Some devices have not sent all their counts."""


class LinesInConflictError(UserError):
    """Some lines are in conflict."""


class LinesUndecidedError(UserError):
    """Some lines are neither counted nor decided."""


class UnexpectedOpenError(UserError):
    """Some unexpected scans are not decided."""


class VariancesOpenError(UserError):
    """Some differences lack a reason, an action or their evidence."""


class ChildrenOpenError(UserError):
    """Some documents that came of the campaign are not final."""


class BooksUnprovedError(UserError):
    """The check of the books has not passed."""


class ReportMissingError(UserError):
    """The report of the campaign is not archived."""


@dataclass(frozen=True, slots=True)
class FreezeFacts:
    """What the freeze depends on besides the plan.

    ``customers`` is how many the scope finds, ``elsewhere`` those in another open campaign,
    ``counters`` everybody who holds the role, ``has_period`` whether the cut-off lies in a period.
    """

    customers: int
    today: date
    counters: frozenset[PersonName]
    has_period: bool = True
    elsewhere: frozenset[CustomerId] = frozenset()


def freeze_problems(plan: CampaignPlan, facts: FreezeFacts) -> tuple[UserError, ...]:
    """Return everything that stands against freezing the list, all at once."""
    named = {*plan.counters, *plan.recounters}
    return _standing(
        (not plan.name.strip(), CampaignUnnamedError()),
        (facts.customers < 1, EmptyScopeError()),
        (plan.cut_off > facts.today, CutOffAheadError(cut_off=plan.cut_off)),
        (not facts.has_period, NoSuchPeriodError(cut_off=plan.cut_off)),
        (bool(facts.elsewhere), CustomerElsewhereError(customers=sorted(facts.elsewhere))),
        (not plan.counters, CountersMissingError()),
        (not named <= facts.counters, NotACounterError(people=sorted(named - facts.counters))),
        (plan.blind is None, BlindUndecidedError()),
        (plan.tolerance is None, ToleranceMissingError()),
    )


def _standing(*guards: tuple[bool, UserError]) -> tuple[UserError, ...]:
    return tuple(error for stands, error in guards if stands)


def why_not_recount(plan: CampaignPlan, states: Iterable[LineState]) -> UserError | None:
    """Return what stands against the recount: too few lines were counted."""
    share = coverage(states) or Fraction(0)
    if share >= Fraction(plan.coverage_permille, 1000):
        return None
    return CoverageTooLowError(coverage=share, least_permille=plan.coverage_permille)


_UNDECIDED: Final = UNCOUNTED | {LineState.RECOUNT_REQUIRED}


def review_problems(
    states: Iterable[LineState], *, unsynced: Mapping[str, int], waived: bool = False
) -> tuple[UserError, ...]:
    """Return what stands against going into review.

    ``states`` is that of each line, or a count of them; ``unsynced`` is how many counts each
    device still holds; a supervisor may waive them.
    """
    found = Counter(states)
    conflicts = found[LineState.CONFLICT]
    undecided = sum(found[state] for state in _UNDECIDED)
    waiting = {device: count for device, count in unsynced.items() if count}
    return _standing(
        (bool(waiting) and not waived, UnsyncedDevicesError(devices=waiting)),
        (conflicts > 0, LinesInConflictError(lines=conflicts)),
        (undecided > 0, LinesUndecidedError(lines=undecided)),
    )


def submit_problems(
    variances: Iterable[Variance],
    *,
    evidence_for: frozenset[str] = frozenset(),
    unexpected: int = 0,
) -> tuple[UserError, ...]:
    """Return what stands against asking for approval; ``evidence_for`` names reasons to prove.

    That each difference is among them, once and with its figures, is looked at beside.
    """
    lacking = [one.customer for one in variances if not _is_treated(one, evidence_for)]
    return _standing(
        (bool(lacking), VariancesOpenError(customers=lacking)),
        (unexpected > 0, UnexpectedOpenError(scans=unexpected)),
    )


def _is_treated(variance: Variance, evidence_for: frozenset[str]) -> bool:
    said = bool(variance.reason and variance.action)
    return said and (variance.reason not in evidence_for or bool(variance.evidence))


def close_problems(
    *, books_proved: bool, report_archived: bool, unexpected: int = 0, open_children: int = 0
) -> tuple[UserError, ...]:
    """Return what stands against closing; a child that was waived is not open.

    ``open_children`` is what :func:`erpdesk.domain.stocktake.review.open_children` counts.
    """
    return _standing(
        (open_children > 0, ChildrenOpenError(documents=open_children)),
        (unexpected > 0, UnexpectedOpenError(scans=unexpected)),
        (not books_proved, BooksUnprovedError()),
        (not report_archived, ReportMissingError()),
    )
