"""A running campaign at a glance: who counted how many, and all that blocks its next step."""

from collections.abc import Iterable
from dataclasses import dataclass

from erpdesk.domain.blind import withholds
from erpdesk.domain.campaign import NOT_COUNTED, CampaignState
from erpdesk.domain.campaign_acts import NEXT, StepNotNowError
from erpdesk.domain.campaign_gates import (
    VariancesOpenError,
    close_problems,
    review_problems,
    submit_problems,
    why_not_recount,
)
from erpdesk.domain.campaign_recount import NothingToRecountError, Recount, recounts
from erpdesk.domain.count_line import LineState
from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.people import READS_BOOKS, Person, Role
from erpdesk.domain.review import Child, open_children
from erpdesk.domain.variance import Variance, VarianceKind, variance_from
from erpdesk.errors import StaleError, UserError
from erpdesk.services.campaign_status import Line, Status, must_be_all, state_of
from erpdesk.storage.documents import Document


@dataclass(frozen=True, slots=True)
class Tally:
    """What one person counted: customers given to them alone, customers counted, scans stored."""

    person: PersonName
    given: int
    counted: int
    scans: int


@dataclass(frozen=True, slots=True)
class Board:
    """How a campaign stands, by customers.

    ``owner`` drafted it; ``worked`` says that whoever looks worked on it. ``next_verb`` takes it
    on, ``blocks`` is all that stands against that, ``recount_blocks`` against a recount.
    ``withheld`` says that no figure of the books is shown to anybody yet.
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

    @property
    def customers(self) -> int:
        """Return how many customers the list holds."""
        return len({line.frozen.customer_id for line in self.status.lines})

    @property
    def counted(self) -> int:
        """Return how many customers were counted; who is only decided about was not."""
        lines = (line for line in self.status.lines if line.judged.state not in NOT_COUNTED)
        return len(_one_each(lines))

    @property
    def uncounted(self) -> tuple[Line, ...]:
        """Return one line of each customer nobody reached yet."""
        return _one_each(self.status.uncounted)

    @property
    def done(self) -> tuple[Line, ...]:
        """Return one line of each customer who was counted, or decided not to be."""
        waiting = {LineState.PENDING, LineState.LEASED, LineState.CONFLICT}
        return _one_each(line for line in self.status.lines if line.judged.state not in waiting)

    @property
    def asked(self) -> tuple[Line, ...]:
        """Return one line of each customer whose recount is asked for, conflicts aside."""
        lines = self.status.asked
        return _one_each(one for one in lines if one.judged.state is not LineState.CONFLICT)

    @property
    def differences(self) -> int:
        """Return how many customers differ."""
        return len(_one_each(_in(self.status, LineState.VARIANCE)))


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
    status: Status, *, owner: str, worked: bool, children: tuple[Child, ...] = ()
) -> Board:
    """Return how a campaign stands; ``worked``: whoever looks worked on it.

    ``children`` are the documents that treat its differences.
    """
    state = state_of(status.document)
    return Board(
        status,
        state,
        owner,
        worked,
        tuple(_tally(PersonName(name), status) for name in _people(status)),
        _one_each(_in(status, LineState.CONFLICT)),
        NEXT.get(state, ""),
        _blocks(status, state, children),
        _recount_blocks(status),
        withholds(blind=bool(status.plan.blind), state=state),
    )


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


def _tally(person: PersonName, status: Status) -> Tally:
    lines = _one_each(status.lines)
    scans = [e for line in lines for e in line.counted.events if e.by == person]
    return Tally(
        person,
        sum(line.frozen.counter == person for line in lines),
        sum(person in line.counted.counters for line in lines),
        len(scans) + sum(event.by == person for event in status.unexpected),
    )


def _blocks(
    status: Status, state: CampaignState, children: tuple[Child, ...]
) -> tuple[UserError, ...]:
    match NEXT.get(state):
        case "review":
            states = [line.judged.state for line in _one_each(status.lines)]
            return review_problems(states, unsynced={})
        case "submit":
            return _submit_blocks(status)
        case "close":
            return close_problems(
                books_proved=True,
                report_archived=True,
                unexpected=len(status.unexpected),
                open_children=open_children(kept_variances(status.document), children),
            )
        case _:
            return ()


def _submit_blocks(status: Status) -> tuple[UserError, ...]:
    given = kept_variances(status.document)
    problems = submit_problems(given, unexpected=len(status.unexpected))
    try:
        must_be_all(status, given)
    except (VariancesOpenError, StaleError) as missing:
        others = tuple(one for one in problems if not isinstance(one, VariancesOpenError))
        return (missing, *others)
    return problems


def kept_variances(campaign: Document) -> tuple[Variance, ...]:
    """Return the differences that the text of a campaign carries."""
    return tuple(variance_from(row) for row in campaign.content.get("variances", ()))


def _recount_blocks(status: Status) -> tuple[UserError, ...]:
    state = state_of(status.document)
    if state is not CampaignState.COUNTING:
        return (StepNotNowError(state=state.value),)
    refusal = why_not_recount(status.plan, (line.judged.state for line in status.lines))
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
