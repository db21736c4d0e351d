"""How old a backup may be, when the next is made by itself, and which of those stay."""

from datetime import date, timedelta

import pytest

from erpdesk.domain.backups import AGAIN_US, FRESH_US, is_due, is_too_old, next_day, outlived
from erpdesk.domain.moments import day_at_desk

NOW = 1_795_881_600_000_000  # 2026-11-29 00:00 at the desk
DAY_US = 86_400_000_000


@pytest.mark.parametrize("has_posted", [False, True])
def test_that_a_backup_is_too_old_after_a_day_and_not_before(*, has_posted: bool) -> None:
    assert not is_too_old(NOW - FRESH_US, NOW, has_posted=has_posted)
    assert is_too_old(NOW - FRESH_US - 1, NOW, has_posted=has_posted)


def test_that_a_backup_of_a_clock_that_was_put_back_is_not_too_old() -> None:
    assert not is_too_old(NOW + FRESH_US, NOW, has_posted=True)


def test_that_no_backup_is_too_old_once_something_is_posted() -> None:
    assert not is_too_old(None, NOW, has_posted=False)
    assert is_too_old(None, NOW, has_posted=True)


def test_that_a_backup_is_due_once_a_day_at_the_desk() -> None:
    """``NOW`` is midnight at the desk."""
    assert is_due(NOW - 1, None, NOW, has_posted=True)
    assert not is_due(NOW, None, NOW + DAY_US - 1, has_posted=True)
    assert is_due(NOW + DAY_US, None, NOW, has_posted=True)  # of a clock that was put back


def test_that_the_first_one_is_due_once_something_is_posted() -> None:
    assert is_due(None, None, NOW, has_posted=True)
    assert not is_due(None, None, NOW, has_posted=False)


@pytest.mark.parametrize(
    ("last_us", "day"), [(None, 29), (NOW - 1, 29), (NOW, 30), (NOW + DAY_US - 1, 30)]
)
def test_that_the_next_one_is_made_today_or_when_today_has_one_tomorrow(
    last_us: int | None, day: int
) -> None:
    assert next_day(last_us, NOW, has_posted=True) == date(2026, 11, day)
    assert next_day(None, NOW, has_posted=False) is None


def test_that_one_that_failed_is_tried_again_after_an_hour() -> None:
    assert not is_due(None, NOW, NOW + AGAIN_US - 1, has_posted=True)
    assert is_due(None, NOW, NOW + AGAIN_US, has_posted=True)
    assert is_due(None, NOW, NOW - AGAIN_US, has_posted=True)  # of a clock that was put back


def test_that_the_newest_of_each_day_week_and_month_stays() -> None:
    made = [NOW - n * DAY_US // 2 for n in range(2 * 500)]  # two a day

    gone = outlived(made)

    kept = sorted((day_at_desk(at) for at in set(made) - gone), reverse=True)
    assert kept[:7] == [day_at_desk(NOW) - timedelta(days=n) for n in range(7)]
    assert len(set(kept)) == len(kept) <= 7 + 4 + 12
    assert {date(2026, 11, n) for n in (29, 22, 15, 8)} < set(kept)  # four Sundays
    assert date(2026, 11, 1) not in kept
    assert kept[-1] == date(2025, 12, 31)
    assert [(one.year, one.month) for one in kept[-11:]] == [
        *((2026, month) for month in range(10, 0, -1)), (2025, 12),
    ]  # fmt: skip


def test_that_days_on_which_nobody_worked_take_no_place() -> None:
    seldom = [NOW - n * 40 * DAY_US for n in range(9)]

    assert outlived(seldom) == frozenset()


def test_that_what_stays_day_by_day_is_what_stays_at_once() -> None:
    """Old ones are there when their week or month asks for them."""
    kept: set[int] = set()
    for n in range(800):
        kept.add(NOW + n * DAY_US)
        kept -= outlived(kept)

    assert kept == set(every := [NOW + n * DAY_US for n in range(800)]) - outlived(every)
