"""Receipts and matching: money in, links made, exactly one link taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from erpdesk.domain import receipt as receipts_of
from erpdesk.domain.accounts import DIFFERENCE_MINOR
from erpdesk.domain.allocation import (
    TREATED_ON,
    Difference,
    Match,
    Treatment,
    allocate,
    undo,
    why_not_give_up,
)
from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Outcome
from erpdesk.domain.claim import NotUnidentifiedError, Unidentified, claim
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.links import Link
from erpdesk.domain.matching import Payment, Suggestion, spelled
from erpdesk.domain.moments import not_after
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import Heading, Row
from erpdesk.domain.posting_stop import why_not_post
from erpdesk.domain.receipt import Paid, Receipt, oldest_first
from erpdesk.errors import UserError
from erpdesk.services.exchange_rates import rate_for
from erpdesk.services.ports import Clock
from erpdesk.services.suggesting import suggestions
from erpdesk.services.writing import Writing
from erpdesk.storage import describing, documents, ledger, standing_links, unidentified
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.ledger import ItemRow
from erpdesk.storage.unit_of_work import Company

LINKS_AT_ONCE: Final = 2000


class NoSuchItemError(UserError):
    """This customer has no open item of this number."""


class NoSuchAllocationError(UserError):
    """There is no allocation with this id that still stands."""


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """A receipt as it is entered; without a customer its payer is unknown."""

    amount: Money
    customer: CustomerRow | None = None
    day: date | None = None
    memo: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A charge to be paid, by the number of its item; without an amount all that is open."""

    label: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A small rest of a charge that is given up, by the number of its item, and why."""

    label: str
    amount: Money
    treatment: Treatment
    reason: str


@dataclass(frozen=True, slots=True)
class Use:
    """What money is used for: these charges, or the oldest ones, and the rests given up."""

    pays: tuple[Wanted, ...] = ()
    gives_up: tuple[GivenUp, ...] = ()
    oldest: bool = False


@dataclass(frozen=True, slots=True)
class Receipts:
    """Records receipts and matches them, as the person who opened the company."""

    company: Company
    clock: Clock

    def open_items(self, customer: CustomerRow) -> tuple[ItemRow, ...]:
        """Return what is open of a customer, oldest due date first."""
        with self.company.database.reading() as connection:
            return ledger.open_items(connection, customer.id)

    def tolerance(self) -> int:
        """Return how much may be given up of a charge, in minor units of the base currency."""
        with self.company.database.reading() as connection:
            return _tolerance(connection)

    def suggestions(self, customer_ids: Iterable[str]) -> dict[str, Suggestion]:
        """Return what explains each unapplied cash of these customers, by its item."""
        with self.company.database.reading() as connection:
            tolerance = _tolerance(connection)
            return suggestions(connection, customer_ids, tolerance_minor=tolerance)

    def suggestion(self, money: MoneyIn) -> Suggestion:
        """Return what explains money that is not recorded yet."""
        owner = money.customer.id if money.customer else ""
        text, amount = spelled(money.memo or ""), money.amount
        new = Payment("", owner, amount.currency, amount.minor, text)
        with self.company.database.reading() as connection:
            tolerance = _tolerance(connection)
            return suggestions(connection, [owner], tolerance_minor=tolerance, beside=[new])[""]

    def record(
        self,
        money: MoneyIn,
        *,
        pays: tuple[Wanted, ...] = (),
        gives_up: tuple[GivenUp, ...] = (),
        oldest: bool = False,
        submit: bool = False,
    ) -> Outcome[Document]:
        """Write a receipt, matched at once where ``pays`` or ``oldest`` says so (P3, P5).

        Raises:
            UserError: what stands against it; nothing was stored.
        """
        receipt, use = self.receipt_of(money, gives_up), Use(pays, gives_up, oldest)
        return self._written(self.text_of(receipt, money.customer, use), submit=submit)

    def receipt_of(
        self, money: MoneyIn, gives_up: Iterable[GivenUp], bank: Mapping[str, str] | None = None
    ) -> Receipt:
        """Return the receipt that is entered; ``bank`` is what a statement says of it."""
        today = self.clock.today()
        heading = Heading(
            not_after(money.day or today, today),
            CustomerId(money.customer.id) if money.customer else None,
            memo=money.memo,
            reason=_reason(gives_up),
        )
        rate = self._rate(money.amount.currency, heading.posting_date)
        return Receipt(heading, money.amount, money.evidence, bank=bank, rate=rate)

    def text_of(self, receipt: Receipt, customer: CustomerRow | None, use: Use) -> Row:
        """Return what a receipt of this customer, or of nobody known, says."""
        make_id = self.company.new_id
        if customer is None:
            return receipts_of.suspense(receipt, make_id=make_id)
        paid, rests = self._used(receipt.amount, customer, use)
        return receipts_of.matched(receipt, paid, make_id=make_id, differences=rests)

    def claim_of(self, one: Unidentified, customer: CustomerRow, use: Use) -> Row:
        """Return what the claim of a receipt from nobody known says.

        What the receipt said and was proved by goes with it.
        """
        paid, rests = self._used(one.amount, customer, use)
        owner, reason = CustomerId(customer.id), _reason(use.gives_up)
        heading = Heading(self.clock.today(), owner, memo=one.memo or None, reason=reason)
        return claim(one, heading, paid, make_id=self.company.new_id, differences=rests)

    def _used(
        self, amount: Money, customer: CustomerRow, use: Use
    ) -> tuple[tuple[Paid, ...], tuple[Difference, ...]]:
        items = [row.item for row in self.open_items(customer)]
        paid = oldest_first(amount, items) if use.oldest else _paid(use.pays, items)
        return paid, self._given_up(use.gives_up, items)

    def _rate(self, currency: str, day: date) -> Decimal | None:
        with self.company.database.reading() as connection:
            return rate_for(connection, currency, day)

    def unidentified(self) -> tuple[Unidentified, ...]:
        """Return the receipts whose payer is still unknown, the oldest first."""
        with self.company.database.reading() as connection:
            return unidentified.left(connection)

    def claim(
        self,
        document_id: str,
        customer: CustomerRow,
        *,
        pays: tuple[Wanted, ...] = (),
        gives_up: tuple[GivenUp, ...] = (),
        oldest: bool = False,
        submit: bool = False,
    ) -> Outcome[Document]:
        """Write the claim of a receipt from nobody known: it was paid by this customer (P3).

        Raises:
            NotUnidentifiedError: it is no posted receipt whose payer is unknown.
            UserError: what else stands against it; nothing was stored.
        """
        with self.company.database.reading() as connection:
            one = unidentified.of_document(connection, document_id)
            document = documents.look(connection, document_id)
        if one is None:
            raise NotUnidentifiedError(number=document.number or document_id)
        use = Use(pays, gives_up, oldest)
        return self._written(self.claim_of(one, customer, use), submit=submit)

    def _written(self, text: Row, *, submit: bool) -> Outcome[Document]:
        then = ("submit",) if submit else ()
        return Writing(self.company).draft("receipt", dict(text), then=then)

    def allocate(
        self,
        customer: CustomerRow,
        *,
        credit: str,
        pays: tuple[Wanted, ...],
        gives_up: tuple[GivenUp, ...] = (),
        submit: bool = False,
    ) -> Outcome[Document]:
        """Match unapplied cash with charges; one person decides, it changes nothing owed (P4).

        A small rest may be given up within one's own limit; above it, ``submit`` asks somebody
        else (P5).

        Raises:
            UserError: what stands against it; nothing was stored.
        """
        items = [row.item for row in self.open_items(customer)]
        cash = _labelled(items, credit, charge=False)
        matches = [Match(paid.charge, cash, paid.amount) for paid in _paid(pays, items)]
        heading = Heading(self.clock.today(), CustomerId(customer.id), reason=_reason(gives_up))
        given_up = self._given_up(gives_up, items)
        text = allocate(heading, matches, make_id=self.company.new_id, differences=given_up)
        then = ("submit",) if submit else ("submit", "allocate", "post")
        return Writing(self.company).draft("allocation", dict(text), then=then)

    def _given_up(
        self, gives_up: Iterable[GivenUp], items: list[OpenItem]
    ) -> tuple[Difference, ...]:
        most, found = self.tolerance(), []
        for one in gives_up:
            charge = _labelled(items, one.label, charge=True)
            if refusal := why_not_give_up(charge, one.amount, tolerance_minor=most):
                raise refusal
            found.append(Difference(charge, one.amount, TREATED_ON[one.treatment]))
        return tuple(found)

    def why_not_match(self) -> UserError | None:
        """Return what stands against matching anything now."""
        return why_not_post("allocation", self.company.failing())

    def links(self, item: ItemRow) -> tuple[Link, ...]:
        """Return the links that stand on an item."""
        return self.links_on([item])[item.id]

    def links_on(self, items: Sequence[ItemRow]) -> dict[str, tuple[Link, ...]]:
        """Return the links that stand on items, by item."""
        found: dict[str, tuple[Link, ...]] = {item.id: () for item in items}
        with self.company.database.reading() as connection:
            for start in range(0, len(items), LINKS_AT_ONCE):
                part = [item.id for item in items[start : start + LINKS_AT_ONCE]]
                for link in standing_links.standing_on(connection, items=part):
                    sides = {side.id for side in (link.charge, link.credit) if side}
                    found |= {side: (*found[side], link) for side in sides.intersection(part)}
        return found

    def undo(self, allocation_id: str, reason: str) -> Outcome[Document]:
        """Take exactly one link back; a second person decides (反核销).

        Raises:
            ReasonTooShortError: nobody could tell later why.
            NoSuchAllocationError: it does not stand.
        """
        if refusal := why_not_reason(reason):
            raise refusal
        with self.company.database.reading() as connection:
            link = standing_links.link(connection, allocation_id)
        if link is None:
            raise NoSuchAllocationError(id=allocation_id)
        owner = link.charge or link.credit
        customer = owner.customer if owner else None
        heading = Heading(self.clock.today(), customer, reason=reason)
        text = undo(heading, [link], make_id=self.company.new_id)
        return Writing(self.company).draft("allocation", dict(text), then=("submit",))


def _tolerance(connection: Connection) -> int:
    return describing.policies(connection).get("difference_minor", DIFFERENCE_MINOR)


def _reason(gives_up: Iterable[GivenUp]) -> str | None:
    return "；".join(dict.fromkeys(one.reason for one in gives_up)) or None


def _paid(pays: Iterable[Wanted], items: list[OpenItem]) -> tuple[Paid, ...]:
    paid = []
    for wanted in pays:
        item = _labelled(items, wanted.label, charge=True)
        paid.append(Paid(item, wanted.amount or item.left))
    return tuple(paid)


def _labelled(items: list[OpenItem], label: str, *, charge: bool) -> OpenItem:
    found = [i for i in items if label in {i.label, i.id} and i.is_charge is charge]
    if len(found) != 1:
        raise NoSuchItemError(item=label)
    return found[0]
