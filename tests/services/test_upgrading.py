"""Books of an older program: refused with the way on, kept, upgraded and proved."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text

from erpdesk.bootstrap import callers, open_desk
from erpdesk.services.entrance import entrants
from erpdesk.services.keeping.backing_up import BackingUp, Restoring
from erpdesk.services.keeping.upgrading import ServerNotKeptError, Step, Upgrading
from erpdesk.storage import migrations, presence
from erpdesk.storage.alone import BooksInUseError, NotAdministratorError
from erpdesk.storage.backup import NoRoomError, read_manifest
from erpdesk.storage.database import CompanyExistsError, open_database
from erpdesk.storage.migrations import NewerCompanyError, NotUpgradedError
from erpdesk.storage.refusals import NotACompanyError
from erpdesk.storage.versions import OlderCompanyError
from erpdesk.words import explain
from tests.fakes import FakeClock
from tests.postgres_server import Server
from tests.services.newer_program import newer
from tests.storage.proof import company_at, found, opened, tampering
from tests.storage.proof_server import drop, server_company, verified_at

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give books of 0001, as a program of 0002 finds them."""
    (tmp_path / "books").mkdir()
    made = company_at(tmp_path / "books" / "books.erpdesk")
    newer(tmp_path / "revisions", monkeypatch)
    return made


def version_of(path: Path) -> str:
    with opened(path) as database, database.reading() as connection:
        return migrations.current(connection)


def test_that_older_books_stay_closed_and_the_sentence_names_the_way(path: Path) -> None:
    with pytest.raises(OlderCompanyError) as refused:
        open_desk(str(path), person="lintao", password=lambda _: "erpdesk", clock=FakeClock())
    with pytest.raises(OlderCompanyError):
        callers(str(path), clock=FakeClock())

    assert entrants(str(path)) is None
    assert refused.value.facts == {"found": "0001", "known": "0002"}
    assert "upgrade" in explain(refused.value, "zh")


def test_that_older_books_are_kept_upgraded_proved_and_open_again(path: Path) -> None:
    steps: list[Step] = []

    done = Upgrading(FakeClock(), steps.append).upgrade(str(path))

    assert (done.revisions, steps) == (("0002",), list(Step))
    assert done.verified is not None
    assert done.verified.is_clean
    assert done.backup is not None
    assert read_manifest(done.backup).schema == "0001"
    assert set(path.parent.iterdir()) == {path, done.backup}
    desk = open_desk(str(path), person="lintao", password=lambda _: "erpdesk", clock=FakeClock())
    desk.close()
    assert found(path) == set()


def test_that_the_backup_made_before_becomes_books_of_today_when_it_is_restored(
    path: Path,
) -> None:
    done, again = Upgrading(FakeClock()).upgrade(str(path)), path.with_name("again.erpdesk")
    assert done.backup is not None

    restored = Restoring(FakeClock()).restore(done.backup, str(again))

    assert restored.verified.is_clean
    assert version_of(again) == "0002"


def test_that_books_of_today_are_left_alone(path: Path) -> None:
    Upgrading(FakeClock()).upgrade(str(path), keep=path.with_name("kept.erpbackup"))
    before = set(path.parent.iterdir())

    again = Upgrading(FakeClock()).upgrade(str(path))

    assert (again.revisions, again.backup, again.verified) == ((), None, None)
    assert set(path.parent.iterdir()) == before


