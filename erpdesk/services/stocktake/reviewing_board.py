"""The review of a campaign at a glance: its lines, what is said of them, sums, what blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.campaign import REVIEWED, CampaignPlan, CampaignState
from erpdesk.domain.stocktake.count_line import LineDecision, LineState
from erpdesk.domain.stocktake.counting import CountEvent
from erpdesk.domain.stocktake.review import (
    UNDECIDED,
    Child,
    Figures,
    Standing,
    Sums,
    Wanted,
    as_said,
    figures_of,
    is_about,
    standing_of,
    sums_of,
    wanted_children,
)
from erpdesk.domain.stocktake.variance import Cause, Judged, Spoken, Variance, exact_hits
from erpdesk.errors import UserError
from erpdesk.services.stocktake.campaign_board import blocks_of
from erpdesk.services.stocktake.campaign_status import Line, Status, state_of
from erpdesk.services.stocktake.campaign_watch import TOLD_EACH, Tell
from erpdesk.services.stocktake.said import Key
from erpdesk.storage import deliveries, ledger, review_facts
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document

GroundKind = Literal["unbilled", "billed", "unapplied", "delivery", "late", "count"]


class NotReviewedError(UserError):
    """The differences of a campaign are seen once counting is over."""


class NoSuchLineError(UserError):
    """This campaign has no line of this customer."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line in the review; ``said`` is what is said of the figures of now, None where nothing is.

    ``said_n`` is how much was said of it, of old figures too: who says more has seen that.
    ``proof`` are the hashes (hex) of all evidence that goes with it, ``ruling`` what a supervisor
    decided about the line last. An unexpected scan is a row without customer: its key is the
    event, its name what was scanned.
    """

    key: Key
    n: int
    code: str
    name: str
    judged: Judged
    standing: Standing
    figures: Figures
    said: Variance | None = None
    proof: tuple[str, ...] = ()
    counted_by: tuple[str, ...] = ()
    events: tuple[CountEvent, ...] = ()
    ruling: LineDecision | None = None
    said_n: int = 0

    @property
    def differs(self) -> bool:
        """Say whether something has to be said about it."""
        return self.judged.state is LineState.VARIANCE

    @property
    def clock_off_us(self) -> int:
        """Return how far off the clock was by which it was counted, in microseconds; 0 is well."""
        return max((event.clock_off_us for event in self.events), default=0)

    @property
    def customer(self) -> CustomerId:
        """Return whose line it is."""
        return CustomerId(self.key[0])


@dataclass(frozen=True, slots=True)
class Review:
    """A campaign in review: its rows in order, sums of each currency, and what blocks the approval.

    ``customers`` were frozen, ``undecided`` of them still lack a reason; ``wanted`` are the
    documents that the treatments ask for and that are not there yet.
    """

    status: Status
    state: CampaignState
    rows: tuple[Row, ...]
    sums: tuple[Sums, ...]
    blocks: tuple[UserError, ...]
    children: tuple[Child, ...]
    wanted: tuple[Wanted, ...]
    customers: int
    undecided: int

    @property
    def document(self) -> Document:
        """Return the campaign as it was looked at."""
        return self.status.document

    @property
    def plan(self) -> CampaignPlan:
        """Return what the campaign is to be."""
        return self.status.plan

    @property
    def shares(self) -> tuple[Fraction | None, Fraction | None]:
        """Return coverage and accuracy."""
        return self.status.coverage, self.status.accuracy

    def row(self, key: Key) -> Row:
        """Return one line.

        Raises:
            NoSuchLineError: it is not on the list.
        """
        found = next((row for row in self.rows if row.key == key), None)
        if found is None:
            raise NoSuchLineError
        return found


@dataclass(frozen=True, slots=True)
class _Made:
    """A row with what it was made of; ``said`` is what was said of it last, even of old figures."""

    line: Line
    said: Spoken | None
    is_open: bool
    row: Row


class Rows:
    """The lines of a review: one of which nothing is new stays as it was made."""

    def __init__(self) -> None:
        self._made: dict[int, _Made] = {}

    def look(self, status: Status, said: Mapping[Key, Spoken], tell: Tell | None = None) -> None:
        """Make the rows of the lines of which something is new; ``tell`` is told how many."""
        is_open = state_of(status.document) is CampaignState.REVIEW
        before, self._made, number = self._made, {}, 0
        for line in status.lines:
            known, spoken = (
                before.get(id(line)),
                said.get((line.frozen.customer_id, line.frozen.currency)),
            )
            if known is None or known.is_open is not is_open or known.said is not spoken:
                known = _Made(line, spoken, is_open, row_of(line, spoken, is_open=is_open))
                number += 1
                if tell is not None and number % TOLD_EACH == 0:
                    tell(number, len(status.lines))
            self._made[id(line)] = known

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows in the order of the list."""
        return tuple(one.row for one in self._made.values())

    @property
    def kept(self) -> tuple[Variance, ...]:
        """Return what is said of lines that differ, or differed when it was handed in."""
        found = (one for one in self._made.values() if one.row.differs or not one.is_open)
        return tuple(one.said.variance for one in found if one.said is not None)


