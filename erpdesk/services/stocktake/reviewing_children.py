"""Documents made from a difference: the voucher it lacks, or the word that none is made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Outcome
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.money import Money
from erpdesk.domain.posting import Heading
from erpdesk.domain.stocktake.causes import Treatment
from erpdesk.domain.stocktake.review import parts_of
from erpdesk.domain.voucher import Voucher, parked
from erpdesk.errors import UserError
from erpdesk.services.approving import touched
from erpdesk.services.ports import Clock
from erpdesk.services.stocktake.reviewing_board import Row
from erpdesk.services.vouchers import Draft, Entered
from erpdesk.storage import customers, deliveries, documents
from erpdesk.storage.deliveries import DeliveryRow
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.unit_of_work import Company, Unit


class NothingToBookError(UserError):
    """The customer does not state more than the books, so there is nothing to book."""


@dataclass(frozen=True, slots=True)
class ReviewingChildren:
    """Begins the documents that treat the differences of a campaign."""

    company: Company
    clock: Clock

    def voucher_for(self, campaign: Document, row: Row) -> Draft:
        """Return a temporary voucher over what a line lacks in the books, to be completed.

        It names the campaign, so that it is a child of it. Deliveries that no voucher uses are
        taken where they are exactly the amount, else the amount is entered by hand.

        Raises:
            NothingToBookError: the customer does not state more than the books.
        """
        amount, owner = _to_book(row), row.key[0]
        with self.company.database.reading() as connection:
            customer = customers.by_id(connection, owner)
            known = deliveries.of_customer(connection, owner)
        free = [one for one in known if one.free_minor > 0 and one.currency == amount.currency]
        chosen = _exactly(free, amount)
        text = f"{campaign.number} {row.code}"
        entered = () if chosen else (Entered(text, amount),)
        return Draft(customer, deliveries=chosen, entered=entered, memo=text, batch=campaign.id)

    def waive(self, campaign: Document, customer: CustomerId, reason: str) -> Outcome[Document]:
        """Give up the document that a treatment asks for: drafted and voided with the reason.

        Raises:
            ReasonTooShortError: nobody could tell later why.
        """
        if refusal := why_not_reason(reason):
            raise refusal
        name, first = self.company.new_id(), self.company.new_id()
        memo = f"{campaign.number} {reason}"
        heading = Heading(self.clock.today(), customer, batch=campaign.id, memo=memo)
        content = dict(parked(Voucher(heading)))

        def work(unit: Unit) -> Document:
            seen = documents.draft(unit, "voucher", name, content, step_id=first)
            step = NextStep(unit.new_id(), name, "voucher", seen, "void", reason)
            documents.take_step(unit, step)
            return documents.look(unit.connection, name)

        made = self.company.run(work)
        changes = replace(touched(made), campaigns=frozenset({campaign.id}))
        return Outcome(made, changes)


def _to_book(row: Row) -> Money:
    """Return what a voucher would have to book: the parts that say so, else what is unexplained."""
    said = parts_of(row.said) if row.said else ()
    parts = [part.amount for part in said if part.action == Treatment.VOUCHER]
    amount = row.figures.unexplained or Money(0, row.figures.book.currency)
    if parts:
        amount = sum(parts[1:], parts[0])
    if amount.minor <= 0:
        raise NothingToBookError
    return amount


def _exactly(free: Sequence[DeliveryRow], amount: Money) -> tuple[str, ...]:
    """Return the deliveries that are the amount to the last minor unit: one, or all of them."""
    one = next((row.id for row in free if row.free_minor == amount.minor), None)
    if one is not None:
        return (one,)
    if free and sum(row.free_minor for row in free) == amount.minor:
        return tuple(row.id for row in free)
    return ()


__all__ = ["NothingToBookError", "ReviewingChildren"]
