"""Frozen rows as a table: the model is given rows, and fetches, sorts and changes nothing."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from erpdesk.words.sentence import Language, Sentence
from ui.look import Tone
from ui.models.cells import Lines, Value, shown, spoken

R = TypeVar("R")
Kind = Literal["text", "amount", "day", "chip", "icon", "bar", "life", "check"]
Align = Literal["left", "right", "center"]
Index = QModelIndex | QPersistentModelIndex

VALUE_ROLE: Final = Qt.ItemDataRole.UserRole
RUNS_MOST: Final = 16
"""In more places than these rows go and come in one piece: each place costs a view its time."""

_NO_INDEX: Final = QModelIndex()
_RIGHT: Final = frozenset({"amount"})
_CENTER: Final = frozenset({"icon", "check"})


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its name in saved widths, its head, and what of a row stands in it.

    ``width`` is in px at 100 % text; None takes what is left. ``is_sortable`` lets its head ask.
    """

    name: str
    head: Sentence
    value: Callable[[R], Value]
    kind: Kind = "text"
    width: int | None = None
    align: Align | None = None
    is_sortable: bool = True
    elides_middle: bool = False

    @property
    def side(self) -> Align:
        """Return where the cells and the head stand."""
        if self.align is not None:
            return self.align
        return "right" if self.kind in _RIGHT else "center" if self.kind in _CENTER else "left"

    @cached_property
    def flags(self) -> Qt.AlignmentFlag:
        """Return the same for Qt."""
        side = {
            "left": Qt.AlignmentFlag.AlignLeft,
            "right": Qt.AlignmentFlag.AlignRight,
            "center": Qt.AlignmentFlag.AlignHCenter,
        }[self.side]
        return side | Qt.AlignmentFlag.AlignVCenter


def _itself(row: Any) -> Hashable:
    return row  # type: ignore[no-any-return]


