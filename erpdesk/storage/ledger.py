"""The ledger read back as frozen rows: balances, open items, entries, allocations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import starmap
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, cast, func, select

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.storage import tables as t
from erpdesk.storage.among import among
from erpdesk.storage.types import Whole

_FEW = 2000


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An open item; amounts in minor units, charges positive, credits negative.

    ``base_minor`` is what the ledger has of it in the base currency, None of another day;
    ``posted_on`` is the day of the entry that made it.
    """

    id: str
    customer_id: str
    account: str
    part: str
    currency: str
    original_minor: int
    open_minor: int
    due_date: date
    version: int
    label: str
    document_id: str
    entry_id: str
    base_minor: int | None
    posted_on: date

    @property
    def item(self) -> OpenItem:
        """Return it as the domain's open item, with the version that was seen."""
        return OpenItem(
            ItemId(self.id),
            CustomerId(self.customer_id),
            self.account,
            Money(self.original_minor, self.currency),
            Money(self.open_minor, self.currency),
            self.due_date,
            self.version,
            self.label,
            None if self.base_minor is None else Money(self.base_minor, BASE_CURRENCY),
        )


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """What a customer owes in one currency: billed + unbilled − unapplied, in minor units."""

    customer_id: str
    currency: str
    billed_minor: int
    unbilled_minor: int
    unapplied_minor: int

    @property
    def book_minor(self) -> int:
        """Return the balance: what is owed less what is unapplied."""
        return self.billed_minor + self.unbilled_minor - self.unapplied_minor


@dataclass(frozen=True, slots=True)
class TotalRow:
    """What was booked on an account in one currency, in minor units.

    ``base_minor`` is debit less credit in the base currency.
    """

    account: str
    currency: str
    debit_minor: int
    credit_minor: int
    base_minor: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A posted journal entry: its number is shown as ``记字 202611-0001``."""

    id: str
    document_id: str
    document_number: str
    kind: str
    series: str
    period: str
    number: int
    posting_date: date
    rule: str
    reverses: str | None

    @property
    def label(self) -> str:
        """Return the journal voucher number as it is shown."""
        return f"{self.series}字 {self.period.replace('-', '')}-{self.number:04d}"


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a posted entry; side 1 debit, −1 credit."""

    entry_id: str
    line_no: int
    account: str
    account_name: str
    side: int
    amount_minor: int
    currency: str
    base_minor: int
    customer_id: str | None
    item_id: str | None
    text: str | None


def _items() -> Select[Any]:
    shown = func.coalesce(t.open_item.c.label, t.document.c.number)
    return (
        select(
            t.open_item,
            t.account.c.part,
            shown.label("shown"),
            t.journal_entry.c.document_id,
            t.journal_entry.c.posting_date,
            _booked().label("booked"),
        )
        .join(t.account, t.account.c.code == t.open_item.c.account)
        .join(t.journal_entry, t.journal_entry.c.id == t.open_item.c.entry_id)
        .join(t.document, t.document.c.id == t.journal_entry.c.document_id)
        .order_by(t.open_item.c.due_date, t.open_item.c.id)
    )


def _booked() -> ColumnElement[Any]:
    """Return what the ledger has of an item in base: of a foreign one what its lines booked."""
    line, item = t.journal_line.c, t.open_item.c
    booked = (
        select(cast(func.coalesce(func.sum(line.side * line.base_minor), 0), Whole))
        .where(line.customer_id == item.customer_id, line.account == item.account)
        .where(line.currency == item.currency, line.item_id == item.id)
        .correlate(t.open_item)
        .scalar_subquery()
    )
    return case((item.currency == BASE_CURRENCY, item.open_minor), else_=booked)


def _item(row: Row[Any]) -> ItemRow:
    return ItemRow(
        row.id, row.customer_id, row.account, row.part, row.currency, row.original_minor,
        row.open_minor, row.due_date, row.version, row.shown, row.document_id, row.entry_id,
        row.booked, row.posting_date,
    )  # fmt: skip


