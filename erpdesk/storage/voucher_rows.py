"""Vouchers in a list: filtered, put in order and summed by the database, the first as rows."""

from collections.abc import Iterable, Mapping, Sequence
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
    case,
    cast,
    func,
    or_,
    select,
    true,
)

from erpdesk.domain.invoice import PART
from erpdesk.domain.voucher_list import (
    BILLED,
    REVERSED,
    TAX_REACHED,
    VoucherFilter,
    VouchersAsked,
)
from erpdesk.storage import tables as t
from erpdesk.storage.types import Whole

Found = ColumnElement[bool]
"""Whether a voucher is among those that words find."""
_AT_ONCE: Final = 2000
_VOUCHER: Final = t.document.c.kind == "voucher"
_POSTED: Final = t.document.c.state == "posted"


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
    customer_name: str | None
    day: date | None
    rule: str | None
    currency: str | None
    original_minor: int | None
    open_minor: int | None
    reversed_by: str | None
    billed_minor: int


@dataclass(frozen=True, slots=True)
class OpenSum:
    """How many vouchers are not cleared whole, in one currency, with how many items; their sums.

    Sums in minor units. ``is_open`` where something is owed; ``is_found`` by the words looked for.
    """

    vouchers: int
    items: int
    original_minor: int
    left_minor: int
    currency: str
    is_open: bool
    is_taxed: bool
    is_found: bool


def states(connection: Connection) -> dict[str, int]:
    """Return how many vouchers stand in each state."""
    state = t.document.c.state
    counted = select(state, func.count().label("vouchers"))
    rows = connection.execute(counted.where(_VOUCHER).group_by(state))
    return {row.state: row.vouchers for row in rows}


def unposted(connection: Connection) -> tuple[VoucherRow, ...]:
    """Return the vouchers that are not posted, the newest step first."""
    rows = connection.execute(_rows().where(~_POSTED).order_by(*_NEWEST))
    return tuple(map(_voucher, rows))


