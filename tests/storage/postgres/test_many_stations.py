"""Workstations that scan into one server at the same time: nothing lost, nothing twice, in time."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from erpdesk.services.keeping.verifying import Speed, Verifying
from erpdesk.storage import tables as t
from erpdesk.storage.database import open_database
from erpdesk.storage.founding import Grant
from tests.fakes import FakeClock
from tests.postgres_server import Server
from tests.processes import APART
from tests.services.builders import CUSTOMERS, STAFF, Office, make_company
from tests.storage.postgres.station import scan

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
MANY, IN_TIME_MS = 10_000, 50.0


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("stations", "scans"), [(3, 25), pytest.param(8, MANY, marks=pytest.mark.nightly)]
)
def test_that_workstations_lose_nothing_and_store_nothing_twice(
    durable_server: Server, tmp_path: Path, stations: int, scans: int
) -> None:
    name = f"stations_{scans}"
    people = tuple(f"station{n}" for n in range(stations))
    place = f"postgresql:///{name}?host={durable_server.folder}"
    staff = {**STAFF, **{one: (Grant("counter"),) for one in people}}
    make_company(durable_server.admin_url(name), staff=staff)
    with closing(Office(place, tmp_path)) as office:
        office.add_customers(*CUSTOMERS)
        office.campaign("K1", counters=people)

    gate, told = APART.Barrier(stations), APART.Queue()
    started = [
        APART.Process(target=scan, args=(place, str(tmp_path), one, scans, gate, told))
        for one in people
    ]
    for process in started:
        process.start()
    answers = [told.get(timeout=800) for _ in started]
    for process in started:
        process.join()

    with closing(open_database(durable_server.admin_url(name))) as database:
        with database.reading() as connection:
            rows = connection.execute(select(t.count_event.c.id, t.count_event.c.raw)).all()
        verified = Verifying(database, FakeClock()).verify(Speed.CHAIN)
    took_ms = sorted(one for _, times in answers for one in times)
    assert [process.exitcode for process in started] == [0] * stations
    assert {row.id for row in rows} == {event for events, _ in answers for event in events}
    assert len({bytes(row.raw) for row in rows}) == len(rows) == stations * scans
    assert verified.is_clean
    assert scans < MANY or took_ms[len(took_ms) * 95 // 100] < IN_TIME_MS  # a few prove no pace
