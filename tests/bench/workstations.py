"""Sixteen workstations scanning into one server, beside one bare or guarded statement a scan.

The bare statement appends a row that nothing looks at. The guarded one appends a count as a scan
does, by each station under its own password: its guards (who is here, whether the campaign takes
counts, the chain and its hash, the references) cost a server several times what the bare row does,
so with the guards in place no scan comes near the first limit, however little else it does. What a
scan does besides - reading the code, looking up whose it is, judging it - is measured against the
second.

The stations share the processors of the server, as they do not in an office: beside the second
limit a scan takes half as much again of the server (whose code it is, whether it is in the list,
who counted it before), and of the station three times as much. The more else the computer does,
the lower is the ratio: what a station does between two statements is never ready at hand.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg

from erpdesk.domain.ids import new_id
from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.ports import SystemClock
from erpdesk.services.stocktake.counting import Counting
from erpdesk.storage.counting_views import CampaignHead, campaigns
from erpdesk.storage.founding import Grant
from tests.bench.company import PEOPLE, code_of
from tests.bench.counting import CODES_APART, a_company_counting
from tests.bench.figures import Figure
from tests.bench.server import DATABASE, PASSWORD, a_server, copied, joining, there
from tests.postgres_server import Server

STATIONS: Final = 16
SECONDS: Final = 5.0
TINY: Final = 1000
"""With fewer customers it is only tried out, for a tenth of the time."""
WARM: Final = 20
MANY: Final = 100
"""So many times more customers may cost a tenth of the rate."""

FEW: Final = 1000
"""The guarded statement counts these customers again and again."""

_GUARDED: Final = """
INSERT INTO erp.count_event
  (id, campaign_id, customer_id, raw, source, device_id, device_seq, made_by, body)
VALUES (%s, %s, %s, 'KH0000001', 'serial', %s, %s, %s,
  '{"fields":[{"field":"code"}],"reading":{"action":"accept","kind":"code","value":"KH0000001",
"why":"code"}}')
"""

Work = Callable[[int], Callable[[], object]]
"""What station n does again and again, once it is connected."""


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield scans a second of all stations together, and with a hundred times the customers."""
    for_s = SECONDS if size >= TINY else SECONDS / 10
    rate, bare, guarded = _measured(cache, size, for_s)
    yield Figure("workstations", rate, bare, "scans/s", 0.8, "more", size)
    yield Figure("workstations, guarded statement", rate, guarded, "scans/s", 0.8, "more", size)
    many, _, _ = _measured(cache, size * MANY, for_s)
    yield Figure("workstations, more customers", many, rate, "scans/s", 0.9, "more", size * MANY)


def _measured(cache: Path, size: int, for_s: float) -> tuple[float, float, float]:
    place = a_company_counting(cache, size)
    stations = tuple(joining(f"station{n}", Grant("counter")) for n in range(STATIONS))
    crew = tuple(joining(one.name, *one.grants) for one in PEOPLE)
    with a_server() as server:
        copied(server, place, (*crew, *stations))
        _bare_table(server)
        bare = _rate(lambda n: _bare(server, n), for_s)
        guarded = _rate(lambda n: _guarded(server, n), for_s)
        return _rate(lambda n: _scanning(server, n, size), for_s), bare, guarded


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
    for _ in range(WARM):  # a server plans a statement anew for its first few times
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


def _guarded(server: Server, n: int) -> Callable[[], object]:
    name, device, numbers = f"station{n}", uuid4(), count(1)
    there = server.url(DATABASE, user=name, password=PASSWORD.format(name))
    connection = psycopg.connect(there, autocommit=True)
    [campaign] = connection.execute("SELECT id FROM erp.counting_campaign").fetchone() or ()
    few = connection.execute("SELECT id FROM erp.customer_names ORDER BY n LIMIT %s", (FEW,))
    customers = cycle([one for (one,) in few])

    def insert() -> object:
        row = (new_id(at_us=time.time_ns() // 1000), campaign, next(customers), device,
               next(numbers), name)  # fmt: skip
        return connection.execute(_GUARDED, row, prepare=True)

    return insert
