"""Moments are read at the company's desk, wherever the computer thinks it is."""

from datetime import date, datetime

import pytest

from erpdesk.domain.moments import at_desk, day_at_desk

MIDNIGHT_US = 1_795_881_600_000_000  # 2026-11-28 16:00 UTC


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_that_a_day_begins_at_midnight_of_the_desk(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)

    assert at_desk(MIDNIGHT_US) == datetime(2026, 11, 29)  # noqa: DTZ001 - as a clock shows it
    assert day_at_desk(MIDNIGHT_US) == date(2026, 11, 29)
    assert day_at_desk(MIDNIGHT_US - 1) == date(2026, 11, 28)
