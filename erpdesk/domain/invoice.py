"""An invoice arrives: what was estimated is taken back in red, and booked anew in blue (P2).

One invoice, its red entries and what moves the payments are one bundle: several texts, because an
entry takes back one origin, and one decision. They are posted in their order, the invoice first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Final

from erpdesk.domain import accounts as a
from erpdesk.domain import evidence as evidence_of
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.links import Link, link_rows, undo_rows
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem, item_row
from erpdesk.domain.posting import Amount, Heading, MakeId, Row, lines_of, rule_named
from erpdesk.errors import UserError

INVOICE: Final = "invoice"
PART: Final = "reverse_on_invoice"
"""The kinds of an invoice, and of what is posted with it."""


class InvoiceNumberError(UserError):
    """An invoice has a number of 6 to 30 digits and letters."""


class InvoiceAmountError(UserError):
    """Net amount and tax of an invoice are above zero, the tax may be zero."""


class NothingToBillError(UserError):
    """No voucher is named that this invoice is for."""


class OtherVoucherError(UserError):
    """A voucher of another customer or currency cannot stand on this invoice."""


class OverBilledError(UserError):
    """More is invoiced of the voucher than is left of it."""


class PaidMoreError(UserError):
    """More is paid on these vouchers than the invoice comes to; take a match back first."""


class DifferenceUnexplainedError(UserError):
    """The invoice differs from what was estimated; the difference needs a reason."""


@dataclass(frozen=True, slots=True)
class Invoice:
    """A tax invoice as it arrived, in the base currency."""

    number: str
    day: date
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """Return net and tax together."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Billable:
    """A posted voucher as it stands: what of its entry was not taken back yet.

    ``lines`` are the rows of its entry less what was taken back; ``links`` those that stand on its
    item, the oldest first.
    """

    document: str
    number: str
    entry: str
    item: OpenItem
    lines: tuple[Mapping[str, Any], ...]
    links: tuple[Link, ...] = ()

    @property
    def left(self) -> Money:
        """Return what can still be invoiced."""
        rows = (row["amount"] for row in self.lines if row["account"] == self.item.account)
        return Money(sum(rows), self.item.original.currency)


@dataclass(frozen=True, slots=True)
class Portion:
    """So much of a voucher is on the invoice, tax included."""

    voucher: Billable
    amount: Money


@dataclass(frozen=True, slots=True)
class Bundle:
    """The texts of an invoice, in the order in which they are posted.

    ``head`` is the invoice; ``parts`` move what was paid, and take the vouchers back in red.
    """

    head: Row
    parts: tuple[Row, ...]

    @property
    def red_lines(self) -> tuple[Mapping[str, Any], ...]:
        """Return every line that is taken back."""
        reds = (part for part in self.parts if "reverses" in part["entry"])
        return tuple(line for part in reds for line in part["lines"])


def spread(gross: Money, vouchers: Sequence[Billable]) -> tuple[Portion, ...]:
    """Return portions that fill an invoice from these vouchers in their order."""
    left, found = gross, []
    for voucher in vouchers:
        amount = Money(min(left.minor, voucher.left.minor), left.currency)
        if amount.minor > 0:
            found.append(Portion(voucher, amount))
            left -= amount
    return tuple(found)


def difference(invoice: Invoice, portions: Iterable[Portion]) -> Money:
    """Return by how much the invoice is above what was estimated; negative where below."""
    estimated = sum(one.amount.minor for one in portions)
    return invoice.gross - Money(estimated, invoice.gross.currency)


def why_not_register(
    invoice: Invoice, portions: Sequence[Portion], heading: Heading
) -> UserError | None:
    """Return the first thing that stands against registering an invoice, or None."""
    return next(_broken(invoice, portions, heading), None)


def _broken(invoice: Invoice, portions: Sequence[Portion], heading: Heading) -> Iterator[UserError]:
    plain = invoice.number.isascii() and invoice.number.isalnum()
    if not plain or not 6 <= len(invoice.number) <= 30:
        yield InvoiceNumberError(number=invoice.number)
    if invoice.net.minor <= 0 or invoice.tax.minor < 0:
        yield InvoiceAmountError()
    if not portions:
        yield NothingToBillError()
    for one in portions:
        yield from _broken_portion(invoice, one, heading)
    if sum(_paid(one).minor for one in portions) > invoice.gross.minor:
        yield PaidMoreError(gross=invoice.gross.grouped())
    if difference(invoice, portions).minor and not (heading.reason or "").strip():
        yield DifferenceUnexplainedError(difference=difference(invoice, portions).grouped())


def _broken_portion(invoice: Invoice, one: Portion, heading: Heading) -> Iterator[UserError]:
    item = one.voucher.item
    same = item.original.currency == invoice.gross.currency == a.BASE_CURRENCY
    if item.customer != heading.customer or not same:
        yield OtherVoucherError(number=one.voucher.number)
    elif not 0 < one.amount.minor <= one.voucher.left.minor:
        yield OverBilledError(number=one.voucher.number, left=one.voucher.left.grouped())


def bundle(
    invoice: Invoice,
    portions: Sequence[Portion],
    heading: Heading,
    *,
    make_id: MakeId,
    evidence: Sequence[Evidence] = (),
) -> Bundle:
    """Return the texts of an invoice; ``heading`` has the posting day, and a common batch.

    Raises:
        UserError: what ``why_not_register`` returns.
    """
    why_not = why_not_register(invoice, portions, heading)
    if why_not is not None:
        raise why_not
    item = _item_of(invoice, portions, make_id)
    dated = replace(heading, document_date=invoice.day)
    parts = (
        *_moving(portions, item, dated, make_id),
        *(_red(one, dated, make_id) for one in portions),
    )
    return Bundle(_blue(invoice, item, dated, make_id, evidence), parts)


