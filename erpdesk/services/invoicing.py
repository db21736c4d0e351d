"""An invoice is registered for vouchers: red takes the estimate back, blue books the invoice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from erpdesk.domain.billing import Billable, Portion, remaining, spread
from erpdesk.domain.changes import Outcome
from erpdesk.domain.content import canonical, content_hash
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.invoice import (
    INVOICE,
    PART,
    Bundle,
    DifferenceUnexplainedError,
    Invoice,
    bundle,
    difference,
    why_not_register,
)
from erpdesk.domain.links import Link
from erpdesk.domain.moments import month_end, not_after
from erpdesk.domain.money import Money
from erpdesk.domain.posting import Heading
from erpdesk.errors import UserError
from erpdesk.services.approving import touched
from erpdesk.services.bundles import must_be_sound_in_order, parts_of
from erpdesk.services.ports import Clock
from erpdesk.services.submitting import must_be_asked
from erpdesk.storage import billing, documents, ledger, standing_links
from erpdesk.storage.billing import Posted
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.unit_of_work import Company, Unit

_AT_ONCE: Final = 1000
UNSAID: Final = "…"
"""Stands for a reason that is still to be said; nothing is written with it."""


class InvoiceTwiceError(UserError):
    """An invoice with this number is registered already."""


class NotBillableError(UserError):
    """Nothing of this voucher can be invoiced."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An invoice as somebody holds it, and the vouchers it is for.

    ``vouchers`` are (id of the document, amount with tax or None: as much as fits), in the order in
    which the invoice is spread over them.
    """

    customer: CustomerRow
    invoice: Invoice
    vouchers: tuple[tuple[str, Money | None], ...]
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    posting_date: date | None = None


@dataclass(frozen=True, slots=True)
class BillingPreview:
    """What registering makes: the texts, the portions, the difference, and what stands against."""

    bundle: Bundle | None
    portions: tuple[Portion, ...]
    difference: Money
    why_not: UserError | None


@dataclass(frozen=True, slots=True)
class Invoicing:
    """Registers invoices for vouchers; a second person decides about all of it at once."""

    company: Company
    clock: Clock

    def billable(self, customer: CustomerRow) -> tuple[Billable, ...]:
        """Return the customer's vouchers of which something can be invoiced, the oldest first."""
        with self.company.database.reading() as connection:
            return tuple(_billable(connection, billing.posted_vouchers(connection, customer.id)))

    def preview(self, arrived: Arrived) -> BillingPreview:
        """Return what registering would make; nothing is written.

        Raises:
            NotBillableError: a voucher is not posted, or nothing of it is left.
        """
        with self.company.database.reading() as connection:
            portions = self._portions(connection, arrived)
        heading = self._heading(arrived)
        why_not = why_not_register(arrived.invoice, portions, heading)
        is_unsaid = isinstance(why_not, DifferenceUnexplainedError)
        if is_unsaid:  # red and blue help to say it
            heading = replace(heading, reason=UNSAID)
        is_possible = why_not is None or is_unsaid
        texts = self._texts(arrived, portions, heading) if is_possible else None
        return BillingPreview(texts, portions, difference(arrived.invoice, portions), why_not)

    def register(self, arrived: Arrived, *, step_id: str | None = None) -> Outcome[Document]:
        """Submit an invoice with its red entries, all in one transaction.

        Raises:
            InvoiceTwiceError, NotBillableError: it is registered already, or is for nothing.
            UserError: what the preview names, or there is nobody who may approve it.
        """
        first = step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            twice = billing.registered(unit.connection, arrived.invoice.number)
            if twice is not None:
                raise InvoiceTwiceError(number=arrived.invoice.number, document=twice)
            portions = self._portions(unit.connection, arrived)
            texts = self._texts(arrived, portions, self._heading(arrived))
            return _submitted(unit, texts, first)

        made = self.company.run(work)
        with self.company.database.reading() as connection:
            return Outcome(made, touched(made, *parts_of(connection, made)))

    def _portions(self, connection: Connection, arrived: Arrived) -> tuple[Portion, ...]:
        """Return how the invoice is spread; what was said of a voucher stands."""
        found: list[Portion] = []
        left = arrived.invoice.gross
        for name, said in arrived.vouchers:
            voucher = next(_billable(connection, billing.posted_voucher(connection, name)), None)
            if voucher is None:
                raise NotBillableError(number=documents.look(connection, name).number or name)
            more = (Portion(voucher, said),) if said else spread(left, (voucher,))
            found += more
            left -= Money(sum(one.amount.minor for one in more), left.currency)
        return tuple(found)

    def _heading(self, arrived: Arrived) -> Heading:
        today = self.clock.today()
        return Heading(
            not_after(arrived.posting_date or today, month_end(today)),
            CustomerId(arrived.customer.id),
            batch=self.company.new_id(),
            memo=f"发票 {arrived.invoice.number}",
            reason=arrived.reason or None,
        )

    def _texts(self, arrived: Arrived, portions: Sequence[Portion], heading: Heading) -> Bundle:
        return bundle(
            arrived.invoice, portions, heading, make_id=self.company.new_id,
            evidence=arrived.evidence,
        )  # fmt: skip


