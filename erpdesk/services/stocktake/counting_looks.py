"""What whoever counts may look at, also with a login that reads no books."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from erpdesk.domain.ids import CustomerId, EventId
from erpdesk.domain.stocktake.campaign import TAKES_COUNTS, CampaignPlan, plan_from
from erpdesk.domain.stocktake.counting import CountEvent
from erpdesk.domain.stocktake.own_words import SHIFT_US, proposals_of
from erpdesk.services.ports import Clock
from erpdesk.storage import counting_views as views
from erpdesk.storage import counts
from erpdesk.storage.counting_views import CampaignHead, Counted, CounterCard, Named
from erpdesk.storage.database import Connection
from erpdesk.storage.unit_of_work import Company

__all__ = [
    "OPEN_MOST", "CounterCard", "CountingLooks", "HasId", "MyCounting", "Progress", "Running",
    "ShiftSum",
]  # fmt: skip


OPEN_MOST = 500
"""So many of those not reached yet are listed; of all of them there is the number."""
RECENT_MOST = 500
"""So many of the last counts are listed."""


class HasId(Protocol):
    """A campaign, however much of it is known."""

    @property
    def id(self) -> str:
        """Return its id."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is: customers in its list, those counted, the first not reached yet."""

    campaign: CampaignHead
    customers: int
    counted: int
    uncounted: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign that takes counts now, and what was planned."""

    head: CampaignHead
    plan: CampaignPlan


@dataclass(frozen=True, slots=True)
class MyCounting:
    """How a campaign stands for one who counts: ``done`` of its customers were counted.

    ``uncounted`` are the first not reached yet, ``counted`` those of the last counts, ``mine``
    their own events in their order, ``unexpected`` their own scans that belong to no line and are
    not decided, ``cards`` those counted that are on their lines or on nobody's; the figures on
    them are those of an open count alone.
    """

    customers: int
    done: int
    uncounted: tuple[Named, ...]
    counted: tuple[Counted, ...] = ()
    mine: tuple[CountEvent, ...] = ()
    unexpected: tuple[CountEvent, ...] = ()
    proposals: Mapping[EventId, CountEvent] = field(default_factory=dict)
    cards: Mapping[CustomerId, CounterCard] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShiftSum:
    """What one person recorded in a campaign in a shift: scans, and what became of them.

    ``since`` is the first of it in µs, ``unexpected`` are scans of no line that nobody decided yet.
    """

    since: int
    scans: int
    statements: int
    taken_back: int
    unexpected: int


@dataclass(frozen=True, slots=True)
class CountingLooks:
    """Looks at campaigns as a counter may; it reads nothing that a counter's login cannot."""

    company: Company
    clock: Clock

    def running(self) -> tuple[Running, ...]:
        """Return the campaigns that take counts now, the newest first."""
        states = frozenset(state.value for state in TAKES_COUNTS)
        with self.company.database.reading() as connection:
            return tuple(
                Running(head, plan_from(views.scope_said(connection, head.id)))
                for head in views.campaigns(connection, states)
            )

    def sizes(self, campaign: HasId) -> tuple[int, int]:
        """Return how many customers a campaign has, and how many of them are counted."""
        with self.company.database.reading() as connection:
            name = campaign.id
            return views.scope_size(connection, name), views.counted_size(connection, name)

    def progress(self, campaign: HasId) -> Progress:
        """Return how far counting is, without any figure of the books."""
        with self.company.database.reading() as connection:
            head = views.campaign(connection, campaign.id)
            size, done = (
                ask(connection, head.id) for ask in (views.scope_size, views.counted_size)
            )
            waiting = views.uncounted(connection, head.id, most=OPEN_MOST)
            return Progress(head, size, done, waiting)

    def mine(self, campaign: HasId, among: Collection[str] = ()) -> MyCounting:
        """Return how a campaign stands for whoever is here; ``among`` whom the open ones are."""
        person = self.company.person
        with self.company.database.reading() as connection:
            events = tuple(counts.events(connection, campaign.id, by=person))
            counted = views.counted(connection, campaign.id, most=RECENT_MOST)
            return MyCounting(
                views.scope_size(connection, campaign.id),
                views.counted_size(connection, campaign.id),
                views.uncounted(connection, campaign.id, among, most=OPEN_MOST),
                counted,
                events,
                _unexpected(connection, campaign.id, events),
                proposals_of(events),
                views.cards(connection, campaign.id, person, [one.customer.id for one in counted]),
            )

    def card(self, campaign: HasId, customer: str) -> CounterCard | None:
        """Return a customer of a campaign as whoever counts may see it; None on others' lines."""
        with self.company.database.reading() as connection:
            found = views.cards(connection, campaign.id, self.company.person, [customer])
        return next(iter(found.values()), None)

    def find(self, campaign: HasId, words: str, *, most: int = 20) -> tuple[CounterCard, ...]:
        """Return customers by code, name, tax number, pinyin or telephone."""
        with self.company.database.reading() as connection:
            return views.search(connection, campaign.id, words, limit=most)

    def shift(self, campaign: HasId, *, since: int | None = None) -> ShiftSum:
        """Return the sum of one's own shift: since a moment in µs, at most twelve hours ago."""
        start = max(since or 0, self.clock.now_us() - SHIFT_US)
        with self.company.database.reading() as connection:
            mine = counts.events(connection, campaign.id, by=self.company.person)
            events = tuple(one for one in mine if one.received_at >= start)
            unexpected = _unexpected(connection, campaign.id, events)
        return ShiftSum(
            since=min((one.received_at for one in events), default=start),
            scans=sum(one.is_scan for one in events),
            statements=sum(one.counts and not one.is_scan for one in events),
            taken_back=sum(one.takes_back for one in events),
            unexpected=len(unexpected),
        )


def _unexpected(
    connection: Connection, campaign_id: str, events: tuple[CountEvent, ...]
) -> tuple[CountEvent, ...]:
    """Return the scans that belong to no line and are not decided yet."""
    inside = views.scope_customers(connection, campaign_id)
    decided = views.decided_scans(connection, campaign_id)
    return tuple(
        one
        for one in events
        if one.customer not in inside
        and one.id not in decided
        and one.proposal is None
        and not one.takes_back
    )
