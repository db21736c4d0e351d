"""Sixteen workstations scanning into one server, beside one bare statement a scan."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final

import psycopg

from erpdesk.domain.counting import Source
from erpdesk.services.counting import Counting
from erpdesk.services.ports import SystemClock
from erpdesk.storage.counting_views import CampaignHead, campaigns
from erpdesk.storage.founding import Grant
from tests.bench.company import PEOPLE, code_of
from tests.bench.counting import CODES_APART, a_company_counting
from tests.bench.figures import Figure
from tests.bench.server import DATABASE, a_server, copied, joining, there
from tests.postgres_server import Server

STATIONS: Final = 16
SECONDS: Final = 5.0
TINY: Final = 1000
"""With fewer customers it is only tried out, for a tenth of the time."""
MANY: Final = 100
"""So many times more customers may cost a tenth of the rate."""

Work = Callable[[int], Callable[[], object]]
"""What station n does again and again, once it is connected."""


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield scans a second of all stations together, and with a hundred times the customers."""
    rate, limit = _measured(cache, size)
    yield Figure("workstations", rate, limit, "scans/s", 0.8, "more", size)
    many, _ = _measured(cache, size * MANY)
    yield Figure("workstations, more customers", many, rate, "scans/s", 0.9, "more", size * MANY)


def _measured(cache: Path, size: int) -> tuple[float, float]:
    place = a_company_counting(cache, size)
    stations = tuple(joining(f"station{n}", Grant("counter")) for n in range(STATIONS))
    crew = tuple(joining(one.name, *one.grants) for one in PEOPLE)
    with a_server() as server:
        copied(server, place, (*crew, *stations))
        _bare_table(server)
        for_s = SECONDS if size >= TINY else SECONDS / 10
        limit = _rate(lambda n: _bare(server, n), for_s)
        return _rate(lambda n: _scanning(server, n, size), for_s), limit


def _rate(work: Work, for_s: float) -> float:
    """Let every station work at one time, and return how much was done in a second."""
    fork = multiprocessing.get_context("fork")
    gate, done = fork.Barrier(STATIONS), fork.Queue()
    started = [
        fork.Process(target=_station, args=(n, work, gate, done, for_s)) for n in range(STATIONS)
    ]
    for one in started:
        one.start()
    counted = [done.get(timeout=120) for _ in started]
    for one in started:
        one.join()
    return float(sum(counted)) / for_s


def _station(n: int, work: Work, gate: Any, done: Any, for_s: float) -> None:
    act, counted = work(n), 0
    act()
    gate.wait(60)
    ends = time.perf_counter() + for_s
    while time.perf_counter() < ends:
        act()
        counted += 1
    done.put(counted)


def _scanning(server: Server, n: int, size: int) -> Callable[[], object]:
    company, clock, places = there(server, f"station{n}"), SystemClock(), count(1)
    counting = Counting(company, clock, company.new_id())
    head = _campaign(company.database)

    def scan() -> object:
        code = code_of((next(places) * STATIONS + n) * CODES_APART % size)
        return counting.record_scan(head, code.encode(), source=Source.SERIAL)

    return scan


def _campaign(database: Any) -> CampaignHead:
    with database.reading() as connection:
        return campaigns(connection, frozenset({"counting"}))[0]


def _bare_table(server: Server) -> None:
    with psycopg.connect(server.admin_url(DATABASE), autocommit=True) as admin:
        admin.execute("CREATE TABLE public.bare (station int, seq int, raw bytea)")


def _bare(server: Server, n: int) -> Callable[[], object]:
    connection = psycopg.connect(server.admin_url(DATABASE), autocommit=True)
    numbers = count()

    def insert() -> object:
        row = (n, next(numbers), b"KH0000001")
        return connection.execute("INSERT INTO public.bare VALUES (%s, %s, %s)", row, prepare=True)

    return insert
