import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import exc, select, text

from erpdesk.errors import BusyError, RefusedError, StorageError, UnknownOutcomeError
from erpdesk.storage import database as storage
from erpdesk.storage import tables as t
from erpdesk.storage.database import (
    CompanyExistsError,
    NetworkShareError,
    NoSuchCompanyError,
    NotWritableError,
    OldSqliteError,
    filesystem_kind,
    is_url,
    open_database,
)
from erpdesk.storage.door import without_login
from erpdesk.storage.refusals import CannotConnectError, NotACompanyError
from erpdesk.storage.whereabouts import MovedError
from erpdesk.words import explain
from tests.storage.books import Books, voucher_text

NOBODY = 65534
MOUNTS = """sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw,relatime 0 0
//server/share /mnt/the\\040share cifs rw 0 0
server:/export /srv/far nfs4 rw 0 0
/dev/sdb1 /srv/far/near ext4 rw 0 0
odd
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/srv/ann", "ext4"),
        ("/srv/farther", "ext4"),
        ("/srv/far", "nfs4"),
        ("/srv/far/books", "nfs4"),
        ("/srv/far/near/books", "ext4"),
        ("/mnt/the share/books", "cifs"),
    ],
)
def test_that_the_innermost_mount_says_what_a_folder_lies_on(folder: str, kind: str) -> None:
    assert filesystem_kind(Path(folder), MOUNTS) == kind


@pytest.mark.parametrize(
    "mount",
    [
        "//server/share /mnt/books cifs rw 0 0",
        "gvfsd-fuse /mnt/books fuse.gvfsd-fuse rw,nosuid 0 0",  # what a file manager opens
        "ann@server:/ /mnt/books fuse.sshfs rw 0 0",
        "shared /mnt/books vboxsf rw 0 0",
    ],
)
def test_that_a_folder_of_another_machine_is_a_share_however_it_was_opened(mount: str) -> None:
    kind = filesystem_kind(Path("/mnt/books/2026"), f"{MOUNTS}{mount}\n")

    assert kind in storage.NETWORK_KINDS


def test_that_a_windows_share_is_known_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert filesystem_kind(Path("\\\\server\\share")) == "cifs"
    assert filesystem_kind(Path("C:/books")) == ""


def test_that_a_company_on_a_network_share_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = filesystem_kind(tmp_path)
    monkeypatch.setattr(storage, "NETWORK_KINDS", {here})
    with pytest.raises(NetworkShareError) as refused:
        open_database(str(tmp_path / "firm.erpdesk"), create=True)
    assert explain(refused.value) == (
        "账套文件不能放在网络共享盘上：会损坏。什么都没改。请放在本机磁盘，或用数据库服务器。"
    )
    assert list(tmp_path.glob("*.erpdesk")) == []


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder of somebody else, which may be read and not written to; root becomes nobody."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    (folder / "firm.erpdesk").touch()
    folder.chmod(0o555)
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    yield folder
    os.seteuid(was)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of folders are Unix's")
@pytest.mark.parametrize("name", ["firm.erpdesk", "new.erpdesk"])
def test_that_a_folder_that_only_may_be_read_is_said(locked_folder: Path, name: str) -> None:
    with pytest.raises(NotWritableError) as refused:
        open_database(str(locked_folder / name), create=name.startswith("new"))

    assert explain(refused.value) == (
        f"账套所在的文件夹不能写入：{locked_folder}。没有打开，什么都没改。"
        "请把文件夹和账套设为可写，或复制到可写的地方。"
    )
    assert [file.name for file in locked_folder.iterdir()] == ["firm.erpdesk"]


def test_that_a_missing_company_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(NoSuchCompanyError):
        open_database(str(tmp_path / "firm.erpdesk"))
    with pytest.raises(NoSuchCompanyError):
        open_database(str(tmp_path / "no" / "firm.erpdesk"), create=True)
    assert list(tmp_path.glob("*.erpdesk")) == []


def test_that_a_connection_in_use_when_the_books_close_is_ended_when_it_comes_back(
    tmp_path: Path,
) -> None:
    database = open_database(str(tmp_path / "firm.erpdesk"), create=True)
    with database.reading() as connection:
        driver = connection.connection.driver_connection
        database.close()
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1

    assert driver is not None
    with pytest.raises(sqlite.ProgrammingError, match="closed"):
        driver.execute("SELECT 1")


def test_that_books_used_again_after_they_closed_keep_their_connection(tmp_path: Path) -> None:
    database = open_database(str(tmp_path / "firm.erpdesk"), create=True)
    database.close()
    used = []
    for _ in range(2):
        with database.reading() as connection:
            used.append(connection.connection.driver_connection)
    database.close()

    assert used[0] is used[1]


def test_that_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "firm.erpdesk"
    path.write_text("mine", "utf-8")
    with pytest.raises(CompanyExistsError):
        open_database(str(path), create=True)
    assert path.read_text("utf-8") == "mine"


def test_that_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "firm.erpdesk"
    open_database(str(path), create=True).close()
    assert path.stat().st_mode & 0o077 == 0


def test_that_a_folder_that_takes_no_file_is_a_storage_error() -> None:
    with pytest.raises(StorageError):
        open_database("/proc/firm.erpdesk", create=True)


def test_that_an_old_sqlite_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "SQLITE_OLDEST", (99, 0, 0))
    with pytest.raises(OldSqliteError):
        open_database(str(tmp_path / "firm.erpdesk"), create=True)


@pytest.mark.parametrize("body", [b"hello " * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_that_a_file_of_another_program_is_no_company(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "firm.erpdesk"
    path.write_bytes(body)
    database = open_database(str(path))
    with pytest.raises(NotACompanyError), database.reading() as connection:
        connection.execute(select(t.person))


def test_that_a_database_of_another_program_is_no_company(tmp_path: Path) -> None:
    path = tmp_path / "firm.erpdesk"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")
    connection.close()
    database = open_database(str(path))
    with pytest.raises(NotACompanyError), database.reading() as reading:
        reading.execute(select(t.person))
    database.close()


def test_that_a_damaged_company_says_so(books: Books) -> None:
    database = books.database_of("alice")
    path = Path(database.place)
    database.close()
    body = bytearray(path.read_bytes())
    body[4096:] = b"\x5a" * (len(body) - 4096)
    path.write_bytes(body)
    again = open_database(str(path))
    with pytest.raises(NotACompanyError), again.reading() as connection:
        connection.execute(select(t.step)).all()
    again.close()


def test_that_a_company_whose_schema_is_no_text_any_more_says_so(books: Books) -> None:
    database = books.database_of("alice")
    path = Path(database.place)
    database.close()
    path.write_bytes(
        path.read_bytes().replace(b"TRIGGER open_item_update", b"TR\xdfGGER open_item_update")
    )
    again = open_database(str(path))

    with pytest.raises(NotACompanyError), again.reading() as connection:
        connection.execute(select(t.step)).all()
    again.close()


@pytest.mark.parametrize("name", ["账 套?mode=ro.erpdesk", "50%41.erpdesk", "a#b.erpdesk"])
def test_that_a_path_may_hold_any_character(tmp_path: Path, name: str) -> None:
    database = open_database(str(tmp_path / name), create=True)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE mine (x)"))
    database.close()
    assert (tmp_path / name).stat().st_size > 0


def test_that_every_connection_is_prepared(books: Books) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "trusted_schema")
    with books.database_of("alice").reading() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert found == ["wal", 2, 1, 1, 0]


def test_that_what_fails_half_way_is_not_stored(books: Books) -> None:
    database = books.database_of("alice")
    row = {"name": "new", "display": "New", "added_at": 1}
    with pytest.raises(RefusedError), database.writing() as connection:
        connection.execute(t.person.insert(), [row, row])
    with database.reading() as connection:
        assert connection.execute(select(t.person).where(t.person.c.name == "new")).all() == []


def test_that_a_reader_sees_one_moment(books: Books) -> None:
    database = books.database_of("alice")
    query = select(t.person.c.name)
    with database.reading() as reading:
        before = reading.execute(query).all()
        with database.writing() as writing:
            writing.execute(t.person.insert().values(name="new", display="New", added_at=1))
        assert reading.execute(query).all() == before


def test_that_a_second_writer_is_told_that_somebody_writes(books: Books) -> None:
    place = books.database_of("alice").place
    other = open_database(place)
    with books.database_of("alice").writing():
        with other.engine.connect() as waiting:
            waiting.exec_driver_sql("PRAGMA busy_timeout = 1")
        with pytest.raises(BusyError), other.writing():
            pass
    other.close()


def test_that_an_address_is_told_from_a_path() -> None:
    assert is_url("postgresql://server/firm")
    assert is_url("postgresql+psycopg://server/firm")
    assert not is_url("/srv/ann/postgresql.erpdesk")


def test_that_an_address_is_shown_without_its_login() -> None:
    assert without_login("postgresql://admin:p@ss@h:5432/firm") == "postgresql://h:5432/firm"
    assert without_login("postgresql://h/firm") == "postgresql://h/firm"
    assert without_login("/srv/a@b.erpdesk") == "/srv/a@b.erpdesk"


def test_that_a_server_that_does_not_answer_says_so() -> None:
    server = open_database("postgresql://127.0.0.1:1/firm", person="ann", password="x")
    assert server.is_server
    with pytest.raises(CannotConnectError), server.reading():
        pass


def test_that_a_line_lost_while_reading_leaves_nothing_in_doubt(books: Books) -> None:
    lost = exc.DBAPIError("SELECT 1", None, Exception("gone"), connection_invalidated=True)
    database = books.database_of("alice")

    with pytest.raises(CannotConnectError), database.reading():
        raise lost
    with pytest.raises(UnknownOutcomeError), database.writing():
        raise lost


# ---- moved while it is open


@pytest.fixture
def place(books: Books) -> Path:
    return Path(books.database_of("alice").place)


def gone(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))


def replaced(file: Path) -> None:
    other = Path(shutil.copyfile(file, file.with_name("other")))
    other.replace(file)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
@pytest.mark.parametrize("tail", ["", "-wal"])
@pytest.mark.parametrize("fate", [gone, replaced])
def test_that_nothing_is_acknowledged_once_the_file_or_its_log_was_moved_from_its_place(
    books: Books, place: Path, tail: str, fate: Callable[[Path], None]
) -> None:
    books.drafted("alice", "voucher", voucher_text(books, books.customers["green"], 100))
    file, database = Path(f"{place}{tail}"), books.database_of("alice")
    kept = file.with_name("kept")
    os.link(file, kept)
    fate(file)

    with pytest.raises(MovedError) as told, database.writing():
        pytest.fail("it would be written where nobody looks")
    with pytest.raises(MovedError):
        books.drafted("alice", "voucher", voucher_text(books, books.customers["green"], 200))
    kept.replace(file)
    books.drafted("alice", "voucher", voucher_text(books, books.customers["green"], 300))

    assert "移走" in explain(told.value)
    with closing(open_database(str(place))) as again, again.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        drafts = "SELECT count(*) FROM step WHERE verb = 'draft' AND kind = 'voucher'"
        assert connection.exec_driver_sql(drafts).scalar() == 2
