"""How a campaign stands: by the books for who reads them, by a counter's views for all others."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from heapq import nlargest
from typing import Final, Protocol, TypeVar

from typing_extensions import override

from erpdesk.domain.ids import CustomerId, EventId
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.blind import plain_state, withholds
from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.domain.stocktake.count_line import LineState
from erpdesk.domain.stocktake.counting import CountEvent
from erpdesk.domain.stocktake.own_words import last_word
from erpdesk.domain.stocktake.variance import Judged, VarianceKind
from erpdesk.services.stocktake.campaign_watch import CampaignWatch, Watched
from erpdesk.services.stocktake.campaigns import Line
from erpdesk.services.stocktake.counting_looks import CounterCard, MyCounting, Running
from ui.pages.counting.facts import (
    RECENT_MAX,
    CampaignView,
    CountingParts,
    Figures,
    Proposed,
    Recent,
    Spoken,
    Standing,
    Unexpected,
    Who,
    who_of,
)

T = TypeVar("T")
DIFFERING: Final = frozenset({VarianceKind.BALANCE, VarianceKind.MASTER_DATA})


class _Frozen(Protocol):
    """A line of the frozen list: whose it is."""

    @property
    def customer_id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class _Row(Protocol):
    """What the books said in one currency, in minor units."""

    @property
    def currency(self) -> str: ...
    @property
    def billed_minor(self) -> int: ...
    @property
    def unbilled_minor(self) -> int: ...
    @property
    def unapplied_minor(self) -> int: ...
    @property
    def book_minor(self) -> int: ...


def running(parts: CountingParts) -> tuple[CampaignView, ...]:
    """Return the campaigns that take counts now, the newest first."""
    return tuple(map(_view, parts.counting.running()))


def _view(one: Running) -> CampaignView:
    head, plan = one.head, one.plan
    withheld = withholds(blind=bool(plan.blind), state=CampaignState(head.state))
    return CampaignView(
        head.id, head.number, plan.name, plan.cut_off, plan.currency, plan.required, withheld
    )


class Looks:
    """Looks again and again how one campaign stands, with figures only where they may be seen."""

    def __init__(self, parts: CountingParts, campaign: CampaignView) -> None:
        self._parts, self._campaign = parts, campaign
        self._watch: CampaignWatch | None = None

    def standing(self, among: Collection[str] = ()) -> Standing:
        """Return how it stands now; ``among`` says whom the open ones are listed of, else all."""
        parts, campaign = self._parts, self._campaign
        if not parts.reads_books or (campaign.withheld and not parts.decides):
            return _of_mine(parts, parts.counting.mine(campaign, among))
        if self._watch is None:
            self._watch = parts.campaigns.watch(parts.document(campaign.id))
        whole = _of_books(self._watch.look(among))
        return _withheld(whole) if campaign.withheld else whole


def _withheld(whole: Standing) -> Standing:
    """Return it without what tells of the books; who decides sees what counters contradict in."""
    conflicts = {one.id for one in whole.conflicts}
    recent = tuple(
        replace(one, stated=None, difference=None, state=plain_state(LineState(one.state)).value)
        for one in whole.recent
    )
    spoken = {key: whole.spoken[key] for key in conflicts}
    return replace(whole, states={}, figures={}, recent=recent, spoken=spoken)


def _of_books(found: Watched) -> Standing:
    lines = found.lines
    torn = (of[0] for of in lines.values() if of[0].judged.state is LineState.CONFLICT)
    return Standing(
        customers=found.customers,
        waiting=found.uncounted,
        uncounted=tuple(map(_who, found.open)),
        states={state.value: count for state, count in found.states.items()},
        figures=_Asked(lines, lambda of: tuple(_figures(one.frozen) for one in of)),
        spoken=_Asked(lines, lambda of: _spoken(of[0])),
        recent=_recent(lines),
        unexpected=_unexpected(found.unexpected, found.proposals),
        conflicts=tuple(_who(one.frozen) for one in sorted(torn, key=lambda one: one.frozen.n)),
    )


class _Asked(Mapping[str, T]):
    """What is made of the lines of a customer only when somebody asks for this one."""

    def __init__(
        self, lines: Mapping[str, tuple[Line, ...]], make: Callable[[tuple[Line, ...]], T]
    ) -> None:
        self._lines, self._make = lines, make

    @override
    def __getitem__(self, customer: str) -> T:
        return self._make(self._lines[customer])

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    @override
    def __len__(self) -> int:
        return len(self._lines)


def _of_mine(parts: CountingParts, mine: MyCounting) -> Standing:
    theirs: dict[CustomerId, list[CountEvent]] = {}
    for event in mine.mine:
        if event.customer is not None:
            theirs.setdefault(event.customer, []).append(event)
    words = {key: last_word(events, by=parts.person) for key, events in theirs.items()}
    figures = {str(key): figures_on(card) for key, card in mine.cards.items() if card.figures}
    recent = tuple(
        _counted(Who(one.customer.id, one.customer.code, one.customer.name), one.by, one.at,
                 words.get(one.customer.id), figures.get(one.customer.id, ()))
        for one in mine.counted[:RECENT_MAX]
    )  # fmt: skip
    return Standing(
        customers=mine.customers,
        waiting=mine.customers - mine.done,
        uncounted=tuple(map(who_of, mine.uncounted)),
        figures=figures,
        spoken={key: (_said(word),) for key, word in words.items() if word is not None},
        recent=recent,
        unexpected=_unexpected(mine.unexpected, mine.proposals),
    )


def _counted(
    who: Who, by: str, at: int, word: CountEvent | None, figures: tuple[Figures, ...]
) -> Recent:
    """Return a customer that was counted; what is known of it is one's own word alone."""
    if word is None or word.by != by:
        return Recent(who, by, at, LineState.COUNTED.value)
    off = None
    for one in figures:
        if word.stated is not None and one.book.currency == word.stated.currency:
            off = word.stated - one.book
    return Recent(who, by, at, LineState.COUNTED.value, word.stated, off, word.id)


