"""Ageing: how late what is open is on a day (账龄分析)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many days late at the most; None is without end. Not late at all is 0."""

    name: str
    days_max: int | None


BUCKETS: Final = (
    Bucket("not_due", 0),
    Bucket("d1_30", 30),
    Bucket("d31_60", 60),
    Bucket("d61_90", 90),
    Bucket("d91_180", 180),
    Bucket("over_180", None),
)
"""The default buckets, the least late first."""


def late_bucket(due: date, as_of: date, buckets: Sequence[Bucket] = BUCKETS) -> str:
    """Return in which bucket something due on a day is.

    A day due is not late; the day after it is. Ages run from the original due day.
    """
    late = max((as_of - due).days, 0)
    return next(b.name for b in buckets if b.days_max is None or late <= b.days_max)
