"""Open items: what a customer owes or has paid too early, item by item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from erpdesk.domain.accounts import BASE_CURRENCY, PARTS, Part
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.money import Money
from erpdesk.domain.posting import Amount, in_base
from erpdesk.errors import UserError


class OtherCustomerError(UserError):
    """What belongs to another customer cannot stand in this document."""


class OverAllocatedError(UserError):
    """More is allocated than is open."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One receivable (positive) or credit (negative) with what of it is still open.

    ``version`` counts its changes; whoever allocates names the one they saw. ``booked`` is what
    the ledger says of what is open of a foreign item, in the base currency and with its sign.
    """

    id: ItemId
    customer: CustomerId
    account: str
    original: Money
    open: Money
    due: date
    version: int = 1
    label: str = ""
    booked: Money | None = None

    def __post_init__(self) -> None:
        assert self.original.currency == self.open.currency
        assert 0 <= self.open.minor <= self.original.minor or self.is_credit
        assert 0 >= self.open.minor >= self.original.minor or self.is_charge

    @property
    def is_charge(self) -> bool:
        """Say whether the customer owes it."""
        return self.original.minor > 0

    @property
    def is_credit(self) -> bool:
        """Say whether it is the customer's money."""
        return self.original.minor < 0

    @property
    def left(self) -> Money:
        """Return what can still be allocated, without a sign."""
        return self.open if self.is_charge else -self.open

    @property
    def base(self) -> Money:
        """Return what is open as the ledger has it in the base currency.

        Raises:
            RateMissingError: it is foreign, and what it stands at is not known.
        """
        if self.booked is None or self.open.currency == BASE_CURRENCY:
            return in_base(self.open)
        return self.booked

    @property
    def left_base(self) -> Money:
        """Return what can still be allocated in the base currency, without a sign."""
        return self.base if self.is_charge else -self.base

    @property
    def part(self) -> Part | None:
        """Return the part of the balance it belongs to."""
        return PARTS.get(self.account)

    def is_late(self, on: date) -> bool:
        """Say whether it is overdue: on the very day it is due it is not, the day after it is."""
        return self.is_charge and self.open.minor != 0 and on > self.due

    def days_late(self, on: date) -> int:
        """Return for how many days it is overdue; zero when it is not."""
        return (on - self.due).days if self.is_late(on) else 0

    def amount(self, what: str, money: Money, base: Money | None = None) -> Amount:
        """Return what a line of a posting rule takes for this item."""
        return Amount(what, money, self.account, self.customer, self.id, base=base)


def open_amount(original: Money, allocated: Iterable[Money]) -> Money:
    """Return what is open of an item after its allocations; an undone one comes as negative."""
    left = original
    for money in allocated:
        left = left - money if original.minor > 0 else left + money
    return left


def item_row(item: OpenItem) -> dict[str, Any]:
    """Return a new item as the text writes it."""
    return {
        "id": item.id,
        "customer": item.customer,
        "account": item.account,
        "currency": item.original.currency,
        "amount": item.original.minor,
        "due": item.due.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Balance:
    """What a customer owes in one currency: billed + unbilled − unapplied."""

    billed: Money
    unbilled: Money
    unapplied: Money

    @property
    def total(self) -> Money:
        """Return what is owed less what is unapplied."""
        return self.billed + self.unbilled - self.unapplied

    @property
    def currency(self) -> str:
        """Return the one currency of the three parts."""
        return self.billed.currency


def balances(items: Iterable[OpenItem]) -> Mapping[str, Balance]:
    """Return the balance of items by currency: there is no sum over currencies."""
    sums: dict[str, dict[Part, int]] = {}
    for item in items:
        parts = sums.setdefault(item.open.currency, dict.fromkeys(Part, 0))
        if item.part is not None:
            parts[item.part] += item.open.minor
    return {
        currency: Balance(
            Money(parts[Part.BILLED], currency),
            Money(parts[Part.UNBILLED], currency),
            Money(-parts[Part.UNAPPLIED], currency),
        )
        for currency, parts in sorted(sums.items())
    }
