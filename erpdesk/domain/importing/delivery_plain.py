"""Rows that are a delivery each, with which nothing is the matter: made by columns, many at once.

What is odd in any way is left to those who look at it row by row: both say the same of every row.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise, repeat
from typing import Any, Final, NamedTuple

from erpdesk.domain.importing.cells import is_plain_number, plain
from erpdesk.domain.importing.checked_cells import Checked, Read
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.delivery_cells import DeliveryRules, lacking, why_left_out
from erpdesk.domain.importing.delivery_groups import Texts
from erpdesk.domain.importing.delivery_lines import DeliveryLine, Unreadable
from erpdesk.domain.importing.delivery_row import DeliveryRow
from erpdesk.domain.importing.delivery_worth import MONEY, Appraisal, amount_of, is_exact
from erpdesk.domain.importing.rows import Block, Reason, totals
from erpdesk.domain.money import Money

_STATES: Final = ("state", "invoice", "invoice_state")
_ADDED: Final = ("freight", "total")
_REMEMBERED: Final = 4096


class _Plain(NamedTuple):
    amount: Money
    lines: tuple[DeliveryLine, ...]
    gross: bool


class PlainDeliveries:
    """Makes the deliveries of one reading that need no further look.

    ``repeated`` are the hashes of numbers that come back; ``by_line``: rows that follow one another
    may be one delivery.
    """

    def __init__(
        self,
        columns: Columns,
        rules: DeliveryRules,
        appraisal: Appraisal,
        repeated: Collection[int],
        *,
        by_line: bool,
    ) -> None:
        self.columns, self.rules, self.appraisal = columns, rules, appraisal
        self.repeated, self.by_line = repeated, by_line
        self._worth = lru_cache(_REMEMBERED)(self._appraised)
        self._may_come = lru_cache(_REMEMBERED)(self._is_uninvoiced)

    def made(self, block: Block, says: Texts, read: Checked) -> list[DeliveryRow | None]:
        """Return the delivery that each row of a block is, None where it needs a further look."""
        count = len(block.rows)
        if block.cut or self.appraisal.book:
            return [None] * count
        numbers = _plain_all(says["number"])
        refs = _first_said(read, count)
        owners = [self.rules.find_customer(ref) if ref else () for ref in refs]
        worths = self._worths(says, read, count)
        odd = self._odd(block, says, read, numbers)
        odd |= {at for at, who in enumerate(owners) if len(who) != 1}
        odd |= {at for at, one in enumerate(worths) if one is None}
        whole = zip(
            [row.line for row in block.rows], numbers, owners, refs, read.columns["day"], worths,
            self._taxes(read, worths), read.columns.get("text") or repeat(""), strict=False,
        )  # fmt: skip
        return [None if at in odd else _made(one) for at, one in enumerate(whole)]

    def _odd(self, block: Block, says: Texts, read: Checked, numbers: Sequence[str]) -> set[int]:
        """Return the places of rows that need a further look."""
        days, repeated = read.columns["day"], self.repeated
        odd = {at for at, one in enumerate(numbers) if not one or hash(one) in repeated}
        odd |= {at for at, day in enumerate(days) if not day}
        odd |= read.wrong.keys() | read.notes.keys() | totals(block.rows)
        odd |= set(self._beside_others(numbers)) if self.by_line else set()
        for name in filter(read.columns.__contains__, _ADDED):
            odd |= {at for at, one in enumerate(read.columns[name]) if one != ""}
        for name in filter(says.__contains__, MONEY):
            signed = {one for one in set(says[name]) if one and not is_plain_number(one)}
            odd |= {at for at, one in enumerate(says[name]) if one in signed} if signed else set()
        states = [read.columns.get(name) or [""] * len(numbers) for name in _STATES]
        if any(map(any, states)):
            every = enumerate(zip(*states, strict=True))
            odd |= {at for at, state in every if not self._may_come(*state)}
        return odd

    def _beside_others(self, numbers: Sequence[str]) -> Iterator[int]:
        """Yield the places of rows that may be one delivery with the row above or below."""
        for at, (one, below) in enumerate(pairwise(numbers)):
            if one == below or not below:
                yield from (at, at + 1)
        yield len(numbers) - 1

    def _is_uninvoiced(self, *states: str) -> bool:
        said = {name: state for name, state in zip(_STATES, states, strict=True) if state}
        head = Read(said | dict.fromkeys(("number", "customer", "day"), "?"), [], [])
        return why_left_out(head) is None and not lacking(head, self.columns)

    def _worths(self, says: Texts, read: Checked, count: int) -> list[_Plain | None]:
        currencies = read.columns.get("currency") or [""] * count
        texts = (says[name] for name in self.appraisal.fields)
        return list(map(self._worth, currencies, *texts))

    def _appraised(self, currency: str | None, *texts: str) -> _Plain | None:
        what = {name: text for name, text in zip(self.appraisal.fields, texts, strict=True) if text}
        found = self.appraisal.numbers.valued(what)
        if isinstance(found, Unreadable) or found.note:
            return None
        amount = amount_of(found.worth, currency or self.rules.currency)
        if isinstance(amount, Reason) or not amount.minor:
            return None
        if {"quantity", "price"} <= what.keys():
            return _Plain(amount, (found.line,), found.gross)
        return _Plain(amount, (), found.gross) if is_exact(amount, found.worth) else None

    def _taxes(self, read: Checked, worths: Sequence[_Plain | None]) -> list[bool | None]:
        stated = self.appraisal.stated_tax
        unsaid = [True if one and one.gross else stated for one in worths]
        said = read.columns.get("tax_included")
        if not said:
            return unsaid
        return [tax if one == "" else one for one, tax in zip(said, unsaid, strict=True)]


_NEW: Final = partial(tuple.__new__, DeliveryRow)


def _made(one: tuple[Any, ...]) -> DeliveryRow:
    line, number, (owner,), ref, day, worth, tax, text = one
    return _NEW((line, number, owner, ref, day, worth.amount, "", tax, worth.lines, text, 1))


def _plain_all(texts: Sequence[str]) -> Sequence[str]:
    return texts if "".join(texts).isascii() else list(map(plain, texts))


def _first_said(read: Checked, count: int) -> list[str]:
    """Return what each row calls its customer first: a code, else a name."""
    columns = map(read.columns.get, ("customer", "customer_name"))
    codes, names = (column or [""] * count for column in columns)
    return [code or name for code, name in zip(codes, names, strict=True)]
