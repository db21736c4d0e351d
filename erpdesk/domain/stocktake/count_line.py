"""A line of a stocktake: what its events and decisions add up to.

Nothing is stored but the two logs; the state is folded from them whenever it is asked. Which event
stands depends on who recorded it and on the device's own order, never on clocks or on arrival;
arrival only says what a decision had before it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Final

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.stocktake.counting import CountEvent, Verified
from erpdesk.errors import UserError


class LineCountedError(UserError):
    """This line has been counted already."""


class NotCountedError(UserError):
    """This line has not been counted yet."""


class RecounterCountedError(UserError):
    """Whoever counted a line cannot recount it."""


class OtherLineError(UserError):
    """This count does not belong to the line."""


class ProofMissingError(UserError):
    """A customer who was not found needs proof, such as returned mail or a list of calls."""


class LineState(StrEnum):
    """Where a line stands; the first ones are folded, verified to resolved are judged."""

    PENDING = "pending"
    LEASED = "leased"
    COUNTED = "counted"
    CONFLICT = "conflict"
    RECOUNT_REQUIRED = "recount_required"
    RECOUNTED = "recounted"
    DEFERRED = "deferred"
    NOT_FOUND = "not_found"
    EXCLUDED = "excluded"
    UNEXPECTED = "unexpected"
    VERIFIED = "verified"
    VARIANCE = "variance"
    RESOLVED = "resolved"


UNCOUNTED: Final = frozenset({LineState.PENDING, LineState.LEASED})
IN_HAND: Final = frozenset({LineState.COUNTED, LineState.RECOUNTED})


class LineVerb(StrEnum):
    """What a supervisor decides about a line, or about an event that belongs to none."""

    CHOOSE = "choose"
    RECOUNT = "recount"
    DEFER = "defer"
    NOT_FOUND = "not_found"
    CARRY = "carry"
    REOPEN = "reopen"
    ALIAS = "alias"
    NEW_CUSTOMER = "new_customer"
    OTHER_CAMPAIGN = "other_campaign"
    JUNK = "junk"


_WITHOUT_COUNT: Final = {
    LineVerb.DEFER: LineState.DEFERRED,
    LineVerb.NOT_FOUND: LineState.NOT_FOUND,
    LineVerb.CARRY: LineState.EXCLUDED,
}
RESOLVING: Final = frozenset(
    {LineVerb.ALIAS, LineVerb.NEW_CUSTOMER, LineVerb.OTHER_CAMPAIGN, LineVerb.JUNK}
)
"""What is decided about a scan that belongs to no line."""


@dataclass(frozen=True, slots=True)
class LineDecision:
    """One decision of a supervisor; ``at`` is the database's clock, µs since 1970 UTC.

    ``heads`` is how many events each person had stored when it was taken: what was counted before
    and after it follows from these, for a clock may be put back. Without them the clock tells.
    """

    id: str
    campaign: DocumentId
    verb: LineVerb
    reason: str
    by: PersonName
    at: int
    customer: CustomerId | None = None
    event: EventId | None = None
    to_person: PersonName | None = None
    evidence: tuple[str, ...] = ()
    heads: Mapping[PersonName, int] = field(default_factory=dict, hash=False)

    def follows(self, event: CountEvent) -> bool:
        """Say whether an event was stored already when this was decided."""
        if not self.heads:
            return event.received_at <= self.at
        return event.by_seq <= self.heads.get(event.by, 0)

    @property
    def order(self) -> tuple[int, int, str]:
        """Return its place among decisions: by all that was stored before it, then by the clock."""
        return sum(self.heads.values()), self.at, self.id


@dataclass(frozen=True, slots=True)
class CountLine:
    """A line as its logs make it: every event and decision stays visible.

    ``standing`` are the events that count now, one a person; more than one only when they agree or
    are in conflict. ``first`` are those a recount was decided about, ``asked`` the requests of
    counters for a recount that nobody decided yet.
    """

    state: LineState
    events: tuple[CountEvent, ...] = ()
    decisions: tuple[LineDecision, ...] = ()
    standing: tuple[CountEvent, ...] = ()
    first: tuple[CountEvent, ...] = ()
    duplicate_scan: bool = False
    asked: tuple[CountEvent, ...] = ()

    @property
    def counters(self) -> frozenset[PersonName]:
        """Return everybody who counted this line."""
        return frozenset(event.by for event in self.events if event.counts)

    @property
    def verified(self) -> tuple[Verified, ...]:
        """Return the fields that were looked at, each once."""
        found = {one.field: one for event in self.standing for one in event.verified}
        return tuple(found.values())

    def stating(self, currency: str) -> CountEvent | None:
        """Return the event whose stated balance stands, or None where nobody named one."""
        found = [e for e in self.standing if e.stated and e.stated.currency == currency]
        return found[-1] if found else None


def fold(
    events: Iterable[CountEvent], decisions: Collection[LineDecision] = (), *, leased: bool = False
) -> CountLine:
    """Return the state of one customer's line from its two logs, in whatever order they come."""
    every = tuple(sorted(events, key=lambda event: event.order))
    if len(every) == 1 and every[0].counts and not decisions:
        asking = every if every[0].asks is not None else ()
        return CountLine(LineState.COUNTED, every, standing=every, asked=asking)
    ruled = tuple(sorted(decisions, key=lambda decision: decision.order))
    reopened = max((n for n, d in enumerate(ruled, 1) if d.verb is LineVerb.REOPEN), default=0)
    valid = ruled[reopened:]
    current = _since(ruled[reopened - 1] if reopened else None, every)
    state, standing, first = _standing(current, valid)
    if not standing and not first:
        state = _uncounted(valid, leased=leased)
    asked = tuple(e for e in _since(_last_ruling(valid), current) if e.asks is not None)
    return CountLine(state, every, ruled, standing, first, _scanned_again(current), asked)


