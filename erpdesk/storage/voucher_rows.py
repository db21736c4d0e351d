"""Vouchers in a list: filtered and put in order by the database, the first as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    and_,
    func,
    or_,
    select,
    true,
)

from erpdesk.domain.invoice import PART
from erpdesk.domain.voucher_list import (
    BILLED,
    EDITABLE,
    REVERSED,
    SENT,
    TAX_REACHED,
    VoucherFilter,
    VouchersAsked,
)
from erpdesk.storage import tables as t
from erpdesk.storage.voucher_found import NEWEST, VOUCHER, Found

_AT_ONCE: Final = 2000
_TIMES: Final = 100
"""The first in an order are looked for among the vouchers of so many times as many customers."""
POSTED: Final = t.document.c.state == "posted"


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A voucher in a list; amounts in minor units, None until it is posted.

    ``rule`` is that of its entry; ``reversed_by`` the number of the document that reversed it;
    ``billed_minor`` is what invoices took of it.
    """

    id: str
    number: str | None
    state: str
    made_by: str
    made_at: int
    content_hash: bytes
    customer_name: str | None
    day: date | None
    rule: str | None
    currency: str | None
    original_minor: int | None
    open_minor: int | None
    reversed_by: str | None
    billed_minor: int


@dataclass(frozen=True, slots=True)
class Unposted:
    """A voucher that is not posted, and the hash of its text."""

    id: str
    state: str
    made_at: int
    content_hash: bytes


def unposted(
    connection: Connection, found: Found, which: VoucherFilter = VoucherFilter.ALL
) -> tuple[Unposted, ...]:
    """Return the vouchers of a filter that are not posted."""
    document = t.document.c
    asked = select(document.id, document.state, document.made_at, document.content_hash)
    rows = connection.execute(asked.where(VOUCHER, ~POSTED, found, document.state.in_(_of(which))))
    return tuple(Unposted(r.id, r.state, r.made_at, bytes(r.content_hash)) for r in rows)


def _of(which: VoucherFilter) -> frozenset[str]:
    """Return the states of vouchers that are not posted and belong to a filter."""
    return {
        VoucherFilter.ALL: frozenset({"approved", "voided"}) | EDITABLE | SENT,
        VoucherFilter.DRAFT: EDITABLE,
        VoucherFilter.REVIEW: SENT,
        VoucherFilter.CLOSED: frozenset({"voided"}),
    }.get(which, frozenset())


def ids(
    connection: Connection, asked: VouchersAsked, found: Found, *, most: int | None
) -> list[str]:
    """Return the first vouchers of a filter in their order, or all of them, posted or not.

    Amounts are no order of it: a text that is not posted says its own.
    """
    listed = _listed(asked.filter, found)
    match asked.by:
        case "customer":
            return _by_customer(connection, listed, asked, most=most)
        case "standing":
            return _by_standing(connection, listed, asked, most=most)
        case _:
            return _first(connection, listed.order_by(*NEWEST), most)


def amounts(
    connection: Connection, asked: VouchersAsked, found: Found, *, most: int | None
) -> list[tuple[str, int | None, int]]:
    """Return the first posted vouchers of a filter by their amounts, or all of them.

    Each with its amount in minor units and its moment.
    """
    minor, document = _of_items(t.open_item.c.original_minor), t.document.c
    by = minor.desc() if asked.is_descending else minor.asc()
    listed = _listed(asked.filter, found, has_entry=True).where(POSTED)
    rows = connection.execute(
        listed.add_columns(minor.label("minor"), document.made_at)
        .order_by(minor.is_(None), by, *NEWEST)
        .limit(most)
    )
    return [(row.id, None if row.minor is None else int(row.minor), row.made_at) for row in rows]


