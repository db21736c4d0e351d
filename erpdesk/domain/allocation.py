"""Allocation: links between what is owed and what was paid, made and taken back (核销, 反核销).

Not to be confused with a write-off (坏账核销): nothing is given up here but a small difference.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from erpdesk.domain import evidence as evidence_of
from erpdesk.domain.accounts import (
    BASE_CURRENCY,
    DIFFERENCE_ACCOUNTS,
    FINANCE_COST,
    OTHER_EXPENSE,
)
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.links import Link, based, link_rows, losses, realised, summed, undo_rows
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


def why_not_give_up(charge: OpenItem, amount: Money, *, tolerance_minor: int) -> UserError | None:
    """Return what stands against calling a rest of a charge small, by its worth in base."""
    most = Money(tolerance_minor, BASE_CURRENCY)
    worth = charge.left_base.share(amount.minor, charge.left.minor)
    if worth.minor > most.minor:
        return DifferenceTooLargeError(amount=worth.grouped(), most=most.grouped())
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
    links = based(links)
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
    return _text(heading, [-link for link in links], evidence, make_id) | {
        "allocations": undo_rows(links, make_id)
    }


def _text(
    heading: Heading, links: Sequence[Link], evidence: Sequence[Evidence], make_id: MakeId
) -> Row:
    amounts, exchanged = tuple(_amounts(links)), tuple(realised(links))
    rule = rule_named("P8" if exchanged else "P4")
    text = heading.sections()
    if amounts:
        text["entry"] = heading.entry("allocation", rule, make_id=make_id)
        text["lines"] = lines_of(rule, (*amounts, *exchanged))
    return text | ({"evidence": evidence_of.rows(evidence)} if evidence else {})


def _amounts(links: Sequence[Link]) -> Iterator[Amount]:
    moving = [link for link in links if not _stays(link)]
    yield from summed("credit", ((x.credit, x.amount, x.credit_base) for x in moving))
    yield from losses(moving)
    yield from summed("charge", ((x.charge, x.amount, x.charge_base) for x in moving))


def _stays(link: Link) -> bool:
    """Say whether both items stand on one account, and no rate on either moves the ledger."""
    charge, credit = link.charge, link.credit
    is_one = charge is not None and credit is not None and charge.account == credit.account
    return is_one and not link.is_foreign
