"""Links between what is owed and what was paid: what each takes of its items, in base too (P8).

An item is settled by its own currency's amount. What a piece of it takes in the base currency is
its share of what is open; the last piece takes what rounding left, so nothing stays behind. Where
both sides of a link stood at different rates the difference is realised with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import Amount, MakeId


@dataclass(frozen=True, slots=True)
class Link:
    """A link that stands: one-sided where a difference or a reversal closed an item.

    ``document`` is the number of the document that made it, ``account`` the loss account of a
    difference. ``charge_base`` and ``credit_base`` are what it took of each side in the base
    currency; None where the amount itself is in it.
    """

    id: str
    amount: Money
    charge: OpenItem | None = None
    credit: OpenItem | None = None
    document: str = ""
    account: str = ""
    charge_base: Money | None = None
    credit_base: Money | None = None

    @property
    def is_foreign(self) -> bool:
        """Say whether its amount is not in the base currency."""
        return self.amount.currency != BASE_CURRENCY

    @property
    def difference(self) -> Money:
        """Return by how much the charge stood above what paid it, in the base currency."""
        if self.charge_base is None or self.credit_base is None:
            return Money(0, BASE_CURRENCY)
        return self.charge_base - self.credit_base

    @property
    def of_charge(self) -> Money:
        """Return what it took of its charge in the base currency."""
        return self.charge_base or self.amount

    @property
    def of_credit(self) -> Money:
        """Return what it took of its credit in the base currency."""
        return self.credit_base or self.amount

    def cut(self, money: Money) -> tuple["Link", "Link"]:
        """Return so much of it, and the rest, in the base currency too."""
        whole, charge, credit = self.amount, self.of_charge, self.of_credit
        of_charge = charge.share(money.minor, whole.minor)
        of_credit = credit.share(money.minor, whole.minor)
        part = replace(self, amount=money, charge_base=of_charge, credit_base=of_credit)
        rest = replace(
            self, amount=whole - money, charge_base=charge - of_charge,
            credit_base=credit - of_credit,
        )  # fmt: skip
        return part, rest

    def __neg__(self) -> "Link":
        """Return what takes it back: all amounts red."""
        return replace(
            self,
            amount=-self.amount,
            charge_base=None if self.charge_base is None else -self.charge_base,
            credit_base=None if self.credit_base is None else -self.credit_base,
        )


def based(links: Iterable[Link]) -> list[Link]:
    """Return links with what each takes of its items in base, one after the other.

    Raises:
        RateMissingError: it is not known what a foreign item stands at.
    """
    left: dict[str, tuple[Money, Money]] = {}

    def take(item: OpenItem | None, money: Money) -> Money | None:
        if item is None:
            return None
        whole, base = left.get(item.id, (item.left, item.left_base))
        taken = base.share(money.minor, whole.minor)
        left[item.id] = whole - money, base - taken
        return taken

    return [
        replace(x, charge_base=take(x.charge, x.amount), credit_base=take(x.credit, x.amount))
        for x in links
    ]


def realised(links: Iterable[Link]) -> Iterator[Amount]:
    """Yield the exchange differences of links: losses, and gains, each for itself (P8).

    They are not set off against one another: a link that is taken back takes its own back.
    """
    sums: dict[tuple[str, str], Money] = {}
    for link in links:
        off = link.difference
        is_loss = (off.minor > 0) is (link.amount.minor > 0)
        key = "exchange_loss" if is_loss else "exchange_gain", link.amount.currency
        sums[key] = sums.get(key, Money(0, BASE_CURRENCY)) + (off if is_loss else -off)
    for (what, currency), base in sums.items():
        if base.minor:
            yield Amount(what, Money(0, currency), base=base)


def losses(links: Iterable[Link]) -> Iterator[Amount]:
    """Yield what is given up of charges, on the accounts that were chosen."""
    yield from (
        Amount("loss", link.amount, link.account, base=link.charge_base)
        for link in links
        if link.account
    )


def summed(
    what: str, wanted: Iterable[tuple[OpenItem | None, Money, Money | None]]
) -> Iterator[Amount]:
    """Yield one amount an item: a ledger line says it once, however many links there are."""
    sums: dict[str, Amount] = {}
    for item, money, base in wanted:
        if item is not None:
            one = item.amount(what, money, base)
            sums[item.id] = sums[item.id] + one if item.id in sums else one
    yield from sums.values()


def link_rows(links: Iterable[Link]) -> list[dict[str, Any]]:
    """Return new links as a text lists them, with the versions of the items that were seen."""
    return [_row(link) for link in links]


def undo_rows(links: Iterable[Link], make_id: MakeId) -> list[dict[str, Any]]:
    """Return the counter-links: the exact opposite of each."""
    return [_row(-link) | {"id": make_id(), "undoes": link.id} for link in links]


def _row(link: Link) -> dict[str, Any]:
    row: dict[str, Any] = {"id": link.id, "amount": link.amount.minor}
    if link.charge is not None:
        row |= {"charge": link.charge.id, "charge_version": link.charge.version}
    if link.credit is not None:
        row |= {"credit": link.credit.id, "credit_version": link.credit.version}
    if link.is_foreign:
        bases = {"charge_base": link.charge_base, "credit_base": link.credit_base}
        row |= {name: base.minor for name, base in bases.items() if base is not None}
    return row
