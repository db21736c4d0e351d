"""What an entry moves: open items and ledger go by the same amount (storage.md 4, G6)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from erpdesk.domain.accounts import CHART
from erpdesk.domain.open_item import OpenItem, OverAllocatedError
from erpdesk.errors import StaleError, UserError

Row = Mapping[str, Any]
Items = Mapping[str, OpenItem]
Moves = Counter[tuple[str, str, str]]
"""Minor units by (customer, account, currency)."""

SIDES: Final = {"charge": -1, "credit": 1}
"""By which sign an allocation moves the open amount of the item on each side."""


class ItemsAndLedgerError(UserError):
    """Open items and ledger do not move by the same amount."""


class UnknownItemError(UserError):
    """An allocation names an item that does not exist."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What matters of an item: charges are above zero, credits below."""

    customer: str
    account: str
    currency: str
    original: int
    open: int
    version: int


def rows(content: Row, name: str) -> Sequence[Row]:
    """Return the rows of a section, none where it is absent."""
    found: Sequence[Row] = content.get(name, ())
    return found


def allocated(content: Row) -> Iterator[tuple[str, str, Row]]:
    """Yield (side, item, row) of every item that is allocated."""
    for row in rows(content, "allocations"):
        yield from ((side, row[side], row) for side in SIDES if side in row)


def broken_moves(content: Row, items: Items | None) -> Iterator[UserError]:
    """Yield what differs; without ``items`` only a text that allocates its own items is judged."""
    known = {name: _kept(item) for name, item in (items or {}).items()}
    known |= {row["id"]: _made(row) for row in rows(content, "items")}
    unknown = [name for _, name, _ in allocated(content) if name not in known]
    if items is not None:
        yield from (UnknownItemError(item=name) for name in unknown)
    if unknown:
        return
    yield from _broken_items(content, known)
    ledger, moved = _ledger(content), _moved(content, known)
    for key in sorted(ledger.keys() | moved.keys()):
        if ledger[key] != moved[key]:
            yield ItemsAndLedgerError(account=key[1], ledger=ledger[key], items=moved[key])


def _kept(item: OpenItem) -> _Kept:
    original = item.original
    return _Kept(
        item.customer, item.account, original.currency, original.minor, item.open.minor,
        item.version,
    )  # fmt: skip


def _made(row: Row) -> _Kept:
    amount = row["amount"]
    return _Kept(row["customer"], row["account"], row["currency"], amount, amount, 1)


def _broken_items(content: Row, known: Mapping[str, _Kept]) -> Iterator[UserError]:
    left = {name: item.open for name, item in known.items()}
    for side, name, row in allocated(content):
        left[name] += SIDES[side] * row["amount"]
        if known[name].version != row[f"{side}_version"]:
            yield StaleError(item=name)
        if (known[name].original > 0) is not (side == "charge"):
            yield UnknownItemError(item=name)
    for name, item in known.items():
        if not min(item.original, 0) <= left[name] <= max(item.original, 0):
            yield OverAllocatedError(item=name)


def _ledger(content: Row) -> Moves:
    sums: Moves = Counter()
    for line in rows(content, "lines"):
        account = CHART.get(line["account"])
        if account is not None and account.by_item:
            key = (line.get("customer", ""), line["account"], line["currency"])
            sums[key] += line["side"] * line["amount"]
    return sums


def _moved(content: Row, known: Mapping[str, _Kept]) -> Moves:
    sums: Moves = Counter()
    for row in rows(content, "items"):
        sums[row["customer"], row["account"], row["currency"]] += row["amount"]
    for side, name, row in allocated(content):
        item = known[name]
        sums[item.customer, item.account, item.currency] += SIDES[side] * row["amount"]
    return sums
