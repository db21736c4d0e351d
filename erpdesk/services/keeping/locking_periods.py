"""Locking months: all that are open up to one, in one transaction, for good."""

from dataclasses import dataclass

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.period_lock import lockable, why_not_lock
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.storage import people, period_locks
from erpdesk.storage.database import Connection
from erpdesk.storage.unit_of_work import Company, Unit


@dataclass(frozen=True, slots=True)
class LockingPeriods:
    """Locks months as the person who opened the company."""

    company: Company
    clock: Clock

    def open_months(self) -> tuple[str, ...]:
        """Return the months, ``YYYY-MM``, that are over and not locked, in order."""
        with self.company.database.reading() as connection:
            return lockable(period_locks.unlocked(connection), today=self.clock.today())

    def why_not(self, month: str) -> UserError | None:
        """Return what stands against locking all months up to one, or None."""
        with self.company.database.reading() as connection:
            return self._why_not(connection, month)

    def lock(self, month: str) -> Outcome[tuple[str, ...]]:
        """Lock every open month up to one; return which.

        Raises:
            UserError: what :func:`~erpdesk.domain.period_lock.why_not_lock` names.
        """

        def work(unit: Unit) -> tuple[str, ...]:
            if refusal := self._why_not(unit.connection, month):
                raise refusal
            months = [one for one in period_locks.unlocked(unit.connection) if one <= month]
            for one in months:
                period_locks.lock(unit, one)
            return tuple(months)

        return Outcome(self.company.run(work), Changes())

    def _why_not(self, connection: Connection, month: str) -> UserError | None:
        by = people.person_named(connection, self.company.person)
        return why_not_lock(
            month,
            lockable(period_locks.unlocked(connection), today=self.clock.today()),
            period_locks.waiting(connection, month),
            {one.role for one in by.in_force(at=self.clock.now_us())},
        )
