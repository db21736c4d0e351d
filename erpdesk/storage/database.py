"""Engines: one file on a local disk (SQLite) or a server (PostgreSQL), opened the one right way."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import URL, Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

from erpdesk.errors import ErpdeskError, StorageError
from erpdesk.storage import ballast, presence, whereabouts
from erpdesk.storage.door import is_url
from erpdesk.storage.refusals import (
    NotACompanyError,
    NotSyncedError,
    is_unsure,
    only_read,
    translated,
)
from erpdesk.storage.standing import Standing

__all__ = ["Connection", "Database", "filesystem_kind", "is_url", "open_database"]

Meant = Callable[[ErpdeskError], ErpdeskError]
APPLICATION_ID = 0x45524444
"""Marks a file as a company of erpdesk (``PRAGMA application_id``)."""

SQLITE_OLDEST = (3, 51, 3)
CACHED_STATEMENTS = 2000
"""A step with its triggers compiles in 30 ms and runs in 1: the usual 128 push one another out."""

NETWORK_KINDS = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "ncpfs", "lustre",
    "fuse.sshfs", "fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs",
    "fuse.curlftpfs", "vboxsf", "fuse.vmhgfs-fuse", "prl_fs", "virtiofs",
}  # fmt: skip
"""File systems of other machines; the last four are what a virtual one shares with its host."""

_SAFE_AUTH = "!password,!md5"
"""Whoever answers at a server's address is given no password that could be used again."""

_PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON",
    "trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY",
)  # fmt: skip
_SESSION = "-c search_path=erp -c jit=off -c cursor_tuple_fraction=1"
"""A server takes rows in pieces to be a few of many, and looks each up: all are read here. What is
asked takes less than the fifth of a second in which it would translate a long statement first."""

_FILES = "files"
_ROOMY, _RESTING = "PRAGMA cache_size=-65536", "PRAGMA cache_size=-2000"
"""A long list is written with 64 MiB of pages; what rests or reads keeps the 2 that SQLite gives
each connection: the system holds the file, and with more not even a million rows read quicker."""


class OldSqliteError(StorageError):
    """This SQLite has a fault that loses data; a newer one is needed."""


class NetworkShareError(StorageError):
    """A company file cannot lie on a network share: it would be damaged there."""


class NoSuchCompanyError(StorageError):
    """There is no company at this place."""


class NotWritableError(StorageError):
    """The folder of the company cannot be written to: SQLite keeps its log there."""


class CompanyExistsError(StorageError):
    """There is a file at this place already; it was not touched."""


class LeftLogError(StorageError):
    """A log lies at this place, of a company that was taken away: it holds what was stored last."""


class DatabaseExistsError(CompanyExistsError):
    """The server has a database of this name already; it was not touched."""


