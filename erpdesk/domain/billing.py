"""What of a voucher goes on an invoice: how much, what was paid of it, and its lines in red."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.links import Link
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import Row

NOTHING: Final = Money(0, BASE_CURRENCY)


@dataclass(frozen=True, slots=True)
class Billable:
    """A posted voucher as it stands: what of its entry was not taken back yet.

    ``lines`` are the rows of its entry less what was taken back; ``links`` those that stand on its
    item, the oldest first.
    """

    document: str
    number: str
    entry: str
    item: OpenItem
    lines: tuple[Mapping[str, Any], ...]
    links: tuple[Link, ...] = ()

    @property
    def left(self) -> Money:
        """Return what can still be invoiced."""
        rows = (row["amount"] for row in self.lines if row["account"] == self.item.account)
        return Money(sum(rows), self.item.original.currency)


@dataclass(frozen=True, slots=True)
class Portion:
    """So much of a voucher is on the invoice, tax included."""

    voucher: Billable
    amount: Money

    @property
    def paid(self) -> Money:
        """Return what was paid on the voucher and goes with it: paid first, billed first."""
        paid = sum(link.amount.minor for link in self.voucher.links)
        return Money(min(paid, self.amount.minor), self.amount.currency)

    @property
    def taken(self) -> tuple[tuple[Link, Link], ...]:
        """Return the links that go with it: of each what goes, and what stays (may be nothing)."""
        left, found = self.paid.minor, []
        for link in self.voucher.links:
            taken = min(left, link.amount.minor)
            left -= taken
            if taken:
                found.append(link.cut(Money(taken, link.amount.currency)))
        return tuple(found)

    @property
    def paid_base(self) -> Money:
        """Return what the links that go with it took of the voucher, in base."""
        return sum((part.of_charge for part, _ in self.taken), NOTHING)

    @property
    def open_base(self) -> Money:
        """Return what the part of it that is not paid stands at in base."""
        item, unpaid = self.voucher.item, self.amount - self.paid
        return item.left_base.share(unpaid.minor, item.left.minor) if unpaid.minor else NOTHING


def spread(gross: Money, vouchers: Sequence[Billable]) -> tuple[Portion, ...]:
    """Return portions that fill an invoice from these vouchers in their order."""
    left, found = gross, []
    for voucher in vouchers:
        amount = Money(min(left.minor, voucher.left.minor), left.currency)
        if amount.minor > 0:
            found.append(Portion(voucher, amount))
            left -= amount
    return tuple(found)


def red_lines(one: Portion) -> list[Row]:
    """Return the voucher's lines times the portion, on their sides; the last takes the rounding.

    Of several lines against the claim the first takes what the others leave.
    """
    account, base = one.voucher.item.account, one.paid_base + one.open_base
    claim = [row for row in one.voucher.lines if row["account"] == account]
    others = [row for row in one.voucher.lines if row["account"] != account]
    rows = (claim[0], *others)
    amounts = one.amount.minor, *_parts(one, others, "amount", one.amount.minor)
    bases = base.minor, *_parts(one, others, "base", base.minor)
    red = [
        {**row, "amount": -minor, "base": -worth}
        for row, minor, worth in zip(rows, amounts, bases, strict=True)
        if minor or worth
    ]
    return [{**row, "n": n} for n, row in enumerate(red, 1)]


def _parts(one: Portion, others: Sequence[Mapping[str, Any]], what: str, whole: int) -> list[int]:
    """Return what each line against the claim gives; the first what the others leave it to give."""
    share = Fraction(one.amount.minor, one.voucher.left.minor)
    first, *rest = [row[what] for row in others]
    parts: list[int] = []
    for of in rest:
        left = whole - sum(parts)
        parts.append(min(max(_rounded(of * share), left - first), of, left))
    return [whole - sum(parts), *parts]


def _rounded(amount: Fraction) -> int:
    """Return whole minor units of an amount that is not negative, half of one up."""
    return int(amount + Fraction(1, 2))


def remaining(
    lines: Iterable[Mapping[str, Any]], reds: Iterable[Mapping[str, Any]]
) -> tuple[Row, ...]:
    """Return what of an entry's rows was not taken back by red rows, without empty ones."""
    taken: dict[tuple[str, int], tuple[int, int]] = {}
    for row in reds:
        key = (row["account"], row["side"])
        amount, base = taken.get(key, (0, 0))
        taken[key] = amount + row["amount"], base + row["base"]
    found = []
    for row in lines:
        amount, base = taken.pop((row["account"], row["side"]), (0, 0))
        left = {"amount": row["amount"] + amount, "base": row["base"] + base}
        if any(left.values()):
            found.append({**row, **left})
    return tuple(found)
