"""Who has a company file open in a window: a small file beside it, locked while the window lives.

The lock is the system's: it goes with a process that dies, so an old note never keeps anybody out.
"""

import contextlib
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from erpdesk.domain.moments import at_desk
from erpdesk.errors import BusyError, ErpdeskError, UserError

_FAR: Final = 1 << 30
"""Windows locks bytes against reading too: the one that is locked lies behind the note."""


class BooksOpenError(UserError):
    """These books are open in another window already."""


class BooksHeldError(BusyError):
    """Somebody who has the books open in a window is writing just now; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the books open, at which computer, since when (µs since 1970 UTC)."""

    person: str
    computer: str
    since_us: int

    def facts(self) -> dict[str, str]:
        """Return what a sentence says of it."""
        since = f"{at_desk(self.since_us):%Y-%m-%d %H:%M}"
        return {"who": self.person, "computer": self.computer, "since": since}


@dataclass(slots=True)
class _Held:
    """The lock of this process on one company, and for how many windows it is kept."""

    handle: int
    windows: int = 0


_ours: dict[Path, _Held] = {}
_guard = threading.Lock()


def note_beside(place: str) -> Path:
    """Return where it is noted who has a company file open: beside the file, not beside a link."""
    path = Path(os.path.realpath(place))
    return path.with_name(f".{path.name}.open")


def take(place: str, person: str, *, at_us: int) -> None:
    """Note that somebody has the books open in a window of this process.

    Raises:
        BooksOpenError: another program has them open; its facts say who, where and since when.
    """
    import json
    import socket

    path = note_beside(place)
    note = json.dumps([person, socket.gethostname(), at_us]).encode()
    with _guard:
        held = _ours.get(path) or _locked_anew(path)
        _ours[path] = held
        held.windows += 1
        os.ftruncate(held.handle, 0)
        os.lseek(held.handle, 0, os.SEEK_SET)
        os.write(held.handle, note)


def leave(place: str) -> None:
    """Note that a window of this process has left the books; the last one takes the note away."""
    path = note_beside(place)
    with _guard:
        held = _ours.get(path)
        if held is None:
            return
        held.windows -= 1
        if held.windows == 0:
            del _ours[path]
            with contextlib.suppress(OSError):  # Windows removes no open file: an old note is none
                path.unlink()
            os.close(held.handle)


def holder_elsewhere(place: str) -> Holder | None:
    """Return who has the books open in another program, or None."""
    path = note_beside(place)
    with _guard:
        if path in _ours:
            return None
        try:
            handle = os.open(path, os.O_RDWR)
        except OSError:
            return None
        try:
            return None if _lock(handle) else _noted(path)
        finally:
            os.close(handle)


def must_be_free(place: str) -> None:
    """Look whether another program has the books open in a window.

    Raises:
        BooksOpenError: it has.
    """
    holder = holder_elsewhere(place)
    if holder is not None:
        raise BooksOpenError(**holder.facts())


def named(error: ErpdeskError, place: str) -> ErpdeskError:
    """Return an error; of a busy file it says in whose window it is open, where that is noted."""
    holder = holder_elsewhere(place) if isinstance(error, BusyError) else None
    return BooksHeldError(**holder.facts()) if holder else error


def _locked_anew(path: Path) -> _Held:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        if not _lock(handle):
            os.close(handle)
            raise BooksOpenError(**_noted(path).facts())
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), path.stat()):
                return _Held(handle)
        os.close(handle)  # its owner took it away just before it was locked


def _noted(path: Path) -> Holder:
    """Return what a note says; one that is only half written says nothing."""
    import json

    try:
        person, computer, since_us = json.loads(path.read_text("utf-8"))
        return Holder(str(person), str(computer), int(since_us))
    except (OSError, ValueError, TypeError):
        return Holder("…", "…", 0)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
