"""A receipt: money that came in, matched at once, kept for a known customer, or from nobody known.

The whole receipt is one credit item. What is matched at once is linked to it, so that undoing
the link makes the cash unapplied again; the ledger shows an advance only for what is left over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from erpdesk.domain import evidence as evidence_of
from erpdesk.domain.accounts import ADVANCE
from erpdesk.domain.allocation import (
    Difference,
    WrongSideError,
    broken_differences,
    broken_links,
)
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import ItemId
from erpdesk.domain.links import Link, based, link_rows, losses, realised, summed
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem, OverAllocatedError, item_row
from erpdesk.domain.posting import Amount, Heading, MakeId, Row, in_base, lines_of, rule_named
from erpdesk.errors import UserError


class NothingReceivedError(UserError):
    """A receipt needs an amount above zero."""


class PayerUnknownError(UserError):
    """A receipt without a known customer cannot be matched or kept for one."""


class PayerKnownError(UserError):
    """A receipt of a known customer does not wait as unidentified."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came in; ``identifies`` the entry by which it did when its payer was unknown.

    ``bank`` is what a statement says of it, by which the line is known again; ``rate`` the exchange
    rate of the day it came in, if foreign.
    """

    heading: Heading
    amount: Money
    evidence: tuple[Evidence, ...] = ()
    identifies: str | None = None
    bank: Mapping[str, str] | None = None
    rate: Decimal | None = None

    @property
    def base(self) -> Money:
        """Return what it is in the base currency.

        Raises:
            RateMissingError: it is foreign and has no rate.
        """
        return in_base(self.amount, self.rate)


@dataclass(frozen=True, slots=True)
class Paid:
    """So much of a receipt pays for a charge."""

    charge: OpenItem
    amount: Money


def oldest_first(amount: Money, items: Iterable[OpenItem]) -> tuple[Paid, ...]:
    """Return which charges an amount pays when the earliest due come first."""
    left, paid = amount, []
    for item in sorted(items, key=lambda item: (item.due, item.id)):
        if item.is_charge and item.open.currency == amount.currency:
            part = Money(min(left.minor, item.left.minor), amount.currency)
            if part.minor > 0:
                paid.append(Paid(item, part))
                left -= part
    return tuple(paid)


def why_not_match(
    receipt: Receipt, paid: Sequence[Paid], differences: Sequence[Difference] = ()
) -> UserError | None:
    """Return the first thing that stands against matching a receipt at once, or None."""
    return next(_broken(receipt, paid, differences), None)


def _broken(
    receipt: Receipt, paid: Sequence[Paid], differences: Sequence[Difference]
) -> Iterator[UserError]:
    if receipt.amount.minor <= 0:
        yield NothingReceivedError()
    if receipt.heading.customer is None:
        yield PayerUnknownError()
    yield from (WrongSideError(item=one.charge.id) for one in paid if one.charge.is_credit)
    yield from broken_differences(differences, receipt.heading.reason)
    wanted = [(one.charge, one.amount) for one in paid]
    wanted += [(one.charge, one.amount) for one in differences]
    yield from broken_links(receipt.heading.customer, wanted)
    if sum(one.amount.minor for one in paid) > receipt.amount.minor:
        yield OverAllocatedError(open=receipt.amount.plain())


def matched(
    receipt: Receipt,
    paid: Sequence[Paid],
    *,
    make_id: MakeId,
    differences: Sequence[Difference] = (),
) -> Row:
    """Return the text of a receipt that pays charges; what is over stays unapplied (P3, P5).

    A charge that is paid short stays open with its own due date. Without charges the whole
    receipt is kept for the customer.

    Raises:
        UserError: what ``why_not_match`` returns.
        RateMissingError: a foreign receipt has no rate, or what it pays is not known in base.
    """
    why_not = why_not_match(receipt, paid, differences)
    if why_not is not None:
        raise why_not
    item = _credit(receipt, make_id)
    links = [Link(make_id(), one.amount, one.charge, item) for one in paid]
    links += [Link(make_id(), d.amount, d.charge, account=d.account) for d in differences]
    links = based(links)
    rest, exchanged = _rest(receipt, item, links), tuple(realised(links))
    amounts = (
        Amount("identified" if receipt.identifies else "cash", receipt.amount, base=receipt.base),
        *losses(links),
        *summed("charge", ((x.charge, x.amount, x.charge_base) for x in links)),
        rest,
        *exchanged,
    )
    uneven = bool(differences) or (bool(paid) and rest.money.minor > 0)
    name = "P8" if exchanged else "P5" if uneven else "P3"
    text = _text(receipt, name, amounts, make_id)
    return text | {"items": [item_row(item)]} | ({"allocations": link_rows(links)} if links else {})


def unallocated(receipt: Receipt, *, make_id: MakeId) -> Row:
    """Return the text of a receipt of a known customer for nothing in particular (P3).

    Raises:
        NothingReceivedError, PayerUnknownError: no amount, no customer.
    """
    return matched(receipt, (), make_id=make_id)


def suspense(receipt: Receipt, *, make_id: MakeId) -> Row:
    """Return the text of a receipt whose payer is unknown: no customer, no item (P3).

    Raises:
        NothingReceivedError, PayerKnownError: no amount, or there is a customer.
    """
    if receipt.amount.minor <= 0:
        raise NothingReceivedError
    if receipt.heading.customer is not None:
        raise PayerKnownError
    amounts = tuple(Amount(x, receipt.amount, base=receipt.base) for x in ("cash", "unknown"))
    return _text(receipt, "P3", amounts, make_id)


def _credit(receipt: Receipt, make_id: MakeId) -> OpenItem:
    heading = receipt.heading
    assert heading.customer is not None
    whole = -receipt.amount
    return OpenItem(
        ItemId(make_id()), heading.customer, ADVANCE, whole, whole, heading.posting_date,
        booked=-receipt.base,
    )  # fmt: skip


def _rest(receipt: Receipt, item: OpenItem, links: Iterable[Link]) -> Amount:
    """Return what of a receipt pays nothing yet."""
    money, base = receipt.amount, receipt.base
    for link in links:
        if link.credit_base is not None:
            money, base = money - link.amount, base - link.credit_base
    return item.amount("rest", money, base)


def _text(receipt: Receipt, name: str, amounts: Sequence[Amount], make_id: MakeId) -> Row:
    rule, heading = rule_named(name), receipt.heading
    text = heading.sections() | {
        "entry": heading.entry(
            "receipt", rule, make_id=make_id, identifies=receipt.identifies, rate=receipt.rate
        ),
        "lines": lines_of(rule, amounts),
    }
    text |= {"bank": dict(receipt.bank)} if receipt.bank else {}
    return text | ({"evidence": evidence_of.rows(receipt.evidence)} if receipt.evidence else {})