class RowModel(QAbstractTableModel, Generic[R]):
    """Rows by key; new rows are told as exactly what changed, so selection and scroll stay.

    ``key`` tells which row is which, ``ground`` the tone behind one, ``sentence`` what a screen
    reader says of a whole row where the columns in order are not enough.
    """

    def __init__(
        self,
        columns: tuple[Column[R], ...],
        *,
        key: Callable[[R], Hashable] = _itself,
        ground: Callable[[R], Tone | None] | None = None,
        sentence: Callable[[R], str] | None = None,
        language: Language = "zh",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        self._rows: tuple[R, ...] = ()
        self.language: Language = language
        self._key = key
        self._ground = ground
        self._sentence = sentence

    @property
    def rows(self) -> tuple[R, ...]:
        """Return the rows in the order shown."""
        return self._rows

    def row_at(self, index: Index) -> R:
        """Return the row that an index stands in."""
        return self._rows[index.row()]

    def rows_at(self, places: Sequence[int]) -> tuple[R, ...]:
        """Return the rows at some places."""
        return tuple(self._rows[place] for place in places)

    def seen(self, first: int, last: int) -> None:
        """Be told which rows are in sight; whoever holds all of them need do nothing."""

    def value_at(self, place: int, column: int) -> Value:
        """Return what stands in a cell."""
        return self.columns[column].value(self._rows[place])

    def ground_at(self, place: int) -> Tone | None:
        """Return the tone of the ground behind a row, or None."""
        return self._ground(self._rows[place]) if self._ground is not None else None

    def place_of(self, key: Hashable) -> int | None:
        """Return where the row of a key stands; None when it is not shown."""
        return next((n for n, row in enumerate(self._rows) if self._key(row) == key), None)

    def use_language(self, language: Language) -> None:
        """Speak another language from now on."""
        self.language = language
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def show(self, rows: Sequence[R]) -> None:
        """Show these rows in their order in place of those shown now."""
        new = tuple(rows)
        kept, known = ({self._key(row) for row in of} for of in (new, self._rows))
        if len(kept) < len(new):
            self._reset(new)
            return
        if self._runs(self._rows, kept) + self._runs(new, known) > RUNS_MOST:
            self._order(tuple(sorted(self._rows, key=lambda row: self._key(row) in kept)))
            self._drop_missing(kept)
            self._insert_new((*self._rows, *(row for row in new if self._key(row) not in known)))
        self._drop_missing(kept)
        self._reorder(new)
        self._insert_new(new)
        self._replace(new)

    def _runs(self, rows: Sequence[R], known: set[Hashable]) -> int:
        """Return in how many places rows stand that are not known: each is told by itself."""
        unknown = [self._key(row) not in known for row in rows]
        return sum(now and not before for before, now in pairwise((False, *unknown)))

    def _reset(self, new: tuple[R, ...]) -> None:
        """Take rows of which two have one key: nothing can be told apart."""
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def _drop_missing(self, kept: set[Hashable]) -> None:
        place = len(self._rows) - 1
        while place >= 0:
            if self._key(self._rows[place]) in kept:
                place -= 1
                continue
            last = place
            while place > 0 and self._key(self._rows[place - 1]) not in kept:
                place -= 1
            self.beginRemoveRows(_NO_INDEX, place, last)
            self._rows = self._rows[:place] + self._rows[last + 1 :]
            self.endRemoveRows()
            place -= 1

    def _reorder(self, new: tuple[R, ...]) -> None:
        wanted = {self._key(row): n for n, row in enumerate(new)}
        self._order(tuple(sorted(self._rows, key=lambda row: wanted[self._key(row)])))

    def _order(self, ordered: tuple[R, ...]) -> None:
        if ordered == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        places = {self._key(row): n for n, row in enumerate(ordered)}
        olds = self.persistentIndexList()
        news = [self.index(places[self._key(self._rows[i.row()])], i.column()) for i in olds]
        self._rows = ordered
        self.changePersistentIndexList(olds, news)
        self.layoutChanged.emit()

    def _insert_new(self, new: tuple[R, ...]) -> None:
        known = {self._key(row) for row in self._rows}
        place = 0
        while place < len(new):
            if self._key(new[place]) in known:
                place += 1
                continue
            end = place
            while end < len(new) and self._key(new[end]) not in known:
                end += 1
            self.beginInsertRows(_NO_INDEX, place, end - 1)
            self._rows = self._rows[:place] + new[place:end] + self._rows[place:]
            self.endInsertRows()
            place = end

    def _replace(self, new: tuple[R, ...]) -> None:
        """Put the new rows in place, and tell the cells that differ and no other."""
        old, self._rows = self._rows, new
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            if before is after or before == after:
                continue
            changed = [
                n for n, one in enumerate(self.columns) if one.value(before) != one.value(after)
            ]
            if changed:
                first, last = self.index(place, changed[0]), self.index(place, changed[-1])
                self.dataChanged.emit(first, last)
                if changed[0] > 0:  # its sentence holds the whole row
                    head = self.index(place, 0)
                    self.dataChanged.emit(head, head, [Qt.ItemDataRole.AccessibleTextRole])

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.row_at(index), self.columns[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.flags
        return _seen(self.value_at(index.row(), index.column()), role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.head(column)
        return column.flags if role == Qt.ItemDataRole.TextAlignmentRole else None

    def head(self, column: Column[R]) -> str:
        """Return a column's head in the language of now."""
        return column.head.said(self.language, {})

    def row_sentence(self, row: R) -> str:
        """Return the sentence of a whole row, as a screen reader says it."""
        if self._sentence is not None:
            return self._sentence(row)
        comma = "，" if self.language == "zh" else ", "
        return comma.join(filter(None, (self._said(row, one) for one in self.columns)))

    def _said(self, row: R, column: Column[R]) -> str:
        value = spoken(column.value(row), self.language)
        return f"{self.head(column)} {value}".strip() if value else ""

    def _spoken(self, row: R, column: int) -> str:
        return self.row_sentence(row) if column == 0 else self._said(row, self.columns[column])


def _seen(value: Value, role: int) -> Any:
    if role == VALUE_ROLE:
        return value
    if role == Qt.ItemDataRole.DisplayRole:
        return shown(value)
    if role == Qt.ItemDataRole.ToolTipRole:
        hint = getattr(value, "hint", "") or shown(value)
        return f"{hint}\n{value.second}" if isinstance(value, Lines) else hint
    return None
