"""Uninvoiced deliveries: what was handed over, and how much of it no voucher uses yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from erpdesk.domain.ids import CustomerId, DocumentId
from erpdesk.domain.money import Money
from erpdesk.domain.tax import Taxed, on_net, out_of_gross


class DeliveryState(StrEnum):
    """How far a delivery is used up."""

    FREE = "free"  # something of it is free, and nothing is held
    HELD = "held"  # a voucher that is not posted yet uses some of it
    USED = "used"  # posted vouchers use all of it


@dataclass(frozen=True, slots=True)
class Use:
    """What one voucher takes of a delivery; held until the voucher is posted."""

    document: DocumentId
    amount: Money
    is_posted: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """Goods or service handed over; ``tax_included`` says whether its amount holds the tax."""

    id: str
    number: str
    customer: CustomerId
    day: date
    amount: Money
    tax_included: bool = True
    uses: tuple[Use, ...] = ()

    @property
    def free(self) -> Money:
        """Return what no voucher uses, in the delivery's own terms."""
        left = self.amount
        for use in self.uses:
            left -= use.amount
        return left

    @property
    def state(self) -> DeliveryState:
        """Return whether it is free, held or used."""
        if any(not use.is_posted and use.amount.minor for use in self.uses):
            return DeliveryState.HELD
        return DeliveryState.FREE if self.free.minor else DeliveryState.USED

    def taxed(self, rate: Decimal, amount: Money | None = None) -> Taxed:
        """Return net and tax of what is used, of all that is free by default."""
        used = self.free if amount is None else amount
        return out_of_gross(used, rate) if self.tax_included else on_net(used, rate)


@dataclass(frozen=True, slots=True)
class DeliveryUse:
    """How much of a delivery a voucher wants, in the delivery's own terms."""

    delivery: str
    amount: Money


def rows(uses: Iterable[DeliveryUse]) -> list[dict[str, str | int]]:
    """Return the uses as a text lists them, each delivery once."""
    return [{"id": name, "amount": money.minor} for name, money in summed(uses).items()]


def summed(uses: Iterable[DeliveryUse]) -> Mapping[str, Money]:
    """Return what is wanted of each delivery in all."""
    sums: dict[str, Money] = {}
    for use in uses:
        had = sums.get(use.delivery)
        sums[use.delivery] = use.amount if had is None else had + use.amount
    return sums
