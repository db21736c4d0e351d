"""Moments: microseconds since 1970 UTC wherever they are kept, read at the company's desk."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from erpdesk.errors import UserError

ZONE_MINUTES: Final = 480
"""The books are kept in China, which has one zone; the policy of this name says the same."""


def at_desk(at_us: int) -> datetime:
    """Return what clock and calendar at the company's desk show at a moment, to the second."""
    moment = datetime.fromtimestamp(at_us // 1_000_000, UTC).replace(tzinfo=None)
    return moment + timedelta(minutes=ZONE_MINUTES)


def day_at_desk(at_us: int) -> date:
    """Return the day of a moment at the company's desk."""
    return at_desk(at_us).date()


class TooLateDayError(UserError):
    """A day that has not come yet: money that is in, or a month nobody can know of."""


def not_after(day: date, last: date) -> date:
    """Return a day that is no later than another.

    Raises:
        TooLateDayError: it is; a year was mistyped more often than foreseen.
    """
    if day > last:
        raise TooLateDayError(day=day.isoformat(), last=last.isoformat())
    return day


def month_end(day: date) -> date:
    """Return the last day of a day's month: until then a posting may be dated ahead."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
