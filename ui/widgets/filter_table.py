"""A table with everything around it: search, filters, columns, totals, copy and export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from ui.models.cells import Value
from ui.models.row_model import RowModel
from ui.widgets.button import Button
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.clearing import clear_button
from ui.widgets.parts import STRETCH, ElidedLabel, Label, Panel, column, row, rule
from ui.widgets.row_table import Density, RowTable
from ui.widgets.totals_row import TotalsRow

R = TypeVar("R")
PAGE_ROWS: Final = 200
_SEARCH_MS: Final = 150


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a filter table says."""

    table: str = "列表"
    search: str = "筛选本表"
    columns: str = "列"
    copy: str = "复制"
    export: str = "导出"
    filters: str = "筛选"
    nothing_yet: str = "这里还没有内容"
    nothing_fits: str = "没有符合的行"
    clear: str = "清除筛选"
    count: str = "{rows} 行，选中 {selected}"
    first: str = "{rows} 行，列出前 {listed} 行，选中 {selected}"


class FilterTable(QWidget, Generic[R]):
    """Search box, filter chips, table and totals; what it cannot know it asks by signals.

    ``search_changed`` (text), ``filter_chosen`` (name), ``cleared``, ``export_asked``; everything
    about rows is asked of ``table``. Rows come by :meth:`show_rows`, in pages of ``PAGE_ROWS``.
    """

    search_changed = Signal(str)
    filter_chosen = Signal(str)
    cleared = Signal()
    export_asked = Signal()

    def __init__(
        self,
        model: RowModel[R],
        *,
        words: TableWords | None = None,
        filters: Sequence[Filter] = (),
        density: Density = "normal",
        has_totals: bool = True,
    ) -> None:
        super().__init__()
        self.words = words or TableWords()
        self.table: RowTable[R] = RowTable(model, name=self.words.table, density=density)
        self.totals = TotalsRow(self.table)
        self.chips = ChipRow(filters)
        self.search = QLineEdit()
        self._count = ElidedLabel("", "small", "text2")
        self._columns = Button("", "quiet", icon="columns-3", height_px=28)
        self._copy = Button("", "quiet", icon="copy", key="Ctrl+C", height_px=28)
        self._export = Button("", "quiet", icon="download", key="Ctrl+E", height_px=28)
        self._empty = Label("", "body", "text2")
        self._clear = Button("", "normal", height_px=28)
        self._wait = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._lay_out(has_totals=has_totals)
        self._connect()
        self.use_words(self.words)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; selection, caret and scroll stay."""
        self.table.rows_model.show(rows)
        self._tell_count()

    @property
    def rows_in_all(self) -> int:
        """Return how many rows there are, listed or not."""
        return self.table.rows_model.rowCount()

    def show_filters(self, filters: Sequence[Filter]) -> None:
        """Show the filters with their counts of now."""
        self.chips.show_filters(filters)
        self.chips.setVisible(bool(filters))

    def show_totals(self, word: str, values: Mapping[str, Value]) -> None:
        """Show the totals of the filter, by column names."""
        self.totals.show_totals(word, values)

    def use_words(self, words: TableWords) -> None:
        """Say everything in these words."""
        self.words = words
        self.table.setAccessibleName(words.table)
        self.search.setPlaceholderText(words.search)
        self.search.setAccessibleName(words.search)
        self._emptying.setAccessibleName(words.clear)
        self.chips.setAccessibleName(words.filters)
        for button, word in (
            (self._columns, words.columns),
            (self._copy, words.copy),
            (self._export, words.export),
            (self._clear, words.clear),
        ):
            button.setText(word)
        self._tell_count()

    def look_for(self, text: str) -> None:
        """Show what a text fits, whatever filter was on."""
        self.chips.choose(self.chips.first)
        self.search.setText(text)
        self._search_now()

    def focus_search(self) -> None:
        """Put the caret into the search box (Ctrl+F)."""
        self.search.setFocus()
        self.search.selectAll()

    def forbid_export(self, why_not: str) -> None:
        """Turn the export off with a reason; an empty reason turns it on."""
        self._export.forbid(why_not)

    @property
    def is_filtered(self) -> bool:
        """Say whether a search or a filter but the first is on."""
        return bool(self.search.text()) or self.chips.current != self.chips.first

    def _lay_out(self, *, has_totals: bool) -> None:
        self.search.setMinimumHeight(28)
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(220)
        self._emptying = clear_button(self.search)
        tools = row(
            (self.search, 4),
            STRETCH,
            self._count,
            self._columns,
            self._copy,
            self._export,
            gap=6,
            margins=(10, 7, 8, 7),
        )
        if not has_totals:
            self.totals.hide()
        panel = Panel(tools, rule(), (self.table, 1), self.totals, gap=0, margins=(1, 1, 1, 1))
        empty = row(STRETCH, self._empty, self._clear, STRETCH, gap=12)
        self.table.viewport().setLayout(column(STRETCH, empty, STRETCH))
        if not self.chips.current:
            self.chips.hide()
        self.setLayout(column(self.chips, (panel, 1), gap=10))

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._wait.start())
        self.search.returnPressed.connect(self._search_now)
        self._wait.timeout.connect(self._search_now)
        self.chips.chosen.connect(self.filter_chosen)
        self._columns.clicked.connect(self._choose_columns)
        self._copy.clicked.connect(self.table.copy)
        self._export.clicked.connect(self.export_asked)
        self._clear.clicked.connect(self._clear_all)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell_count())
        model = self.table.rows_model
        for told in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            told.connect(lambda *_: self._tell_count())

    def _search_now(self) -> None:
        self._wait.stop()
        self.search_changed.emit(self.search.text().strip())

    def _clear_all(self) -> None:
        self.search.clear()
        self._wait.stop()
        self.chips.choose(self.chips.first)
        self.cleared.emit()

    def _choose_columns(self) -> None:
        menu = self.columns_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))

    def columns_menu(self) -> QMenu:
        """Return the menu that shows and hides columns; the first one always stays."""
        menu = QMenu(self)
        model = self.table.rows_model
        for n, one in enumerate(model.columns[1:], start=1):
            action = QAction(model.head(one), menu, checkable=True)
            action.setChecked(not self.table.isColumnHidden(n))
            action.toggled.connect(
                lambda on, name=one.name: self.table.show_column(name, is_shown=on)
            )
            menu.addAction(action)
        return menu

    def _tell_count(self) -> None:
        rows, listed = self.rows_in_all, self.table.rows_model.rowCount()
        said = self.words.count if rows == listed else self.words.first
        facts = {"rows": rows, "listed": listed, "selected": self.table.selected_count}
        self._count.setText(said.format(**{name: f"{fact:,}" for name, fact in facts.items()}))
        self._count.setVisible(rows > 0)
        self._empty.setText(self.words.nothing_fits if self.is_filtered else self.words.nothing_yet)
        self._empty.setVisible(not rows)
        self._clear.setVisible(not rows and self.is_filtered)
