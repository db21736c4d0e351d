"""An invoice arrives: what was estimated is taken back in red, and booked anew in blue (P2).

One invoice, its red entries and what moves the payments are one bundle: several texts, because an
entry takes back one origin, and one decision. They are posted in their order, the invoice first.

An invoice is no new business of another day: in a foreign currency it stands in base at what its
vouchers stood at, so that no exchange difference comes of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from erpdesk.domain import accounts as a
from erpdesk.domain import evidence as evidence_of
from erpdesk.domain.billing import NOTHING, Portion, red_lines
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.links import Link, link_rows, summed, undo_rows
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
    """A tax invoice as it arrived, in the currency of its vouchers."""

    number: str
    day: date
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """Return net and tax together."""
        return self.net + self.tax


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
    if sum(one.paid.minor for one in portions) > invoice.gross.minor:
        yield PaidMoreError(gross=invoice.gross.grouped())
    if difference(invoice, portions).minor and not (heading.reason or "").strip():
        yield DifferenceUnexplainedError(difference=difference(invoice, portions).grouped())


def _broken_portion(invoice: Invoice, one: Portion, heading: Heading) -> Iterator[UserError]:
    item = one.voucher.item
    same = item.original.currency == invoice.gross.currency
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
    dated, base = replace(heading, document_date=invoice.day), _base_of(invoice, portions)
    parts = (
        *_moving(portions, item, dated, make_id),
        *(_red(one, dated, make_id) for one in portions),
    )
    return Bundle(_blue(invoice, item, base, dated, make_id, evidence), parts)


def _item_of(invoice: Invoice, portions: Sequence[Portion], make_id: MakeId) -> OpenItem:
    first = portions[0].voucher.item
    due = min(one.voucher.item.due for one in portions)
    gross = invoice.gross
    return OpenItem(ItemId(make_id()), CustomerId(first.customer), a.BILLED, gross, gross, due)


def _blue(
    invoice: Invoice,
    item: OpenItem,
    base: Money,
    heading: Heading,
    make_id: MakeId,
    evidence: Sequence[Evidence],
) -> Row:
    """Return the text of the invoice itself: what is owed now, revenue, and tax."""
    rule = rule_named("P2")
    tax = base.share(invoice.tax.minor, invoice.gross.minor)
    amounts = (
        item.amount("gross", invoice.gross, base),
        Amount("net", invoice.net, base=base - tax),
        Amount("tax", invoice.tax, base=tax),
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


def _base_of(invoice: Invoice, portions: Sequence[Portion]) -> Money:
    """Return what an invoice stands at in base; what differs is worth what the estimate was."""
    paid, unpaid = NOTHING, NOTHING
    for one in portions:
        paid, unpaid = paid + one.paid_base, unpaid + one.open_base
    moved = sum(one.paid.minor for one in portions)
    estimated, billed = sum(x.amount.minor for x in portions) - moved, invoice.gross.minor - moved
    if estimated:
        return paid + unpaid.share(billed, estimated)
    return paid + paid.share(billed, moved)


def _moving(
    portions: Sequence[Portion], item: OpenItem, heading: Heading, make_id: MakeId
) -> Iterator[Row]:
    """Yield the text that moves what was paid to the invoice, where anything was paid.

    A link is taken back whole; what of it stays with the voucher is linked to it again.
    """
    moved = [one for one in portions if one.paid.minor]
    if not moved:
        return
    links = [move for one in moved for move in _moves(one, item, make_id)]
    rule = rule_named("P4")
    credits_ = [one.voucher.item.amount("credit", one.paid, one.paid_base) for one in moved]
    charge = summed("charge", ((item, x.money, x.base) for x in credits_))
    yield heading.sections() | {
        "entry": heading.entry(PART, rule, make_id=make_id),
        "lines": lines_of(rule, (*credits_, *charge)),
        "allocations": [row for undone, made in links for row in (*undone, *made)],
    }


def _moves(one: Portion, item: OpenItem, make_id: MakeId) -> Iterator[tuple[list[Row], list[Row]]]:
    whole = {link.id: link for link in one.voucher.links}
    for part, rest in one.taken:
        made = [replace(part, id=make_id(), charge=item)]
        if rest.amount.minor:
            made.append(replace(rest, id=make_id(), charge=one.voucher.item))
        yield undo_rows([whole[part.id]], make_id), link_rows(made)


def _red(one: Portion, heading: Heading, make_id: MakeId) -> Row:
    """Return the text that takes a portion of a voucher back in red and closes it."""
    voucher = one.voucher
    moved = 1 if one.paid.minor else 0
    item = replace(voucher.item, version=voucher.item.version + moved)
    entry = heading.entry(PART, rule_named("P2r"), make_id=make_id, reverses=voucher.entry)
    return heading.sections() | {
        "entry": entry,
        "lines": red_lines(one),
        "allocations": link_rows([Link(make_id(), one.amount, item)]),
    }
