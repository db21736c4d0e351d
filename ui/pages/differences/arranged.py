"""Which lines of a review are asked for, in which order, and their sums: done beside the window."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Any, Final

from erpdesk.domain.money import Money
from erpdesk.services.stocktake.reviewing import Row
from ui.models.cells import Value
from ui.pages.differences import words as w
from ui.pages.differences.facts import action_said, belongs, fits, reason_said
from ui.work.wording import Wording

PIECE: Final = 5000
"""So many rows are sorted in a few thousandths of a second."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are asked for, and in which order: the words are in small letters.

    An empty filter asks for those that differ, where there are any.
    """

    filter: str
    words: str
    by: str
    is_descending: bool


@dataclass(frozen=True, slots=True)
class Arranged:
    """Every line of the ``filter`` in its order, their sums, and how many each filter has."""

    filter: str
    rows: list[Row]
    word: str
    sums: Mapping[str, Value]
    counts: Mapping[str, int]


def arranged(rows: Sequence[Row], asked: Asked, first: str, words: Wording) -> Arranged:
    """Arrange the lines of a review; ``first`` is the currency of the plan."""
    counts = _counts(rows)
    chosen = asked.filter or ("differs" if counts["differs"] else "all")
    found = [
        one for one in rows if fits(one, chosen) and asked.words in _text(one, asked.words, words)
    ]
    found = in_order(found, asked.by, words, is_descending=asked.is_descending)
    return Arranged(chosen, found, *totals_of(found, first, words), counts)


def _counts(rows: Sequence[Row]) -> dict[str, int]:
    kinds = Counter((one.standing, one.differs) for one in rows)
    return {
        name: sum(
            count
            for (standing, differs), count in kinds.items()
            if belongs(standing, name, differs=differs)
        )
        for name in w.FILTERS
    }


def _text(one: Row, searched: str, words: Wording) -> str:
    if not searched:
        return ""
    return f"{one.code} {one.name} {reason_said(one, words)}".lower()


_AMOUNTS: Final[dict[str, Callable[[Row], Money | None]]] = {
    "book": lambda row: row.figures.book,
    "stated": lambda row: row.figures.stated,
    "difference": lambda row: row.figures.difference,
    "explained": lambda row: row.figures.explained,
    "unexplained": lambda row: row.figures.unexplained,
}
"""Columns ordered by how large an amount is, whatever its sign."""


def in_order(rows: Sequence[Row], by: str, words: Wording, *, is_descending: bool) -> list[Row]:
    """Return rows in the order of a column; without one in that of the list."""
    if by in _AMOUNTS:
        amount = _AMOUNTS[by]

        def size(row: Row) -> int:
            found = amount(row)
            return -1 if found is None else abs(found.minor)

        return _sorted(rows, size, is_descending=is_descending)
    texts: dict[str, Callable[[Row], str]] = {
        "outcome": lambda row: row.standing.value,
        "name": lambda row: row.name,
        "reason": lambda row: reason_said(row, words),
        "action": lambda row: action_said(row, words),
        "owner": lambda row: (row.said.owner if row.said else None) or "",
    }
    if by not in texts:
        return list(rows)
    return _sorted(rows, texts[by], is_descending=is_descending)


def _sorted(rows: Sequence[Row], key: Callable[[Row], Any], *, is_descending: bool) -> list[Row]:
    """Sort piece by piece: while Python sorts one long list, the window would answer nobody."""
    pieces = (rows[at : at + PIECE] for at in range(0, len(rows), PIECE))
    in_order = [sorted(piece, key=key, reverse=is_descending) for piece in pieces]
    return list(merge(*in_order, key=key, reverse=is_descending))


def totals_of(rows: Sequence[Row], first: str, words: Wording) -> tuple[str, dict[str, Value]]:
    """Return the word and the sums under the table, in the plan's currency alone.

    Differences are not summed here: with their signs they would hide one another.
    """
    ours = [row for row in rows if row.key[0] and row.key[1] == first]
    silent = sum(row.differs and row.figures.stated is None for row in ours)
    book = Money(sum(row.figures.book.minor for row in ours), first)
    named = [row.figures.stated.minor for row in ours if row.figures.stated is not None]
    sentence = w.TOTAL_SILENT if silent else w.TOTAL
    word = words.say(sentence, rows=len(rows), silent=silent)
    return word, {"book": book, "stated": Money(sum(named), first) if named else None}
