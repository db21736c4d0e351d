"""Revaluing at a month's end: one document a customer, each decided by a second person."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from erpdesk.domain.changes import Outcome
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.posting import Heading, Row
from erpdesk.domain.revaluation import (
    REVALUATION,
    NoRevaluationError,
    NothingToRevalueError,
    off_by_account,
    revalued,
    why_not_on,
    why_not_take_back,
)
from erpdesk.services.approving import touched
from erpdesk.services.exchange_rates import rate_for
from erpdesk.services.ports import Clock
from erpdesk.services.reversing import Reversing
from erpdesk.services.writing import Writing
from erpdesk.storage import documents, revaluing
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company

TAKEN_BACK: Final = "下月初冲回期末调汇"
"""The reason of each reversal."""


@dataclass(frozen=True, slots=True)
class Revaluing:
    """Revalues foreign receivables, as the person who opened the company."""

    company: Company
    clock: Clock

    def revalue(self, day: date) -> Outcome[tuple[Document, ...]]:
        """Hand in a revaluation of every customer who owed something foreign on a month's last day.

        Raises:
            NoMonthEndError: it is no such day, or not over.
            RateMissingError: a currency has no rate of that day or shortly before.
            NothingToRevalueError: there is nothing to be revalued.
        """
        if refusal := why_not_on(day, today=self.clock.today()):
            raise refusal
        batch = self.company.new_id()
        with self.company.database.reading() as connection:
            owners = revaluing.owners(connection)
            texts = [self._text(connection, owner, day, batch) for owner in owners]
        writing = Writing(self.company)
        found = [text for text in texts if text is not None]
        if not found:
            raise NothingToRevalueError(day=day.isoformat())
        made = tuple(writing.draft(REVALUATION, x, then=("submit",)).value for x in found)
        return Outcome(made, touched(*made))

    def take_back(self, day: date) -> Outcome[tuple[Document, ...]]:
        """Hand in what takes a day's revaluations back on the first of the next month.

        Raises:
            TakenBackEarlyError: the next month has not begun.
            NoRevaluationError: nothing that was posted for that day stands.
        """
        if refusal := why_not_take_back(day, today=self.clock.today()):
            raise refusal
        with self.company.database.reading() as connection:
            names = revaluing.posted_on(connection, day)
            found = [documents.look(connection, name) for name in names]
        if not found:
            raise NoRevaluationError(day=day.isoformat())
        reversing = Reversing(self.company, self.clock)
        made = tuple(reversing.reverse(one, TAKEN_BACK).value for one in found)
        return Outcome(made, touched(*made))

    def _text(self, connection: Connection, owner: str, day: date, batch: str) -> Row | None:
        if revaluing.is_revalued(connection, owner, day):
            return None
        items = [row.item for row in revaluing.foreign_on(connection, owner, day)]
        currencies = {item.open.currency for item in items if item.is_charge}
        rates = {one: rate_for(connection, one, day) or Decimal(1) for one in currencies}
        off = off_by_account((item for item in items if item.is_charge), rates)
        heading = Heading(day, CustomerId(owner), batch=batch, memo="期末调汇")
        return revalued(heading, off, make_id=self.company.new_id) if off else None
