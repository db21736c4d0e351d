"""Room on the disk under a company's file: when it is short, and when no new count begins."""

from typing import Final

from erpdesk.errors import UserError

MEGABYTE: Final = 1024 * 1024
SHORT_BYTES: Final = 1024 * MEGABYTE
"""Less is short: somebody has to make room before it is needed."""
COUNT_BYTES: Final = 200 * MEGABYTE
"""Less is too little to begin a count; one that is under way goes on being stored."""
BALLAST_BYTES: Final = 16 * MEGABYTE
"""Kept beside the file and given up when the disk is full, for what is being stored just then."""


class NoRoomToCountError(UserError):
    """There is too little room on the disk to begin counting."""


def is_short(free: int | None) -> bool:
    """Say whether room is short; None is a disk of which nothing is known."""
    return free is not None and free < SHORT_BYTES


def is_too_little_to_count(free: int | None) -> bool:
    """Say whether there is too little room to begin a count."""
    return free is not None and free < COUNT_BYTES


def must_have_room_to_count(free: int | None) -> None:
    """See that there is room to begin a count.

    Raises:
        NoRoomToCountError: there is not.
    """
    if free is not None and is_too_little_to_count(free):
        raise NoRoomToCountError(free=free // MEGABYTE, needed=COUNT_BYTES // MEGABYTE)
