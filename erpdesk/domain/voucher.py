"""A temporary voucher: money asked of a customer without an invoice, shown to be owed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from erpdesk.domain import delivery as deliveries_of
from erpdesk.domain import evidence as evidence_of
from erpdesk.domain import goods as goods_of
from erpdesk.domain.accounts import BASE_CURRENCY, UNBILLED
from erpdesk.domain.delivery import Delivery, DeliveryUse
from erpdesk.domain.evidence import POLICY, Evidence, EvidenceRule
from erpdesk.domain.goods import Goods
from erpdesk.domain.ids import ItemId
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem, item_row
from erpdesk.domain.posting import (
    Amount,
    Heading,
    MakeId,
    PostingRule,
    Row,
    UnbalancedError,
    in_base,
    lines_of,
    rule_named,
)
from erpdesk.domain.tax import Taxed
from erpdesk.errors import UserError


class NoEntryYetError(UserError):
    """Nothing was handed over yet: this is no claim of the books."""


class IncompleteVoucherError(UserError):
    """The voucher lacks what an entry needs."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The three questions that decide how a voucher is booked (P0).

    ``passed``: control or service has passed. ``unconditional``: only time stands before payment.
    ``tax_point``: the VAT obligation has arisen.
    """

    passed: bool
    unconditional: bool
    tax_point: bool

    def row(self) -> dict[str, int]:
        """Return the answers as a text writes them."""
        return {
            "passed": int(self.passed),
            "unconditional": int(self.unconditional),
            "tax_point": int(self.tax_point),
        }


def rule_for(answers: Answers) -> PostingRule:
    """Return the posting rule that follows from the answers.

    Raises:
        NoEntryYetError: nothing has passed to the customer.
    """
    if not answers.passed:
        raise NoEntryYetError
    if answers.unconditional:
        return rule_named("P1b" if answers.tax_point else "P1a")
    return rule_named("P1cb" if answers.tax_point else "P1c")


@dataclass(frozen=True, slots=True)
class Voucher:
    """What is known of a voucher while it is written; ``rate`` is the exchange rate, if foreign."""

    heading: Heading
    goods: tuple[Goods, ...] = ()
    currency: str = BASE_CURRENCY
    deliveries: tuple[DeliveryUse, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answers: Answers | None = None
    due: date | None = None
    rate: Decimal | None = None

    @property
    def is_even(self) -> bool:
        """Say whether every line adds up, in the voucher's currency."""
        return all(_fits(line, self.currency) for line in self.goods)

    @property
    def taxed(self) -> Taxed:
        """Return net, tax and gross of all lines."""
        return goods_of.total(self.goods, self.currency)


def parked(voucher: Voucher, *, make_id: MakeId | None = None) -> Row:
    """Return a text without ledger lines: what can be kept however little is known.

    With ``make_id`` the days are kept too, as an entry without rule and lines, which no one can
    approve: otherwise a due day that was typed would be lost with the draft.
    """
    text = _said(voucher)
    if make_id is None or voucher.heading.customer is None:
        return text
    text["entry"] = voucher.heading.entry("voucher", None, make_id=make_id)
    if voucher.due is not None and voucher.is_even:
        text["items"] = [item_row(_item(voucher, UNBILLED, make_id))]
    return text


def _said(voucher: Voucher) -> Row:
    said: Row = {
        "goods": goods_of.rows(voucher.goods),
        "deliveries": deliveries_of.rows(voucher.deliveries),
        "evidence": evidence_of.rows(voucher.evidence),
        "answers": voucher.answers and voucher.answers.row(),
    }
    return voucher.heading.sections() | {name: value for name, value in said.items() if value}


def content(voucher: Voucher, *, make_id: MakeId) -> Row:
    """Return the whole text of a voucher: its entry, its open item, and what shows it is owed.

    Raises:
        NoEntryYetError: nothing has passed to the customer.
        IncompleteVoucherError: customer, answers, due day or goods are not there yet.
        UnbalancedError: a line does not add up in the voucher's currency.
        RateMissingError: the currency is foreign and there is no rate.
    """
    heading, answers = voucher.heading, voucher.answers
    if heading.customer is None or answers is None or voucher.due is None or not voucher.goods:
        raise IncompleteVoucherError
    if not voucher.is_even:
        raise UnbalancedError(currency=voucher.currency)
    rule, taxed = rule_for(answers), voucher.taxed
    item = _item(voucher, rule.templates[0].account, make_id)
    amounts = (
        item.amount("gross", taxed.gross),
        Amount("net", taxed.net),
        Amount("tax", taxed.tax),
    )
    return _said(voucher) | {
        "entry": heading.entry("voucher", rule, make_id=make_id, rate=voucher.rate),
        "lines": lines_of(rule, amounts, rate=voucher.rate),
        "items": [item_row(item)],
    }


