"""How a campaign stands: by the books for who reads them, by a counter's views for all others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from erpdesk.domain.blind import plain_state, withholds
from erpdesk.domain.campaign import CampaignState
from erpdesk.domain.count_line import LineState
from erpdesk.domain.counting import CountEvent
from erpdesk.domain.ids import CustomerId, EventId
from erpdesk.domain.money import Money
from erpdesk.domain.own_words import last_word
from erpdesk.services.campaigns import Line, Status
from erpdesk.services.counting_looks import MyCounting, Running
from ui.pages.counting_facts import (
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


def standing(parts: CountingParts, campaign: CampaignView) -> Standing:
    """Return how a campaign stands, with figures only where they may be seen."""
    if not parts.reads_books or (campaign.withheld and not parts.decides):
        return _of_mine(parts, parts.counting.mine(campaign))
    status = parts.campaigns.status(parts.document(campaign.id))
    whole = _of_books(status, parts.counting.proposals(campaign))
    return _withheld(whole) if campaign.withheld else whole


def _withheld(whole: Standing) -> Standing:
    """Return it without what tells of the books; who decides sees what counters contradict in."""
    conflicts = {one.id for one in whole.conflicts}
    recent = tuple(
        replace(one, stated=None, difference=None, state=plain_state(LineState(one.state)).value)
        for one in whole.recent
    )
    spoken = {key: said for key, said in whole.spoken.items() if key in conflicts}
    return replace(whole, states={}, figures={}, recent=recent, spoken=spoken)


def _of_books(status: Status, proposals: Mapping[EventId, CountEvent]) -> Standing:
    lines = _by_customer(status.lines)
    uncounted = {line.frozen.customer_id for line in status.uncounted}
    return Standing(
        customers=len(lines),
        uncounted=tuple(_who(found[0]) for key, found in lines.items() if key in uncounted),
        states=Counter(found[0].judged.state.value for found in lines.values()),
        figures={key: tuple(_figures(one.frozen) for one in found) for key, found in lines.items()},
        spoken={key: _spoken(found[0]) for key, found in lines.items()},
        recent=_recent(lines),
        unexpected=_unexpected(status.unexpected, proposals),
        conflicts=tuple(
            _who(found[0])
            for found in lines.values()
            if found[0].judged.state is LineState.CONFLICT
        ),
    )


def _of_mine(parts: CountingParts, mine: MyCounting) -> Standing:
    theirs: dict[CustomerId, list[CountEvent]] = {}
    for event in mine.mine:
        if event.customer is not None:
            theirs.setdefault(event.customer, []).append(event)
    words = {key: last_word(events, by=parts.person) for key, events in theirs.items()}
    figures = {
        str(key): tuple(map(_figures, card.figures))
        for key, card in mine.cards.items()
        if card.figures
    }
    recent = tuple(
        _counted(Who(one.customer.id, one.customer.code, one.customer.name), one.by, one.at,
                 words.get(one.customer.id), figures.get(one.customer.id, ()))
        for one in mine.counted[:RECENT_MAX]
    )  # fmt: skip
    return Standing(
        customers=mine.customers,
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


def _by_customer(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.frozen.customer_id, []).append(line)
    return found


def _who(line: Line) -> Who:
    return Who(line.frozen.customer_id, line.frozen.code, line.frozen.name)


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


def _recent(lines: Mapping[str, list[Line]]) -> tuple[Recent, ...]:
    made = [one for found in lines.values() for one in _last(found[0])]
    made.sort(key=lambda one: one.at, reverse=True)
    return tuple(made[:RECENT_MAX])


def _last(line: Line) -> tuple[Recent, ...]:
    if not line.counted.standing:
        return ()
    event = max(line.counted.standing, key=_at)
    judged = line.judged
    return (
        Recent(
            _who(line), event.by, event.received_at, judged.state.value, event.stated,
            judged.difference, event.id,
        ),
    )  # fmt: skip
