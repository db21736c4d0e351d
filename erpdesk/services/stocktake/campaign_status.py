"""How a campaign stands: its lines folded from their logs, judged beside the books."""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.campaign import (
    NOT_COUNTED,
    CampaignPlan,
    CampaignState,
    accuracy,
    coverage,
    has_expired,
    plan_from,
    shown_state,
)
from erpdesk.domain.stocktake.campaign_gates import VariancesOpenError
from erpdesk.domain.stocktake.count_line import (
    CountLine,
    LineDecision,
    LineState,
    Rulings,
    fold,
    why_not_rule,
)
from erpdesk.domain.stocktake.counting import CountEvent
from erpdesk.domain.stocktake.variance import Judged, Variance, judged
from erpdesk.errors import StaleError, UserError
from erpdesk.storage import counts, documents, inbox
from erpdesk.storage.count_news import AT_ONCE
from erpdesk.storage.counts import LineRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Unit


class NotACampaignError(UserError):
    """This document is no campaign."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a campaign as it stands: what was frozen, counted and judged."""

    frozen: LineRow
    counted: CountLine
    judged: Judged


@dataclass(frozen=True, slots=True)
class Untouched:
    """What nobody touched and nobody read: how many lines and customers, and the first of them.

    ``given`` is how many customers of the whole list are given to whom alone.
    """

    lines: int = 0
    customers: int = 0
    first: tuple[Line, ...] = ()
    given: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """How a campaign stands; ``scans`` stored in all, coverage and accuracy exact.

    ``lines`` are those that were read: all, or all but the ``untouched``.
    """

    document: Document
    plan: CampaignPlan
    shown_state: str
    lines: tuple[Line, ...]
    unexpected: tuple[CountEvent, ...]
    scans: int
    coverage: Fraction | None
    accuracy: Fraction | None
    untouched: Untouched | None = None

    @property
    def counted(self) -> int:
        """Return how many lines were counted; one that is only decided about was not."""
        return sum(line.judged.state not in NOT_COUNTED for line in self.lines)

    @property
    def uncounted(self) -> tuple[Line, ...]:
        """Return the lines nobody reached yet: always in view."""
        waiting = {LineState.PENDING, LineState.LEASED}
        return tuple(line for line in self.lines if line.judged.state in waiting)

    @property
    def asked(self) -> tuple[Line, ...]:
        """Return the lines whose recount a counter asks for, undecided yet."""
        return tuple(line for line in self.lines if line.counted.asked and line.counted.standing)


def plan_of(campaign: Document) -> CampaignPlan:
    """Return what a campaign is to be.

    Raises:
        NotACampaignError: the document is none.
    """
    if campaign.kind != "campaign":
        raise NotACampaignError(number=campaign.number)
    return plan_from(campaign.content["scope"])


def state_of(campaign: Document) -> CampaignState:
    """Return where a campaign stands."""
    return CampaignState(campaign.state)


def status_of(connection: Connection, campaign: Document) -> Status:
    """Return how a campaign stands, folded from its logs."""
    plan = plan_of(campaign)
    frozen = counts.lines(connection, campaign.id)
    events = tuple(counts.events(connection, campaign.id))
    rulings = Rulings(counts.decisions(connection, campaign.id))
    moved = counts.movements(connection, campaign.id, cut_off=plan.cut_off)
    lines = tuple(lines_of(frozen, events, rulings, plan, moved))
    unexpected = unexpected_of({row.customer_id for row in frozen}, events, rulings)
    return status_from(campaign, lines, unexpected, len(events))


def status_from(
    campaign: Document,
    lines: tuple[Line, ...],
    unexpected: tuple[CountEvent, ...],
    scans: int,
    untouched: Untouched | None = None,
) -> Status:
    """Return how a campaign with these lines stands; ``scans`` are stored in all."""
    states = states_of(lines, untouched.lines if untouched else 0)
    return Status(
        campaign, plan_of(campaign), shown_state(state_of(campaign), has_events=scans > 0),
        lines, unexpected, scans, coverage(states), accuracy(states), untouched,
    )  # fmt: skip


def states_of(lines: Iterable[Line], untouched: int = 0) -> Counter[LineState]:
    """Return how many lines stand where, with those that nobody touched."""
    states = Counter(line.judged.state for line in lines)
    states[LineState.PENDING] += untouched
    return +states


def running(connection: Connection) -> tuple[Document, ...]:
    """Return the campaigns that are counted for the first time."""
    heads = inbox.documents(connection, kind="campaign", states=[CampaignState.COUNTING.value])
    return tuple(documents.look(connection, head.id) for head in heads)


def is_idle(connection: Connection, campaign: Document, *, now: int) -> bool:
    """Say whether nobody counted for the hours after which a campaign expires; ``now`` in µs."""
    last = max(campaign.made_at, counts.last_event_at(connection, campaign.id))
    return has_expired(last_event_at=last, now=now, idle_hours=plan_of(campaign).idle_hours)


