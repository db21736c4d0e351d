"""The list of vouchers: what is posted is asked of the database, the few others of their texts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money
from erpdesk.domain.voucher_list import (
    SENT,
    TAX_REACHED,
    VoucherFilter,
    VouchersAsked,
    fits,
    standing,
)
from erpdesk.storage import document_texts, voucher_found, voucher_rows, voucher_sums
from erpdesk.storage.database import Connection
from erpdesk.storage.voucher_found import Found
from erpdesk.storage.voucher_rows import VoucherRow
from erpdesk.storage.voucher_sums import OpenSum, Summed, Sums

__all__ = [
    "ALL",
    "SENT",
    "Kept",
    "VoucherLine",
    "Vouchers",
    "VouchersAsked",
    "each",
    "first",
    "listed",
]

ALL: Final = VouchersAsked()
_AT_ONCE: Final = 500
_WITH_CLOSED: Final = frozenset({VoucherFilter.ALL, VoucherFilter.CLOSED})
AmountsBy = dict[str, tuple[int, int, int]]
"""By currency: how many items or texts have an amount, their sum, and what is left of it."""


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A voucher in a list; its amount is None while its text has none."""

    id: str
    number: str | None
    state: str
    made_by: str
    made_at: int
    customer: str | None
    day: date | None
    amount: Money | None
    left: Money | None
    is_taxed: bool
    reversed_by: str | None
    billed: Money

    @property
    def standing(self) -> str:
        """Return its state, or what became of it after it was posted."""
        minor = None if self.amount is None else self.amount.minor
        return standing(self.state, minor, self.billed.minor, self.reversed_by)


