"""Receipts and matching: money in, links made, exactly one link taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from erpdesk.domain import receipt as receipts_of
from erpdesk.domain.allocation import Link, Match, allocate, undo
from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Outcome
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import Heading
from erpdesk.domain.posting_stop import why_not_post
from erpdesk.domain.receipt import Paid, Receipt, oldest_first
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.services.writing import Writing
from erpdesk.storage import ledger
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.documents import Document
from erpdesk.storage.ledger import ItemRow
from erpdesk.storage.unit_of_work import Company


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
class Receipts:
    """Records receipts and matches them, as the person who opened the company."""

    company: Company
    clock: Clock

    def open_items(self, customer: CustomerRow) -> tuple[ItemRow, ...]:
        """Return what is open of a customer, oldest due date first."""
        with self.company.database.reading() as connection:
            return ledger.open_items(connection, customer.id)

    def record(
        self,
        money: MoneyIn,
        *,
        pays: tuple[Wanted, ...] = (),
        oldest: bool = False,
        submit: bool = False,
    ) -> Outcome[Document]:
        """Write a receipt, matched at once where ``pays`` or ``oldest`` says so (P3, P5).

        Raises:
            UserError: what stands against it; nothing was stored.
        """
        heading = Heading(
            money.day or self.clock.today(),
            CustomerId(money.customer.id) if money.customer else None,
            memo=money.memo,
        )
        receipt = Receipt(heading, money.amount, money.evidence)
        if money.customer is None:
            text = receipts_of.suspense(receipt, make_id=self.company.new_id)
        else:
            items = [row.item for row in self.open_items(money.customer)]
            paid = oldest_first(money.amount, items) if oldest else _paid(pays, items)
            text = receipts_of.matched(receipt, paid, make_id=self.company.new_id)
        then = ("submit",) if submit else ()
        return Writing(self.company).draft("receipt", dict(text), then=then)

    def allocate(
        self, customer: CustomerRow, *, credit: str, pays: tuple[Wanted, ...]
    ) -> Outcome[Document]:
        """Match unapplied cash with charges; one person decides, it changes nothing owed (P4).

        Raises:
            UserError: what stands against it; nothing was stored.
        """
        items = [row.item for row in self.open_items(customer)]
        cash = _labelled(items, credit, charge=False)
        matches = [Match(paid.charge, cash, paid.amount) for paid in _paid(pays, items)]
        heading = Heading(self.clock.today(), CustomerId(customer.id))
        text = allocate(heading, matches, make_id=self.company.new_id)
        then = ("submit", "allocate", "post")
        return Writing(self.company).draft("allocation", dict(text), then=then)

    def why_not_match(self) -> UserError | None:
        """Return what stands against matching anything now."""
        return why_not_post("allocation", self.company.failing())

    def links(self, item: ItemRow) -> tuple[Link, ...]:
        """Return the links that stand on an item."""
        with self.company.database.reading() as connection:
            return ledger.standing_links(connection, items=[item.id])

    def undo(self, allocation_id: str, reason: str) -> Outcome[Document]:
        """Take exactly one link back; a second person decides (反核销).

        Raises:
            ReasonTooShortError: nobody could tell later why.
            NoSuchAllocationError: it does not stand.
        """
        if refusal := why_not_reason(reason):
            raise refusal
        with self.company.database.reading() as connection:
            link = ledger.link(connection, allocation_id)
        if link is None:
            raise NoSuchAllocationError(id=allocation_id)
        owner = link.charge or link.credit
        customer = owner.customer if owner else None
        heading = Heading(self.clock.today(), customer, reason=reason)
        text = undo(heading, [link], make_id=self.company.new_id)
        return Writing(self.company).draft("allocation", dict(text), then=("submit",))


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
