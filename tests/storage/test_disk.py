"""When the disk is full the ballast is given up, and what was being stored is stored after all."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, exc, select

from erpdesk.domain.disk import BALLAST_BYTES, SHORT_BYTES
from erpdesk.storage import disk
from erpdesk.storage import tables as t
from erpdesk.storage.audit import record_audit
from erpdesk.storage.ballast import ballast_of
from erpdesk.storage.database import Database, open_database
from erpdesk.storage.refusals import DiskFullError
from erpdesk.storage.standing import Standing
from erpdesk.storage.unit_of_work import Company, Unit
from tests.storage.proof import company_at, opened, signed_in

FULL = exc.OperationalError("COMMIT", {}, Exception("database or disk is full"))
OTHER = exc.OperationalError("COMMIT", {}, Exception("disk I/O error"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(company_at(tmp_path / "books.erpdesk")) as made:
        yield made


def free(monkeypatch: pytest.MonkeyPatch, free_bytes: int) -> None:
    usage = shutil.disk_usage(Path.cwd())._replace(free=free_bytes)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)


def ballast(database: Database) -> Path:
    return ballast_of(database.place)


def test_that_the_ballast_is_of_real_bytes_and_for_its_owner_alone(database: Database) -> None:
    left = disk.keep_ballast(database)
    before = ballast(database).stat()
    disk.keep_ballast(database)

    assert left == pytest.approx(disk.free_bytes(database), abs=1 << 30)
    assert before.st_size == BALLAST_BYTES
    assert before.st_blocks * 512 >= BALLAST_BYTES
    assert before.st_mode & 0o077 == 0
    assert ballast(database).stat().st_mtime_ns == before.st_mtime_ns


def test_that_half_a_ballast_is_made_whole(database: Database) -> None:
    ballast(database).write_bytes(b"half")

    disk.keep_ballast(database)

    assert ballast(database).stat().st_size == BALLAST_BYTES


def test_that_none_is_made_where_room_is_short(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    free(monkeypatch, SHORT_BYTES - 1)

    assert disk.keep_ballast(database) == SHORT_BYTES - 1
    assert not ballast(database).exists()


def test_that_a_ballast_that_cannot_be_written_is_none(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)

    assert disk.keep_ballast(database) is not None
    assert not ballast(database).exists()


def test_that_of_a_folder_nobody_can_ask_nothing_is_known(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(shutil, "disk_usage", fail)

    assert disk.keep_ballast(database) is None
    assert not ballast(database).exists()


def test_that_what_was_being_stored_on_a_full_disk_is_stored_once(
    database: Database, expect_log: list[str]
) -> None:
    expect_log.append("the ballast was given up")
    company, faults = signed_in(database, "lintao"), [FULL]
    disk.keep_ballast(database)

    company.run(lambda unit: store(unit, faults))

    assert not ballast(database).exists()
    assert rows(company) == 1


def test_that_without_a_ballast_it_is_refused(database: Database) -> None:
    company = signed_in(database, "lintao")

    with pytest.raises(DiskFullError):
        company.run(lambda unit: store(unit, [FULL]))

    assert rows(company) == 0


def test_that_the_ballast_is_kept_for_a_full_disk_and_no_other_fault(database: Database) -> None:
    company = signed_in(database, "lintao")
    disk.keep_ballast(database)

    with pytest.raises(DiskFullError):
        company.run(lambda unit: store(unit, [OTHER]))

    assert ballast(database).exists()
    assert rows(company) == 0


def test_that_a_server_has_its_own_disk() -> None:
    engine = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/books")
    server = Database(engine, "postgresql://nobody@127.0.0.1:1/books", Standing(engine))

    assert disk.keep_ballast(server) is None
    assert not disk.makes_room(server, FULL)


def store(unit: Unit, faults: list[exc.OperationalError]) -> None:
    """Store something; each fault comes once."""
    record_audit(unit, "backup", "on a full disk")
    if faults:
        raise faults.pop()


def rows(company: Company) -> int:
    about = t.audit_event.c.detail == "on a full disk"
    with company.database.reading() as connection:
        return len(connection.execute(select(t.audit_event).where(about)).all())


@pytest.mark.parametrize(("free_bytes", "is_kept"), [(0, False), (BALLAST_BYTES, True)])
def test_that_the_ballast_makes_way_where_the_disk_is_too_full_to_open_the_books(
    database: Database, monkeypatch: pytest.MonkeyPatch, expect_log: list[str], free_bytes: int,
    *, is_kept: bool,
) -> None:  # fmt: skip
    expect_log += [] if is_kept else ["the ballast was given up"]
    disk.keep_ballast(database)
    free(monkeypatch, free_bytes)

    open_database(database.place).close()

    assert ballast(database).exists() is is_kept
