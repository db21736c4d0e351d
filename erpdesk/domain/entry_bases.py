"""What an entry does in the base currency: foreign amounts at their rate, items to the end."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.entry_moves import SIDES, Items, ItemsAndLedgerError, Row, allocated, rows
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import RateMissingError, in_base
from erpdesk.errors import UserError

VALUED: Final = frozenset({"voucher", "receipt"})
"""The kinds that are booked at the rate of their day, and say it."""


class RateDiffersError(UserError):
    """The foreign amount is not booked at the rate that the entry says."""


class LeftInBaseError(UserError):
    """An item is settled, and something of it is left in the base currency."""


def broken_rate(kind: str, content: Row) -> Iterator[UserError]:
    """Yield what differs between a foreign amount and its worth at the rate of the entry."""
    lines = rows(content, "lines")
    first = next((line for line in lines if line["currency"] != BASE_CURRENCY), None)
    said = content["entry"].get("exchange_rate")
    if first is None or kind not in VALUED:
        return
    if said is None:
        yield RateMissingError(currency=first["currency"])
    elif in_base(Money(first["amount"], first["currency"]), Decimal(said)).minor != first["base"]:
        yield RateDiffersError(rate=said)


def booked_by(content: Row, item: str, account: str) -> int:
    """Return what the lines of an entry book on an item, in base minor units."""
    lines = rows(content, "lines")
    mine = (x for x in lines if x.get("item") == item and x["account"] == account)
    return sum(line["side"] * line["base"] for line in mine)


def broken_bases(content: Row, items: Items) -> Iterator[UserError]:
    """Yield what is wrong in base with foreign items that a text allocates."""
    for name in dict.fromkeys(name for _, name, _ in allocated(content) if name in items):
        item = items[name]
        if item.booked is not None and item.open.currency != BASE_CURRENCY:
            yield from _broken_item(content, item, item.booked)


def _broken_item(content: Row, item: OpenItem, booked: Money) -> Iterator[UserError]:
    mine = [(side, row) for side, name, row in allocated(content) if name == item.id]
    moved = booked_by(content, item.id, item.account)
    left = item.open.minor + sum(SIDES[side] * row["amount"] for side, row in mine)
    base = booked.minor + moved
    if (left == 0 and base != 0) or left * base < 0:
        yield LeftInBaseError(item=item.label or item.id, left=Money(base, BASE_CURRENCY).plain())
    said = [_base_of(side, row) for side, row in mine]
    if None not in said and sum(x for x in said if x is not None) != moved:
        yield ItemsAndLedgerError(account=item.account, ledger=moved, items=said)


def _base_of(side: str, row: Mapping[str, Any]) -> int | None:
    base: int | None = row.get(f"{side}_base")
    return None if base is None else SIDES[side] * base