_Standing = tuple[LineState, tuple[CountEvent, ...], tuple[CountEvent, ...]]


def _since(decision: LineDecision | None, events: Iterable[CountEvent]) -> list[CountEvent]:
    return [event for event in events if decision is None or not decision.follows(event)]


def _last_ruling(decisions: Sequence[LineDecision]) -> LineDecision | None:
    return next((d for d in reversed(decisions) if d.verb in _RULING), None)


def _standing(events: list[CountEvent], decisions: Sequence[LineDecision]) -> _Standing:
    last = _last_ruling(decisions)
    if last is None:
        return _agreed(_effective(events), LineState.COUNTED)
    before, after = [event for event in events if last.follows(event)], _since(last, events)
    if last.verb is LineVerb.RECOUNT:
        return _recounted(before, after, last.to_person)
    chosen = [event for event in before if event.id == last.event]
    return _agreed(_effective([*(chosen or before), *after]), LineState.COUNTED)


_RULING: Final = frozenset({LineVerb.CHOOSE, LineVerb.RECOUNT})


def _recounted(
    before: list[CountEvent], after: list[CountEvent], to_person: PersonName | None
) -> _Standing:
    first = _effective(before)
    counted = {event.by for event in before if event.counts}
    again = [e for e in after if e.by not in counted and to_person in {None, e.by}]
    state, standing, _ = _agreed(_effective(again), LineState.RECOUNTED)
    return (state if standing else LineState.RECOUNT_REQUIRED), standing, first


def _agreed(standing: tuple[CountEvent, ...], state: LineState) -> _Standing:
    conflict = any(contradict(one, other) for one, other in combinations(standing, 2))
    return (LineState.CONFLICT if conflict else state), standing, ()


