"""Moments are read at the company's desk, wherever the computer thinks it is."""

from datetime import date, datetime

import pytest

from erpdesk.domain.moments import (
    TooLateDayError,
    at_desk,
    day_at_desk,
    month_end,
    not_after,
)

MIDNIGHT_US = 1_795_881_600_000_000  # 2026-11-28 16:00 UTC


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_that_a_day_begins_at_midnight_of_the_desk(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)

    assert at_desk(MIDNIGHT_US) == datetime(2026, 11, 29)  # noqa: DTZ001 - as a clock shows it
    assert day_at_desk(MIDNIGHT_US) == date(2026, 11, 29)
    assert day_at_desk(MIDNIGHT_US - 1) == date(2026, 11, 28)


def test_that_a_day_may_be_the_last_one_allowed_and_not_the_next() -> None:
    today = date(2026, 11, 29)

    assert not_after(today, today) == today
    with pytest.raises(TooLateDayError) as refused:
        not_after(date(2030, 1, 1), today)
    assert refused.value.facts == {"day": "2030-01-01", "last": "2026-11-29"}


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-11-29", "2026-11-30"), ("2024-02-01", "2024-02-29"), ("2026-12-31", "2026-12-31")],
)
def test_that_a_month_ends_on_its_last_day(day: str, last: str) -> None:
    assert month_end(date.fromisoformat(day)) == date.fromisoformat(last)
