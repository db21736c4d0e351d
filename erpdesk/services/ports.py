"""What the outside world decides: the time."""

import time
from datetime import date
from typing import Protocol

from erpdesk.domain.moments import day_at_desk


class Clock(Protocol):
    """The one source of time."""

    def now_us(self) -> int:
        """Return microseconds since 1970 UTC."""
        ...

    def today(self) -> date:
        """Return the calendar day at the company's desk."""
        ...


class SystemClock:
    """The computer's clock; the day is that of the company's desk."""

    def now_us(self) -> int:
        """Return microseconds since 1970 UTC."""
        return time.time_ns() // 1000

    def today(self) -> date:
        """Return the day at the company's desk."""
        return day_at_desk(self.now_us())
