"""Goods: what a voucher asks money for, line by line, net, tax and gross."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from erpdesk.domain.money import Money
from erpdesk.domain.tax import Taxed, out_of_gross, rate_text


@dataclass(frozen=True, slots=True)
class Goods:
    """One line of goods or services; ``rate`` is its tax rate as a fraction."""

    text: str
    net: Money
    tax: Money
    gross: Money
    rate: Decimal
    quantity: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None

    @property
    def is_even(self) -> bool:
        """Say whether net and tax make the gross amount, in one currency."""
        one_currency = len({self.net.currency, self.tax.currency, self.gross.currency}) == 1
        return one_currency and self.net.minor + self.tax.minor == self.gross.minor

    def row(self, n: int) -> dict[str, Any]:
        """Return the line as a text writes it."""
        said: dict[str, Any] = {
            "n": n,
            "text": self.text,
            "quantity": None if self.quantity is None else rate_text(self.quantity),
            "unit": self.unit,
            "price": None if self.price is None else rate_text(self.price),
            "net": self.net.minor,
            "rate": rate_text(self.rate),
            "tax": self.tax.minor,
            "gross": self.gross.minor,
        }
        return {name: value for name, value in said.items() if value is not None}


def goods_of(text: str, gross: Money, rate: Decimal) -> Goods:
    """Return a line of a gross amount with its tax taken out."""
    halves = out_of_gross(gross, rate)
    return Goods(text, halves.net, halves.tax, gross, rate)


def total(goods: Iterable[Goods], currency: str) -> Taxed:
    """Return net and tax of all lines.

    Raises:
        CurrencyMismatchError: a line is in another currency.
    """
    net = tax = Money(0, currency)
    for line in goods:
        net, tax = net + line.net, tax + line.tax
    return Taxed(net, tax)


def rows(goods: Iterable[Goods]) -> list[dict[str, Any]]:
    """Return the lines as a text lists them, numbered from 1."""
    return [line.row(n) for n, line in enumerate(goods, 1)]
