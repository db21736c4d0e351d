import zipfile
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from erpdesk.services.keeping.backing_up import BackedUp, BackingUp, NotCleanError, Restoring
from erpdesk.services.keeping.verifying import Speed
from erpdesk.services.signing_in import SigningIn
from erpdesk.storage import backup_server
from erpdesk.storage.audit import record_audit
from erpdesk.storage.backup import DamagedBackupError, NoRoomError, OtherEngineError
from erpdesk.storage.backup_server import ProgramMissingError, ServerProgramError
from erpdesk.storage.database import CompanyExistsError, open_database
from tests.fakes import FakeClock
from tests.postgres_server import Server
from tests.storage.proof import company_at, found, opened, signed_in, tampering, verified
from tests.storage.proof_server import drop, server_company

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "kept").mkdir()
    return company_at(tmp_path / "books.erpdesk")


def back_up(path: Path, target: Path, *, anyway: bool = False) -> BackedUp:
    with opened(path) as database:
        return BackingUp(signed_in(database, "lintao"), FakeClock()).back_up(target, anyway=anyway)


def tamper(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE journal_line SET text = '别的摘要' WHERE rowid = [a line]")


def test_that_a_backup_is_sealed_recorded_verified_and_one_file(path: Path) -> None:
    target = path.parent / "kept" / "books.erpbackup"
    made = back_up(path, target)

    assert made.verified.is_clean
    assert made.verified.speed is Speed.DEEP
    assert list(target.parent.iterdir()) == [target]
    with opened(path) as database, database.reading() as connection:
        seal = connection.execute(text("SELECT hash FROM seal ORDER BY seq DESC")).scalar()
        noted = connection.execute(
            text("SELECT what, detail, made_by FROM audit_event ORDER BY made_at DESC")
        ).first()
    assert made.manifest.seal == bytes(seal or b"").hex()
    assert tuple(noted or ()) == ("backup", "books.erpbackup", "lintao")
    assert found(path) == set()


def test_that_a_restored_company_is_the_one_that_was_kept(path: Path) -> None:
    target, place = path.parent / "kept" / "books.erpbackup", path.parent / "again.erpdesk"
    made = back_up(path, target)
    restored = Restoring(FakeClock()).restore(target, str(place))

    assert restored.verified.is_clean
    assert restored.manifest == made.manifest
    with opened(place) as database, database.reading() as connection:
        counts = {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608
            for name in made.manifest.tables
        }
    assert counts == made.manifest.tables
    assert found(place, Speed.CHAIN, (made.manifest.seal or "")[:16]) == set()


def test_that_people_go_on_working_in_a_restored_company(path: Path) -> None:
    target, place = path.parent / "kept" / "one.erpbackup", path.parent / "again.erpdesk"
    back_up(path, target)
    Restoring(FakeClock()).restore(target, str(place))

    again = back_up(place, path.parent / "kept" / "two.erpbackup")
    assert again.verified.is_clean


def test_that_a_new_backup_takes_the_place_of_the_old_one(path: Path) -> None:
    target = path.parent / "kept" / "books.erpbackup"
    one, two = back_up(path, target), back_up(path, target)

    assert one.manifest.seal != two.manifest.seal
    assert list(target.parent.iterdir()) == [target]


def test_that_a_backup_never_takes_the_place_of_another_file(path: Path) -> None:
    letter = path.parent / "letter"
    letter.write_text("hello")

    for place in (path, letter, path.parent / "kept"):
        with pytest.raises(CompanyExistsError):
            back_up(path, place)
    assert letter.read_text() == "hello"
    assert found(path) == set()


def test_that_books_with_faults_are_not_kept_and_the_old_backup_stays(path: Path) -> None:
    target = path.parent / "kept" / "books.erpbackup"
    back_up(path, target)
    before = target.read_bytes()
    tamper(path)

    with pytest.raises(NotCleanError) as refused:
        back_up(path, target)
    assert refused.value.facts == {"count": 1}
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_that_books_with_faults_are_kept_and_restored_when_that_is_said(path: Path) -> None:
    target, place = path.parent / "kept" / "books.erpbackup", path.parent / "again.erpdesk"
    tamper(path)
    made = back_up(path, target, anyway=True)

    assert not made.verified.is_clean
    with pytest.raises(NotCleanError):
        Restoring(FakeClock()).restore(target, str(place))
    assert not place.exists()
    restored = Restoring(FakeClock()).restore(target, str(place), anyway=True)
    assert restored.verified.count == verified(place).count == 1


def test_that_restoring_never_writes_over_a_file(path: Path) -> None:
    target = path.parent / "kept" / "books.erpbackup"
    back_up(path, target)
    before = path.read_bytes()

    with pytest.raises(CompanyExistsError):
        Restoring(FakeClock()).restore(target, str(path))
    assert path.read_bytes() == before


def test_that_nothing_is_left_of_a_damaged_backup(path: Path) -> None:
    target, place = path.parent / "kept" / "books.erpbackup", path.parent / "new" / "x.erpdesk"
    place.parent.mkdir()
    back_up(path, target)
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(data)

    with pytest.raises(DamagedBackupError):
        Restoring(FakeClock()).restore(target, str(place))
    assert list(place.parent.iterdir()) == []


def test_that_a_file_is_not_restored_to_a_server(path: Path) -> None:
    target = path.parent / "kept" / "books.erpbackup"
    back_up(path, target)

    with pytest.raises(OtherEngineError):
        Restoring(FakeClock()).restore(target, "postgresql://nobody@127.0.0.1:1/books")


def test_that_a_backup_needs_room_before_it_begins(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    usage = shutil.disk_usage(path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    with pytest.raises(NoRoomError):
        back_up(path, path.parent / "kept" / "books.erpbackup")
    assert list((path.parent / "kept").iterdir()) == []


def test_that_the_one_file_opens_with_any_zip_program(path: Path) -> None:
    target = path.parent / "kept" / "books.erpbackup"
    back_up(path, target)

    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["manifest.json", "company.db"]


# ---- on a server


def databases(server: Server) -> set[str]:
    with psycopg.connect(server.admin_url()) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_that_a_server_is_kept_and_restored_into_a_new_database(
    other_postgres_server: Server, tmp_path: Path
) -> None:
    kept, again = tmp_path / "books.erpbackup", other_postgres_server.admin_url("kept_again")
    with server_company(other_postgres_server, "kept_books") as made:
        company = made.books.company("bob")
        before = databases(other_postgres_server)
        done = BackingUp(company, FakeClock()).back_up(kept, admin=made.admin)
        assert databases(other_postgres_server) == before
        restored = Restoring(FakeClock()).restore(kept, again)
        with pytest.raises(CompanyExistsError):
            Restoring(FakeClock()).restore(kept, again)
        with pytest.raises(OtherEngineError):
            Restoring(FakeClock()).restore(kept, str(tmp_path / "file.erpdesk"))
        database = open_database(again, person="bob", password="bob")
        signed = SigningIn(database, FakeClock()).sign_in("bob", "bob")
        signed.run(lambda unit: record_audit(unit, "export", "still at work"))
        database.close()
        drop(other_postgres_server, "kept_again")

    assert done.verified.is_clean
    assert restored.verified.is_clean
    assert restored.manifest == done.manifest
    assert list(tmp_path.iterdir()) == [kept]


def test_that_a_server_with_faults_is_not_kept_and_leaves_no_scratch(
    other_postgres_server: Server, tmp_path: Path
) -> None:
    kept = tmp_path / "books.erpbackup"
    with server_company(other_postgres_server, "bad_books") as made:
        made.tamper("journal_line", "UPDATE journal_line SET text = 'another'")
        before = databases(other_postgres_server)
        backing = BackingUp(made.books.company("bob"), FakeClock())
        with pytest.raises(NotCleanError):
            backing.back_up(kept, admin=made.admin)
        backing.back_up(kept, admin=made.admin, anyway=True)
        with pytest.raises(NotCleanError):
            Restoring(FakeClock()).restore(kept, other_postgres_server.admin_url("bad_again"))
        after = databases(other_postgres_server)

    assert after == before


def test_that_an_ordinary_login_keeps_no_server(
    other_postgres_server: Server, tmp_path: Path
) -> None:
    with server_company(other_postgres_server, "own_books") as made:
        company = made.books.company("bob")
        with pytest.raises(ServerProgramError) as refused:
            BackingUp(company, FakeClock()).back_up(tmp_path / "books.erpbackup")

    assert refused.value.facts["program"] == "pg_dump"
    assert list(tmp_path.iterdir()) == []


def test_that_a_computer_without_the_servers_programs_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(backup_server, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ProgramMissingError):
        backup_server.program("pg_dump")