def _item(voucher: Voucher, account: str, make_id: MakeId) -> OpenItem:
    customer, due, gross = voucher.heading.customer, voucher.due, voucher.taxed.gross
    assert customer is not None
    assert due is not None
    return OpenItem(ItemId(make_id()), customer, account, gross, gross, due)


class Lack(StrEnum):
    """What can stand against handing a voucher on for a decision."""

    CUSTOMER = "customer"
    CUSTOMER_FIELDS = "customer_fields"
    ANSWERS = "answers"
    NOT_PASSED = "not_passed"
    DUE = "due"
    GOODS = "goods"
    UNEVEN = "uneven"
    TAX_RATE = "tax_rate"
    EXCHANGE_RATE = "exchange_rate"
    EVIDENCE = "evidence"
    EVIDENCE_NOT_STORED = "evidence_not_stored"
    DELIVERY_UNKNOWN = "delivery_unknown"
    DELIVERY_FOREIGN = "delivery_foreign"
    DELIVERY_USED = "delivery_used"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands against submitting; ``about`` names the fields, kinds or numbers."""

    what: Lack
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the company has that a voucher leans on.

    ``customer_lacks`` are the fields the customer still needs; ``stored`` the hashes of files that
    are kept whole; ``deliveries`` those named, by id, without the voucher's own uses.
    """

    customer_lacks: tuple[str, ...] = ()
    stored: AbstractSet[str] = frozenset()
    deliveries: Mapping[str, Delivery] | None = None
    policy: Sequence[EvidenceRule] = POLICY


def missing(voucher: Voucher, known: Known) -> tuple[Missing, ...]:
    """Return everything that stands against submitting, at once."""
    return (
        *_unknown(voucher, known.customer_lacks),
        *_worthless(voucher),
        *_unshown(voucher, known),
        *_unavailable(voucher, known.deliveries or {}),
    )


def _unknown(voucher: Voucher, customer_lacks: tuple[str, ...]) -> Iterator[Missing]:
    if voucher.heading.customer is None:
        yield Missing(Lack.CUSTOMER)
    elif customer_lacks:
        yield Missing(Lack.CUSTOMER_FIELDS, customer_lacks)
    if voucher.answers is None:
        yield Missing(Lack.ANSWERS)
    elif not voucher.answers.passed:
        yield Missing(Lack.NOT_PASSED)
    if voucher.due is None:
        yield Missing(Lack.DUE)


def _worthless(voucher: Voucher) -> Iterator[Missing]:
    if not voucher.is_even:
        uneven = (n for n, line in enumerate(voucher.goods, 1) if not _fits(line, voucher.currency))
        yield Missing(Lack.UNEVEN, tuple(map(str, uneven)))
    elif voucher.taxed.gross.minor <= 0:
        yield Missing(Lack.GOODS)
    if voucher.currency != BASE_CURRENCY and voucher.rate is None:
        yield Missing(Lack.EXCHANGE_RATE, (voucher.currency,))


def _fits(line: Goods, currency: str) -> bool:
    return line.is_even and line.gross.currency == currency


def _unshown(voucher: Voucher, known: Known) -> Iterator[Missing]:
    """Yield evidence that the amount asks for, and evidence that is named and not stored."""
    if voucher.is_even and (worth := _worth(voucher)) is not None:
        for kinds in evidence_of.lacking(worth, voucher.evidence, known.policy):
            yield Missing(Lack.EVIDENCE, kinds)
    for one in voucher.evidence:
        if one.hash not in known.stored:
            yield Missing(Lack.EVIDENCE_NOT_STORED, (one.hash,))


def _worth(voucher: Voucher) -> Money | None:
    """Return the gross amount in the base currency, None where no rate says it."""
    if voucher.currency != BASE_CURRENCY and voucher.rate is None:
        return None
    return in_base(voucher.taxed.gross, voucher.rate)


def _unavailable(voucher: Voucher, known: Mapping[str, Delivery]) -> Iterator[Missing]:
    for name, wanted in _wanted(voucher.deliveries):
        found = known.get(name)
        if found is None:
            yield Missing(Lack.DELIVERY_UNKNOWN, (name,))
        elif _is_foreign(found, voucher, wanted):
            yield Missing(Lack.DELIVERY_FOREIGN, (found.number,))
        elif not 0 < wanted.minor <= found.free.minor:
            yield Missing(Lack.DELIVERY_USED, (found.number, found.free.plain()))


def _wanted(uses: Iterable[DeliveryUse]) -> Iterable[tuple[str, Money]]:
    return deliveries_of.summed(uses).items()


def _is_foreign(found: Delivery, voucher: Voucher, wanted: Money) -> bool:
    return (
        found.customer != voucher.heading.customer
        or found.amount.currency != voucher.currency
        or wanted.currency != voucher.currency
    )
