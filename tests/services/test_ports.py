"""The clock of the outside world."""

import time

from erpdesk.services.ports import SystemClock


def test_that_the_day_is_that_of_the_desk_not_of_greenwich() -> None:
    east, west = SystemClock(14 * 60), SystemClock(-12 * 60)

    assert 1 <= (east.today() - west.today()).days <= 2


def test_that_moments_are_microseconds_of_now() -> None:
    assert abs(SystemClock().now_us() / 1_000_000 - time.time()) < 5
