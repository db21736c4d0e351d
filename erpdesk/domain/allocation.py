"""Allocation: links between what is owed and what was paid, made and taken back (核销, 反核销).

Not to be confused with a write-off (坏账核销): nothing is given up here but a small difference.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from erpdesk.domain import evidence as evidence_of
from erpdesk.domain.accounts import (
    BASE_CURRENCY,
    DIFFERENCE_ACCOUNTS,
    FINANCE_COST,
    OTHER_EXPENSE,
)
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.money import CurrencyMismatchError, Money
from erpdesk.domain.open_item import OpenItem, OtherCustomerError, OverAllocatedError
from erpdesk.domain.posting import Amount, Heading, MakeId, Row, lines_of, rule_named
from erpdesk.errors import UserError


class NothingToAllocateError(UserError):
    """There is nothing to allocate."""


class WrongSideError(UserError):
    """Only a credit can pay, and only a charge can be paid."""


class DifferenceReasonError(UserError):
    """A difference that is given up needs a reason."""


class DifferenceAccountError(UserError):
    """A small difference cannot be booked on this account."""


class DifferenceTooLargeError(UserError):
    """What is left is more than a small difference."""


class Treatment(StrEnum):
    """Why a small rest is given up; what is not given up stays open with its own due day."""

    ROUNDING = "rounding"
    BANK_FEE = "bank_fee"


TREATED_ON: Final = MappingProxyType(
    {Treatment.ROUNDING: OTHER_EXPENSE, Treatment.BANK_FEE: FINANCE_COST}
)
"""The account of each: a small difference never falls into exchange differences."""


@dataclass(frozen=True, slots=True)
class Match:
    """So much of a credit is to pay for a charge."""

    charge: OpenItem
    credit: OpenItem
    amount: Money


@dataclass(frozen=True, slots=True)
class Difference:
    """A small rest of a charge that is given up on a loss account (尾差)."""

    charge: OpenItem
    amount: Money
    account: str = DIFFERENCE_ACCOUNTS[0]


@dataclass(frozen=True, slots=True)
class Link:
    """A link that stands: one-sided where a difference or a reversal closed an item.

    ``document`` is the number of the document that made it, ``account`` the loss account of a
    difference.
    """

    id: str
    amount: Money
    charge: OpenItem | None = None
    credit: OpenItem | None = None
    document: str = ""
    account: str = ""


def broken_links(
    customer: CustomerId | None, wanted: Sequence[tuple[OpenItem, Money]]
) -> Iterator[UserError]:
    """Yield what stands against taking so much of these items for one customer."""
    sums: dict[str, int] = {}
    for item, money in wanted:
        sums[item.id] = sums.get(item.id, 0) + money.minor
        if item.customer != customer:
            yield OtherCustomerError(customer=item.customer)
        if money.currency != item.open.currency:
            yield CurrencyMismatchError(one=money.currency, other=item.open.currency)
        if money.minor <= 0:
            yield NothingToAllocateError(item=item.id)
    for item in dict.fromkeys(item for item, _ in wanted):
        if sums[item.id] > item.left.minor:
            yield OverAllocatedError(item=item.label or item.id, open=item.left.plain())


def broken_differences(
    differences: Iterable[Difference], reason: str | None
) -> Iterator[UserError]:
    """Yield what stands against giving up small differences."""
    for difference in differences:
        if not (reason or "").strip():
            yield DifferenceReasonError()
        if difference.account not in DIFFERENCE_ACCOUNTS:
            yield DifferenceAccountError(account=difference.account)
        if difference.charge.is_credit:
            yield WrongSideError(item=difference.charge.id)


def why_not_give_up(amount: Money, *, tolerance_minor: int) -> UserError | None:
    """Return what stands against calling a rest small; the tolerance is of the base currency."""
    most = Money(tolerance_minor if amount.currency == BASE_CURRENCY else 0, amount.currency)
    if amount.minor > most.minor:
        return DifferenceTooLargeError(amount=amount.grouped(), most=most.grouped())
    return None


def why_not_allocate(
    heading: Heading, matches: Sequence[Match], differences: Sequence[Difference] = ()
) -> UserError | None:
    """Return the first thing that stands against these links, or None."""
    return next(_broken(heading, matches, differences), None)


def _broken(
    heading: Heading, matches: Sequence[Match], differences: Sequence[Difference]
) -> Iterator[UserError]:
    if not matches:
        yield NothingToAllocateError()
    for match in matches:
        if match.charge.is_credit or match.credit.is_charge:
            yield WrongSideError(item=match.charge.id)
    yield from broken_differences(differences, heading.reason)
    wanted = [(match.charge, match.amount) for match in matches]
    wanted += [(match.credit, match.amount) for match in matches]
    wanted += [(one.charge, one.amount) for one in differences]
    yield from broken_links(heading.customer, wanted)


def allocate(
    heading: Heading,
    matches: Sequence[Match],
    *,
    make_id: MakeId,
    differences: Sequence[Difference] = (),
    evidence: Sequence[Evidence] = (),
) -> Row:
    """Return the text that links credits to charges: Dr 2203 / Cr 1122.0x (P4).

    A credit note and its charge on one account move nothing in the ledger: a link, no entry.

    Raises:
        UserError: what ``why_not_allocate`` returns.
        RateMissingError: the items are in a foreign currency.
    """
    why_not = why_not_allocate(heading, matches, differences)
    if why_not is not None:
        raise why_not
    links = [Link(make_id(), m.amount, m.charge, m.credit) for m in matches]
    links += [Link(make_id(), d.amount, d.charge, account=d.account) for d in differences]
    return _text(heading, links, evidence, make_id) | {"allocations": link_rows(links)}


def undo(
    heading: Heading,
    links: Sequence[Link],
    *,
    make_id: MakeId,
    evidence: Sequence[Evidence] = (),
) -> Row:
    """Return the text that takes links back by red lines; the items are open again.

    Raises:
        NothingToAllocateError: there is no link, or one without a counterpart in the ledger.
        OtherCustomerError: a link is of another customer.
    """
    if not links or any(link.credit is None and not link.account for link in links):
        raise NothingToAllocateError
    for item in (item for link in links for item in (link.charge, link.credit) if item):
        if item.customer != heading.customer:
            raise OtherCustomerError(customer=item.customer)
    red = [Link(x.id, -x.amount, x.charge, x.credit, x.document, x.account) for x in links]
    return _text(heading, red, evidence, make_id) | {"allocations": undo_rows(links, make_id)}


def _text(
    heading: Heading, links: Sequence[Link], evidence: Sequence[Evidence], make_id: MakeId
) -> Row:
    rule, amounts = rule_named("P4"), tuple(_amounts(links))
    text = heading.sections()
    if amounts:
        text["entry"] = heading.entry("allocation", rule, make_id=make_id)
        text["lines"] = lines_of(rule, amounts)
    return text | ({"evidence": evidence_of.rows(evidence)} if evidence else {})


def _amounts(links: Sequence[Link]) -> Iterator[Amount]:
    moving = [link for link in links if not _stays(link)]
    yield from summed("credit", ((x.credit, x.amount) for x in moving))
    yield from (Amount("loss", x.amount, x.account) for x in moving if x.account)
    yield from summed("charge", ((x.charge, x.amount) for x in moving))


def _stays(link: Link) -> bool:
    """Say whether both items stand on one account."""
    charge, credit = link.charge, link.credit
    return charge is not None and credit is not None and charge.account == credit.account


def summed(what: str, wanted: Iterable[tuple[OpenItem | None, Money]]) -> Iterator[Amount]:
    """Yield one amount an item: a ledger line says it once, however many links there are."""
    sums: dict[OpenItem, Money] = {}
    for item, money in wanted:
        if item is not None:
            sums[item] = sums[item] + money if item in sums else money
    yield from (item.amount(what, money) for item, money in sums.items())


def link_rows(links: Iterable[Link]) -> list[dict[str, Any]]:
    """Return new links as a text lists them, with the versions of the items that were seen."""
    return [_row(link) for link in links]


def undo_rows(links: Iterable[Link], make_id: MakeId) -> list[dict[str, Any]]:
    """Return the counter-links: the exact opposite of each."""
    return [
        _row(link) | {"id": make_id(), "amount": -link.amount.minor, "undoes": link.id}
        for link in links
    ]


def _row(link: Link) -> dict[str, Any]:
    row: dict[str, Any] = {"id": link.id, "amount": link.amount.minor}
    if link.charge is not None:
        row |= {"charge": link.charge.id, "charge_version": link.charge.version}
    if link.credit is not None:
        row |= {"credit": link.credit.id, "credit_version": link.credit.version}
    return row
