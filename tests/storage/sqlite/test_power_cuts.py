"""The power goes at any moment: what was acknowledged is there, and no file is broken.

The real program runs on a disk that records every write and sync; hundreds of cuts are made up
from the record afterwards. A cut keeps each 512-byte sector that was not synced, or loses it.
"""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import ErpdeskError
from erpdesk.services.keeping.verifying import Speed, Verifying
from erpdesk.services.noticing import Asked
from erpdesk.storage import database as storage
from erpdesk.storage import tables as t
from erpdesk.storage.checks import Finding
from erpdesk.storage.database import Database, open_database
from tests.fakes import FakeClock
from tests.services.builders import Office, paid
from tests.storage.sqlite.disk import Recorder, under
from tests.storage.sqlite.power import Cut, cuts

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="its SQLite shows no file system"),
    pytest.mark.slow,
]
NIGHTLY = [pytest.mark.nightly, pytest.mark.timeout(1200)]
PAGES_BEFORE_CHECKPOINT = 60
"""Far fewer than usual, so that short work has many checkpoints to be cut in."""


@contextmanager
def recorded(place: Path, disk: Recorder) -> Iterator[Office]:
    """Let the firm work on a disk that records."""
    with under(disk), closing(Office(str(place), place.parent)) as office:
        company = office.desk("counter").company
        with company.database.engine.connect() as connection:
            pragma = f"PRAGMA wal_autocheckpoint = {PAGES_BEFORE_CHECKPOINT}"
            connection.exec_driver_sql(pragma)
        yield office


def scan_much(place: Path, disk: Recorder, scans: int) -> None:
    """Scan codes that nobody knows; what is answered is promised."""
    with recorded(place, disk) as office:
        campaign = office.desk("counter").campaign("盘-0001")
        counting = office.desk("counter").counting
        for n in range(scans):
            counted = counting.record_scan(campaign, b"S-%d" % n, source=Source.WEDGE).value
            disk.mark(counted.event.id)


def settle_much(place: Path, disk: Recorder, times: int) -> None:
    """Write, approve, receive, match and give notice; what is done is promised."""
    with recorded(place, disk) as office:
        for n in range(times):
            document = office.submitted(f"服务-{n}", "113.00")
            disk.mark(f"submitted {document.id}")
            label = office.approve(document).number or ""
            disk.mark(f"posted {document.id}")
            disk.mark(f"posted {office.received('50.00', pays=(paid(label, '50.00'),)).id}")
            notice = office.desk("maker").noticing.issue(office.customer(), Asked())
            disk.mark(f"ready {notice.document.id}")


def start_of(place: Path) -> dict[str, bytes]:
    return {str(place): place.read_bytes()}


@contextmanager
def after(cut: Cut, place: Path, to: Path) -> Iterator[Database]:
    """Open what a cut left; the file must be sound in itself."""
    with closing(open_database(str(cut.lay(place, to)))) as database:
        with database.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            astray = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        assert (list(found), astray) == (["ok"], [])
        yield database
    for file in to.parent.glob(f"{to.name}*"):
        file.unlink()


def lost(cut: Cut, database: Database) -> set[str]:
    """Return the scans that were promised and are not there."""
    with database.reading() as connection:
        stored = connection.execute(select(t.count_event.c.id)).scalars()
        return set(cut.promised) - set(stored)


SHORT, LONG = (60, 60), (400, 400)


@pytest.mark.parametrize("scans_and_cuts", [SHORT, pytest.param(LONG, marks=NIGHTLY)])
def test_that_no_acknowledged_scan_is_lost_in_a_power_cut(
    place: Path, scans_and_cuts: tuple[int, int]
) -> None:
    scans, count = scans_and_cuts
    disk, start = Recorder(), start_of(place)
    scan_much(place, disk, scans)

    missing, promised = set[str](), 0
    for cut in cuts(disk.ops, start, count=count, seed=3):
        with after(cut, place, place.with_name("left.erpdesk")) as database:
            missing |= lost(cut, database)
            promised += len(cut.promised)

    assert missing == set()
    assert promised > count * scans / 4
    assert len([op for op in disk.ops if op.what == "sync" and op.path == str(place)]) > 2


@pytest.mark.parametrize("kept", ["NORMAL", "OFF"])
def test_that_a_disk_that_is_synced_less_loses_what_was_acknowledged(
    place: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    pragmas = [p.replace("synchronous=FULL", f"synchronous={kept}") for p in storage._PRAGMAS]
    monkeypatch.setattr(storage, "_PRAGMAS", pragmas)
    disk, start = Recorder(), start_of(place)
    scan_much(place, disk, 30)

    spoilt = 0
    for cut in cuts(disk.ops, start, count=30, seed=3):
        try:
            with after(cut, place, place.with_name("left.erpdesk")) as database:
                spoilt += bool(lost(cut, database))
        except (AssertionError, ErpdeskError):
            spoilt += 1

    assert spoilt >= 10


@pytest.mark.parametrize("times_and_cuts", [(1, 25), pytest.param((6, 2_000), marks=NIGHTLY)])
def test_that_books_hold_after_a_power_cut_in_the_midst_of_settling(
    place: Path, times_and_cuts: tuple[int, int]
) -> None:
    times, count = times_and_cuts
    disk, start = Recorder(), start_of(place)
    settle_much(place, disk, times)

    broken = set[str]()
    for cut in cuts(disk.ops, start, count=count, seed=4):
        with after(cut, place, place.with_name("left.erpdesk")) as database:
            broken |= {one.code for one in verified(database)} | unkept(cut, database)

    assert broken == set()


@pytest.mark.parametrize("customers", [60, pytest.param(1_271, marks=NIGHTLY)])
def test_that_an_import_that_said_done_is_there_whole_when_the_power_goes_just_then(
    place: Path, customers: int
) -> None:
    disk, start = Recorder(), start_of(place)
    with recorded(place, disk) as office:
        rows = [(f"I{n}", f"导入{n}", "", "", "", "", "", "") for n in range(customers)]
        office.add_customers(*rows)
        disk.mark("done")
    done = [op.what for op in disk.ops].index("mark") + 1

    for cut in cuts(disk.ops[:done], start, count=12, seed=5):
        with after(cut, place, place.with_name("left.erpdesk")) as database:
            assert imported(database) in ({customers} if cut.promised else {0, customers})
    for cut in cuts(disk.ops[:done], start, count=12, seed=6, since=done):
        with after(cut, place, place.with_name("left.erpdesk")) as database:
            assert cut.promised
            assert imported(database) == customers


def imported(database: Database) -> int:
    with database.reading() as connection:
        every = select(func.count()).where(t.customer.c.code.like("I%"))
        return int(connection.execute(every).scalar_one())


def verified(database: Database) -> tuple[Finding, ...]:
    return Verifying(database, FakeClock()).verify(Speed.RULES).findings


LATER = {"submitted": {"submitted", "posted"}, "posted": {"posted"}, "ready": {"ready"}}


def unkept(cut: Cut, database: Database) -> set[str]:
    """Return the promises that were not kept: documents in a state before the one promised."""
    with database.reading() as connection:
        rows = connection.execute(select(t.document.c.id, t.document.c.state))
        states = {row.id: row.state for row in rows}
    promised = [promise.split() for promise in cut.promised]
    return {name for state, name in promised if states.get(name) not in LATER[state]}
