"""A list too long to be held: its order is known as numbers, its rows come as they are seen."""

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, TypeAlias, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from erpdesk.words.sentence import Language
from ui.models.cells import Value
from ui.models.row_model import Column, RowModel

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Keys: TypeAlias = "array[int]"
PAGE_ROWS: Final = 8
"""Rows are asked for by so many, so that a jump waits for few that are not in sight."""
KNOWN_MOST: Final = 1024
_NO_INDEX: Final = QModelIndex()


class LongModel(RowModel[R]):
    """Rows by numbers of 8 bytes; ``wanted`` (keys) asks for those that come into sight.

    Their cells are worked out once. Of what was seen the last ``KNOWN_MOST`` rows stay; a row that
    has not come yet is None, and its cells are empty.
    """

    wanted = Signal(object)

    def __init__(
        self,
        columns: tuple[Column[R], ...],
        *,
        key: Callable[[R], int],
        sentence: Callable[[R], str] | None = None,
        language: Language = "zh",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, key=key, sentence=sentence, language=language, parent=parent)
        self.keys: Keys = array("q")
        self._number = key
        self._known: dict[int, R] = {}
        self._cells: dict[int, tuple[Value, ...]] = {}
        self._awaited: dict[int, int] = {}
        self._stale: set[int] = set()

    @property
    @override
    def rows(self) -> tuple[R, ...]:
        """Return the rows that are here, in the order of the list."""
        return tuple(self._known[key] for key in self.keys if key in self._known)

    def begin(self, rows: Iterable[R]) -> None:
        """Show another list, of which these are the first rows."""
        first = {self._number(row): row for row in rows}
        self.beginResetModel()
        self._known, self._cells, self._awaited, self._stale = first, {}, {}, set()
        self.keys = array("q", first)
        self.endResetModel()

    def order(self, keys: Keys) -> None:
        """Have these rows in this order; those before and after what differs stay untouched."""
        old = self.keys
        start = _common(old, keys)
        end = _common(old, keys, past=start)
        if start < len(old) - end:
            self.beginRemoveRows(_NO_INDEX, start, len(old) - end - 1)
            self.keys = old[:start] + old[len(old) - end :]
            self.endRemoveRows()
        if start < len(keys) - end:
            self.beginInsertRows(_NO_INDEX, start, len(keys) - end - 1)
            self.keys = keys
            self.endInsertRows()

    def look_again(self) -> None:
        """Take what is shown for old: it stays until it is read again."""
        self._stale, self._awaited = set(self._known), {}

    def give(self, rows: Iterable[R]) -> None:
        """Take rows that were asked for; only those that differ are told."""
        changed: list[int] = []
        for row in rows:
            number = self._number(row)
            place = self._awaited.pop(number, None)
            self._stale.discard(number)
            if self._known.get(number) != row:
                self._known[number] = row
                self._cells.pop(number, None)
                changed += [] if place is None else [place]
        if changed:
            last = self.index(max(changed), len(self.columns) - 1)
            self.dataChanged.emit(self.index(min(changed), 0), last)

    @override
    def seen(self, first: int, last: int) -> None:
        """Ask for the pages that are in sight, or else for those beside them."""
        span = last - first + 1
        for a, b in ((first, last), (first - span, last + span)):
            if lacking := self._lacking(a // PAGE_ROWS, b // PAGE_ROWS):
                self._make_room(self.keys[first : last + 1])
                self._awaited.update(lacking)
                self.wanted.emit(tuple(lacking))
                return

    def _lacking(self, first: int, last: int) -> dict[int, int]:
        """Return the keys of pages that are neither here nor on their way, with their places."""
        start = max(0, first * PAGE_ROWS)
        page = self.keys[start : (last + 1) * PAGE_ROWS]
        return {
            key: start + n
            for n, key in enumerate(page)
            if (key not in self._known or key in self._stale) and key not in self._awaited
        }

    def _make_room(self, in_sight: Keys) -> None:
        if len(self._known) > KNOWN_MOST:
            staying = set(in_sight)
            for key in [key for key in self._known if key not in staying][: KNOWN_MOST // 2]:
                del self._known[key]
                self._cells.pop(key, None)

    @override
    def use_language(self, language: Language) -> None:
        self._cells.clear()
        super().use_language(language)

    @override
    def row_at(self, index: Index) -> R:
        return self._known.get(self.keys[index.row()])  # type: ignore[return-value]

    @override
    def rows_at(self, places: Sequence[int]) -> tuple[R, ...]:
        found = (self._known.get(self.keys[place]) for place in places)
        return tuple(row for row in found if row is not None)

    @override
    def place_of(self, key: Hashable) -> int | None:
        try:
            return self.keys.index(key)  # type: ignore[arg-type]
        except ValueError:
            return None

    def keys_at(self, places: Sequence[int]) -> Keys:
        """Return the numbers of the rows at some places."""
        return array("q", map(self.keys.__getitem__, places))

    @override
    def value_at(self, place: int, column: int) -> Value:
        key = self.keys[place]
        cells = self._cells.get(key)
        if cells is None:
            row = self._known.get(key)
            if row is None:
                return ""
            cells = self._cells[key] = tuple(one.value(row) for one in self.columns)
        return cells[column]

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.keys)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and self.keys[index.row()] not in self._known:
            return None
        return super().data(index, role)


def _common(one: Keys, other: Keys, *, past: int | None = None) -> int:
    """Return how many numbers two lists share at their beginning, or at their end ``past`` it."""

    def part(keys: Keys, low: int, high: int) -> Keys:
        return keys[low:high] if past is None else keys[len(keys) - high : len(keys) - low]

    low, high = 0, min(len(one), len(other)) - (past or 0) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if part(one, low, middle) == part(other, low, middle):
            low = middle
        else:
            high = middle
    return low
