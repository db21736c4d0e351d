"""The period lock (结账): a month that is over takes no more postings, for good."""

from collections.abc import Collection, Sequence
from datetime import date

from erpdesk.domain.people import Role
from erpdesk.errors import UserError

MAY_LOCK = frozenset({Role.SUPERVISOR, Role.DIRECTOR})


class NotYoursToLockError(UserError):
    """Supervisors and directors lock months."""


class NothingToLockError(UserError):
    """The month is locked, not over, or not one of the books'."""


class PeriodWaitingError(UserError):
    """Documents that would be posted into it still wait for a decision."""


def lockable(unlocked: Sequence[str], *, today: date) -> tuple[str, ...]:
    """Return which of the unlocked months, ``YYYY-MM`` in order, are over."""
    return tuple(month for month in unlocked if month < f"{today:%Y-%m}")


def why_not_lock(
    month: str, open_months: Collection[str], waiting: Sequence[str], roles: Collection[Role]
) -> UserError | None:
    """Return what stands against locking all months up to one, or None.

    ``open_months`` are those that are over and not locked, ``waiting`` the numbers of documents
    that would be posted into them.
    """
    if not MAY_LOCK & set(roles):
        return NotYoursToLockError()
    if month not in open_months:
        return NothingToLockError(month=month)
    if waiting:
        return PeriodWaitingError(month=month, numbers="、".join(waiting))
    return None
