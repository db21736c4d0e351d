"""Exchange rates: written down by day, found where something foreign is booked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.changes import Outcome
from erpdesk.domain.exchange import EXCHANGE_RATE, ExchangeRate, content, why_not_record
from erpdesk.domain.moments import not_after
from erpdesk.domain.posting import RateMissingError
from erpdesk.services.ports import Clock
from erpdesk.services.writing import Writing
from erpdesk.storage import exchange_rates
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.exchange_rates import RateRow
from erpdesk.storage.unit_of_work import Company

Rate = RateRow


@dataclass(frozen=True, slots=True)
class ExchangeRates:
    """Writes rates down as the person who opened the company; none is ever changed."""

    company: Company
    clock: Clock

    def record(
        self, currency: str, value: Decimal, *, day: date | None = None, memo: str = ""
    ) -> Outcome[Document]:
        """Write down what one unit of a currency is worth on a day, today by default.

        Raises:
            UserError: it is no rate, or of a day that has not come; nothing was stored.
        """
        today = self.clock.today()
        rate = ExchangeRate(currency, not_after(day or today, today), value)
        if refusal := why_not_record(rate):
            raise refusal
        return Writing(self.company).draft(EXCHANGE_RATE, content(rate, memo), then=("record",))

    def recorded(self) -> tuple[RateRow, ...]:
        """Return every rate, the latest day first, of one day what counts first."""
        with self.company.database.reading() as connection:
            rows = exchange_rates.rates(connection)[::-1]
        return tuple(sorted(rows, key=lambda one: one.rate.day, reverse=True))

    def on(self, currency: str, day: date | None = None) -> ExchangeRate | None:
        """Return the rate that counts on a day, today by default; None where none is near."""
        with self.company.database.reading() as connection:
            return exchange_rates.rate_on(connection, currency, day or self.clock.today())


def rate_for(connection: Connection, currency: str, day: date) -> Decimal | None:
    """Return the rate at which a currency is booked on a day; None for the base currency.

    Raises:
        RateMissingError: it is foreign, and no rate of the day or shortly before is written down.
    """
    if currency == BASE_CURRENCY:
        return None
    found = exchange_rates.rate_on(connection, currency, day)
    if found is None:
        raise RateMissingError(currency=currency)
    return found.value
