"""Stand-ins for what the outside world decides: the clock and the keyring."""

import time
from datetime import UTC, date, datetime, timedelta

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from typing_extensions import override


class FakeClock:
    """A clock that stands where it was put and moves when told.

    The guards of a company file refuse moments more than five seconds off the computer's clock,
    so by default it follows that clock; ``advance`` shifts it all the same.
    """

    def __init__(self, at_us: int | None = None, zone_minutes: int = 480) -> None:
        self.held_at_us = at_us
        self.zone = timedelta(minutes=zone_minutes)
        self.shift = timedelta()

    def now_us(self) -> int:
        base = time.time_ns() // 1000 if self.held_at_us is None else self.held_at_us
        return base + self.shift // timedelta(microseconds=1)

    def today(self) -> date:
        return (datetime.fromtimestamp(self.now_us() / 1_000_000, UTC) + self.zone).date()

    def advance(self, **by: float) -> None:
        """Move on, such as ``advance(minutes=5)``."""
        self.shift += timedelta(**by)

    def hold(self, at_us: int | None = None) -> None:
        """Stand still from here on."""
        self.held_at_us = self.now_us() if at_us is None else at_us
        self.shift = timedelta()


class MemoryKeyring(KeyringBackend):
    """A keyring that forgets all when the test ends."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    @override
    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)
