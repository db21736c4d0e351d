"""How old a backup may be."""

import pytest

from erpdesk.domain.backups import FRESH_US, is_too_old

NOW = 1_795_881_600_000_000


@pytest.mark.parametrize("has_posted", [False, True])
def test_that_a_backup_is_too_old_after_a_day_and_not_before(*, has_posted: bool) -> None:
    assert not is_too_old(NOW - FRESH_US, NOW, has_posted=has_posted)
    assert is_too_old(NOW - FRESH_US - 1, NOW, has_posted=has_posted)


def test_that_a_backup_of_a_clock_that_was_put_back_is_not_too_old() -> None:
    assert not is_too_old(NOW + FRESH_US, NOW, has_posted=True)


def test_that_no_backup_is_too_old_once_something_is_posted() -> None:
    assert not is_too_old(None, NOW, has_posted=False)
    assert is_too_old(None, NOW, has_posted=True)
