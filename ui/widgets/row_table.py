"""A table of frozen rows: drawn, walked by keys, copied as TSV; it asks for what it has not."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any, Final, Generic, Literal, Self, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from erpdesk.words import Sentence
from ui.look import font, scaled, tokens
from ui.models.cells import copied
from ui.models.row_model import Column, RowModel
from ui.widgets.combo import AnyIndex
from ui.widgets.delegates import PAD_PX, CellDelegate
from ui.widgets.row_painting import paint_rows
from ui.widgets.table_head import TableHead
from ui.work.wording import Wording

R = TypeVar("R")
Density = Literal["compact", "normal", "roomy", "matching", "two_lines", "inbox"]

ROW_PX: Final[dict[Density, int]] = {
    "compact": 28,
    "normal": 32,
    "roomy": 40,
    "matching": 44,
    "two_lines": 46,
    "inbox": 52,
}
HEAD_PX: Final = 30
REST_LEAST_PX: Final = 110
"""A column that takes what is left has at least this much under a head: the table scrolls then."""
_NEAR_END_ROWS: Final = 20
_BUSY_PX: Final = 2


class RowTable(QTableView, Generic[R]):
    """Shows a :class:`RowModel`; rows are what its signals carry.

    ``opened`` (Enter, double click), ``opened_beside`` (Shift+Enter), ``ticked`` (Space, a box),
    ``current_row_changed`` (row or None), ``sort_asked`` (column name, is_descending),
    ``more_wanted`` when the last rows come into sight, ``all_asked`` (Ctrl+A: the whole filter).
    """

    opened = Signal(object)
    opened_beside = Signal(object)
    ticked = Signal(object)
    current_row_changed = Signal(object)
    sort_asked = Signal(str, bool)
    more_wanted = Signal()
    copy_asked = Signal(object)

    def __init__(
        self,
        model: RowModel[R],
        *,
        name: str = "",
        density: Density = "normal",
        has_head: bool = True,
        rest_least_px: int = REST_LEAST_PX,
    ) -> None:
        super().__init__()
        self._rest_least_px = rest_least_px
        self.rows_model = model
        self._density: Density = density
        self._is_busy = False
        self._nothing = ""
        self._whole: dict[str, str] = {}
        self._sorted: tuple[int, bool] | None = None
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setHorizontalHeader(TableHead(model))
        self.setAccessibleName(name)
        self._behave()
        self._dress_head(has_head=has_head)
        self._measure()
        model.rowsRemoved.connect(self._show_where_the_keys_stand)
        self.doubleClicked.connect(self._double_click)
        self.clicked.connect(self._click)
        self.verticalScrollBar().valueChanged.connect(self._look_for_more)

    def named(self, words: Wording, name: Sentence, **facts: object) -> Self:
        """Have a name in the language of now, whatever that becomes."""
        words.put(self, "setAccessibleName", name, **facts)
        return self

    def saying(self, words: Wording, nothing: Sentence) -> Self:
        """Say what will be here while there is no row."""
        words.put(self, "say_nothing", nothing)
        return self

    def say_nothing(self, text: str) -> None:
        """Have another sentence for when there is no row."""
        self._nothing = text
        self.setAccessibleDescription(text)
        self.viewport().update()

    def set_density(self, density: Density) -> None:
        """Give rows another height."""
        self._density = density
        self._measure()

    def set_busy(self, *, is_busy: bool) -> None:
        """Show under the head that newer rows are on their way; the old ones stay."""
        self._is_busy = is_busy
        self.viewport().update(QRect(0, 0, self.viewport().width(), _BUSY_PX))

    def current_row(self) -> R | None:
        """Return the row the keys stand on."""
        index = self.currentIndex()
        return self.rows_model.row_at(index) if index.isValid() else None

    def selected_rows(self) -> tuple[R, ...]:
        """Return the selected rows in the order shown, as far as they are here."""
        return self.rows_model.rows_at(self.selected_places())

    def selected_places(self) -> list[int]:
        """Return where the selected rows stand, from above."""
        return [place for span in sorted(self._selected_spans()) for place in range(*span)]

    @property
    def selected_count(self) -> int:
        """Return how many rows are selected, be it a million."""
        return sum(after - first for first, after in self._selected_spans())

    def _selected_spans(self) -> set[tuple[int, int]]:
        """Return the first place, and the one after the last, of each run of selected rows."""
        chosen = self.selectionModel().selection()
        runs = (chosen.at(n) for n in range(chosen.count()))
        return {(run.top(), run.bottom() + 1) for run in runs if run.isValid()}

    @property
    def fitting_rows(self) -> int:
        """Return how many rows are in sight at once, those that are cut as well."""
        return self.viewport().height() // self.verticalHeader().defaultSectionSize() + 2

    def go_to(self, place: int) -> None:
        """Make the row at a place the current one and bring it into sight."""
        index = self.rows_model.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def show_column(self, name: str, *, is_shown: bool) -> None:
        """Show a column, or leave it out of the table and of what is copied."""
        for n, one in enumerate(self.rows_model.columns):
            if one.name == name:
                self.setColumnHidden(n, not is_shown)
        self._give_rest()

    def make_room(self, texts: Mapping[str, str]) -> None:
        """Widen the columns in which these texts would be cut, now and at every text size."""
        self._whole = dict(texts)
        for n, column in enumerate(self.rows_model.columns):
            if self.columnWidth(n) < (least := self._least_px(column)):
                self.setColumnWidth(n, least)
        self._give_rest()

    @property
    def widened_px(self) -> int:
        """Return by how much the columns are wider than planned, so that texts are whole."""
        columns = self.rows_model.columns
        return sum(max(0, self._least_px(one) - planned_px(one)) for one in columns)

    def shown_columns(self) -> tuple[tuple[str, Column[R]], ...]:
        """Return the columns that are shown, from left to right, with their heads."""
        model, head = self.rows_model, self.horizontalHeader()
        order = sorted(range(len(model.columns)), key=head.visualIndex)
        shown = (model.columns[n] for n in order if not self.isColumnHidden(n))
        return tuple((model.head(one), one) for one in shown)

    def copy(self) -> None:
        """Put the selected rows, or all when none is, on the clipboard; or ask for those not here.

        What has to be read first is asked for by ``copy_asked`` (list of places).
        """
        model = self.rows_model
        places = self.selected_places() or range(model.rowCount())
        rows = model.rows_at(places)
        if len(rows) < len(places):
            self.copy_asked.emit(places)
        else:
            QGuiApplication.clipboard().setText(as_tsv(self.shown_columns(), rows))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif row is not None and event.matches(QKeySequence.StandardKey.MoveToStartOfDocument):
            self.go_to(0)  # the view would leave the row it came from marked
        elif row is not None and event.matches(QKeySequence.StandardKey.MoveToEndOfDocument):
            self.go_to(self.rows_model.rowCount() - 1)
        elif row is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            beside = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.opened_beside if beside else self.opened).emit(row)
        elif row is not None and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.ticked.emit(row)
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        if self._is_box(index):
            self.ticked.emit(self.rows_model.row_at(index))

    def _double_click(self, index: QModelIndex) -> None:
        if not self._is_box(index):
            self.opened.emit(self.rows_model.row_at(index))

    def _is_box(self, index: QModelIndex) -> bool:
        return self.rows_model.columns[index.column()].kind == "check"

    @override
    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not current.isValid():
            row = self.rows_model.row_at(current) if current.isValid() else None
            self.current_row_changed.emit(row)

    def _show_where_the_keys_stand(self) -> None:
        """Select the row that the keys went to when theirs was taken away: the view does not."""
        here = self.currentIndex()
        if here.isValid() and not self.selectionModel().hasSelection():
            self.go_to(here.row())

    @override
    def visualRect(self, index: AnyIndex) -> QRect:
        """Return where a cell is; none is anywhere while nobody can see the table."""
        return super().visualRect(index) if self.isVisible() else QRect()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_rest()

    def _give_rest(self) -> None:
        """Let the column without a width take what is left, or the least it is read in."""
        head, columns = self.horizontalHeader(), self.rows_model.columns
        takers = [n for n, one in enumerate(columns) if one.width is None]
        if len(takers) != 1 or self.isColumnHidden(takers[0]) or head.isHidden():
            return
        rest = takers[0]
        others = sum(head.sectionSize(n) for n in range(len(columns)) if n != rest)
        mode, least = QHeaderView.ResizeMode, scaled(self._rest_least_px)
        has_room = self.viewport().width() - others >= least
        head.setSectionResizeMode(rest, mode.Stretch if has_room else mode.Interactive)
        if not has_room:
            self.setColumnWidth(rest, least)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        paint_rows(painter, self, self.rows_model, event.rect())
        if self._nothing and not self.rows_model.rowCount():
            self._paint_nothing(painter)
        if self._is_busy:
            band = QRect(0, 0, self.viewport().width(), _BUSY_PX)
            painter.fillRect(band, QColor(tokens().accent))
        painter.end()
        self._tell_what_is_seen()

    def _tell_what_is_seen(self) -> None:
        first = self.rowAt(0)
        if first >= 0:
            last = self.rowAt(self.viewport().height() - 1)
            self.rows_model.seen(first, last if last >= 0 else self.rows_model.rowCount() - 1)

    def _paint_nothing(self, painter: QPainter) -> None:
        painter.setPen(QColor(tokens().text2))
        place = self.viewport().rect().adjusted(14, 12, -14, -12)
        painter.drawText(place, Qt.TextFlag.TextWordWrap, self._nothing)

    def _behave(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(16)

    def _dress_head(self, *, has_head: bool) -> None:
        head = self.horizontalHeader()
        head.setVisible(has_head)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(24)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(False)
        head.sectionClicked.connect(self._ask_for_sort)
        for n, column in enumerate(self.rows_model.columns):
            if column.width is None:
                head.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_PX[self._density]))
        self.horizontalHeader().setFixedHeight(scaled(HEAD_PX))
        for n, column in enumerate(self.rows_model.columns):
            if column.width is not None:
                self.setColumnWidth(n, max(planned_px(column), self._least_px(column)))
        self._give_rest()

    def _least_px(self, column: Column[R]) -> int:
        text = self._whole.get(column.name, "")
        if column.width is None or not text:
            return 0
        return ceil(QFontMetricsF(font("body")).horizontalAdvance(text)) + 2 * PAD_PX

    def _ask_for_sort(self, section: int) -> None:
        column = self.rows_model.columns[section]
        if not column.is_sortable:
            return
        is_descending = self._sorted == (section, False)
        self._sorted = (section, is_descending)
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(section, order)
        self.sort_asked.emit(column.name, is_descending)

    def _look_for_more(self, value: int) -> None:
        near = _NEAR_END_ROWS * self.verticalHeader().defaultSectionSize()
        if value >= self.verticalScrollBar().maximum() - near:
            self.more_wanted.emit()


def planned_px(column: Column[Any]) -> int:
    """Return how wide a column is planned at the text size of now; its margins stay as they are."""
    margins = 2 * PAD_PX
    return scaled(column.width - margins) + margins if column.width is not None else 0


def as_tsv(columns: Sequence[tuple[str, Column[R]]], rows: Iterable[R]) -> str:
    """Return rows as tab separated text under the heads of their columns."""
    lines = [[head for head, _ in columns]]
    lines += [[copied(one.value(row)) for _, one in columns] for row in rows]
    return "\n".join("\t".join(line) for line in lines)


AnyTable = RowTable[Any]
