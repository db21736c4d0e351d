"""Moments: microseconds since 1970 UTC wherever they are kept, read at the company's desk."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

ZONE_MINUTES: Final = 480
"""The books are kept in China, which has one zone; the policy of this name says the same."""


def at_desk(at_us: int) -> datetime:
    """Return what clock and calendar at the company's desk show at a moment, to the second."""
    moment = datetime.fromtimestamp(at_us // 1_000_000, UTC).replace(tzinfo=None)
    return moment + timedelta(minutes=ZONE_MINUTES)


def day_at_desk(at_us: int) -> date:
    """Return the day of a moment at the company's desk."""
    return at_desk(at_us).date()
