"""A running campaign at a glance: who counted how many, and all that blocks its next step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.people import READS_BOOKS, Person, Role
from erpdesk.domain.stocktake.blind import withholds
from erpdesk.domain.stocktake.campaign import NOT_COUNTED, CampaignState
from erpdesk.domain.stocktake.campaign_acts import NEXT, StepNotNowError
from erpdesk.domain.stocktake.campaign_gates import (
    VariancesOpenError,
    close_problems,
    review_problems,
    submit_problems,
    why_not_recount,
)
from erpdesk.domain.stocktake.campaign_recount import NothingToRecountError, Recount, recounts
from erpdesk.domain.stocktake.count_line import UNCOUNTED, LineState
from erpdesk.domain.stocktake.review import Child, open_children
from erpdesk.domain.stocktake.variance import Variance, VarianceKind
from erpdesk.errors import StaleError, UserError
from erpdesk.services.stocktake.campaign_status import (
    Line,
    Status,
    Untouched,
    must_be_all,
    state_of,
    states_of,
    variances_of,
)

LISTED_MOST = 500
"""So many customers of a kind are listed; of all of them there is the number."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What one person counted: customers given to them alone, customers counted, scans stored."""

    person: PersonName
    given: int
    counted: int
    scans: int


@dataclass(frozen=True, slots=True)
class Listed:
    """How many customers there are of a kind, and one line of each of the first of them."""

    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """How a campaign stands, by customers.

    ``owner`` drafted it; ``worked`` says that whoever looks worked on it. ``customers`` are in the
    list, ``counted`` of them were, ``differences`` of them differ; ``uncounted`` nobody reached
    yet, ``done`` were counted or decided not to be, the last first; of ``asked`` a recount is
    asked for, conflicts aside. ``next_verb`` takes it on, ``blocks`` is all that stands against
    that, ``recount_blocks`` against a recount. ``withheld`` says that no figure of the books is
    shown to anybody yet.
    """

    status: Status
    state: CampaignState
    owner: str
    worked: bool
    tallies: tuple[Tally, ...]
    conflicts: tuple[Line, ...]
    next_verb: str
    blocks: tuple[UserError, ...]
    recount_blocks: tuple[UserError, ...]
    withheld: bool
    customers: int
    counted: int
    differences: int
    uncounted: Listed
    done: Listed
    asked: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Crew:
    """Somebody who may count: the login, the name people see, whether they read the books."""

    person: PersonName
    display: str
    reads_books: bool


def crew_of(everybody: Iterable[Person], *, at: int) -> tuple[Crew, ...]:
    """Return everybody who holds the role of counter."""
    held = ((one, one.roles(at=at)) for one in everybody)
    return tuple(
        Crew(one.name, one.display, bool(roles & READS_BOOKS))
        for one, roles in held
        if Role.COUNTER in roles
    )


def board_of(
    status: Status,
    *,
    owner: str,
    worked: bool,
    children: tuple[Child, ...] = (),
    kept: Sequence[Variance] = (),
) -> Board:
    """Return how a campaign stands; ``worked``: whoever looks worked on it.

    ``kept`` is what is said of its differences, ``children`` are the documents that treat them.
    """
    state, each = state_of(status.document), _one_each(status.lines)
    counted = _one_each(one for one in status.lines if one.judged.state not in NOT_COUNTED)
    return Board(
        status, state, owner, worked,
        tuple(_tally(PersonName(name), each, status) for name in _people(status)),
        _one_each(_in(status, LineState.CONFLICT)),
        NEXT.get(state, ""),
        blocks_of(status, children, kept),
        _recount_blocks(status),
        withholds(blind=bool(status.plan.blind), state=state),
        len(each) + _untouched(status).customers,
        len(counted),
        len(_one_each(_in(status, LineState.VARIANCE))),
        _waiting(status),
        _done(status),
        _one_each(one for one in status.asked if one.judged.state is not LineState.CONFLICT),
    )  # fmt: skip


def _untouched(status: Status) -> Untouched:
    return status.untouched or Untouched()


def _waiting(status: Status) -> Listed:
    rest, known = _untouched(status), _one_each(status.uncounted)
    first = sorted((*known, *_one_each(rest.first)), key=lambda one: one.frozen.n)
    return Listed(len(known) + rest.customers, tuple(first[:LISTED_MOST]))