def _effective(events: Sequence[CountEvent]) -> tuple[CountEvent, ...]:
    """Return what each person says last, in merge order; what was superseded is not said.

    What was taken back supersedes nothing either: the word before it stands again.
    """
    taken_back = {event.supersedes for event in events if event.takes_back}
    alive = [event for event in events if event.id not in taken_back]
    gone = {event.supersedes for event in alive}
    said = [event for event in alive if event.counts and event.id not in gone]
    last = {event.by: event for event in sorted(said, key=lambda e: (e.by_seq, e.order))}
    return tuple(sorted(last.values(), key=lambda event: event.order))


def contradict(one: CountEvent, other: CountEvent) -> bool:
    """Say whether two counts name different balances or different values of a field.

    What only one of them names is no contradiction: silence is not zero.
    """
    values = {field.field: field.value for field in one.verified}
    if any(values.get(field.field, field.value) != field.value for field in other.verified):
        return True
    if one.stated is None or other.stated is None:
        return False
    return one.stated.currency == other.stated.currency and one.stated != other.stated


def _uncounted(decisions: Sequence[LineDecision], *, leased: bool) -> LineState:
    last = next((d for d in reversed(decisions) if d.verb in _WITHOUT_COUNT), None)
    if last:
        return _WITHOUT_COUNT[last.verb]
    return LineState.LEASED if leased else LineState.PENDING


def _scanned_again(events: list[CountEvent]) -> bool:
    gone = {event.supersedes for event in events}
    bare = [e for e in events if e.is_bare and e.id not in gone]
    return len(bare) > 1 or (bool(bare) and any(event.counts for event in events))


class Rulings:
    """Decisions of a campaign by what they are about; more may be added as they are taken."""

    def __init__(self, decisions: Iterable[LineDecision] = ()) -> None:
        self._of: dict[CustomerId, list[LineDecision]] = {}
        self._linked: dict[EventId, LineDecision] = {}
        self._resolved: set[EventId] = set()
        for decision in decisions:
            self.add(decision)

    def add(self, decision: LineDecision) -> None:
        """Take one more into account."""
        if decision.customer is not None:
            self._of.setdefault(decision.customer, []).append(decision)
        if decision.event is None:
            return
        if decision.verb in RESOLVING:
            self._resolved.add(decision.event)
        last = self._linked.get(decision.event, decision)
        if decision.verb is LineVerb.ALIAS and decision.order >= last.order:
            self._linked[decision.event] = decision

    def of(self, customer: CustomerId) -> Sequence[LineDecision]:
        """Return what was decided about the line of a customer."""
        return self._of.get(customer, ())

    def owner(self, event: CountEvent) -> CustomerId | None:
        """Return whose event it is: as it was scanned, or as the last decision linked its code."""
        link = self._linked.get(event.id)
        return event.customer if link is None else link.customer

    def unexpected_state(self, event: CountEvent) -> LineState:
        """Return where an event stands that belongs to no line: unexpected until it is decided.

        What was said about a scan afterwards is no scan.
        """
        if event.proposal is not None or event.takes_back:
            return LineState.EXCLUDED
        return LineState.RESOLVED if event.id in self._resolved else LineState.UNEXPECTED


def why_not_rule(line: CountLine, decision: LineDecision) -> UserError | None:
    """Return what stands against a supervisor's decision about a line."""
    if why_not := why_not_reason(decision.reason):
        return why_not
    if decision.verb in _WITHOUT_COUNT:
        return _why_not_without_count(line, decision)
    if decision.verb in _RULING and not line.counters:
        return NotCountedError()
    if decision.verb is LineVerb.RECOUNT and decision.to_person in line.counters:
        return RecounterCountedError(person=decision.to_person)
    ids = {event.id for event in line.events if event.counts}
    if decision.verb is LineVerb.CHOOSE and decision.event not in ids:
        return OtherLineError(event=decision.event)
    return None


def _why_not_without_count(line: CountLine, decision: LineDecision) -> UserError | None:
    if line.standing or line.first:
        return LineCountedError(state=line.state)
    if decision.verb is LineVerb.NOT_FOUND and not decision.evidence:
        return ProofMissingError()
    return None