def _item_of(invoice: Invoice, portions: Sequence[Portion], make_id: MakeId) -> OpenItem:
    first = portions[0].voucher.item
    due = min(one.voucher.item.due for one in portions)
    gross = invoice.gross
    return OpenItem(ItemId(make_id()), CustomerId(first.customer), a.BILLED, gross, gross, due)


def _blue(
    invoice: Invoice,
    item: OpenItem,
    heading: Heading,
    make_id: MakeId,
    evidence: Sequence[Evidence],
) -> Row:
    """Return the text of the invoice itself: what is owed now, revenue, and tax."""
    rule = rule_named("P2")
    amounts = (
        item.amount("gross", invoice.gross),
        Amount("net", invoice.net),
        Amount("tax", invoice.tax),
    )
    said: Row = {
        "invoice": {
            "number": invoice.number,
            "day": invoice.day.isoformat(),
            "net": invoice.net.minor,
            "tax": invoice.tax.minor,
        },
        "entry": heading.entry(INVOICE, rule, make_id=make_id),
        "lines": lines_of(rule, amounts),
        "items": [item_row(item)],
    }
    return (
        heading.sections() | said | ({"evidence": evidence_of.rows(evidence)} if evidence else {})
    )


def _paid(one: Portion) -> Money:
    """Return what was paid on a voucher and goes with this portion: paid first, billed first."""
    paid = sum(link.amount.minor for link in one.voucher.links)
    return Money(min(paid, one.amount.minor), one.amount.currency)


def _moving(
    portions: Sequence[Portion], item: OpenItem, heading: Heading, make_id: MakeId
) -> Iterator[Row]:
    """Yield the text that moves what was paid to the invoice, where anything was paid.

    A link is taken back whole; what of it stays with the voucher is linked to it again.
    """
    moved = [(one.voucher, _paid(one)) for one in portions if _paid(one).minor]
    if not moved:
        return
    links = [move for voucher, money in moved for move in _moves(voucher, money, item, make_id)]
    total = Money(sum(money.minor for _, money in moved), item.original.currency)
    rule = rule_named("P4")
    amounts = [voucher.item.amount("credit", money) for voucher, money in moved]
    yield heading.sections() | {
        "entry": heading.entry(PART, rule, make_id=make_id),
        "lines": lines_of(rule, (*amounts, item.amount("charge", total))),
        "allocations": [row for undone, made in links for row in (*undone, *made)],
    }


def _moves(
    voucher: Billable, money: Money, item: OpenItem, make_id: MakeId
) -> Iterator[tuple[list[Row], list[Row]]]:
    left = money.minor
    for link in voucher.links:
        if left <= 0:
            return
        taken = Money(min(left, link.amount.minor), money.currency)
        rest = link.amount - taken
        left -= taken.minor
        made = [Link(make_id(), taken, item, link.credit)]
        if rest.minor:
            made.append(Link(make_id(), rest, voucher.item, link.credit))
        yield undo_rows([link], make_id), link_rows(made)


def _red(one: Portion, heading: Heading, make_id: MakeId) -> Row:
    """Return the text that takes a portion of a voucher back in red and closes it."""
    voucher = one.voucher
    moved = 1 if _paid(one).minor else 0
    item = replace(voucher.item, version=voucher.item.version + moved)
    entry = heading.entry(PART, rule_named("P2r"), make_id=make_id, reverses=voucher.entry)
    return heading.sections() | {
        "entry": entry,
        "lines": _red_lines(one),
        "allocations": link_rows([Link(make_id(), one.amount, item)]),
    }


def _red_lines(one: Portion) -> list[Row]:
    """Return the voucher's lines times the portion, on their sides; the last takes the rounding.

    Of several lines against the claim the first takes what the others leave.
    """
    account, share = one.voucher.item.account, Fraction(one.amount.minor, one.voucher.left.minor)
    claim = [row for row in one.voucher.lines if row["account"] == account]
    first, *others = [row for row in one.voucher.lines if row["account"] != account]
    parts = [_rounded(row["amount"] * share) for row in others]
    amounts = [one.amount.minor, one.amount.minor - sum(parts), *parts]
    pairs = zip((claim[0], first, *others), amounts, strict=True)
    red = [{**row, "amount": -minor, "base": -minor} for row, minor in pairs if minor]
    return [{**row, "n": n} for n, row in enumerate(red, 1)]


def _rounded(amount: Fraction) -> int:
    """Return whole minor units, half away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * int(abs(amount) + Fraction(1, 2))


def remaining(
    lines: Iterable[Mapping[str, Any]], reds: Iterable[Mapping[str, Any]]
) -> tuple[Row, ...]:
    """Return what of an entry's rows was not taken back by red rows, without empty ones."""
    taken: dict[tuple[str, int], int] = {}
    for row in reds:
        key = (row["account"], row["side"])
        taken[key] = taken.get(key, 0) + row["amount"]
    found = []
    for row in lines:
        key = (row["account"], row["side"])
        left = row["amount"] + taken.pop(key, 0)
        if left:
            found.append({**row, "amount": left, "base": left})
    return tuple(found)