def _submitted(unit: Unit, texts: Bundle, first: str) -> Document:
    """Write every text and hand all of it on; the invoice names the others by their hashes."""
    head = unit.new_id()
    named = [(unit.new_id(), text) for text in texts.parts]
    parts = [{"document": name, "hash": _hash_of(name, text)} for name, text in named]
    whole = {**texts.head, "invoice": {**texts.head["invoice"], "with": parts}}
    _hand_on(unit, INVOICE, head, whole, first)
    for name, text in named:
        _hand_on(unit, PART, name, dict(text), unit.new_id())
    made = documents.look(unit.connection, head)
    must_be_sound_in_order(unit.connection, (made, *parts_of(unit.connection, made)))
    must_be_asked(unit, made)
    return made


def _hash_of(name: str, text: dict[str, Any]) -> str:
    return content_hash(canonical({**text, "document": name, "kind": PART})).hex()


def _hand_on(unit: Unit, kind: str, name: str, text: dict[str, Any], step: str) -> None:
    seen = documents.draft(unit, kind, name, text, step_id=step)
    documents.take_step(unit, NextStep(unit.new_id(), name, kind, seen, "submit"))


def _billable(connection: Connection, vouchers: Sequence[Posted]) -> Iterator[Billable]:
    """Yield the vouchers of which something can be invoiced, each as it stands."""
    for at in range(0, len(vouchers), _AT_ONCE):
        for one in _as_they_stand(connection, vouchers[at : at + _AT_ONCE]):
            if one.left.minor:
                yield one


def _as_they_stand(connection: Connection, vouchers: Sequence[Posted]) -> Iterator[Billable]:
    entries = [one.entry for one in vouchers]
    reds = billing.reds_of(connection, entries)
    lines = ledger.lines_by_entry(connection, [*entries, *reds])
    made = ledger.items_by_entry(connection, entries)
    items = {entry: made[entry][0].item for entry in entries}
    paid = _paid(connection, [item.id for item in items.values()])
    taken = defaultdict[str, list[dict[str, Any]]](list)
    for red, entry in reds.items():
        taken[entry] += map(billing.text_row, lines[red])
    for one in vouchers:
        left = remaining(map(billing.text_row, lines[one.entry]), taken[one.entry])
        item = items[one.entry]
        yield Billable(one.document, one.number, one.entry, item, left, tuple(paid[item.id]))


def _paid(connection: Connection, item_ids: list[str]) -> dict[str, list[Link]]:
    """Return the links that stand on each item, without those by which red entries closed it."""
    closed, found = billing.closings(connection, item_ids), defaultdict[str, list[Link]](list)
    for link in standing_links.standing_on(connection, items=item_ids):
        for side in (link.charge, link.credit):
            if side is not None and link.id not in closed:
                found[side.id].append(link)
    return found