def _done(status: Status) -> Listed:
    waiting = UNCOUNTED | {LineState.CONFLICT}
    found = _one_each(one for one in status.lines if one.judged.state not in waiting)
    return Listed(len(found), tuple(nlargest(LISTED_MOST, found, key=_touched_at)))


def _touched_at(line: Line) -> int:
    events, decisions = line.counted.events, line.counted.decisions
    return max((*(one.received_at for one in events), *(one.at for one in decisions)), default=0)


def _in(status: Status, state: LineState) -> tuple[Line, ...]:
    return tuple(line for line in status.lines if line.judged.state is state)


def _one_each(lines: Iterable[Line]) -> tuple[Line, ...]:
    found: dict[str, Line] = {}
    for line in lines:
        found.setdefault(line.frozen.customer_id, line)
    return tuple(found.values())


def _people(status: Status) -> tuple[str, ...]:
    counted = {event.by for line in status.lines for event in line.counted.events}
    named = (*status.plan.counters, *status.plan.recounters)
    return tuple(dict.fromkeys((*named, *sorted(counted))))


def _tally(person: PersonName, each: Sequence[Line], status: Status) -> Tally:
    rest = status.untouched
    given = sum(line.frozen.counter == person for line in each)
    scans = [e for line in each for e in line.counted.events if e.by == person]
    return Tally(
        person,
        rest.given.get(person, 0) if rest is not None else given,
        sum(person in line.counted.counters for line in each),
        len(scans) + sum(event.by == person for event in status.unexpected),
    )


def blocks_of(
    status: Status, children: tuple[Child, ...], kept: Sequence[Variance]
) -> tuple[UserError, ...]:
    """Return what stands against the next step; ``kept`` is what is said of its lines."""
    match NEXT.get(state_of(status.document)):
        case "review":
            states = states_of(_one_each(status.lines), _untouched(status).customers)
            return review_problems(states, unsynced={})
        case "submit":
            return _submit_blocks(status, kept)
        case "close":
            return close_problems(
                books_proved=True,
                report_archived=True,
                unexpected=len(status.unexpected),
                open_children=open_children(kept, children),
            )
        case _:
            return ()


def _submit_blocks(status: Status, kept: Sequence[Variance]) -> tuple[UserError, ...]:
    found = variances_of(status)
    given = said_of(found, kept)
    problems = submit_problems(given, unexpected=len(status.unexpected))
    try:
        must_be_all(found, given)
    except (VariancesOpenError, StaleError) as missing:
        others = tuple(one for one in problems if not isinstance(one, VariancesOpenError))
        return (missing, *others)
    return problems


def said_of(found: Iterable[Variance], kept: Iterable[Variance]) -> tuple[Variance, ...]:
    """Return what is kept of lines that differ as found; a recount may have ended a difference."""
    differ = {(one.customer, one.book.currency) for one in found}
    return tuple(one for one in kept if (one.customer, one.book.currency) in differ)


def _recount_blocks(status: Status) -> tuple[UserError, ...]:
    state = state_of(status.document)
    if state is not CampaignState.COUNTING:
        return (StepNotNowError(state=state.value),)
    refusal = why_not_recount(status.plan, states_of(status.lines, _untouched(status).lines))
    if refusal is not None:
        return (refusal,)
    return () if _chosen(status) else (NothingToRecountError(),)


def chosen_again(status: Status) -> tuple[Recount, ...]:
    """Return who is counted again, and by whom.

    Raises:
        CoverageTooLowError, NothingToRecountError: there can be no recount.
    """
    for problem in _recount_blocks(status):
        raise problem
    return _chosen(status)


def _chosen(status: Status) -> tuple[Recount, ...]:
    over = (line for line in status.lines if VarianceKind.BALANCE in line.judged.kinds)
    counted = {
        CustomerId(line.frozen.customer_id): line.counted.counters
        for line in status.lines
        if line.counted.standing
    }
    return recounts(
        counted,
        over=frozenset(CustomerId(line.frozen.customer_id) for line in over),
        permille=status.plan.sample_permille,
        salt=bytes.fromhex(status.document.content["list"]["hash"]),
        recounters=status.plan.recounters or status.plan.counters,
    )
