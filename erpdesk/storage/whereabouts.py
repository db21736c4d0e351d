"""Whether an open company still lies where it was opened: what is written elsewhere is lost.

A file that is moved, deleted or replaced while it is open goes on taking what is written, out of
sight; its log, which holds the latest, stays behind.
"""

import os
from typing import Final

from erpdesk.errors import StorageError

Files = tuple[tuple[int, int] | None, ...]
"""Which files of the disk a company and its log are; None for one that is not there."""
_TAILS: Final = ("", "-wal")


class MovedError(StorageError):
    """The company file was moved, deleted or replaced while it was open; nothing was stored."""


def files_at(place: str) -> Files:
    """Return which files lie at a place now."""
    return tuple(_file_at(place + tail) for tail in _TAILS)


def must_be_the_same(place: str, opened: Files) -> None:
    """Go on only while the files that were opened lie at their place.

    Raises:
        MovedError: they do not.
    """
    if files_at(place) != opened:
        raise MovedError(path=place)


def _file_at(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - at each write: a path of text is two thirds quicker
    except OSError:
        return None
    return found.st_dev, found.st_ino
