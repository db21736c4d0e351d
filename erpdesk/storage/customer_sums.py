"""What the customers of a list owe together, and how many each filter shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, case, cast, func, select

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.storage import tables as t
from erpdesk.storage.customer_rows import (
    KINDS_OF_FIGURES,
    PARTS,
    Wanted,
    conditions,
    found_by,
    has,
    incomplete,
    owed_by_each,
)
from erpdesk.storage.types import Whole


@dataclass(frozen=True, slots=True)
class SumRow:
    """What is owed in one currency, in minor units, and by how many customers."""

    currency: str
    rows: int
    billed_minor: int
    unbilled_minor: int
    unapplied_minor: int


def owed(connection: Connection) -> tuple[SumRow, ...]:
    """Return what all customers owe, by currency, from the kept totals of the ledger.

    Open items equal the ledger (V2, V4): no item is added up. Counted is who has one that is open.
    """
    item, total = t.open_item.c, t.period_total.c
    one = select(item.customer_id, item.currency).where(item.open_minor != 0).distinct().subquery()
    counted = select(one.c.currency, func.count()).group_by(one.c.currency)
    owing = dict(map(tuple, connection.execute(counted)))
    rows = connection.execute(
        select(total.currency, _part("billed", 1), _part("unbilled", 1), _part("unapplied", -1))
        .join(t.account, t.account.c.code == total.account)
        .group_by(total.currency)
    )
    found = (SumRow(row[0], owing[row[0]], *row[1:]) for row in rows if row[0] in owing)
    return _in_order(found)


def _part(name: str, sign: int) -> ColumnElement[Any]:
    total = t.period_total.c
    net = sign * (total.debit_minor - total.credit_minor)
    return cast(func.sum(case((t.account.c.part == name, net), else_=0)), Whole)


def _in_order(rows: Iterable[SumRow]) -> tuple[SumRow, ...]:
    return tuple(sorted(rows, key=lambda one: (one.currency != BASE_CURRENCY, one.currency)))


def sums(connection: Connection, wanted: Wanted, *, found: int) -> tuple[SumRow, ...]:
    """Return what the whole filter adds up to, a row a currency, the base currency first.

    ``found`` is how many customers it shows: who of them owes nothing is not looked for.
    """
    if wanted.kind == "all" and not wanted.words.strip():
        return _with(owed(connection), _owing_nothing(connection))
    each = owed_by_each()
    owes, asked = each.c.customer_id == t.customer.c.id, conditions(connection, wanted, each)
    rows = connection.execute(
        select(each.c.currency, func.count(), *(func.sum(each.c[part]) for part in PARTS))
        .join(t.customer, owes)
        .where(*asked)
        .group_by(each.c.currency)
    )
    added = [SumRow(row[0], row[1], *map(int, row[2:])) for row in rows]
    if wanted.kind in KINDS_OF_FIGURES:
        return _with(added, 0)
    owing = select(func.count(each.c.customer_id.distinct())).join(t.customer, owes).where(*asked)
    return _with(added, found - connection.execute(owing).scalar_one())


def _with(rows: Iterable[SumRow], free: int) -> tuple[SumRow, ...]:
    """Return the sums with those who owe nothing, who stand in the base currency."""
    found = {row.currency: row for row in rows}
    if free:
        base = found.get(BASE_CURRENCY, SumRow(BASE_CURRENCY, 0, 0, 0, 0))
        found[BASE_CURRENCY] = replace(base, rows=base.rows + free)
    return _in_order(found.values())


def _owing_nothing(connection: Connection) -> int:
    item = t.open_item.c
    owing = select(item.customer_id).where(item.open_minor != 0).distinct().subquery()
    count = select(func.count())
    every, some = (count.select_from(one).scalar_subquery() for one in (t.customer, owing))
    return int(connection.execute(select(every - some)).scalar_one())


def counts_of_records(connection: Connection, words: str = "") -> dict[str, int]:
    """Return how many customers a search finds (``all``), and how many of them lack something.

    Every record is read for it.
    """
    lacks = func.count(case((incomplete(connection), 1)))
    every = select(func.count().label("all"), lacks.label("incomplete")).select_from(t.customer)
    return dict(connection.execute(every.where(*found_by(connection, words))).mappings().one())


def counts_of_figures(connection: Connection, words: str = "") -> dict[str, int]:
    """Return how many customers a search finds with a figure of each kind, in any currency."""
    asked, had, customer = found_by(connection, words), _had(), t.customer
    owes = had.join(customer, customer.c.id == had.c.customer_id) if asked else had
    figures = select(*(func.count(case((had.c[kind], 1))).label(kind) for kind in _FIGURES))
    return dict(connection.execute(figures.select_from(owes).where(*asked)).mappings().one())


_FIGURES: Final = tuple(sorted(KINDS_OF_FIGURES))


def _had() -> FromClause:
    """Return who has a figure of each kind in any currency, a row a customer."""
    each = owed_by_each()
    had = [(func.max(case((has(each, kind), 1), else_=0)) == 1).label(kind) for kind in _FIGURES]
    return select(each.c.customer_id, *had).group_by(each.c.customer_id).subquery("had")