def posted(
    connection: Connection, asked: VouchersAsked, found: Found, *, most: int | None
) -> tuple[VoucherRow, ...]:
    """Return the first posted vouchers of a filter in their order, or all of them."""
    entry, document, left = t.journal_entry.c, t.document.c, _left()
    listed = select(document.id).where(_VOUCHER, _POSTED, found)
    if asked.filter is not VoucherFilter.ALL or asked.by in {"amount", "standing"}:
        listed = listed.join(t.journal_entry, entry.document_id == document.id)
    if asked.filter is not VoucherFilter.ALL:
        listed = listed.outerjoin(left, left.c.entry_id == entry.id)
        listed = listed.where(_fits(asked.filter, left))
    if asked.by == "customer":
        listed = _with_customer(listed)
    ids = connection.execute(listed.order_by(*_order(asked), *_NEWEST).limit(most)).scalars().all()
    parts = (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
    return tuple(row for part in parts for row in _by_ids(connection, part))


def found(connection: Connection, words: str) -> Found:
    """Return that a voucher is found by words, in small letters: few are looked for once.

    They stand in the number and the customer's name.
    """
    if not words:
        return true()
    number, name = t.document.c.number, t.customer.c.name
    said = func.lower(func.coalesce(number, "") + " " + func.coalesce(name, ""))
    for one in {one for one in words if not one.isascii() and one.upper() != one}:
        said = func.replace(said, one.upper(), one)  # a database knows small letters of ASCII alone
    fitting = _with_customer(select(t.document.c.id)).where(
        _VOUCHER, said.contains(words, autoescape=True)
    )
    ids = connection.execute(fitting.limit(_AT_ONCE + 1)).scalars().all()
    return t.document.c.id.in_(ids if len(ids) <= _AT_ONCE else fitting)


def count(connection: Connection, found: Found) -> int:
    """Return how many posted vouchers were found."""
    counted = select(func.count()).select_from(t.document).where(_VOUCHER, _POSTED, found)
    return connection.execute(counted).scalar_one()


def sums(connection: Connection, found: Found) -> dict[str, tuple[int, int]]:
    """Return how many items posted vouchers made, and their sum in minor units, by currency.

    Of many in one currency no groups are made: that takes half as long again.
    """
    item, entry = t.open_item.c, t.journal_entry.c
    summed = func.count(), _whole(func.sum(item.original_minor))
    first, last = func.min(item.currency), func.max(item.currency)
    query = (
        select(first, *summed, last)
        .select_from(t.document)
        .join(t.journal_entry, entry.document_id == t.document.c.id)
        .join(t.open_item, item.entry_id == entry.id)
        .where(_VOUCHER, _POSTED, found)  # in the order of time, as entries and items lie
    )
    rows = connection.execute(query).all()
    if rows[0][0] != rows[0][-1]:
        rows = connection.execute(query.group_by(item.currency)).all()
    return {currency: (count, int(minor)) for currency, count, minor, _ in rows if currency}


def open_sums(connection: Connection, found: Found) -> tuple[OpenSum, ...]:
    """Return the sums of the vouchers of which something is not cleared."""
    left, item, entry = _left(), t.open_item.c, t.journal_entry.c
    is_open, is_found = left.c.left_minor > 0, found
    each = (
        select(
            entry.id, func.min(item.currency).label("currency"),
            *(
                func.max(case((one, 1), else_=0)).label(name)
                for name, one in (
                    ("is_open", is_open), ("is_taxed", _is_taxed()), ("is_found", is_found),
                )
            ),
            func.count().label("pieces"),
            func.sum(item.original_minor).label("original_minor"),
            func.max(left.c.left_minor).label("left_minor"),
        )
        .select_from(left)
        .join(t.journal_entry, entry.id == left.c.entry_id)
        .join(t.document, t.document.c.id == entry.document_id)
        .join(t.open_item, item.entry_id == entry.id)
        .where(_is_kind(t.document, "voucher"))
        .group_by(entry.id)
    )  # fmt: skip
    one = each.subquery().c
    kinds = (one.currency, one.is_open, one.is_taxed, one.is_found)
    summed = (_whole(func.sum(part)) for part in (one.pieces, one.original_minor, one.left_minor))
    rows = connection.execute(select(func.count(), *summed, *kinds).group_by(*kinds))
    return tuple(map(_open_sum, rows))


def _open_sum(row: Row[Any]) -> OpenSum:
    vouchers, items, original, left = map(int, row[:4])
    is_open, is_taxed, is_found = map(bool, row[5:])
    return OpenSum(vouchers, items, original, left, row.currency, is_open, is_taxed, is_found)


def _is_kind(document: FromClause, kind: str) -> ColumnElement[bool]:
    """Return that a document is of a kind, asked of each: none is looked for by its kind."""
    return func.coalesce(document.c.kind, "") == kind


def _left() -> FromClause:
    """Return what is left of entries of which something is not cleared."""
    item = t.open_item.c
    return (
        select(item.entry_id, func.sum(item.open_minor).label("left_minor"))
        .where(item.open_minor != 0)
        .group_by(item.entry_id)
        .subquery("left_of")
    )


def _whole(summed: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.coalesce(summed, 0), Whole)  # a server's sum is no whole number


def _with_customer(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(t.customer, t.customer.c.id == t.document.c.customer_id)


def _fits(which: VoucherFilter, left: FromClause) -> ColumnElement[bool]:
    """Return that a posted voucher belongs to a filter."""
    is_open = func.coalesce(left.c.left_minor, 0) > 0
    match which:
        case VoucherFilter.ALL:
            return true()
        case VoucherFilter.OPEN:
            return is_open
        case VoucherFilter.TAXED:
            return and_(is_open, _is_taxed())
        case VoucherFilter.CLOSED:
            return ~is_open
        case _:
            return ~true()


def _is_taxed() -> ColumnElement[bool]:
    rule = t.journal_entry.c.rule
    return or_(*(or_(rule == one, rule.startswith(f"{one}/")) for one in sorted(TAX_REACHED)))


_NEWEST: Final = (t.document.c.made_at.desc(), t.document.c.id.desc())


def _order(asked: VouchersAsked) -> tuple[ColumnElement[Any], ...]:
    match asked.by:
        case "customer":
            by: ColumnElement[Any] = t.customer.c.name
        case "amount":
            by = _of_items(t.open_item.c.original_minor)
        case "standing":
            by = _rank(asked.ranks)
        case _:
            return ()
    return (by.is_(None), by.desc() if asked.is_descending else by.asc())


def _rank(ranks: Mapping[str, int]) -> ColumnElement[Any]:
    original = _of_items(t.open_item.c.original_minor)
    is_billed = and_(original > 0, original == _billed())
    return case(
        (_reversed_by().is_not(None), ranks[REVERSED]), (is_billed, ranks[BILLED]),
        else_=ranks["posted"],
    )  # fmt: skip


def _of_items(minor: ColumnElement[int]) -> ScalarSelect[Any]:
    """Return the sum over the items of a voucher's entry; NULL where there is none."""
    item = t.open_item.c.entry_id == t.journal_entry.c.id
    return select(func.sum(minor)).where(item).correlate(t.journal_entry).scalar_subquery()


def _reversed_by() -> ScalarSelect[Any]:
    reversal, red = t.journal_entry.alias("reversal"), t.document.alias("red")
    return (
        select(func.min(red.c.number))
        .join(reversal, reversal.c.document_id == red.c.id)
        .where(reversal.c.reverses == t.journal_entry.c.id, _is_kind(red, "reversal"))
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
        .where(red.c.reverses == t.journal_entry.c.id, _is_kind(document, PART))
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
        .where(_VOUCHER)
    )  # fmt: skip


def _by_ids(connection: Connection, ids: Sequence[str]) -> Iterable[VoucherRow]:
    rows = {row.id: row for row in connection.execute(_rows().where(t.document.c.id.in_(ids)))}
    return (_voucher(rows[one]) for one in ids)


def _voucher(row: Row[Any]) -> VoucherRow:
    original, left = (None if n is None else int(n) for n in (row.original, row.open))
    return VoucherRow(
        row.id, row.number, row.state, row.made_by, row.made_at, row.customer_name,
        row.posting_date, row.rule, row.currency, original, left, row.reversed_by,
        int(row.billed),
    )  # fmt: skip
