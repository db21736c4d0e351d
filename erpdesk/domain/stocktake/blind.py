"""Blind counting: what of a customer's card a counter may know before the review."""

from dataclasses import dataclass
from typing import Final

from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.campaign import REVIEWED, CampaignState
from erpdesk.domain.stocktake.count_line import CountLine, LineState


@dataclass(frozen=True, slots=True)
class Card:
    """What a counting page can show of one customer; None is unknown or withheld.

    ``master`` are the fields to verify with their values. ``ages`` are bucket → amount. ``matches``
    says whether the stated balance is the book. ``withheld`` says that figures were left out.
    """

    customer: CustomerId
    name: str
    codes: tuple[str, ...] = ()
    master: tuple[tuple[str, str], ...] = ()
    state: LineState = LineState.PENDING
    billed: Money | None = None
    unbilled: Money | None = None
    unapplied: Money | None = None
    book: Money | None = None
    exposure: Money | None = None
    credit_limit: Money | None = None
    promised: Money | None = None
    moved: Money | None = None
    difference: Money | None = None
    matches: bool | None = None
    items: tuple[str, ...] | None = None
    ages: tuple[tuple[str, Money], ...] | None = None
    first_stated: Money | None = None
    first_by: PersonName | None = None
    withheld: bool = False


SHOWN: Final = frozenset({"customer", "name", "codes", "master", "state"})
"""All that a counter may see; a field that is new on the card is withheld until it stands here."""

_PLAIN: Final = {
    LineState.RECOUNT_REQUIRED: LineState.PENDING,
    LineState.CONFLICT: LineState.COUNTED,
    LineState.RECOUNTED: LineState.COUNTED,
    LineState.VERIFIED: LineState.COUNTED,
    LineState.VARIANCE: LineState.COUNTED,
    LineState.RESOLVED: LineState.COUNTED,
}


def withholds(*, blind: bool, state: CampaignState) -> bool:
    """Say whether counters are shown no figures: blind, or in a recount, until the review."""
    return state not in REVIEWED and (blind or state is CampaignState.RECOUNT)


def shown(card: Card, *, blind: bool, state: CampaignState) -> Card:
    """Return the card as counters and recounters may have it."""
    if not withholds(blind=blind, state=state):
        return card
    kept = {name: getattr(card, name) for name in SHOWN}
    return Card(**(kept | {"state": plain_state(card.state), "withheld": True}))


def plain_state(state: LineState) -> LineState:
    """Return a line's state without what it tells of the books: open or counted, no more."""
    return _PLAIN.get(state, state)


def may_open(line: CountLine, by: PersonName, *, state: CampaignState) -> bool:
    """Say whether somebody may open a line to count: in a recount not who counted it before."""
    if state is not CampaignState.RECOUNT:
        return True
    return by not in {event.by for event in line.first}
