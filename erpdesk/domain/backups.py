"""Backups: when the last good one is too old."""

from typing import Final

FRESH_US: Final = 24 * 3_600_000_000
"""A day, in µs: what was posted since the last good backup is lost with the disk."""


def is_too_old(last_us: int | None, now_us: int, *, has_posted: bool) -> bool:
    """Say whether the last good backup, made at a moment in µs, is too old.

    None, where there is no good one, is too old as soon as anything is posted.
    """
    if last_us is None:
        return has_posted
    return now_us - last_us > FRESH_US
