"""Value-added tax: net and tax of a gross amount at a rate that is said, never assumed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from erpdesk.domain.money import Money, rounded

RATES: Final = ("0.13", "0.09", "0.06", "0.03", "0.01", "0")
"""Rates in use, as they are offered; every other rate can be written."""


@dataclass(frozen=True, slots=True)
class Taxed:
    """An amount in its two halves."""

    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """Return net and tax together."""
        return self.net + self.tax


def rate_text(rate: Decimal) -> str:
    """Return the one spelling of a rate: no needless zeros, no exponent."""
    plain = f"{rate:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def percent_text(rate: Decimal) -> str:
    """Return a rate as people write it: 13%."""
    return f"{rate_text(rate * 100)}%"


def out_of_gross(gross: Money, rate: Decimal) -> Taxed:
    """Take the tax out: net = gross ÷ (1 + rate) rounded half-up, tax = gross − net."""
    net = Money(int(rounded(Decimal(gross.minor) / (1 + rate))), gross.currency)
    return Taxed(net, gross - net)


def on_net(net: Money, rate: Decimal) -> Taxed:
    """Put the tax on top of an amount that was stated without it."""
    return Taxed(net, Money(int(rounded(net.minor * rate)), net.currency))
