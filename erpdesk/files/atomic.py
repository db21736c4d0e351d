"""Files are replaced whole or not at all: a new one beside, synced, then renamed over the old."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from erpdesk.errors import UserError


class FileNotWrittenError(UserError):
    """The file could not be written; what stood there before is untouched."""


class DiskFullError(FileNotWrittenError):
    """There is no room left on the disk; what stood there before is untouched."""


class FolderNotWritableError(FileNotWrittenError):
    """The folder is not there or may not be written to."""


class FileTakenError(FileNotWrittenError):
    """The file cannot be replaced, as one that another program has open; it is untouched."""


_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EISDIR}
)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a new file to write to; on leaving it takes the place of ``path``, durably.

    Raises:
        DiskFullError, FolderNotWritableError, FileTakenError, FileNotWrittenError: nothing has
            changed.
    """
    fresh: Path | None = None
    try:
        fresh = _fresh_beside(path)
        yield fresh
        _sync(fresh)
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as fault:
        raise _refusal(fault, path, has_begun=fresh is not None) from fault
    finally:
        if fresh is not None:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)


def _fresh_beside(path: Path) -> Path:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder", str(path))
    handle, name = tempfile.mkstemp(
        prefix=f".{path.stem[:40]}-", suffix=path.suffix, dir=path.parent
    )
    os.close(handle)
    return Path(name)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where folders can be synced."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refusal(fault: OSError, path: Path, *, has_begun: bool) -> FileNotWrittenError:
    if fault.errno in _FULL:
        return DiskFullError(path=path)
    if has_begun and isinstance(fault, PermissionError) and path.is_file():
        return FileTakenError(path=path)
    if fault.errno in _DENIED:
        return FolderNotWritableError(path=path)
    return FileNotWrittenError(path=path, why=fault.strerror)