def open_items(connection: Connection, customer_id: str) -> tuple[ItemRow, ...]:
    """Return what is open of a customer, oldest due date first."""
    item = t.open_item.c
    return _open(connection, _items().where(item.customer_id == customer_id))


def labelled(
    connection: Connection, labels: Iterable[str]
) -> dict[tuple[str, str], set[tuple[str, int]]]:
    """Return currency and minor units of items by customer and the number they came with."""
    item, found = t.open_item.c, dict[tuple[str, str], set[tuple[str, int]]]()
    rows = select(item.customer_id, item.label, item.currency, item.original_minor)
    for row in connection.execute(rows.where(among(connection, item.label, labels))):
        amounts = found.setdefault((row.customer_id, row.label), set())
        amounts.add((row.currency, row.original_minor))
    return found


def open_items_of(connection: Connection, customer_ids: Iterable[str]) -> tuple[ItemRow, ...]:
    """Return what is open of some customers, oldest due date first."""
    wanted, item = list(customer_ids), t.open_item.c
    return _open(connection, _items().where(item.customer_id.in_(wanted)))


def _open(connection: Connection, items: Select[Any]) -> tuple[ItemRow, ...]:
    """Return those that are open; asked for their order, a file would read all that are settled."""
    rows = connection.execute(items.where(t.open_item.c.open_minor != 0).order_by(None))
    return tuple(sorted(map(_item, rows), key=lambda one: (one.due_date, one.id)))


def open_items_on(connection: Connection, customer_id: str, day: date) -> tuple[ItemRow, ...]:
    """Return what was open of a customer at the end of a day, oldest due date first.

    What was posted or allocated since is left out; a link without an entry moves both of its
    sides alike, and stands whenever it was made.
    """
    since = Counter[str]()
    for link in connection.execute(_links_since(connection, customer_id, day)):
        for side, sign in ((link.charge_id, 1), (link.credit_id, -1)):
            since[side] += sign * link.amount_minor
    item, entry = t.open_item.c, t.journal_entry.c
    asked = _items().where(item.customer_id == customer_id, entry.posting_date <= day)
    found = connection.execute(asked.where(item.open_minor != 0).order_by(None)).all()
    if touched := [one for one in since if one]:
        cleared = asked.where(item.open_minor == 0, among(connection, item.id, touched))
        found = [*found, *connection.execute(cleared)]
    found = sorted(found, key=lambda row: (row.due_date, row.id))
    then = (
        replace(row, open_minor=row.open_minor + since[row.id], base_minor=None)
        for row in map(_item, found)
    )
    return tuple(row for row in then if row.open_minor)


def _links_since(connection: Connection, customer_id: str, day: date) -> Select[Any]:
    """Return the links of entries after a day, of whomever, or on a customer's items.

    Where few entries are later they are looked for from these: a customer has links of years.
    """
    link, entry = t.allocation.c, t.journal_entry.c
    asked = select(link.charge_id, link.credit_id, link.amount_minor)
    later = select(entry.step_id).where(entry.posting_date > day).limit(_FEW + 1)
    steps = connection.execute(later).scalars().all()
    if len(steps) <= _FEW:
        return asked.where(among(connection, link.step_id, steps))
    theirs = select(t.open_item.c.id).where(t.open_item.c.customer_id == customer_id)
    asked = asked.where(link.charge_id.in_(theirs) | link.credit_id.in_(theirs))
    joined = asked.join(t.journal_entry, entry.step_id == link.step_id)
    return joined.where(entry.posting_date > day)


def items_of(connection: Connection, entry_id: str) -> tuple[ItemRow, ...]:
    """Return the items an entry made."""
    return tuple(items_by_entry(connection, [entry_id])[entry_id])


def items_by_entry(connection: Connection, entry_ids: Iterable[str]) -> dict[str, list[ItemRow]]:
    """Return the items that each of some entries made."""
    found = defaultdict[str, list[ItemRow]](list)
    wanted = among(connection, t.open_item.c.entry_id, entry_ids)
    for row in connection.execute(_items().where(wanted)):
        found[row.entry_id].append(_item(row))
    return found


