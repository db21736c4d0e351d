"""Every call to the disk fails in turn: said in words, rolled back whole, nothing is lost."""

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from erpdesk.domain.stocktake.counting import Source
from erpdesk.errors import ErpdeskError, StorageError
from erpdesk.services.companies import Companies, first_person
from erpdesk.services.keeping.verifying import Speed
from erpdesk.storage import migrations
from erpdesk.storage import tables as t
from erpdesk.storage.database import Database, open_database
from erpdesk.storage.documents import Document
from erpdesk.storage.refusals import NotSyncedError
from erpdesk.words import explain
from tests.fakes import FakeClock
from tests.services.builders import Office
from tests.storage.sqlite.disk import OK, SYNC_FAILS, Failing, Op, under

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its SQLite shows no file system")
Fails = Callable[[], Failing]
KINDS: dict[str, Fails] = {
    "once": Failing,
    "for good": lambda: Failing(stays=True),
    "full": lambda: Failing(stays=True, full=True),
}


def refused(work: Callable[[], object]) -> ErpdeskError | None:
    """Do something; what stands against it must be said in a sentence of both languages."""
    error: ErpdeskError | None = None
    try:
        work()
    except ErpdeskError as told:
        error = told
    if error is not None:
        assert "。" in explain(error, "zh")
        assert ". " in explain(error, "en")
    return error


def is_whole(database: Database) -> bool:
    with database.reading() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return list(found) == ["ok"]


def scans(database: Database) -> list[bytes]:
    with database.reading() as connection:
        return [bytes(raw) for raw in connection.execute(select(t.count_event.c.raw)).scalars()]


every_call = pytest.mark.parametrize("apart", [5, pytest.param(1, marks=pytest.mark.nightly)])
"""Each call of the disk fails in turn at night, one in five at each commit."""


def scan_on(place: Path, disk: Failing, at: int) -> tuple[list[bytes], ErpdeskError | None]:
    """Scan three codes while call ``at`` fails, each again once the disk is mended."""
    failed: ErpdeskError | None = None
    with under(disk), closing(Office(str(place), place.parent)) as office:
        desk = office.desk("counter")
        campaign = desk.campaign("盘-0001")
        disk.at = disk.calls + at if at else 0
        for raw in (b"S-0", b"S-1", b"S-2"):
            event = desk.company.new_id()

            def scan(raw: bytes = raw, event: str = event) -> None:
                desk.counting.record_scan(campaign, raw, source=Source.WEDGE, event_id=event)

            if error := refused(scan):
                failed = error
                disk.mend()
                scan()
    with closing(open_database(str(place))) as database:
        assert is_whole(database)
        return scans(database), failed


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@every_call
def test_that_a_scan_that_could_not_be_stored_is_said_and_stored_once_when_tried_again(
    place: Path, tmp_path: Path, kind: str, apart: int
) -> None:
    disk = KINDS[kind]()
    scan_on(Path(shutil.copyfile(place, tmp_path / "all.erpdesk")), disk, 0)
    errors = 0

    for at in range(1, disk.calls + 1, apart):
        disk = KINDS[kind]()
        stored, failed = scan_on(Path(shutil.copyfile(place, tmp_path / "x.erpdesk")), disk, at)
        assert stored == [b"S-0", b"S-1", b"S-2"]
        errors += failed is not None

    assert errors > 0


