"""What vouchers in a list add up to, and how many stand in each state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, cast, func, select

from erpdesk.domain.kinds import JOURNAL_SERIES
from erpdesk.storage import tables as t
from erpdesk.storage.types import Whole
from erpdesk.storage.voucher_found import VOUCHER, Found
from erpdesk.storage.voucher_rows import POSTED, is_kind, is_taxed, left_of_entries

Sums = Mapping[str, tuple[int, int]]
"""By currency: how many items, and their sum in minor units."""


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


@dataclass(frozen=True, slots=True)
class Summed:
    """What all posted vouchers made, up to the last number of each period of their series.

    Posted stays posted, and numbers of a series are given one after the other without a gap: what
    is posted later has a higher one.
    """

    last: Mapping[str, int] = field(default_factory=dict)
    sums: Sums = field(default_factory=dict)


def states(connection: Connection, found: Found) -> dict[str, int]:
    """Return how many of the vouchers that were found stand in each state."""
    state = t.document.c.state
    counted = select(state, func.count().label("vouchers"))
    rows = connection.execute(counted.where(VOUCHER, found).group_by(state))
    return {row.state: row.vouchers for row in rows}


def summed(connection: Connection, before: Summed) -> Summed:
    """Return what all posted vouchers made; only what was posted since is added up."""
    number, series = t.number_series.c, JOURNAL_SERIES["voucher"]
    rows = connection.execute(
        select(number.period, number.last).where(number.series == series)
    ).all()
    last = {row.period: row.last for row in rows}
    sums = dict(before.sums)
    for period, upto in last.items():
        if upto > (since := before.last.get(period, 0)):
            entry = t.journal_entry.c
            new = (entry.series == series) & (entry.period == period)
            new &= (entry.number > since) & (entry.number <= upto)
            for currency, (items, minor) in sums_of(connection, new).items():
                had = sums.get(currency, (0, 0))
                sums[currency] = had[0] + items, had[1] + minor
    return Summed(last, sums)


def sums_of(connection: Connection, found: Found) -> dict[str, tuple[int, int]]:
    """Return how many items the posted vouchers that were found made, and their sum, by currency.

    Of many in one currency no groups are made: that takes half as long again.
    """
    item, entry = t.open_item.c, t.journal_entry.c
    added = func.count(), _whole(func.sum(item.original_minor))
    first, last = func.min(item.currency), func.max(item.currency)
    query = (
        select(first, *added, last)
        .select_from(t.document)
        .join(t.journal_entry, entry.document_id == t.document.c.id)
        .join(t.open_item, item.entry_id == entry.id)
        .where(VOUCHER, POSTED, found)  # in the order of time, as entries and items lie
    )
    rows = connection.execute(query).all()
    if rows[0][0] != rows[0][-1]:
        rows = connection.execute(query.group_by(item.currency)).all()
    return {currency: (count, int(minor)) for currency, count, minor, _ in rows if currency}


def open_sums(connection: Connection, found: Found) -> tuple[OpenSum, ...]:
    """Return the sums of the vouchers of which something is not cleared."""
    left, item, entry = left_of_entries(), t.open_item.c, t.journal_entry.c
    is_open, is_found = left.c.left_minor > 0, found
    is_server = connection.dialect.name == "postgresql"  # which takes what it is asked so for rare
    is_voucher = VOUCHER if is_server else is_kind(t.document, "voucher")
    each = (
        select(
            entry.id, func.min(item.currency).label("currency"),
            *(
                func.max(case((one, 1), else_=0)).label(name)
                for name, one in (
                    ("is_open", is_open), ("is_taxed", is_taxed()), ("is_found", is_found),
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
        .where(is_voucher)
        .group_by(entry.id)
    )  # fmt: skip
    one = each.subquery().c
    kinds = (one.currency, one.is_open, one.is_taxed, one.is_found)
    added = (_whole(func.sum(part)) for part in (one.pieces, one.original_minor, one.left_minor))
    rows = connection.execute(select(func.count(), *added, *kinds).group_by(*kinds))
    return tuple(map(_open_sum, rows))


def _open_sum(row: Row[Any]) -> OpenSum:
    vouchers, items, original, left = map(int, row[:4])
    is_open, is_taxed, is_found = map(bool, row[5:])
    return OpenSum(vouchers, items, original, left, row.currency, is_open, is_taxed, is_found)


def _whole(added: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.coalesce(added, 0), Whole)  # a server's sum is no whole number