def _unexpected(
    events: Iterable[CountEvent], proposals: Mapping[EventId, CountEvent]
) -> tuple[Unexpected, ...]:
    return tuple(
        Unexpected(one.id, one.raw, one.by, one.received_at, _proposed(proposals.get(one.id)))
        for one in sorted(events, key=_at, reverse=True)
    )


def _proposed(event: CountEvent | None) -> Proposed | None:
    if event is None or event.proposal is None:
        return None
    return Proposed(event.by, event.proposal)


def _who(row: _Frozen) -> Who:
    return Who(row.customer_id, row.code, row.name)


def figures_on(card: CounterCard | None) -> tuple[Figures, ...]:
    """Return the figures of a card, none where it holds none or is not there."""
    return tuple(map(_figures, card.figures)) if card is not None else ()


def _figures(row: _Row) -> Figures:
    parts = (row.billed_minor, row.unbilled_minor, row.unapplied_minor, row.book_minor)
    return Figures(*(Money(minor, row.currency) for minor in parts))


def _at(event: CountEvent) -> int:
    return event.received_at


def _spoken(line: Line) -> tuple[Spoken, ...]:
    return tuple(map(_said, sorted(line.counted.standing, key=_at)))


def _said(event: CountEvent) -> Spoken:
    return Spoken(
        event.by,
        event.received_at,
        event.stated,
        tuple(one.field for one in event.verified),
        "·".join(filter(None, (event.reply.way, event.reply.by))) if event.reply else "",
        len(event.evidence),
        event.id,
        tuple((one.field, one.value) for one in event.verified if one.value is not None),
    )


def _recent(lines: Mapping[str, tuple[Line, ...]]) -> tuple[Recent, ...]:
    """Return the customers that were counted last, the newest first."""
    counted = ((_last(of[0]), of[0]) for of in lines.values() if of[0].counted.standing)
    newest = nlargest(RECENT_MAX, counted, key=lambda one: one[0].received_at)
    return tuple(
        Recent(
            _who(line.frozen), event.by, event.received_at, _plain(line.judged).value,
            event.stated, line.judged.difference, event.id,
        )
        for event, line in newest
    )  # fmt: skip


def _plain(judged: Judged) -> LineState:
    """Return a line's state; who was only scanned, or stated nothing, differs in nothing yet."""
    is_open = judged.state is LineState.VARIANCE and not judged.kinds & DIFFERING
    return LineState.COUNTED if is_open else judged.state


def _last(line: Line) -> CountEvent:
    return max(line.counted.standing, key=_at)
