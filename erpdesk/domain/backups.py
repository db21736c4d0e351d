"""Backups: when the last good one is too old, when one is due, and which are kept."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from itertools import islice
from typing import Final

from erpdesk.domain.moments import day_at_desk

FRESH_US: Final = 24 * 3_600_000_000
"""A day, in µs: what was posted since the last good backup is lost with the disk."""
AGAIN_US: Final = 3_600_000_000
"""An hour, in µs: so long a backup that failed is not tried again by itself."""

_SPANS: Final[tuple[tuple[int, Callable[[date], object]], ...]] = (
    (7, lambda day: day),
    (4, lambda day: day.isocalendar()[:2]),
    (12, lambda day: (day.year, day.month)),
)
"""How many days, weeks and months have their newest backup kept."""


def is_too_old(last_us: int | None, now_us: int, *, has_posted: bool) -> bool:
    """Say whether the last good backup, made at a moment in µs, is too old.

    None, where there is no good one, is too old as soon as anything is posted.
    """
    if last_us is None:
        return has_posted
    return now_us - last_us > FRESH_US


def is_due(last_us: int | None, tried_us: int | None, now_us: int, *, has_posted: bool) -> bool:
    """Say whether a backup is made by itself now: once a day at the desk.

    ``tried_us`` is when one was last begun by itself, whatever became of it.
    """
    if tried_us is not None and abs(now_us - tried_us) < AGAIN_US:
        return False
    if last_us is None:
        return has_posted
    return day_at_desk(last_us) != day_at_desk(now_us)


def next_day(last_us: int | None, now_us: int, *, has_posted: bool) -> date | None:
    """Return on which day at the desk one is made by itself next; None: nothing is to be lost."""
    if last_us is None and not has_posted:
        return None
    today = day_at_desk(now_us)
    is_today = is_due(last_us, None, now_us, has_posted=has_posted)
    return today if is_today else today + timedelta(days=1)


def outlived(made: Collection[int]) -> frozenset[int]:
    """Return which of these moments of backups, in µs, nobody needs any more.

    Kept is the newest of each of the last 7 days, 4 weeks and 12 months that have one.
    """
    kept: set[int] = set()
    for most, span_of in _SPANS:
        newest: dict[object, int] = {}
        for at in sorted(made, reverse=True):
            newest.setdefault(span_of(day_at_desk(at)), at)
        kept.update(islice(newest.values(), most))
    return frozenset(made) - kept
