"""A company in one file ``*.erpbackup``: a zip of the manifest and the database, and back again.

A new file stands under its name only when it is whole and synced; what stood there before stays
untouched until then. Restoring proves the hash first and never writes over a file. A manifest
holds counts, heads and hashes, no names of customers and no secrets.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, func, inspect, select

from erpdesk.errors import UserError
from erpdesk.storage import migrations, versions
from erpdesk.storage import tables as t
from erpdesk.storage.database import CompanyExistsError, Database
from erpdesk.storage.papers import last_seal
from erpdesk.storage.refusals import DiskFullError, NotACompanyError, NotSyncedError
from erpdesk.storage.seals import heads_text

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DATA: Final = {"sqlite": "company.db", "postgresql": "company.dump"}
MANIFEST_MAX_BYTES: Final = 1024 * 1024
PAGES: Final = 1024
PIECE_BYTES: Final = 1024 * 1024
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_MEGABYTE: Final = 1024 * 1024
_FRESH: Final = ".erpdesk-"
_LEFT_S: Final = 24 * 3600
"""Nothing is written for a day: what is older was left by a program that was killed."""


class NotABackupError(UserError):
    """This file is no backup of erpdesk."""


class DamagedBackupError(UserError):
    """The backup is damaged or not whole; nothing was restored."""


class NewerBackupError(UserError):
    """The backup is of a newer program; nothing was restored."""


class OtherEngineError(UserError):
    """The backup is of the other engine; nothing was restored."""


class NoRoomError(UserError):
    """There is too little room on the disk; nothing was written."""


class BackupNotWrittenError(UserError):
    """The file could not be written; what stood there before is untouched."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; ``size`` and ``sha256`` are of the data in it."""

    engine: str
    schema: str
    made_at: int
    made_by: str
    tables: Mapping[str, int]
    heads: str
    seal: str | None
    size: int
    sha256: str

    def text(self) -> str:
        """Return the manifest as it is written."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(
            {"program": "erpdesk", "format": FORMAT, **said}, ensure_ascii=False, indent=1
        )


def facts(connection: Connection) -> dict[str, Any]:
    """Return what a manifest says of the books: version, rows, heads, last seal."""
    seal = last_seal(connection)
    there = inspect(connection).get_table_names()  # older books have fewer
    counts = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in t.metadata.sorted_tables
        if table.name in there
        and table is not t.sign_in  # kept by files alone, and read by nobody on a server
    }
    return {
        "schema": migrations.current(connection),
        "tables": counts,
        "heads": heads_text(connection),
        "seal": seal.hex() if seal else None,
    }


# ---- writing


@contextlib.contextmanager
def fresh_beside(path: Path, suffix: str) -> Iterator[Path]:
    """Give a new file in the folder of another; it is gone afterwards, unless it was renamed.

    Raises:
        DiskFullError, BackupNotWrittenError: the disk is full, the folder cannot be written to.
    """
    fresh: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=_FRESH, suffix=suffix, dir=path.parent)
        fresh = Path(name)
        os.close(handle)
        _forget_left(fresh)
        yield fresh
    except OSError as fault:
        raise _fault(fault.errno in _FULL, str(fault.strerror)) from fault
    except NotSyncedError as fault:  # in a copy that is gone
        raise DiskFullError from fault
    except sqlite.Error as fault:
        full = "full" in str(fault) or "I/O" in str(fault)
        raise _fault(full, str(fault)) from fault
    finally:
        if fresh is not None:
            for tail in ("", "-wal", "-shm", "-journal"):
                Path(f"{fresh}{tail}").unlink(missing_ok=True)


def _forget_left(fresh: Path) -> None:
    """Take away what a killed program left here: copies of books that nobody else would find."""
    oldest = fresh.stat().st_mtime - _LEFT_S
    for left in fresh.parent.glob(f"{_FRESH}*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < oldest:
                left.unlink()


def _fault(full: bool, why: str) -> Exception:  # noqa: FBT001 - read at its two calls
    return DiskFullError(detail=why) if full else BackupNotWrittenError(why=why)


def must_have_room(folder: Path, needed_bytes: int) -> None:
    """See that there is room before anything is written.

    Raises:
        NoRoomError: there is not.
    """
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(folder).free
        if free < needed_bytes:
            raise NoRoomError(needed=needed_bytes // _MEGABYTE + 1, free=free // _MEGABYTE)


def snapshot(
    database: Database, target: Path, on_piece: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """Copy a company's file as it stands now, while others go on writing; return its facts.

    ``on_piece`` is called after each piece; what it raises stops the copying.

    Raises:
        NotACompanyError: the file is damaged in itself.
    """
    with database.reading() as connection:
        said = facts(connection)
        source = connection.connection.driver_connection
        copy = sqlite.connect(str(target), isolation_level=None)
        try:
            # the open transaction holds the view: the copy is of one moment, and never starts over
            source.backup(copy, pages=PAGES, progress=lambda *_: on_piece())  # type: ignore[union-attr]
            found = copy.execute("PRAGMA integrity_check").fetchall()
        finally:
            copy.close()
    if found != [("ok",)]:
        raise NotACompanyError(detail=str(found[0][0]))
    sync(target)
    return said


def pack(data: Path, manifest: Manifest, target: Path) -> None:
    """Write the one file of a backup, and sync it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(MANIFEST, manifest.text())
        with (
            data.open("rb") as source,
            archive.open(DATA[manifest.engine], "w", force_zip64=True) as sink,
        ):
            shutil.copyfileobj(source, sink, PIECE_BYTES)
    sync(target)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_in_place(fresh: Path, path: Path) -> None:
    """Give a finished file its name, over what stood there, durably."""
    fresh.replace(path)
    sync_folder(path.parent)