def _listed(which: VoucherFilter, found: Found, *, has_entry: bool = False) -> Select[tuple[str]]:
    """Return the ids of the vouchers of a filter; some ask what is left of their entries."""
    left, listed = left_of_entries(), select(t.document.c.id).where(VOUCHER, found)
    unposted = t.document.c.state.in_(sorted(_of(which)))
    if which in {VoucherFilter.DRAFT, VoucherFilter.REVIEW}:
        return listed.where(unposted)
    if which is VoucherFilter.ALL:
        return _with_entry(listed) if has_entry else listed
    listed = _with_entry(listed).outerjoin(left, left.c.entry_id == t.journal_entry.c.id)
    return listed.where(or_(unposted, and_(POSTED, _fits(which, left))))


def _with_entry(listed: Select[tuple[str]]) -> Select[tuple[str]]:
    entry = t.journal_entry
    return listed.outerjoin(entry, entry.c.document_id == t.document.c.id)


def _first(connection: Connection, listed: Select[Any], most: int | None) -> list[str]:
    return [row.id for row in connection.execute(listed.limit(most))]


def _by_customer(
    connection: Connection, listed: Select[tuple[str]], asked: VouchersAsked, *, most: int | None
) -> list[str]:
    """Return the first by name: looked for among the first names, and then among all."""
    name = t.customer.c.name
    by = name.desc() if asked.is_descending else name.asc()
    order = (name.is_(None), by, *NEWEST)
    theirs = t.customer.c.id == t.document.c.customer_id
    if most is not None:
        further = select(name).order_by(by).offset(most * _TIMES).limit(1)
        last = connection.execute(further).scalar_one_or_none()
        if last is not None:
            among = name > last if asked.is_descending else name < last
            them = t.document.c.customer_id.in_(select(t.customer.c.id).where(among))
            some = listed.where(them).join(t.customer, theirs).order_by(*order)
            if len(found := _first(connection, some, most)) == most:
                return found
    return _first(connection, listed.outerjoin(t.customer, theirs).order_by(*order), most)


def _by_standing(
    connection: Connection, listed: Select[tuple[str]], asked: VouchersAsked, *, most: int | None
) -> list[str]:
    """Return the first by what became of them: those of one standing after those of another."""
    found: list[str] = []
    if asked.filter in {VoucherFilter.ALL, VoucherFilter.DRAFT, VoucherFilter.REVIEW}:
        listed = _with_entry(listed)
    for rank in sorted({*asked.ranks.values()}, reverse=asked.is_descending):
        names = [name for name, place in asked.ranks.items() if place == rank]
        alike = listed.where(or_(*map(_stands_as, names))).order_by(*NEWEST)
        found += _first(connection, alike, None if most is None else most - len(found))
        if len(found) == most:
            break
    return found


def _stands_as(standing: str) -> ColumnElement[bool]:
    """Return that a voucher stands so; what reverses entries is looked for first, and is little."""
    entry, original = t.journal_entry.alias("reversed"), _of_items(t.open_item.c.original_minor)
    red = t.journal_entry.alias("red")
    reverses = select(red.c.reverses).where(red.c.reverses.is_not(None))
    touched = t.document.c.id.in_(select(entry.c.document_id).where(entry.c.id.in_(reverses)))
    is_billed = and_(func.coalesce(original, 0) > 0, original == _billed())
    match standing:
        case _ if standing == REVERSED:
            return and_(touched, _reversed_by().is_not(None))
        case _ if standing == BILLED:
            return and_(touched, _reversed_by().is_(None), is_billed)
        case "posted":
            return and_(POSTED, or_(~touched, and_(_reversed_by().is_(None), ~is_billed)))
        case _:
            return t.document.c.state == standing


