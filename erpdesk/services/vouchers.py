"""Temporary vouchers: written from deliveries or amounts, complete or with what they lack."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from erpdesk.domain.changes import Outcome
from erpdesk.domain.customer import contact_from, missing_fields, record_from
from erpdesk.domain.delivery import Delivery, DeliveryUse, Use
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.goods import Goods, goods_of
from erpdesk.domain.ids import CustomerId, DocumentId
from erpdesk.domain.money import Money
from erpdesk.domain.posting import Heading, Row
from erpdesk.domain.voucher import (
    Answers,
    IncompleteVoucherError,
    Known,
    Missing,
    NoEntryYetError,
    Voucher,
    content,
    missing,
    parked,
)
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.services.writing import Writing
from erpdesk.storage import customers, deliveries, evidence
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.deliveries import DeliveryRow
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company


class VoucherIncompleteError(UserError):
    """The voucher cannot be submitted yet; everything that lacks is listed."""

    def __init__(self, lacks: tuple[Missing, ...]) -> None:
        self.lacks = lacks
        super().__init__(lacks="、".join(lack.what.value for lack in lacks), count=len(lacks))


class RateUnknownError(UserError):
    """The tax rate of this customer is not known, and it was not said."""


@dataclass(frozen=True, slots=True)
class Entered:
    """An amount entered by hand, tax included."""

    text: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody writes into a voucher; ``rate`` None is the customer's own."""

    customer: CustomerRow
    answers: Answers | None = None
    deliveries: tuple[str, ...] = ()
    entered: tuple[Entered, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    due: date | None = None
    posting_date: date | None = None
    rate: Decimal | None = None
    memo: str | None = None
    contract: str | None = None
    batch: str | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Preview:
    """A voucher before it is kept: its text, its entry where one is possible, and its lacks."""

    voucher: Voucher
    text: Row
    lacks: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Vouchers:
    """Writes temporary vouchers as the person who opened the company."""

    company: Company
    clock: Clock

    def free_deliveries(self, customer: CustomerRow) -> tuple[DeliveryRow, ...]:
        """Return the customer's deliveries of which something is free, oldest first."""
        with self.company.database.reading() as connection:
            rows = deliveries.of_customer(connection, customer.id)
        return tuple(row for row in rows if row.free_minor)

    def delivery(self, number: str) -> DeliveryRow:
        """Return the delivery with this number."""
        with self.company.database.reading() as connection:
            return deliveries.numbered(connection, number)

    def preview(self, draft: Draft) -> Preview:
        """Return the entry as it will be posted, and everything that stands against submitting.

        Raises:
            RateUnknownError: neither the customer nor the draft says the tax rate.
        """
        with self.company.database.reading() as connection:
            chosen = deliveries.by_ids(connection, draft.deliveries)
            voucher = self._voucher(draft, chosen)
            known = _known(connection, draft, chosen)
        lacks = missing(voucher, known)
        try:
            text = content(voucher, make_id=self.company.new_id)
        except (IncompleteVoucherError, NoEntryYetError):
            text = parked(voucher)
        return Preview(voucher, text, lacks)

    def write(self, draft: Draft, *, submit: bool = False) -> Outcome[Document]:
        """Keep a voucher as a draft, or submit it at once when nothing lacks.

        Raises:
            VoucherIncompleteError: with all that lacks; nothing was stored.
        """
        preview = self.preview(draft)
        if submit and preview.lacks:
            raise VoucherIncompleteError(preview.lacks)
        then = ("submit",) if submit else ()
        return Writing(self.company).draft("voucher", dict(preview.text), then=then)

    def lacks(self, document: Document) -> tuple[Missing, ...]:
        """Return what stands against submitting a kept draft."""
        text = document.content
        with self.company.database.reading() as connection:
            customer = customers.by_id(connection, text["customer"])
            chosen = deliveries.by_ids(
                connection, [use["id"] for use in text.get("deliveries", ())]
            )
            voucher = _voucher_of(text, chosen)
            draft = Draft(customer, evidence=voucher.evidence)
            return missing(voucher, _known(connection, draft, chosen))

    def _voucher(self, draft: Draft, chosen: tuple[DeliveryRow, ...]) -> Voucher:
        rate = draft.rate if draft.rate is not None else _rate_of(draft.customer)
        lines = [_delivered(row, rate) for row in chosen]
        lines += [_goods(one, rate) for one in draft.entered]
        today = self.clock.today()
        heading = Heading(
            draft.posting_date or today,
            CustomerId(draft.customer.id),
            batch=draft.batch,
            contract=draft.contract,
            memo=draft.memo,
        )
        currency = lines[0].gross.currency if lines else "CNY"
        return Voucher(
            heading,
            tuple(lines),
            currency,
            tuple(DeliveryUse(row.id, Money(row.free_minor, row.currency)) for row in chosen),
            draft.evidence,
            draft.answers,
            draft.due or _due(draft.customer, chosen, today),
        )


def _rate_of(customer: CustomerRow) -> Decimal:
    rate = customer.record.get("tax_rate")
    if rate is None:
        raise RateUnknownError(customer=customer.code)
    return Decimal(rate)


def _due(customer: CustomerRow, chosen: tuple[DeliveryRow, ...], today: date) -> date | None:
    """Return the day the customer's terms say, counted from the last delivery; None unsaid."""
    terms = customer.record.get("terms_days")
    if terms is None:
        return None
    return max((row.day for row in chosen), default=today) + timedelta(days=terms)


def _delivered(row: DeliveryRow, rate: Decimal) -> Goods:
    halves = _domain(row).taxed(rate)
    return Goods(f"{row.number}  {row.day.isoformat()}", halves.net, halves.tax, halves.gross, rate)


def _goods(entered: Entered, rate: Decimal) -> Goods:
    return goods_of(entered.text, entered.amount, rate)


def _domain(row: DeliveryRow) -> Delivery:
    used = Use(DocumentId(""), Money(row.used_minor, row.currency), is_posted=True)
    return Delivery(
        row.id,
        row.number,
        CustomerId(row.customer_id),
        row.day,
        Money(row.amount_minor, row.currency),
        row.tax_included,
        (used,),
    )


def _known(connection: Connection, draft: Draft, chosen: Iterable[DeliveryRow]) -> Known:
    record = record_from(draft.customer.record)
    contact = contact_from(draft.customer.contact)
    stored = {one.hash for one in draft.evidence if evidence.is_stored(connection, one.hash)}
    return Known(missing_fields(record, contact), stored, {row.id: _domain(row) for row in chosen})


def _voucher_of(text: Row, chosen: tuple[DeliveryRow, ...]) -> Voucher:
    """Return the voucher that a kept text says."""
    currency = text["lines"][0]["currency"] if "lines" in text else "CNY"
    used = {row.id: row.currency for row in chosen}
    answers = text.get("answers")
    entry = text.get("entry", {})
    return Voucher(
        Heading(date.fromisoformat(entry.get("posting_date", "1970-01-01")), text["customer"]),
        tuple(_goods_of(row, currency) for row in text.get("goods", ())),
        currency,
        tuple(
            DeliveryUse(use["id"], Money(use["amount"], used.get(use["id"], currency)))
            for use in text.get("deliveries", ())
        ),
        tuple(Evidence(one["hash"], one["kind"]) for one in text.get("evidence", ())),
        Answers(*(bool(answers[n]) for n in ("passed", "unconditional", "tax_point")))
        if answers
        else None,
        date.fromisoformat(text["items"][0]["due"]) if text.get("items") else None,
    )


def _goods_of(row: Row, currency: str) -> Goods:
    net, tax, gross = (Money(row[name], currency) for name in ("net", "tax", "gross"))
    return Goods(row["text"], net, tax, gross, Decimal(row["rate"]))