def put_where_nothing_is(fresh: Path, path: Path) -> None:
    """Give a finished file its name where nothing stands, durably.

    Raises:
        CompanyExistsError: something stands there.
    """
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise CompanyExistsError(path=str(path)) from None
    except (PermissionError, OSError):  # a file system without links
        if os.path.lexists(path):
            raise CompanyExistsError(path=str(path)) from None
        fresh.rename(path)
    sync_folder(path.parent)


def sync(path: Path) -> None:
    """Have a file on the disk itself."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have a name on the disk itself, where folders can be synced."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# ---- reading


def read_manifest(path: Path) -> Manifest:
    """Read what a backup says of itself; nothing is unpacked yet.

    Raises:
        NotABackupError: it is another program's file, or has other files in it.
        DamagedBackupError: it is half a file.
        NewerBackupError: a newer program made it.
    """
    with _opened(path) as archive:
        said = _said(path, archive)
    if said["format"] > FORMAT or said["schema"] not in versions.KNOWN:
        raise NewerBackupError(found=said["schema"], known=versions.VERSION)
    return Manifest(**{name: said[name] for name in Manifest.__slots__})


def unpack(path: Path, manifest: Manifest, target: Path) -> None:
    """Write the data of a backup into a new file, and prove that it is whole.

    Raises:
        DamagedBackupError: it is not what the manifest says.
    """
    digest, left = hashlib.sha256(), manifest.size
    with (
        _opened(path) as archive,
        archive.open(DATA[manifest.engine]) as source,
        target.open("wb") as sink,
    ):
        while left >= 0 and (piece := source.read(PIECE_BYTES)):
            left -= len(piece)
            digest.update(piece)
            sink.write(piece)
    if left or digest.hexdigest() != manifest.sha256:
        raise DamagedBackupError(path=str(path))
    sync(target)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    if path.exists() and not path.is_file():  # a device has no end
        raise NotABackupError(path=str(path))
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (FileNotFoundError, PermissionError):
        raise NotABackupError(path=str(path)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        half = path.is_file() and _starts_like_a_zip(path)
        raise (DamagedBackupError if half else NotABackupError)(path=str(path)) from fault


def _starts_like_a_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _said(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return the manifest of an archive that holds it and the data, and nothing else."""
    names = sorted(info.filename for info in archive.infolist())
    if names not in [sorted((MANIFEST, data)) for data in DATA.values()]:
        raise NotABackupError(path=str(path))
    with archive.open(MANIFEST) as file:
        said = _parsed(file)
    if said is None or DATA.get(str(said["engine"])) not in names:
        raise NotABackupError(path=str(path))
    return said


_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "format": (int,), "engine": (str,), "schema": (str,), "made_at": (int,), "made_by": (str,),
    "tables": (dict,), "heads": (str,), "seal": (str, type(None)), "size": (int,), "sha256": (str,),
}  # fmt: skip


def _parsed(file: IO[bytes]) -> dict[str, Any] | None:
    try:
        said = json.loads(file.read(MANIFEST_MAX_BYTES))
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("program") != "erpdesk":
        return None
    whole = all(isinstance(said.get(name, ...), kinds) for name, kinds in _KINDS.items())
    return said if whole else None
