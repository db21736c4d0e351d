"""How a campaign stands while it is counted: looked at whole once, then kept up by what is new.

What a look costs depends on what was counted since the last one and on how many lines were
touched at all, not on how long the list is: nobody who scans waits for a million customers.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Any, Final

from erpdesk.domain.ids import EventId
from erpdesk.domain.stocktake.count_line import UNCOUNTED, LineState, Rulings
from erpdesk.domain.stocktake.counting import CountEvent
from erpdesk.domain.stocktake.own_words import proposals_of
from erpdesk.services.stocktake.campaign_status import (
    Line,
    Status,
    Untouched,
    lines_of,
    plan_of,
    status_from,
    unexpected_of,
)
from erpdesk.services.stocktake.counting_looks import OPEN_MOST
from erpdesk.storage import count_news, counts
from erpdesk.storage.count_news import News, Size, Told
from erpdesk.storage.counts import LineRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company

Tell = Callable[[int, int | None], None]
"""Is told how many rows were read, and of how many."""

TOLD_EACH: Final = 500
"""After so many rows it is told again."""


@dataclass(frozen=True, slots=True)
class Watched:
    """How a campaign stands: its customers, and of those touched every line, by customer.

    ``open`` are the first whom nobody reached yet, in the order of the list; ``states`` tells how
    many customers stand where.
    """

    customers: int
    open: tuple[LineRow, ...]
    states: Mapping[LineState, int]
    lines: Mapping[str, tuple[Line, ...]]
    unexpected: tuple[CountEvent, ...]
    proposals: Mapping[EventId, CountEvent]

    @property
    def uncounted(self) -> int:
        """Return how many customers nobody reached yet."""
        return sum(count for state, count in self.states.items() if state in UNCOUNTED)


class CampaignWatch:
    """Looks at one campaign again and again, as somebody who reads the books; one look at a time.

    ``campaign`` is as it was when the watch began: its list and its terms are frozen. Whoever
    looks may be told how many rows were read, and of how many; what that raises ends the look.
    """

    def __init__(self, company: Company, campaign: Document) -> None:
        self._company, self._campaign, self._plan = company, campaign, plan_of(campaign)
        self._one_at_a_time = Lock()
        self._begin()

    def _begin(self) -> None:
        self._seen: Mapping[str, int] = {}
        self._size: Size | None = None
        self._rulings = Rulings()
        self._events: dict[str, CountEvent] = {}
        self._owners: dict[str, str | None] = {}
        self._theirs: dict[str | None, dict[str, CountEvent]] = defaultdict(dict)
        self._moved: Mapping[tuple[str, str], int] = {}
        self._lines: dict[str, tuple[Line, ...]] = {}

    def look(self, among: Collection[str] = (), tell: Tell | None = None) -> Watched:
        """Return how it stands now; ``among`` these customers alone the open ones are listed.

        After a look that broke off, all is looked at anew.
        """
        with self._one_at_a_time:
            return self._look(among, tell)

    def _look(self, among: Collection[str], tell: Tell | None) -> Watched:
        try:
            with self._company.database.standing_still() as connection:
                self._keep_up(connection, tell)
                return self._watched(self._untouched(connection, among), among)
        except BaseException:
            self._begin()
            raise

    def _untouched(self, connection: Connection, among: Collection[str]) -> tuple[LineRow, ...]:
        if self._size is not None and len(self._lines) == self._size.customers:
            return ()
        return count_news.untouched(connection, self._campaign.id, among, most=OPEN_MOST)

    def status(self, campaign: Document, tell: Tell | None = None) -> Status:
        """Return how it stands now, the ``campaign`` as it is now: what was touched, line by line.

        The rest is numbered, and the first of it listed.
        """
        with self._one_at_a_time:
            found = self._look((), tell)
            size, scans = self._size or Size(), len(self._events)
        lines = sorted((one for of in found.lines.values() for one in of), key=_line_place)
        rows = [row for row in found.open if row.customer_id not in found.lines]
        first = tuple(lines_of(rows, (), self._rulings, self._plan, self._moved))
        rest = Untouched(
            size.lines - len(lines), size.customers - len(found.lines), first, size.given
        )
        return status_from(campaign, tuple(lines), found.unexpected, scans, rest)

    def _keep_up(self, connection: Connection, tell: Tell | None) -> None:
        name, cut_off = self._campaign.id, self._plan.cut_off
        told: Told = iter
        if self._size is None:
            self._size = count_news.size(connection, name)
            stored = count_news.stored(connection, name) if tell is not None else 0
            told = telling(tell, self._size.lines + stored)
        touched = self._take(count_news.news(connection, name, self._seen, told))
        touched |= self._take_moved(counts.movements(connection, name, cut_off=cut_off))
        rows = count_news.lines(connection, name, touched, most=self._size.customers // 2)
        self._fold(told(rows), touched)

    def _take(self, news: News) -> set[str]:
        """Take what is new into account; return whose lines it is about."""
        touched: set[str | None] = {one.customer for one in news.decisions}
        for event in news.events:
            self._events[event.id] = event
        for decision in news.decisions:
            self._rulings.add(decision)
        named = (self._events.get(one.event or "") for one in news.decisions)
        for event in (*news.events, *filter(None, named)):
            touched |= self._put(event)
        self._seen = news.seen
        return {one for one in touched if one is not None}

    def _put(self, event: CountEvent) -> set[str | None]:
        """File an event under whose it is now; return whose it was and is."""
        owner = self._rulings.owner(event)
        before = self._owners.get(event.id, owner)
        self._theirs[before].pop(event.id, None)
        self._theirs[owner][event.id], self._owners[event.id] = event, owner
        return {before, owner}

    def _take_moved(self, moved: Mapping[tuple[str, str], int]) -> set[str]:
        """Take what was posted after the cut-off into account; return whose lines that changes."""
        changed = {customer for (customer, _), _ in moved.items() ^ self._moved.items()}
        self._moved = moved
        return changed & self._lines.keys()

    def _fold(self, frozen: Iterable[LineRow], touched: Iterable[str]) -> None:
        events = [event for one in touched for event in self._theirs[one].values()]
        found: dict[str, list[Line]] = defaultdict(list)
        for line in lines_of(frozen, events, self._rulings, self._plan, self._moved):
            found[line.frozen.customer_id].append(line)
        self._lines |= {customer: tuple(lines) for customer, lines in found.items()}

    def _watched(self, untouched: Iterable[LineRow], among: Collection[str]) -> Watched:
        lines, customers = dict(self._lines), self._size.customers if self._size else 0
        states = Counter(one[0].judged.state for one in lines.values())
        states[LineState.PENDING] += customers - len(lines)
        back = (
            one[0].frozen
            for customer, one in lines.items()
            if one[0].judged.state in UNCOUNTED and (not among or customer in among)
        )
        waiting = {row.customer_id: row for row in sorted((*untouched, *back), key=_place)}
        loose = [
            event
            for owner, events in self._theirs.items()
            if owner not in lines
            for event in events.values()
        ]
        return Watched(
            customers, tuple(waiting.values())[:OPEN_MOST], +states, lines,
            unexpected_of(lines, loose, self._rulings), proposals_of(loose),
        )  # fmt: skip


def telling(tell: Tell | None, total: int) -> Told:
    """Return what hands rows on and tells how many they were by now, whatever rows they are."""
    number = count(1)

    def told(rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            n = next(number)
            if tell is not None and n % TOLD_EACH == 0:
                tell(n, total)
            yield row

    return told


def _place(row: LineRow) -> int:
    return row.n


def _line_place(line: Line) -> int:
    return line.frozen.n