def rows(connection: Connection, ids: Sequence[str]) -> tuple[VoucherRow, ...]:
    """Return vouchers by their ids, in the order of these."""
    parts = (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
    return tuple(row for part in parts for row in _by_ids(connection, part))


def left_of_entries() -> FromClause:
    """Return what is left of entries of which something is not cleared."""
    item = t.open_item.c
    return (
        select(item.entry_id, func.sum(item.open_minor).label("left_minor"))
        .where(item.open_minor != 0)
        .group_by(item.entry_id)
        .subquery("left_of")
    )


def _fits(which: VoucherFilter, left: FromClause) -> ColumnElement[bool]:
    """Return that a posted voucher belongs to a filter."""
    is_open = func.coalesce(left.c.left_minor, 0) > 0
    match which:
        case VoucherFilter.OPEN:
            return is_open
        case VoucherFilter.TAXED:
            return and_(is_open, is_taxed())
        case VoucherFilter.CLOSED:
            return ~is_open
        case _:
            return true()


def is_taxed() -> ColumnElement[bool]:
    """Return that the tax point of an entry's claim was reached."""
    rule = t.journal_entry.c.rule
    return or_(*(or_(rule == one, rule.startswith(f"{one}/")) for one in sorted(TAX_REACHED)))


def is_kind(document: FromClause, kind: str) -> ColumnElement[bool]:
    """Return that a document is of a kind, asked of each: none is looked for by its kind."""
    return func.coalesce(document.c.kind, "") == kind


def _of_items(minor: ColumnElement[int]) -> ScalarSelect[Any]:
    """Return the sum over the items of a voucher's entry; NULL where there is none."""
    item = t.open_item.c.entry_id == t.journal_entry.c.id
    return select(func.sum(minor)).where(item).correlate(t.journal_entry).scalar_subquery()


def _reversed_by() -> ScalarSelect[Any]:
    reversal, red = t.journal_entry.alias("reversal"), t.document.alias("red")
    return (
        select(func.min(red.c.number))
        .join(reversal, reversal.c.document_id == red.c.id)
        .where(reversal.c.reverses == t.journal_entry.c.id, is_kind(red, "reversal"))
        .correlate(t.journal_entry)
        .scalar_subquery()
    )


def _billed() -> ScalarSelect[Any]:
    """Return what invoices took of a voucher's claim, in minor units."""
    red, line = t.journal_entry.alias("billed_red"), t.journal_line.alias("billed_line")
    document, account = t.document.alias("billed_by"), t.account.alias("billed_on")
    return (
        select(func.coalesce(-func.sum(line.c.amount_minor), 0))
        .join(red, red.c.id == line.c.entry_id)
        .join(document, document.c.id == red.c.document_id)
        .join(account, account.c.code == line.c.account)
        .where(red.c.reverses == t.journal_entry.c.id, is_kind(document, PART))
        .where(account.c.by_item == 1, line.c.side == 1)
        .correlate(t.journal_entry)
        .scalar_subquery()
    )


def _rows() -> Select[Any]:
    item = t.open_item.c
    currency = (
        select(func.min(item.currency))
        .where(item.entry_id == t.journal_entry.c.id)
        .correlate(t.journal_entry)
        .scalar_subquery()
    )
    return (
        select(
            t.document, t.customer.c.name.label("customer_name"),
            t.journal_entry.c.posting_date, t.journal_entry.c.rule, currency.label("currency"),
            _of_items(item.original_minor).label("original"),
            _of_items(item.open_minor).label("open"), _reversed_by().label("reversed_by"),
            _billed().label("billed"),
        )
        .outerjoin(t.customer, t.customer.c.id == t.document.c.customer_id)
        .outerjoin(t.journal_entry, t.journal_entry.c.document_id == t.document.c.id)
    )  # fmt: skip


def _by_ids(connection: Connection, ids: Sequence[str]) -> Iterable[VoucherRow]:
    found = {row.id: row for row in connection.execute(_rows().where(t.document.c.id.in_(ids)))}
    return (_voucher(found[one]) for one in ids)


def _voucher(row: Row[Any]) -> VoucherRow:
    original, left = (None if n is None else int(n) for n in (row.original, row.open))
    return VoucherRow(
        row.id, row.number, row.state, row.made_by, row.made_at, bytes(row.content_hash),
        row.customer_name, row.posting_date, row.rule, row.currency, original, left,
        row.reversed_by, int(row.billed),
    )  # fmt: skip