def decide_on(place: Path, disk: Failing, waiting: Document, at: int) -> tuple[str, bool]:
    """Approve while call ``at`` fails; return the state, and whether it was refused."""
    with under(disk), closing(Office(str(place), place.parent)) as office:
        desk = office.desk("chief")
        begun = disk.calls
        disk.at = begun + at if at else 0
        failed = refused(partial(office.approve, waiting))
        disk.mend()
        disk.calls -= begun
        assert desk.verifying.verify(Speed.RULES).is_clean
        return desk.document(waiting.id).state, failed is not None


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@every_call
def test_that_a_decision_is_whole_or_not_at_all(
    place: Path, tmp_path: Path, kind: str, apart: int
) -> None:
    with closing(Office(str(place), tmp_path)) as office:
        waiting = office.submitted("服务", "113.00")
    disk = KINDS[kind]()
    decide_on(Path(shutil.copyfile(place, tmp_path / "all.erpdesk")), disk, waiting, 0)
    outcomes = set[str]()

    for at in [*range(1, disk.calls + 1, apart), disk.calls + 9]:
        here = Path(shutil.copyfile(place, tmp_path / "x.erpdesk"))
        state, is_refused = decide_on(here, KINDS[kind](), waiting, at)
        assert state == ("submitted" if is_refused else "posted")
        outcomes.add(state)

    assert outcomes == {"submitted", "posted"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@every_call
def test_that_books_that_cannot_be_opened_say_so_and_open_once_the_disk_is_mended(
    place: Path, kind: str, apart: int
) -> None:
    failures, disk = 0, KINDS[kind]()
    with under(disk), closing(Office(str(place), place.parent)) as office:
        office.desk("chief")

    for at in range(1, disk.calls + 1, apart**2):
        disk = KINDS[kind]()
        disk.at = at
        with under(disk), closing(Office(str(place), place.parent)) as office:
            failures += refused(partial(office.desk, "chief")) is not None
            disk.mend()
            assert office.desk("chief").firm()["name"]

    assert failures > 0 or kind == "full"


def upgrade_on(
    place: Path, revisions: Path, disk: Failing, at: int
) -> tuple[str, ErpdeskError | None]:
    """Upgrade while call ``at`` fails; return the version left, and what stood against it."""
    with under(disk), closing(open_database(str(place))) as database:
        disk.at, disk.calls = at, 0

        def upgrade() -> None:
            migrations.upgrade(
                database,
                back_up=lambda: None,
                count_findings=lambda _: 0,
                revisions=revisions,
                target="0002",
            )

        failed = refused(upgrade)
    with closing(open_database(str(place))) as database:
        assert is_whole(database)
        with database.reading() as connection:
            version = migrations.current(connection)
            names = {
                row[1]
                for table in ("document", "open_item")
                for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")
            }
    assert {"shelf", "remark"} & names == ({"shelf", "remark"} if version == "0002" else set())
    return version, failed


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@every_call
def test_that_an_upgrade_on_a_disk_that_fails_leaves_the_old_books(
    place: Path, tmp_path: Path, revisions: Path, kind: str, apart: int
) -> None:
    disk, here = KINDS[kind](), tmp_path / "x.erpdesk"
    upgrade_on(Path(shutil.copyfile(place, here)), revisions, disk, 0)
    left, calls = set[str](), disk.calls

    for at in range(1, calls + 1, 1 if apart == 1 else max(1, calls // 6)):
        there = Path(shutil.copyfile(place, here))
        disk = KINDS[kind]()
        version, failed = upgrade_on(there, revisions, disk, at)
        is_unsure = isinstance(failed, NotSyncedError)  # an error of the commit: whole either way
        assert is_unsure or version == ("0001" if failed else "0002")
        assert is_unsure or not failed or disk.failed[0] != "sync"
        left.add(version)

    assert "0001" in left


@dataclass
class Unsynced:
    """A disk whose next sync of a log fails, once it is told to."""

    fails: bool = False

    def ask(self, op: Op) -> int:
        fails = self.fails and op.what == "sync" and op.path.endswith("-wal")
        self.fails = self.fails and not fails
        return SYNC_FAILS if fails else OK


def left_by_a_kill(place: Path, to: Path) -> list[bytes]:
    """Return the scans that the next opening finds, were the program killed now."""
    to.mkdir()
    for file in (place, place.with_name(f"{place.name}-wal")):
        shutil.copy(file, to)
    with closing(open_database(str(to / place.name))) as database:
        return scans(database)


def test_that_a_scan_whose_sync_failed_is_not_known_and_counts_once_when_done_again(
    place: Path, tmp_path: Path
) -> None:
    disk = Unsynced()
    with under(disk), closing(Office(str(place), tmp_path)) as office:
        desk = office.desk("counter")
        campaign = desk.campaign("盘-0001")

        def scan(raw: bytes) -> None:  # each under an id of its own, as one who types it again
            desk.counting.record_scan(campaign, raw, source=Source.WEDGE)

        scan(b"S-0")
        disk.fails = True
        with pytest.raises(NotSyncedError) as told:
            scan(b"S-1")
        found = left_by_a_kill(place, tmp_path / "before")
        scan(b"S-1")
        found_after = left_by_a_kill(place, tmp_path / "after")

    assert "不知道这一步存上没有" in explain(told.value)
    assert found == [b"S-0", b"S-1"]
    assert found_after == [b"S-0", b"S-1"]


def test_that_books_whose_making_could_not_be_synced_are_gone_and_said_not_to_be_there(
    tmp_path: Path,
) -> None:
    place = tmp_path / "new.erpdesk"
    with under(Unsynced(fails=True)), pytest.raises(StorageError) as told:
        Companies(FakeClock()).make(str(place), (first_person("counter"),))

    assert "没有存上" in explain(told.value)
    assert not place.exists()


def test_that_a_full_disk_is_named(place: Path) -> None:
    disk = Failing(stays=True, full=True)
    with under(disk), closing(Office(str(place), place.parent)) as office:
        desk = office.desk("counter")
        disk.at = disk.calls + 1
        with pytest.raises(StorageError) as told:
            desk.counting.record_scan(desk.campaign("盘-0001"), b"S", source=Source.WEDGE)

    assert "磁盘满了" in explain(told.value)