def review_of(
    status: Status,
    children: tuple[Child, ...],
    said: Mapping[Key, Spoken],
    known: Rows | None = None,
    tell: Tell | None = None,
) -> Review:
    """Return a campaign in review; what is ``known`` of it is not made again.

    Raises:
        NotReviewedError: it still counts, so that a blind one tells nothing.
    """
    state, found, first = state_of(status.document), known or Rows(), status.plan.currency
    must_be_reviewed(state)
    found.look(status, said, tell)
    rows, kept = found.rows, found.kept
    return Review(
        status,
        state,
        (*rows, *(_scan_row(event, first) for event in status.unexpected)),
        sums_of(((row.figures, row.differs) for row in rows), first=first),
        blocks_of(status, children, kept),
        children,
        wanted_children(kept, children),
        customers=len({row.key[0] for row in rows}),
        undecided=len({row.key[0] for row in rows if row.standing in UNDECIDED}),
    )


def must_be_reviewed(state: CampaignState) -> None:
    """Go on only when the figures of a campaign may be seen.

    Raises:
        NotReviewedError: it still counts, so that a blind one tells nothing.
    """
    if state not in REVIEWED:
        raise NotReviewedError


def row_of(line: Line, spoken: Spoken | None, *, is_open: bool = True) -> Row:
    """Return a line in the review, with what was said of it last."""
    frozen, counted = line.frozen, line.counted
    known = spoken.variance if spoken else None
    found = line.judged if is_open else as_said(line.judged, known)
    said = known if known is not None and is_about(known, found) else None
    event = counted.stating(frozen.currency)
    proof = (*(event.evidence if event else ()), *(said.evidence if said else ()))
    return Row(
        key=(frozen.customer_id, frozen.currency),
        n=frozen.n,
        code=frozen.code,
        name=frozen.name,
        judged=found,
        standing=standing_of(found, said),
        figures=figures_of(found, said),
        said=said,
        proof=tuple(dict.fromkeys(proof)),
        counted_by=tuple(sorted(counted.counters)),
        events=counted.standing,
        ruling=counted.decisions[-1] if counted.decisions else None,
        said_n=spoken.n if spoken else 0,
    )


def _scan_row(event: CountEvent, currency: str) -> Row:
    nothing = Money(0, currency)
    judged = Judged(LineState.UNEXPECTED, nothing, nothing)
    raw = event.raw.decode("utf-8", "replace")
    return Row(
        ("", event.id), 0, raw, raw, judged, Standing.UNEXPECTED, Figures(nothing),
        counted_by=(event.by,), events=(event,),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that may explain a difference; ``amount`` is what it would explain, signed.

    ``is_exact`` says that it is the unexplained amount to the last minor unit.
    """

    kind: GroundKind
    label: str
    day: date | None = None
    amount: Money | None = None
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Grounds:
    """What may explain the difference of one line; it never fills a reason."""

    key: Key
    found: tuple[Ground, ...]


def grounds_of(connection: Connection, line: Line, *, cut_off: date) -> Grounds:
    """Return open items of the cut-off day, free deliveries and late postings of a line."""
    customer, currency = line.frozen.customer_id, line.frozen.currency
    items = [
        Ground(_part(row), row.label, row.due_date, Money(-row.open_minor, currency))
        for row in ledger.open_items_on(connection, customer, cut_off)
        if row.currency == currency
    ]
    free = [
        Ground("delivery", row.number, row.day, Money(row.free_minor, currency))
        for row in deliveries.of_customer(connection, customer)
        if row.currency == currency and row.free_minor > 0
    ]
    late = [
        Ground("late", row.number, row.posting_date, Money(row.amount_minor, currency))
        for row in review_facts.late_postings(
            connection, customer, currency=currency, cut_off=cut_off
        )
    ]
    left = line.judged.unexplained
    found = [_marked(one, left) for one in (*free, *items)]
    found.sort(key=lambda one: not one.is_exact)
    return Grounds((customer, currency), (*found, *late))


def _part(row: ledger.ItemRow) -> GroundKind:
    parts: dict[str, GroundKind] = {"billed": "billed", "unbilled": "unbilled"}
    return parts.get(row.part, "unapplied")


def _marked(one: Ground, left: Money | None) -> Ground:
    if left is None or one.amount is None or not left.minor:
        return one
    is_exact = bool(exact_hits(left, (Cause(one.kind, one.amount),)))
    return Ground(one.kind, one.label, one.day, one.amount, is_exact)
