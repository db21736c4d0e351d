"""A statement of account: what is open on a day, or what moved the balance until that day.

The names are those of domain.md 1.1, the order and what it must agree with of documents.md 3. All
of a statement is said a currency at a time; charges are positive, cash is negative.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from operator import add
from typing import Final

from erpdesk.domain.accounts import Part
from erpdesk.domain.ageing import BUCKETS, late_bucket
from erpdesk.domain.money import Money
from erpdesk.errors import UserError


class Sort(StrEnum):
    """What a statement lists: what is open, or what happened in a time."""

    OPEN_ITEMS = "open_items"
    ACTIVITY = "activity"


class StatementDisagreesError(UserError):
    """The lines of a statement do not add up to the ledger (V4); it is not issued."""


class TimeTurnedError(UserError):
    """The first day of a statement is after its last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """Something open at the end of the day; ``day`` is that of its posting."""

    day: date
    document: str
    part: Part
    basis: str
    due: date
    original: Money
    left: Money

    @property
    def settled(self) -> Money:
        """Return how much of it is settled."""
        return self.original - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A document that moved the balance; ``kind`` is the kind of document."""

    day: date
    document: str
    kind: str
    basis: str
    change: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a statement says in one currency.

    ``parts`` are what the ledger has at the end of the last day. One of open items has ``lines``;
    one of activity has ``opening``, the balance before the first day, and ``moves``.
    """

    parts: Mapping[Part, Money]
    opening: Money
    lines: tuple[OpenLine, ...] = ()
    moves: tuple[Movement, ...] = ()

    @property
    def total(self) -> Money:
        """Return the balance of the ledger."""
        return sum_of(self.parts.values(), self.opening.currency)

    @property
    def balances(self) -> tuple[Money, ...]:
        """Return the balance after each of the moves."""
        return tuple(accumulate((one.change for one in self.moves), add, initial=self.opening))[1:]

    def must_agree(self, sort: Sort) -> None:
        """Refuse what does not add up to the ledger (V4).

        Raises:
            StatementDisagreesError: the lines, or the last balance, differ from it.
        """
        last = (self.opening, *self.balances)[-1]
        is_open = sort is Sort.OPEN_ITEMS
        if self._parts_listed() != self.parts if is_open else last != self.total:
            raise StatementDisagreesError(currency=self.opening.currency)

    def _parts_listed(self) -> Mapping[Part, Money]:
        return {
            part: sum_of((x.left for x in self.lines if x.part is part), self.opening.currency)
            for part in self.parts
        }


UNAPPLIED: Final = "unapplied"
"""The column of the ageing for cash that pays nothing yet."""


def ageing_strip(lines: Iterable[OpenLine], as_of: date, currency: str) -> dict[str, Money]:
    """Return what is open by how late it is, cash apart; together it is the balance."""
    strip = {name: Money(0, currency) for name in (*(one.name for one in BUCKETS), UNAPPLIED)}
    for line in lines:
        is_cash = line.part is Part.UNAPPLIED
        name = UNAPPLIED if is_cash else late_bucket(line.due, as_of)
        strip[name] += line.left
    return strip


def in_order(lines: Iterable[OpenLine]) -> tuple[OpenLine, ...]:
    """Return lines by their original due day; on one day charges come first, then by number."""
    return tuple(sorted(lines, key=lambda x: (x.due, x.left.minor < 0, x.document)))


def moves_in_order(moves: Iterable[Movement]) -> tuple[Movement, ...]:
    """Return moves by their day; on one day charges come before payments, then by number."""
    return tuple(sorted(moves, key=lambda x: (x.day, x.change.minor < 0, x.document)))


def sum_of(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum of amounts of one currency; nothing is zero of it."""
    return sum(amounts, Money(0, currency))
