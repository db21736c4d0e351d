"""What a counter may still do about what they recorded: take it back, or propose its fate."""

from collections.abc import Iterable
from typing import Final

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.ids import EventId, PersonName
from erpdesk.domain.stocktake.count_line import NotCountedError
from erpdesk.domain.stocktake.counting import CountEvent, Fate, Proposal
from erpdesk.errors import UserError

SHIFT_US: Final = 12 * 3_600 * 1_000_000
"""How long a shift is at most, in microseconds: a record is taken back within it or not at all."""


class NotYourRecordError(UserError):
    """Only whoever recorded a count takes it back."""


class NothingToTakeBackError(UserError):
    """This record counts nothing, or was taken back already."""


class LaterRecordError(UserError):
    """A later record stands on this one and has to be taken back first."""


class ShiftOverError(UserError):
    """The shift in which this was recorded is over."""


class NotUnexpectedError(UserError):
    """This scan belongs to a line, so there is nothing to propose about it."""


class WhoseCodeError(UserError):
    """A code is linked to a customer, and none was chosen."""


def why_not_take_back(
    event: CountEvent, line: Iterable[CountEvent], *, by: PersonName, now: int
) -> UserError | None:
    """Return what stands against taking an event back; ``now`` in µs, ``line`` all its events."""
    if event.by != by:
        return NotYourRecordError(person=event.by)
    events = tuple(line)
    taken_back = {one.supersedes for one in events if one.takes_back}
    if not event.counts or event.id in taken_back:
        return NothingToTakeBackError(event=event.id)
    later = [one for one in events if one.supersedes == event.id and one.id not in taken_back]
    if later:
        return LaterRecordError(event=event.id, later=later[0].id)
    return ShiftOverError() if now - event.received_at > SHIFT_US else None


def last_word(line: Iterable[CountEvent], *, by: PersonName) -> CountEvent | None:
    """Return what somebody said last of a line and did not take back; None where nothing is."""
    events = tuple(line)
    taken_back = {one.supersedes for one in events if one.takes_back}
    said = [e for e in events if e.by == by and e.counts and e.id not in taken_back]
    return max(said, key=lambda one: (one.by_seq, one.received_at, one.order), default=None)


def why_not_ask_again(why: str, *, in_scope: bool, counted: bool) -> UserError | None:
    """Return what stands against asking for a recount of a customer; ``counted`` by anybody."""
    if not (in_scope and counted):
        return NotCountedError()
    return why_not_reason(why)


def why_not_propose(proposal: Proposal, *, in_scope: bool) -> UserError | None:
    """Return what stands against proposing something; ``in_scope``: the scan has a line."""
    if in_scope:
        return NotUnexpectedError(event=proposal.event)
    if proposal.fate is Fate.ALIAS and proposal.customer is None:
        return WhoseCodeError(event=proposal.event)
    return None


def proposals_of(events: Iterable[CountEvent]) -> dict[EventId, CountEvent]:
    """Return the latest proposal about each scan, with who made it and when."""
    found: dict[EventId, CountEvent] = {}
    for event in sorted(events, key=lambda one: (one.received_at, one.order)):
        if event.proposal is not None:
            found[event.proposal.event] = event
    return found
