"""The list of vouchers: what is posted is asked of the database, the few others of their texts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

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
from erpdesk.storage import document_texts, voucher_rows
from erpdesk.storage.database import Connection
from erpdesk.storage.voucher_rows import Found, OpenSum, VoucherRow

__all__ = ["ALL", "SENT", "VoucherLine", "Vouchers", "VouchersAsked", "listed"]

ALL: Final = VouchersAsked()
_WITH_CLOSED: Final = frozenset({VoucherFilter.ALL, VoucherFilter.CLOSED})
Sums = dict[str, tuple[int, int, int]]
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


def listed(connection: Connection, asked: VouchersAsked, *, most: int | None) -> Vouchers:
    """Return the first vouchers that are asked for, or all of them, and what all add up to."""
    states = voucher_rows.states(connection)
    others = _unposted(connection) if states.keys() - {"posted"} else ()
    mine = [one for one in others if _is_asked(one, asked)]
    found = voucher_rows.found(connection, asked.words)
    opened = voucher_rows.open_sums(connection, found)
    posted = _posted_lines(connection, asked, found, most=most)
    rows = _in_order([*posted, *mine], asked) if mine else list(posted)
    every = voucher_rows.count(connection, found) if asked.words else states.get("posted", 0)
    count = _posted_count(asked.filter, every, opened)
    whole = voucher_rows.sums(connection, found) if asked.filter in _WITH_CLOSED else {}
    total, left = _totals(_posted_sums(asked.filter, whole, opened), mine)
    return Vouchers(
        tuple(rows[:most]), count + len(mine), total, left, _counts(states, others, opened)
    )


def _posted_lines(
    connection: Connection, asked: VouchersAsked, found: Found, *, most: int | None
) -> tuple[VoucherLine, ...]:
    if asked.filter in {VoucherFilter.DRAFT, VoucherFilter.REVIEW}:
        return ()
    return tuple(map(_line, voucher_rows.posted(connection, asked, found, most=most)))


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
) -> Sums:
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


def _added(parts: Iterable[tuple[str, tuple[int, int, int]]]) -> Sums:
    found: Sums = {}
    for currency, part in parts:
        known = found.get(currency, (0, 0, 0))
        found[currency] = (known[0] + part[0], known[1] + part[1], known[2] + part[2])
    return found


def _totals(posted: Sums, others: Iterable[VoucherLine]) -> tuple[Money | None, Money | None]:
    """Return the sum of amounts and of what is left in the one currency; several have none."""
    texts = (one.amount for one in others if one.amount is not None)
    sums = _added([*posted.items(), *((one.currency, (1, one.minor, 0)) for one in texts)])
    if len(sums) != 1:
        return None, None
    [(currency, (_, minor, left))] = sums.items()
    return Money(minor, currency), Money(left, currency)


def _counts(
    states: Mapping[str, int], others: Iterable[VoucherLine], opened: Iterable[OpenSum]
) -> dict[VoucherFilter, int]:
    """Return how many vouchers each filter has, whatever is looked for."""
    posted = Counter[tuple[bool, bool]]()
    posted[False, False] = states.get("posted", 0)
    for one in opened:
        posted[one.is_open, one.is_taxed] += one.vouchers
        posted[False, False] -= one.vouchers
    unposted = Counter(one.state for one in others)
    return {
        which: sum(
            count
            for (is_open, is_taxed), count in posted.items()
            if fits("posted", int(is_open), which, is_taxed=is_taxed)
        )
        + sum(
            count for state, count in unposted.items() if fits(state, None, which, is_taxed=False)
        )
        for which in VoucherFilter
    }


def _is_asked(one: VoucherLine, asked: VouchersAsked) -> bool:
    said = f"{one.number or ''} {one.customer or ''}".lower()
    return fits(one.state, None, asked.filter, is_taxed=False) and asked.words in said


def _in_order(rows: list[VoucherLine], asked: VouchersAsked) -> list[VoucherLine]:
    """Return rows in their order; what has no value there stands last, the newest first of all."""
    newest = sorted(rows, key=lambda one: (one.made_at, one.id), reverse=True)
    if not asked.by:
        return newest
    keyed = [(_key(one, asked), one) for one in newest]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=asked.is_descending)
    return [one for _, one in known] + [one for key, one in keyed if key is None]


def _key(one: VoucherLine, asked: VouchersAsked) -> Any:
    match asked.by:
        case "customer":
            return one.customer
        case "amount":
            return None if one.amount is None else one.amount.minor
        case _:
            return asked.ranks[one.standing]


def _unposted(connection: Connection) -> tuple[VoucherLine, ...]:
    rows = voucher_rows.unposted(connection)
    said = document_texts.texts(connection, (row.id for row in rows))
    return tuple(_line(row, said[row.id]) for row in rows)


def _line(row: VoucherRow, text: Mapping[str, Any] | None = None) -> VoucherLine:
    currency = row.currency or BASE_CURRENCY
    amount = None if row.original_minor is None else Money(row.original_minor, currency)
    left = None if row.open_minor is None else Money(row.open_minor, currency)
    day = row.day
    is_taxed = (row.rule or "").partition("/")[0] in TAX_REACHED
    if text is not None:
        amount, day = _gross(text), _day(text)
        is_taxed = bool(text.get("answers", {}).get("tax_point"))
    return VoucherLine(
        row.id, row.number, row.state, row.made_by, row.made_at, row.customer_name, day, amount,
        left, is_taxed, row.reversed_by, Money(row.billed_minor, currency),
    )  # fmt: skip


def _gross(text: Mapping[str, Any]) -> Money | None:
    items = text.get("items", ())
    if items:
        return Money(sum(item["amount"] for item in items), items[0]["currency"])
    goods = text.get("goods", ())
    return Money(sum(row["gross"] for row in goods), BASE_CURRENCY) if goods else None


def _day(text: Mapping[str, Any]) -> date | None:
    said = text.get("entry", {}).get("posting_date")
    return date.fromisoformat(said) if isinstance(said, str) else said
