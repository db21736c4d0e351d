"""A filter table over a list that is here whole: its page arranges the rows."""

from collections.abc import Sequence
from typing import Final, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from erpdesk.words import Sentence
from ui.models.row_model import RowModel
from ui.widgets.filter_table import FilterTable
from ui.widgets.row_table import Density, as_tsv

R = TypeVar("R")
COPY_ALL = Sentence("复制全部", "Copy all")
COPIED = Sentence("已复制 {count} 行，可粘贴到表格", "{count} rows copied; paste them into a sheet")
FIRST = Sentence(
    "{rows} 行，列出前 {listed} 行，选中 {selected}",
    "{rows} rows, the first {listed} listed, {selected} selected",
)
LISTED_MOST: Final = 2000
"""So many rows the window lists in a moment; a search or a filter finds the others."""


class ArrangedTable(FilterTable[R], Generic[R]):
    """``arrange_asked`` comes with another search, filter or order of the rows.

    Of many rows the first are listed. The export puts all of them into the clipboard; ``copied``
    says so (Sentence).
    """

    arrange_asked = Signal()
    copied = Signal(object)
    _every: Sequence[R] = ()

    def __init__(
        self, model: RowModel[R], *, density: Density = "normal", has_totals: bool = True
    ) -> None:
        super().__init__(model, density=density, has_totals=has_totals)
        self.order: tuple[str, bool] = ("", False)
        self.search_changed.connect(lambda _: self.arrange_asked.emit())
        self.filter_chosen.connect(lambda _: self.arrange_asked.emit())
        self.cleared.connect(self.arrange_asked)
        self.table.sort_asked.connect(self._sort_by)
        self.export_asked.connect(self.copy_all)

    @property
    def filter_on(self) -> str:
        """Return the name of the filter that is on."""
        return self.chips.current or "all"

    @property
    def searched(self) -> str:
        """Return what is searched, in small letters."""
        return self.search.text().strip().lower()

    @override
    def show_rows(self, rows: Sequence[R]) -> None:
        self._every = rows
        super().show_rows(rows[:LISTED_MOST])

    @property
    @override
    def rows_in_all(self) -> int:
        return len(self._every)

    def copy_all(self) -> None:
        """Put every row into the clipboard, listed or not (Ctrl+E)."""
        self.table.clearSelection()
        QGuiApplication.clipboard().setText(as_tsv(self.table.shown_columns(), self._every))
        count = str(len(self._every))
        self.copied.emit(Sentence(COPIED.zh.format(count=count), COPIED.en.format(count=count)))

    def _sort_by(self, name: str, is_descending: bool) -> None:  # noqa: FBT001 - a signal's
        self.order = (name, is_descending)
        self.arrange_asked.emit()
