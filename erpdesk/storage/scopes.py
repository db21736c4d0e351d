"""Which customers and currencies a campaign will freeze."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from erpdesk.storage import tables as t
from erpdesk.storage.customers import CustomerRow


def currencies_at(connection: Connection, cut_off: date) -> Mapping[str, tuple[str, ...]]:
    """Return the currencies in which each customer had a balance on a day, from the ledger."""
    line, total = t.journal_line.c, func.sum(t.journal_line.c.side * t.journal_line.c.amount_minor)
    rows = connection.execute(
        select(line.customer_id, line.currency)
        .join(t.journal_entry, t.journal_entry.c.id == line.entry_id)
        .join(t.account, t.account.c.code == line.account)
        .where(t.account.c.part != "", t.journal_entry.c.posting_date <= cut_off)
        .group_by(line.customer_id, line.currency, t.account.c.part)
        .having(total != 0)
        .order_by(line.customer_id, line.currency)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        known = found.get(row.customer_id, ())
        if row.currency not in known:
            found[row.customer_id] = (*known, row.currency)
    return found


def scope_rows(
    customers: Sequence[CustomerRow],
    currencies: Mapping[str, tuple[str, ...]],
    *,
    base: str,
    counters: Sequence[str],
) -> Iterator[dict[str, object]]:
    """Yield the rows to freeze: one a currency, a customer without balance in the base currency.

    With one counter the lines are theirs; with several everybody counts whom they meet.
    """
    counter = counters[0] if len(counters) == 1 else None
    for customer in customers:
        for currency in currencies.get(customer.id, (base,)):
            yield {"customer_id": customer.id, "currency": currency, "counter": counter}


def period_exists(connection: Connection, day: date) -> bool:
    """Say whether a day lies in a period of the books."""
    period = t.period.c
    found = connection.execute(
        select(period.period).where(period.first_day <= day, period.last_day >= day)
    )
    return found.first() is not None