def items_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, ItemRow]:
    """Return items by their ids."""
    rows = connection.execute(_items().where(t.open_item.c.id.in_(list(ids))))
    return {row.id: row for row in map(_item, rows)}


def balances(connection: Connection, customer_id: str | None = None) -> tuple[BalanceRow, ...]:
    """Return balances a customer and currency, from the open items; all customers without one."""

    def part(name: str) -> Any:
        minor = func.sum(case((t.account.c.part == name, t.open_item.c.open_minor), else_=0))
        return cast(minor, Whole)  # a server's sum is no whole number

    query = (
        select(
            t.open_item.c.customer_id, t.open_item.c.currency,
            part("billed"), part("unbilled"), -part("unapplied"),
        )
        .join(t.account, t.account.c.code == t.open_item.c.account)
        .where(t.open_item.c.open_minor != 0)
        .group_by(t.open_item.c.customer_id, t.open_item.c.currency)
        .order_by(t.open_item.c.customer_id, t.open_item.c.currency)
    )  # fmt: skip
    if customer_id is not None:
        query = query.where(t.open_item.c.customer_id == customer_id)
    return tuple(starmap(BalanceRow, connection.execute(query)))


def totals(connection: Connection, period: str | None = None) -> tuple[TotalRow, ...]:
    """Return the trial balance of one month, ``YYYY-MM``, or of all months."""
    total = t.period_total.c
    base = total.debit_base_minor - total.credit_base_minor
    sums = (cast(func.sum(one), Whole) for one in (total.debit_minor, total.credit_minor, base))
    key = total.account, total.currency
    query = select(*key, *sums).group_by(*key).order_by(*key)
    if period is not None:
        query = query.where(total.period == period)
    return tuple(starmap(TotalRow, connection.execute(query)))


def _entries() -> Select[Any]:
    return (
        select(t.journal_entry, t.document.c.number.label("document_number"), t.document.c.kind)
        .join(t.document, t.document.c.id == t.journal_entry.c.document_id)
        .order_by(t.journal_entry.c.period, t.journal_entry.c.series, t.journal_entry.c.number)
    )


def _entry(row: Row[Any]) -> EntryRow:
    return EntryRow(
        row.id, row.document_id, row.document_number, row.kind, row.series, row.period,
        row.number, row.posting_date, row.rule, row.reverses,
    )  # fmt: skip


def entry_of(connection: Connection, document_id: str) -> EntryRow | None:
    """Return the entry that a document was posted as, or None."""
    found = connection.execute(_entries().where(t.journal_entry.c.document_id == document_id))
    row = found.one_or_none()
    return None if row is None else _entry(row)


def reversals_of(connection: Connection, entry_id: str) -> tuple[EntryRow, ...]:
    """Return the entries that reverse this one."""
    rows = connection.execute(_entries().where(t.journal_entry.c.reverses == entry_id))
    return tuple(map(_entry, rows))


def entries(connection: Connection) -> Iterator[EntryRow]:
    """Return every posted entry in the order of periods, series and numbers."""
    return map(_entry, connection.execute(_entries().execution_options(yield_per=1000)))


def lines_of(connection: Connection, entry_id: str) -> tuple[LineRow, ...]:
    """Return the lines of an entry in order."""
    return tuple(lines_by_entry(connection, [entry_id])[entry_id])


def lines_by_entry(connection: Connection, entry_ids: Iterable[str]) -> dict[str, list[LineRow]]:
    """Return the lines of each of some entries, in order."""
    found = defaultdict[str, list[LineRow]](list)
    rows = connection.execute(
        select(t.journal_line, t.account.c.name.label("account_name"))
        .join(t.account, t.account.c.code == t.journal_line.c.account)
        .where(among(connection, t.journal_line.c.entry_id, entry_ids))
        .order_by(t.journal_line.c.line_no)
    )
    for r in rows:
        line = LineRow(
            r.entry_id, r.line_no, r.account, r.account_name, r.side, r.amount_minor, r.currency,
            r.base_minor, r.customer_id, r.item_id, r.text,
        )  # fmt: skip
        found[r.entry_id].append(line)
    return found
