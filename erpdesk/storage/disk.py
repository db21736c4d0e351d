"""The disk under a company's file: what is free on it, and the ballast kept for when it is full.

The ballast is a file of real bytes beside the company. When the disk is full it is removed, and
what was being stored is tried once more, so that the scan in hand is kept and the books can be
closed; it is made anew when there is room.
"""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

from sqlalchemy import exc

from erpdesk.domain.disk import BALLAST_BYTES, MEGABYTE, is_short
from erpdesk.storage.ballast import ballast_of, give_up
from erpdesk.storage.database import Database

_FULL: Final = "disk is full"


def free_bytes(database: Database) -> int | None:
    """Return how much is free under a company's file; None for a server, or where nobody knows."""
    if database.is_server:
        return None
    try:
        return shutil.disk_usage(Path(database.place).parent).free
    except OSError:
        return None


def keep_ballast(database: Database) -> int | None:
    """See that the ballast is there, unless room is short; return what is free, in bytes."""
    free = free_bytes(database)
    if free is None or is_short(free):
        return free
    path = ballast_of(database.place)
    if not path.is_file() or path.stat().st_size != BALLAST_BYTES:
        _make(path)
    return free


def _make(path: Path) -> None:
    """Write bytes that no file system can leave out; a ballast that cannot be made is none."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            for _ in range(BALLAST_BYTES // MEGABYTE):
                file.write(os.urandom(MEGABYTE))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def makes_room(database: Database, error: exc.DBAPIError) -> bool:
    """Give the ballast up where the disk is full; say whether that made room to try again."""
    if database.is_server or _FULL not in str(error.orig):
        return False
    return give_up(database.place)
