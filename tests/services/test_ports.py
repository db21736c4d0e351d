"""The clock of the outside world."""

import time
from datetime import date

import pytest

from erpdesk.services.ports import SystemClock


def test_that_the_day_is_that_of_the_desk_not_of_greenwich(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_795_881_600_000_000_000)  # 2026-11-28 16:00 UTC

    assert SystemClock().today() == date(2026, 11, 29)


def test_that_moments_are_microseconds_of_now() -> None:
    assert abs(SystemClock().now_us() / 1_000_000 - time.time()) < 5
