"""What came in and was allocated, by customer and day of the money: what promises are judged by."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, func, select

from erpdesk.domain.accounts import PARTS, Part
from erpdesk.domain.money import Money
from erpdesk.domain.promise import Paid
from erpdesk.storage import tables as t


def paid_by(connection: Connection, customer_ids: Iterable[str]) -> dict[str, list[Paid]]:
    """Return what each customer's cash paid; what was taken back is out again."""
    cash, link, entry = t.open_item.c, t.allocation.c, t.journal_entry.c
    accounts = [account for account, part in PARTS.items() if part is Part.UNAPPLIED]
    rows = connection.execute(
        select(
            cash.customer_id, entry.posting_date, entry.posted_at, cash.currency,
            func.sum(link.amount_minor).label("paid"),
        )
        .join(t.allocation, link.credit_id == cash.id)
        .join(t.journal_entry, entry.id == cash.entry_id)
        .where(cash.customer_id.in_(set(customer_ids)), cash.account.in_(accounts))
        .where(link.charge_id.is_not(None))
        .group_by(cash.customer_id, entry.posting_date, entry.posted_at, cash.currency)
    )  # fmt: skip
    found: dict[str, list[Paid]] = {}
    for row in rows:
        if row.paid:
            money = Money(int(row.paid), row.currency)
            paid = Paid(_day(row.posting_date), money, row.posted_at)
            found.setdefault(row.customer_id, []).append(paid)
    return found


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
