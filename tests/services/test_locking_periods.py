"""Locking months: those that are over, with nothing waiting for them, and for good."""

from datetime import date, timedelta

import pytest

from erpdesk.domain.period_lock import (
    NothingToLockError,
    NotYoursToLockError,
    PeriodWaitingError,
    lockable,
)
from erpdesk.errors import RefusedError
from tests.services.builders import Office


def test_that_a_month_is_locked_when_it_is_over_and_nothing_waits_for_it(both: Office) -> None:
    last_day = both.today.replace(day=1) - timedelta(days=1)
    last, this = f"{last_day:%Y-%m}", f"{both.today:%Y-%m}"
    voucher = both.submitted("服务1", "113.00", posting_date=last_day)
    locking = both.desk("chief").locking_periods
    open_before = locking.open_months()
    with pytest.raises(PeriodWaitingError) as waits:
        locking.lock(last)
    assert waits.value.facts["numbers"] == voucher.number
    with pytest.raises(NothingToLockError):
        locking.lock(this)
    with pytest.raises(NotYoursToLockError):
        both.desk("maker").locking_periods.lock(last)
    both.approve(voucher)

    locked = locking.lock(last).value

    assert (locked, locking.open_months()) == (open_before, ())
    assert locked[-1] == last
    with pytest.raises(RefusedError, match="G8 period"):
        both.posted("服务2", "226.00", posting_date=last_day)
    with pytest.raises(NothingToLockError):
        locking.lock(last)


def test_that_the_running_month_is_not_over() -> None:
    assert lockable(("2026-10", "2026-11"), today=date(2026, 11, 30)) == ("2026-10",)
