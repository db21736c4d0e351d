"""Ageing: how late what is open is, as of any day, also of the past (账龄分析)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from erpdesk.domain.accounts import PARTS, Part
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import open_amount


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many days late at the most; None is without end. Not late at all is 0."""

    name: str
    days_max: int | None


BUCKETS: Final = (
    Bucket("not_due", 0),
    Bucket("d1_30", 30),
    Bucket("d31_60", 60),
    Bucket("d61_90", 90),
    Bucket("d91_180", 180),
    Bucket("over_180", None),
)
"""The default buckets, the least late first."""


@dataclass(frozen=True, slots=True)
class Move:
    """What an allocation took of an item on the day it was posted; an undone one is negative."""

    day: date
    amount: Money


@dataclass(frozen=True, slots=True)
class DatedItem:
    """An item with its days: posted on one, due on another, allocated on others."""

    id: ItemId
    customer: CustomerId
    account: str
    original: Money
    posted_on: date
    due: date
    moves: tuple[Move, ...] = ()

    def open_on(self, day: date) -> Money:
        """Return what was open at the end of a day; nothing before it was posted."""
        if day < self.posted_on:
            return Money(0, self.original.currency)
        return open_amount(self.original, (m.amount for m in self.moves if m.day <= day))


@dataclass(frozen=True, slots=True)
class Ageing:
    """What is owed in one currency by lateness; what is unapplied has a line of its own."""

    owed: Mapping[str, Money]
    unapplied: Money

    @property
    def total(self) -> Money:
        """Return the balance of the ledger: all buckets less what is unapplied (V4)."""
        total = -self.unapplied
        for money in self.owed.values():
            total += money
        return total


def aged(
    items: Iterable[DatedItem], *, as_of: date, buckets: Sequence[Bucket] = BUCKETS
) -> Mapping[str, Ageing]:
    """Return the ageing of items by currency, as it stood at the end of a day.

    A day due is not late; the day after it is. Ages run from the original due day.
    """
    sums: dict[str, dict[str, int]] = {}
    for item in items:
        left, part = item.open_on(as_of), PARTS.get(item.account)
        if left.minor and part is not None:
            lines = sums.setdefault(left.currency, {})
            name = _UNAPPLIED if part is Part.UNAPPLIED else _bucket(item.due, as_of, buckets)
            lines[name] = lines.get(name, 0) + left.minor
    return {currency: _ageing(lines, currency, buckets) for currency, lines in sorted(sums.items())}


_UNAPPLIED: Final = ""


def _bucket(due: date, as_of: date, buckets: Sequence[Bucket]) -> str:
    late = max((as_of - due).days, 0)
    return next(b.name for b in buckets if b.days_max is None or late <= b.days_max)


def _ageing(lines: Mapping[str, int], currency: str, buckets: Sequence[Bucket]) -> Ageing:
    owed = {bucket.name: Money(lines.get(bucket.name, 0), currency) for bucket in buckets}
    return Ageing(owed, Money(-lines.get(_UNAPPLIED, 0), currency))
