"""Counting in a window: a company whose customers are all counted, and the page for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final, TypeVar

from typing_extensions import override

from erpdesk.domain.ids import PersonName
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.counting import Source
from erpdesk.domain.stocktake.variance import Tolerance
from erpdesk.services.ports import SystemClock
from erpdesk.services.stocktake.campaigns import Campaigns
from erpdesk.services.stocktake.counting import Counted, Counting
from erpdesk.storage.counts import events
from erpdesk.storage.unit_of_work import Company, Unit
from tests.bench.company import CREW, a_company_of_customers, code_of, copied, kept, opened
from tests.bench.figures import times_ms
from tests.bench.window import Painted, a_room, page_in, rested, settle, until
from ui.main_window.room import Room
from ui.pages.counting.page import CountingPage
from ui.pages.counting.standing import Looks

_AT_ONCE: Final = 5000
T = TypeVar("T")
CODES_APART: Final = 7919
"""Codes are scanned so far apart in the list, as labels lie about."""


def a_company_counting(cache: Path, customers: int) -> Path:
    """Return a company with a frozen campaign over all its customers; made once."""

    def make(place: Path) -> None:
        copied(a_company_of_customers(cache, customers), place)
        company, clock = opened(place, CREW.approver), SystemClock()
        campaigns = Campaigns(company, clock)
        plan = CampaignPlan(
            "bench", clock.today(), "CNY", blind=False, tolerance=Tolerance(0),
            counters=(PersonName(CREW.maker),),
        )  # fmt: skip
        campaigns.freeze(campaigns.plan(plan).value)
        company.database.close()

    return kept(cache, f"counting-{customers}", make)


def a_company_counted(cache: Path, customers: int, scans: int) -> Path:
    """Return the same company after so many of its customers were scanned; made once.

    Those that a counter scans first are not among them. They are scanned as ever, guards and all,
    but stored many in a transaction: so many syncs take longer than all that is measured.
    """

    def make(place: Path) -> None:
        copied(a_company_counting(cache, customers), place)
        company = opened(place)
        codes = [code_of(n * CODES_APART % customers) for n in range(customers - scans, customers)]
        for start in range(0, scans, _AT_ONCE):
            company.run(partial(_scanned, company, codes[start : start + _AT_ONCE]))
        company.database.close()

    return kept(cache, f"counted-{customers}-{scans}", make)


def _scanned(company: Company, codes: list[str], unit: Unit) -> None:
    clock = SystemClock()
    counting = Counting(_Within(company, unit), clock, company.new_id())
    [running] = counting.running()
    for code in codes:
        counting.record_scan(running.head, code.encode(), source=Source.SERIAL)


class _Within(Company):
    """A company all of whose work belongs to a transaction that is open."""

    def __init__(self, company: Company, unit: Unit) -> None:
        super().__init__(company.database, company.person, company.clock)
        self._unit = unit

    @override
    def run(self, work: Callable[[Unit], T], *, once: bool = False) -> T:
        del once
        return work(self._unit)


@dataclass
class Counter:
    """Somebody who scans codes of a company, each once, far apart in the list."""

    room: Room
    page: CountingPage
    customers: int

    def __post_init__(self) -> None:
        self._places = count(1)
        self.painted = Painted(self.page.card)
        self.shown: list[str] = []
        self.page.flow.judged.connect(self._judged)
        campaign = self.page.campaign
        assert campaign is not None
        self.looks = Looks(self.page.parts, campaign)
        self.looks.standing()

    def _judged(self, counted: Counted) -> None:
        self._at_paint = self.painted.count
        self.shown.append(counted.event.raw.decode())

    def codes(self, size: int) -> list[str]:
        """Return so many codes that were not scanned yet."""
        return [code_of(next(self._places) * CODES_APART % self.customers) for _ in range(size)]

    def scan(self, code: str) -> None:
        """Hand a code to the page, as scanner and wedge do."""
        self.page.scan(code.encode(), Source.SERIAL)

    def scan_until_painted(self, code: str) -> None:
        """Scan, and go on when the card of this code stands painted."""
        self.scan(code)
        until(lambda: self.shown[-1:] == [code] and self.painted.count > self._at_paint)

    def times_ms(self, size: int) -> list[float]:
        """Return how long scans took until they were painted, sorted; what follows is let be."""
        codes = iter(self.codes(size))
        found = []
        for _ in range(size):
            found += times_ms(lambda: self.scan_until_painted(next(codes)), 1)
            settle(self.room)
        return sorted(found)

    def look_ms(self) -> float:
        """Return how long the look took that follows a scan, beside the window."""
        self.scan(*self.codes(1))
        settle(self.room)
        (took,) = times_ms(self.looks.standing, 1)
        return took

    def stored(self) -> list[str]:
        """Return the codes that are stored, in the order stored."""
        campaign = self.page.campaign
        assert campaign is not None
        with self.room.desk.company.database.reading() as connection:
            found = sorted(events(connection, campaign.id), key=lambda one: one.order)
        return [one.raw.decode() for one in found]


@contextmanager
def a_counter(
    cache: Path,
    folder: Path,
    customers: int,
    adjust: Callable[[Room], None] = lambda _: None,
    *,
    scans: int = 0,
) -> Iterator[Counter]:
    """Somebody who counts, on a copy of the company in this folder; so many were scanned before."""
    kept_at = (
        a_company_counted(cache, customers, scans)
        if scans
        else a_company_counting(cache, customers)
    )
    place = copied(kept_at, folder / "counting.erpdesk")
    company = opened(place)
    with a_room(company, SystemClock()) as room:
        adjust(room)
        page = page_in(room, "counting", CountingPage)
        page.entered()
        settle(room)
        rested()
        yield Counter(room, page, customers)
        page.deleteLater()
    company.database.close()