@dataclass(frozen=True, slots=True)
class Vouchers:
    """The first vouchers of a filter, how many fit it, what all add up to, the size of each filter.

    ``total`` and ``left`` are None where there is no amount, or more than one currency.
    """

    rows: tuple[VoucherLine, ...]
    in_all: int
    total: Money | None
    left: Money | None
    counts: Mapping[VoucherFilter, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What the text of a voucher says that is not posted."""

    amount: Money | None
    day: date | None
    is_taxed: bool


class _HasText(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def content_hash(self) -> bytes: ...


@dataclass(slots=True)
class Kept:
    """What is kept between two looks: what texts say, by their hashes, and what is posted for good.

    ``voided`` vouchers are more each year, and their texts stay as they are.
    """

    said: dict[bytes, Said] = field(default_factory=dict)
    summed: Summed = field(default_factory=Summed)

    def texts(self, connection: Connection, vouchers: Iterable[_HasText]) -> dict[str, Said]:
        """Return what vouchers say, by their ids; a text is read once."""
        wanted = {one.id: one.content_hash for one in vouchers}
        new = [name for name, digest in wanted.items() if digest not in self.said]
        for name, text in document_texts.texts(connection, new).items():
            self.said[wanted[name]] = _said(text)
        return {name: self.said[digest] for name, digest in wanted.items()}

    def sums(self, connection: Connection) -> Sums:
        """Return how many items all posted vouchers made, and their sum, by currency."""
        self.summed = summed = voucher_sums.summed(connection, self.summed)
        return summed.sums


def listed(
    connection: Connection, asked: VouchersAsked, kept: Kept, *, most: int | None
) -> Vouchers:
    """Return the first vouchers that are asked for, or all of them, and what all add up to."""
    found = voucher_found.found(connection, asked.words)
    every = voucher_sums.states(connection, voucher_found.found(connection, ""))
    mine = voucher_sums.states(connection, found) if asked.words else every
    opened = voucher_sums.open_sums(connection, found)
    whole: Sums = {}
    if asked.filter in _WITH_CLOSED:
        words = asked.words
        whole = voucher_sums.sums_of(connection, found) if words else kept.sums(connection)
    others = voucher_rows.unposted(connection, found, asked.filter)
    texts = kept.texts(connection, others).values()
    posted = _posted_sums(asked.filter, whole, opened)
    total, left = _totals(posted, (one.amount for one in texts))
    count = _posted_count(asked.filter, mine.get("posted", 0), opened) + len(others)
    return Vouchers(
        _rows(connection, asked, kept, found, most=most), count, total, left,
        _counts(every, opened),
    )  # fmt: skip


def first(
    connection: Connection, asked: VouchersAsked, kept: Kept, *, most: int
) -> tuple[VoucherLine, ...]:
    """Return the first vouchers that are asked for; nothing is counted or added up."""
    found = voucher_found.found(connection, asked.words)
    return _rows(connection, asked, kept, found, most=most)


def each(
    connection: Connection, asked: VouchersAsked, kept: Kept, told: Callable[[int, int], None]
) -> Iterator[VoucherLine]:
    """Yield all vouchers that are asked for; ``told`` how many of how many were read."""
    ids = _ids(connection, asked, kept, voucher_found.found(connection, asked.words), most=None)
    for start in range(0, len(ids), _AT_ONCE):
        told(start, len(ids))
        yield from _lines(connection, kept, ids[start : start + _AT_ONCE])
    told(len(ids), len(ids))


def _rows(
    connection: Connection, asked: VouchersAsked, kept: Kept, found: Found, *, most: int | None
) -> tuple[VoucherLine, ...]:
    return _lines(connection, kept, _ids(connection, asked, kept, found, most=most))


def _ids(
    connection: Connection, asked: VouchersAsked, kept: Kept, found: Found, *, most: int | None
) -> list[str]:
    if asked.by == "amount":
        return _by_amount(connection, asked, kept, found, most=most)
    return voucher_rows.ids(connection, asked, found, most=most)


def _lines(connection: Connection, kept: Kept, ids: Sequence[str]) -> tuple[VoucherLine, ...]:
    rows = voucher_rows.rows(connection, ids)
    said = kept.texts(connection, (row for row in rows if row.state != "posted"))
    return tuple(_line(row, said.get(row.id)) for row in rows)


def _by_amount(
    connection: Connection, asked: VouchersAsked, kept: Kept, found: Found, *, most: int | None
) -> list[str]:
    """Return the first by their amounts, the newest first of those alike; without one come last."""
    rows = voucher_rows.amounts(connection, asked, found, most=most)
    others = voucher_rows.unposted(connection, found, asked.filter)
    said = kept.texts(connection, others)
    amounts = ((one.id, said[one.id].amount, one.made_at) for one in others)
    rows += [(name, money.minor if money else None, at) for name, money, at in amounts]
    rows.sort(key=lambda row: (row[2], row[0]), reverse=True)
    known = [row for row in rows if row[1] is not None]
    known.sort(key=lambda row: row[1] or 0, reverse=asked.is_descending)
    return [row[0] for row in (*known, *(row for row in rows if row[1] is None))][:most]


def _posted_count(which: VoucherFilter, every: int, opened: Iterable[OpenSum]) -> int:
    """Return how many of the posted vouchers that were found, every one, belong to a filter."""
    found = [one for one in opened if one.is_found]
    closed = every - sum(one.vouchers for one in found)
    mine = sum(one.vouchers for one in found if _is_of(one, which))
    return mine + (closed if which in _WITH_CLOSED else 0)


def _is_of(one: OpenSum, which: VoucherFilter) -> bool:
    return fits("posted", 1 if one.is_open else 0, which, is_taxed=one.is_taxed)


def _posted_sums(
    which: VoucherFilter, whole: Mapping[str, tuple[int, int]], opened: Iterable[OpenSum]
) -> AmountsBy:
    """Return what the posted vouchers of a filter add up to: of the closed, all but the others."""
    found = [one for one in opened if one.is_found]
    parts = [(currency, (count, minor, 0)) for currency, (count, minor) in whole.items()]
    if which in _WITH_CLOSED:
        parts += [(one.currency, (-one.items, -one.original_minor, 0)) for one in found]
    parts += [
        (one.currency, (one.items, one.original_minor, one.left_minor))
        for one in found
        if _is_of(one, which)
    ]
    return {currency: sums for currency, sums in _added(parts).items() if sums[0]}


def _added(parts: Iterable[tuple[str, tuple[int, int, int]]]) -> AmountsBy:
    found: AmountsBy = {}
    for currency, part in parts:
        known = found.get(currency, (0, 0, 0))
        found[currency] = (known[0] + part[0], known[1] + part[1], known[2] + part[2])
    return found


def _totals(posted: AmountsBy, others: Iterable[Money | None]) -> tuple[Money | None, Money | None]:
    """Return the sum of amounts and of what is left in the one currency; several have none."""
    texts = (amount for amount in others if amount is not None)
    sums = _added([*posted.items(), *((one.currency, (1, one.minor, 0)) for one in texts)])
    if len(sums) != 1:
        return None, None
    [(currency, (_, minor, left))] = sums.items()
    return Money(minor, currency), Money(left, currency)


def _counts(states: Mapping[str, int], opened: Iterable[OpenSum]) -> dict[VoucherFilter, int]:
    """Return how many vouchers each filter has, whatever is looked for."""
    posted = Counter[tuple[bool, bool]]()
    posted[False, False] = states.get("posted", 0)
    for one in opened:
        posted[one.is_open, one.is_taxed] += one.vouchers
        posted[False, False] -= one.vouchers
    standing = [("posted", int(is_open), is_taxed, n) for (is_open, is_taxed), n in posted.items()]
    standing += [(state, 0, False, n) for state, n in states.items() if state != "posted"]
    return {
        which: sum(
            count
            for state, left, is_taxed, count in standing
            if fits(state, left, which, is_taxed=is_taxed)
        )
        for which in VoucherFilter
    }


def _line(row: VoucherRow, said: Said | None) -> VoucherLine:
    currency = row.currency or BASE_CURRENCY
    amount = None if row.original_minor is None else Money(row.original_minor, currency)
    left = None if row.open_minor is None else Money(row.open_minor, currency)
    is_taxed = (row.rule or "").partition("/")[0] in TAX_REACHED
    said = said or Said(amount, row.day, is_taxed)
    return VoucherLine(
        row.id, row.number, row.state, row.made_by, row.made_at, row.customer_name, said.day,
        said.amount, left, said.is_taxed, row.reversed_by, Money(row.billed_minor, currency),
    )  # fmt: skip


def _said(text: Mapping[str, Any]) -> Said:
    return Said(_gross(text), _day(text), bool(text.get("answers", {}).get("tax_point")))


def _gross(text: Mapping[str, Any]) -> Money | None:
    items = text.get("items", ())
    if items:
        return Money(sum(item["amount"] for item in items), items[0]["currency"])
    goods = text.get("goods", ())
    return Money(sum(row["gross"] for row in goods), BASE_CURRENCY) if goods else None


def _day(text: Mapping[str, Any]) -> date | None:
    said = text.get("entry", {}).get("posting_date")
    return date.fromisoformat(said) if isinstance(said, str) else said
