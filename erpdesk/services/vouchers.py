"""Temporary vouchers: written from deliveries or amounts, complete or with what they lack."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.changes import Outcome
from erpdesk.domain.delivery import DeliveryUse
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.goods import Goods, goods_of
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.kept_voucher import voucher_from
from erpdesk.domain.moments import month_end, not_after
from erpdesk.domain.money import Money
from erpdesk.domain.posting import (
    Heading,
    MakeId,
    RateMissingError,
    Row,
    TooFewLinesError,
    UnbalancedError,
)
from erpdesk.domain.voucher import (
    Answers,
    IncompleteVoucherError,
    Lack,
    Missing,
    NoEntryYetError,
    Voucher,
    content,
    parked,
)
from erpdesk.errors import UserError
from erpdesk.services.exchange_rates import rate_for
from erpdesk.services.ports import Clock
from erpdesk.services.voucher_lacks import VoucherIncompleteError, delivery_of, lacks_of
from erpdesk.services.writing import Writing
from erpdesk.storage import deliveries
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.deliveries import DeliveryRow, FreeDelivery, NoSuchDeliveryError
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company

__all__ = ["Draft", "Entered", "FreeDelivery", "Preview", "RateUnknownError", "Vouchers"]

UNDECIDED = "P1/0"
"""The rule of a claim whose questions are not answered yet: there is none of this name."""


NOT_YET = (
    IncompleteVoucherError,
    NoEntryYetError,
    RateMissingError,
    TooFewLinesError,
    UnbalancedError,
)
"""Why a voucher has no entry yet; all of it is among what it lacks."""


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
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A voucher before it is kept: its text, its entry where one is possible, and its lacks.

    Without a tax rate there is no text: the voucher is then as if free of tax, and that lacks.
    """

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

    def all_free(self, *, most: int) -> tuple[FreeDelivery, ...]:
        """Return the oldest deliveries in no voucher, whosever they are."""
        with self.company.database.reading() as connection:
            return deliveries.free(connection, most=most)

    def delivery(self, number: str) -> DeliveryRow:
        """Return the delivery with this number."""
        with self.company.database.reading() as connection:
            return deliveries.numbered(connection, number)

    def preview(self, draft: Draft) -> Preview:
        """Return the entry as it will be posted, and everything that stands against submitting.

        Raises:
            NoSuchDeliveryError: a delivery is not there, or another revision took its place.
        """
        rate = _rate_of(draft)
        with self.company.database.reading() as connection:
            chosen = deliveries.by_ids(connection, draft.deliveries)
            _must_be_all(draft.deliveries, chosen)
            voucher = self._voucher(draft, chosen, rate or Decimal(0))
            voucher = _valued(connection, voucher)
            lacks = lacks_of(connection, voucher)
        if rate is None:
            return Preview(voucher, {}, (Missing(Lack.TAX_RATE), *lacks))
        try:
            text = content(voucher, make_id=self.company.new_id)
        except NOT_YET:
            text = _kept(voucher, self.company.new_id)
        return Preview(voucher, text, lacks)

    def write(self, draft: Draft, *, submit: bool = False) -> Outcome[Document]:
        """Keep a voucher as a draft, or submit it at once when nothing lacks.

        Raises:
            VoucherIncompleteError: with all that lacks; nothing was stored.
            RateUnknownError: neither the customer nor the draft says the tax rate.
        """
        then = ("submit",) if submit else ()
        text = self._text(draft, submit=submit)
        return Writing(self.company).draft("voucher", text, then=then)

    def rewrite(self, document: Document, draft: Draft) -> Outcome[Document]:
        """Write a kept or rejected voucher anew, under its number: a new round begins."""
        return Writing(self.company).edit(document, self._text(draft, submit=False))

    def _text(self, draft: Draft, *, submit: bool) -> Row:
        preview = self.preview(draft)
        used_up = (lack for lack in preview.lacks if lack.what is Lack.DELIVERY_USED)
        if against := preview.lacks if submit else tuple(used_up):
            raise VoucherIncompleteError(against)
        if not preview.text:
            raise RateUnknownError(customer=draft.customer.code)
        return preview.text

    def lacks(self, document: Document) -> tuple[Missing, ...]:
        """Return what stands against submitting a kept draft."""
        with self.company.database.reading() as connection:
            kept = voucher_from(document.content, posting_date=self.clock.today())
            kept = kept if kept.rate else _valued(connection, kept)
            return lacks_of(connection, kept)

    def _voucher(self, draft: Draft, chosen: tuple[DeliveryRow, ...], rate: Decimal) -> Voucher:
        lines = [_delivered(row, rate) for row in chosen]
        lines += [_goods(one, rate) for one in draft.entered]
        today = self.clock.today()
        heading = Heading(
            not_after(draft.posting_date or today, month_end(today)),
            CustomerId(draft.customer.id),
            batch=draft.batch,
            contract=draft.contract,
            memo=draft.memo,
        )
        currency = lines[0].gross.currency if lines else BASE_CURRENCY
        return Voucher(
            heading,
            tuple(lines),
            currency,
            tuple(DeliveryUse(row.id, Money(row.free_minor, row.currency)) for row in chosen),
            draft.evidence,
            draft.answers,
            draft.due or _due(draft.customer, chosen, today),
        )


def _valued(connection: Connection, voucher: Voucher) -> Voucher:
    """Return the voucher at the exchange rate of its posting day; without one, that lacks."""
    with suppress(RateMissingError):
        day = voucher.heading.posting_date
        return replace(voucher, rate=rate_for(connection, voucher.currency, day))
    return voucher


def _kept(voucher: Voucher, make_id: MakeId) -> Row:
    """Return what can be kept of a voucher that cannot be booked yet, its days too."""
    text = parked(voucher, make_id=make_id)
    # the database wants a rule there; one of this name is never approved
    return text | {"entry": text["entry"] | {"rule": UNDECIDED}}


def _rate_of(draft: Draft) -> Decimal | None:
    """Return the tax rate chosen, else the customer's own; None where neither says one."""
    own = draft.customer.record.get("tax_rate")
    return draft.rate if draft.rate is not None or own is None else Decimal(own)


def _due(customer: CustomerRow, chosen: tuple[DeliveryRow, ...], today: date) -> date | None:
    """Return the day the customer's terms say, counted from the last delivery; None unsaid."""
    terms = customer.record.get("terms_days")
    if terms is None:
        return None
    return max((row.day for row in chosen), default=today) + timedelta(days=terms)


def _delivered(row: DeliveryRow, rate: Decimal) -> Goods:
    halves = delivery_of(row).taxed(rate)
    return Goods(f"{row.number}  {row.day.isoformat()}", halves.net, halves.tax, halves.gross, rate)


def _goods(entered: Entered, rate: Decimal) -> Goods:
    return goods_of(entered.text, entered.amount, rate)


def _must_be_all(wanted: tuple[str, ...], chosen: tuple[DeliveryRow, ...]) -> None:
    gone = set(wanted) - {row.id for row in chosen}
    if gone:
        raise NoSuchDeliveryError(number=min(gone))
