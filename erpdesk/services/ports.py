"""What the outside world decides: time and secrets."""

import time
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """The one source of time."""

    def now_us(self) -> int:
        """Return microseconds since 1970 UTC."""
        ...

    def today(self) -> date:
        """Return the calendar day at the company's desk."""
        ...


class SystemClock:
    """The computer's clock; the day is that of the company's zone."""

    def __init__(self, zone_minutes: int = 480) -> None:
        self.zone_minutes = zone_minutes

    def now_us(self) -> int:
        """Return microseconds since 1970 UTC."""
        return time.time_ns() // 1000

    def today(self) -> date:
        """Return the day in the zone of the company (policy ``zone_minutes``)."""
        shifted = self.now_us() // 1_000_000 + self.zone_minutes * 60
        return datetime.fromtimestamp(shifted, UTC).date()


class Secrets(Protocol):
    """Where passwords are kept between two starts."""

    def read(self, company: str, person: str) -> str | None:
        """Return the stored password, or None where there is none or no keyring."""
        ...