def test_that_newer_books_are_not_upgraded_and_stay_byte_for_byte(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE schema_version SET version_num = '0099'")
    before = path.read_bytes()

    with pytest.raises(NewerCompanyError):
        Upgrading(FakeClock()).upgrade(str(path))

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_that_without_room_for_twice_the_books_nothing_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = 2 * path.stat().st_size - 1
    usage = type(shutil.disk_usage(path.parent))(10 * free, 9 * free, free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    with pytest.raises(NoRoomError):
        Upgrading(FakeClock()).upgrade(str(path))

    assert version_of(path) == "0001"
    assert list(path.parent.iterdir()) == [path]


def test_that_another_file_is_not_replaced_by_the_backup(path: Path) -> None:
    other = path.with_name("letter.txt")
    other.write_text("dear", "utf-8")

    with pytest.raises(CompanyExistsError):
        Upgrading(FakeClock()).upgrade(str(path), keep=other)

    assert (version_of(path), other.read_text("utf-8")) == ("0001", "dear")


def test_that_books_with_faults_are_neither_kept_nor_upgraded(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE number_series SET last = last + 1 WHERE series = '收'")

    with pytest.raises(NotUpgradedError):
        Upgrading(FakeClock()).upgrade(str(path))

    assert version_of(path) == "0001"
    assert list(path.parent.iterdir()) == [path]


def test_that_an_upgrade_that_does_not_prove_itself_keeps_the_version(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Upgrading, "_keep", lambda *_: path)  # faults come after the backup
    with tampering(path) as hand:
        hand.do("UPDATE number_series SET last = last + 1 WHERE series = '收'")

    with pytest.raises(NotUpgradedError) as refused:
        Upgrading(FakeClock()).upgrade(str(path))

    assert refused.value.facts == {"count": 1}
    assert version_of(path) == "0001"


def test_that_books_in_a_program_or_a_window_are_not_upgraded(path: Path) -> None:
    with opened(path) as database, database.reading() as connection:
        migrations.current(connection)
        with pytest.raises(BooksInUseError):
            Upgrading(FakeClock()).upgrade(str(path))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(presence.BooksOpenError) as refused:
            Upgrading(FakeClock()).upgrade(str(path))
        holder.kill()

    assert refused.value.facts["who"] == "林涛"
    assert version_of(path) == "0001"


HOLDING = """
import sys
from erpdesk.storage import presence
presence.take(sys.argv[1], "林涛", at_us=0)
print("held", flush=True)
sys.stdin.read()
"""


def test_that_what_is_no_company_is_said_as_ever(path: Path) -> None:
    path.write_text("odd" * 1000)

    with pytest.raises(NotACompanyError):
        Upgrading(FakeClock()).upgrade(str(path))


class Killed(NamedTuple):
    """What a kill left: the version, whether the books hold, how many backups lie there."""

    version: str
    found: set[str]
    backups: int


KILLED = """
import sys, pytest
from pathlib import Path
from erpdesk.services.keeping.upgrading import Upgrading
from tests.fakes import FakeClock
from tests.services.newer_program import dying_at, newer
with pytest.MonkeyPatch.context() as patch:
    newer(Path(sys.argv[2]), patch)
    Upgrading(FakeClock(), dying_at(sys.argv[3])).upgrade(sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are the system's")
def test_that_a_killed_upgrade_leaves_books_that_are_old_and_can_be_upgraded(
    path: Path, tmp_path: Path
) -> None:
    left = dict[str, Killed]()
    for step in Step:
        asked = [sys.executable, "-c", KILLED, str(path), str(tmp_path / step), step]
        done = subprocess.run(asked, capture_output=True, check=False, env=dict(os.environ))
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        backups = len(list(path.parent.glob("*.erpbackup")))
        left[step] = Killed(version_of(path), found(path), backups)
    Upgrading(FakeClock()).upgrade(str(path))

    assert left == {
        Step.KEEPING: Killed("0001", set(), 0),
        Step.CHANGING: Killed("0001", set(), 1),
        Step.PROVING: Killed("0001", set(), 2),
    }
    assert version_of(path) == "0002"


@pytest.mark.postgres
def test_that_a_server_is_upgraded_by_its_administrator_alone_and_kept_before(
    other_postgres_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server_company(other_postgres_server, "older_books") as made:
        for name in ("alice", "bob", "kate"):
            made.books.database_of(name).close()
        newer(tmp_path / "revisions", monkeypatch, on_server=True)
        upgrading = Upgrading(FakeClock())
        with pytest.raises(ServerNotKeptError):
            upgrading.upgrade(made.admin)
        person = made.books.database_of("bob").engine.url.set(drivername="postgresql")
        with pytest.raises(NotAdministratorError):
            upgrading.upgrade(person.render_as_string(hide_password=False), is_server_kept=True)
        busy = open_database(made.admin)
        with busy.reading() as connection:
            connection.execute(text("SELECT 1"))
            with pytest.raises(BooksInUseError):
                upgrading.upgrade(made.admin, is_server_kept=True)
        busy.close()
        done = upgrading.upgrade(made.admin, is_server_kept=True)
        after = verified_at(made.admin)

    assert (done.revisions, done.backup) == (("0002",), None)
    assert done.verified is not None
    assert done.verified.is_clean
    assert after.is_clean


@pytest.mark.postgres
def test_that_a_person_of_an_older_server_is_told_and_its_backup_becomes_a_server_of_today(
    other_postgres_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, again = tmp_path / "books.erpbackup", other_postgres_server.admin_url("older_again")
    with server_company(other_postgres_server, "older_server") as made:
        BackingUp(made.books.company("bob"), FakeClock()).back_up(kept, admin=made.admin)
        newer(tmp_path / "revisions", monkeypatch, on_server=True)
        with pytest.raises(OlderCompanyError):
            open_desk(made.admin, person="bob", password=lambda _: "bob", clock=FakeClock())
        restored = Restoring(FakeClock()).restore(kept, again)
        database = open_database(again)
        with database.reading() as connection:
            version = migrations.current(connection)
        database.close()
        drop(other_postgres_server, "older_again")

    assert restored.verified.is_clean
    assert version == "0002"