@dataclass(frozen=True, slots=True)
class Database:
    """An engine and how a transaction is opened on it; ``standing`` is for single statements."""

    engine: Engine
    place: str
    standing: Standing

    @property
    def is_server(self) -> bool:
        """Say whether this is a server with logins (PostgreSQL)."""
        return self.engine.dialect.name == "postgresql"

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a view of the data; of a file it is one moment, of a server each question's own."""
        with _translating(self.place, only_read), self.engine.connect() as connection:
            if not self.is_server:
                connection.exec_driver_sql("BEGIN")
            yield connection

    @contextlib.contextmanager
    def standing_still(self) -> Iterator[Connection]:
        """Open a view in which a server tells nothing either of what is stored meanwhile."""
        with self.reading() as connection:
            if self.is_server:
                level = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                connection.exec_driver_sql(level)
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one transaction: stored whole when the block ends, or not at all."""
        with _translating(self.place), self.engine.connect() as connection:
            if self.is_server:
                yield connection
                self.store(connection)
                return
            with _roomy(connection):
                self.begin_writing(connection)
                yield connection
                self.store(connection)

    def begin_writing(self, connection: Connection) -> None:
        """Let a connection to a file be the one that writes.

        Raises:
            MovedError: the file lies no longer where it was opened.
        """
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        whereabouts.must_be_the_same(self.place, connection.info[_FILES])

    def store(self, connection: Connection) -> None:
        """Let what a connection wrote last.

        Raises:
            NotSyncedError: the disk failed, and nobody knows whether it is stored.
        """
        try:
            connection.commit()
        except exc.DBAPIError as error:
            if is_unsure(error):
                raise NotSyncedError(detail=str(error.orig)) from error
            raise

    def close(self) -> None:
        """Give back every connection; one that is in use is ended when it comes back.

        The engine has a new pool before the old one is told: a pool made from it would end each
        connection after one use.
        """
        self.standing.close()
        given_up = self.engine.pool
        self.engine.dispose(close=False)
        event.listen(given_up, "checkin", _end)
        given_up.dispose()


def _end(_: object, entry: ConnectionPoolEntry) -> None:
    entry.close()


@contextlib.contextmanager
def _roomy(connection: Connection) -> Iterator[None]:
    """Give a connection room for the pages that it writes."""
    connection.exec_driver_sql(_ROOMY)
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - it has just answered
    try:
        yield
    finally:
        with contextlib.suppress(sqlite.Error):  # a broken one is given up with all its pages
            driver.execute(_RESTING)


@contextlib.contextmanager
def _translating(place: str, meant: Meant = lambda error: error) -> Iterator[None]:
    try:
        yield
    except exc.DBAPIError as error:
        raise presence.named(meant(translated(error)), place) from error
    except UnicodeDecodeError as error:  # the driver, over a message that quotes spoilt bytes
        raise NotACompanyError(detail=str(error.reason)) from error


def open_database(
    place: str, *, person: str | None = None, password: str | None = None, create: bool = False
) -> Database:
    """Open a company's file or server.

    Raises:
        NoSuchCompanyError: there is no such file.
        NetworkShareError: the file lies on a network share.
        NotWritableError: the file or its folder cannot be written to.
    """
    if is_url(place):
        return _server(place, person, password)
    return _file(Path(place), create=create)


def _server(place: str, person: str | None, password: str | None) -> Database:
    url = make_url(place).set(drivername="postgresql+psycopg")
    if person is not None:
        url = url.set(username=person, password=password)
    engine = create_engine(
        url,
        pool_size=2,
        hide_parameters=True,
        connect_args={
            "options": _SESSION,
            "connect_timeout": 10,
            "require_auth": url.query.get("require_auth", _SAFE_AUTH),
        },
    )
    event.listen(engine, "connect", _with_ids_as_text)
    return Database(engine, place, Standing(engine))


def _with_ids_as_text(connection: Any, _record: object) -> None:
    """Take an id as the text it is sent as: a UUID made of it first is a third of a long list."""
    from psycopg.types.string import TextLoader

    connection.adapters.register_loader("uuid", TextLoader)


def _file(path: Path, *, create: bool) -> Database:
    if sqlite.sqlite_version_info < SQLITE_OLDEST:
        raise OldSqliteError(version=sqlite.sqlite_version)
    if not create and not path.is_file():
        raise NoSuchCompanyError(path=str(path))
    if create:
        must_be_new(path)
    path = path.resolve()  # a link: what belongs beside the books lies beside the file itself
    folder = path.parent
    if not folder.is_dir():
        raise NoSuchCompanyError(path=str(folder))
    if filesystem_kind(folder) in NETWORK_KINDS:
        raise NetworkShareError(path=str(path))
    if not _may_write(folder) or (not create and not _may_write(path)):
        raise NotWritableError(path=str(folder))
    if create:
        _make(path)
    ballast.make_way(str(path))
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=sqlite,
        hide_parameters=True,
        pool_use_lifo=True,  # the one that was used last knows its pages
        connect_args={"timeout": 5, "cached_statements": CACHED_STATEMENTS},
    )
    event.listen(engine, "connect", partial(_prepare, str(path), is_ours=not create))
    return Database(engine, str(path), Standing(engine))


def must_be_new(path: Path) -> None:
    """Look whether a company can be made at a place: SQLite would take what lies there for its own.

    Raises:
        CompanyExistsError: a file is there, or a link.
        LeftLogError: the log of another company is.
    """
    if os.path.lexists(path):
        raise CompanyExistsError(path=str(path))
    for tail in ("-wal", "-journal"):
        left = Path(f"{path}{tail}")
        if left.exists() and left.stat().st_size:
            raise LeftLogError(path=str(path), log=left.name)


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _make(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StorageError(path=str(path), detail=str(error)) from error


def _prepare(place: str, connection: Any, record: ConnectionPoolEntry, *, is_ours: bool) -> None:
    """Set a connection up; another program's file is not touched, nor is an empty one filled."""
    connection.isolation_level = None
    try:
        (found,) = connection.execute("PRAGMA application_id").fetchone()
        if is_ours and found != APPLICATION_ID:
            raise sqlite.DatabaseError("file is not a database of erpdesk")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # opens the log
    except UnicodeDecodeError as error:
        raise sqlite.DatabaseError("database disk image is malformed") from error
    record.info[_FILES] = whereabouts.files_at(place)


def filesystem_kind(folder: Path, mounts: str | None = None) -> str:
    """Return the kind of file system a folder lies on (Linux), or an empty text."""
    if mounts is None:
        if not sys.platform.startswith("linux"):
            return "cifs" if str(folder).startswith("\\\\") else ""
        mounts = Path("/proc/mounts").read_text("utf-8", "replace")
    best = ("", "")
    for line in mounts.splitlines():
        _, at, kind, *_ = [*line.split(" "), "", ""]
        at = at.replace("\\040", " ")
        inside = folder == Path(at) or Path(at) in folder.parents
        if inside and len(at) >= len(best[0]):
            best = (at, kind)
    return best[1]