def variances_of(status: Status) -> tuple[Variance, ...]:
    """Return every line that differs, as the campaign's text will carry it; nothing said yet.

    A difference in a foreign currency has no amount in the base currency yet.
    """
    return tuple(
        variance_of(line) for line in status.lines if line.judged.state is LineState.VARIANCE
    )


def variance_of(line: Line) -> Variance:
    """Return a line that differs as the text will carry it; nothing said yet."""
    found, known = line.judged, line.judged.difference
    is_base = found.book.currency == BASE_CURRENCY
    return Variance(
        CustomerId(line.frozen.customer_id),
        found.book,
        known.minor if known and is_base else 0,
        found.stated,
        explained_minor=found.moved.minor,
        kinds=tuple(sorted(found.kinds)),
    )


def must_be_all(found: Iterable[Variance], given: Iterable[Variance]) -> None:
    """Go on only when the differences handed in are those found, with their figures."""
    handed_in = {(one.customer, one.book.currency): one for one in given}
    differ = {(one.customer, one.book.currency): one for one in found}
    if missing := sorted(customer for customer, currency in differ.keys() - handed_in.keys()):
        raise VariancesOpenError(customers=missing)
    for key, one in handed_in.items():
        if key not in differ or _figures(one) != _figures(differ[key]):
            raise StaleError(customer=one.customer)


def _figures(one: Variance) -> tuple[Money, Money | None, int]:
    in_base = one.base_minor if one.book.currency == BASE_CURRENCY else 0
    return one.book, one.stated, in_base


def line_of(connection: Connection, decision: LineDecision) -> CountLine:
    """Return the line a decision is about: empty where it is about a scan alone."""
    customer = decision.customer
    if customer is None:
        return fold(())
    events, rulings = _logs_about(connection, decision.campaign, (customer,))
    theirs = [event for event in events if rulings.owner(event) == customer]
    return fold(theirs, rulings.of(customer))


def decide(unit: Unit, decision: LineDecision) -> None:
    """Record what a supervisor decides about a line or a scan.

    Raises:
        UserError: what :func:`why_not_rule` names.
    """
    refusal = why_not_rule(line_of(unit.connection, decision), decision)
    if refusal is not None:
        raise refusal
    counts.decide(unit, decision)


def lines_among(
    connection: Connection, campaign: Document, customers: Collection[str]
) -> tuple[Line, ...]:
    """Return the lines of these customers as they stand; of nobody else anything is read."""
    plan, wanted, found = plan_of(campaign), sorted(set(customers)), list[Line]()
    for at in range(0, len(wanted), AT_ONCE):
        some = wanted[at : at + AT_ONCE]
        moved = counts.movements(connection, campaign.id, cut_off=plan.cut_off, customers=some)
        events, rulings = _logs_about(connection, campaign.id, some)
        frozen = counts.lines(connection, campaign.id, some)
        found += lines_of(frozen, events, rulings, plan, moved)
    return tuple(found)


def _logs_about(
    connection: Connection, campaign_id: str, customers: Collection[str]
) -> tuple[tuple[CountEvent, ...], Rulings]:
    """Return all that was recorded for these customers or linked to them, and the decisions."""
    events = {one.id: one for one in counts.events_of(connection, campaign_id, customers)}
    for one in counts.decisions_about(connection, campaign_id, customers):
        linked = counts.event_of(connection, one.event) if one.event else None
        if linked is not None:
            events[linked.id] = linked
    decisions = counts.decisions_about(connection, campaign_id, customers, events)
    return tuple(events.values()), Rulings(decisions)


def lines_of(
    frozen: Iterable[LineRow],
    events: Iterable[CountEvent],
    rulings: Rulings,
    plan: CampaignPlan,
    moved: Mapping[tuple[str, str], int],
) -> Iterator[Line]:
    """Yield the lines of a campaign, each with what was counted and how it is judged."""
    theirs: dict[str, list[CountEvent]] = {}
    for event in events:
        owner = rulings.owner(event)
        if owner is not None:
            theirs.setdefault(owner, []).append(event)
    folded, terms = dict[str, CountLine](), plan.terms
    for row in frozen:
        line = folded.get(row.customer_id)
        if line is None:
            line = fold(theirs.get(row.customer_id, ()), rulings.of(CustomerId(row.customer_id)))
            folded[row.customer_id] = line
        minor = moved.get((row.customer_id, row.currency))
        late = Money(minor, row.currency) if minor else None
        book = Money(row.book_minor, row.currency)
        yield Line(row, line, judged(line, book, terms, moved=late))


def unexpected_of(
    inside: Container[str], events: Iterable[CountEvent], rulings: Rulings
) -> tuple[CountEvent, ...]:
    """Return the scans that belong to no line, ``inside`` the campaign, and are not decided yet."""
    return tuple(
        event
        for event in events
        if rulings.owner(event) not in inside
        and rulings.unexpected_state(event) is LineState.UNEXPECTED
    )
