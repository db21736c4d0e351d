"""The list of customers beside a bare tuned table view on numbers, over the same rows."""

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2 as sqlite
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView
from typing_extensions import override

from erpdesk.services.ports import SystemClock
from tests.bench.company import a_company_of_customers, opened
from tests.bench.figures import Figure, part, times_ms
from tests.bench.window import SIZE_PX, a_pulse, a_room, an_application, page_in, settle
from ui.pages.customers import CustomersPage

BAR: Final = 1.5
LIKE_SHARE: Final = 0.05
ANSWERS_MS: Final = 50.0
PAGES: Final = 20
TRIES: Final = 5
_ROWS: Final = 64
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield opening, a page further, sorting, and filters of three and two characters."""
    place = a_company_of_customers(cache, size)
    an_application()
    bare = Bare(place)
    company = opened(place)
    with a_room(company, SystemClock()) as room:
        page = page_in(room, "customers", CustomersPage)
        list_ = Listed(page, lambda: settle(room))
        for name, ask, least in (
            ("open", list_.open, bare.open),
            ("a page further, p99", list_.page_down, bare.page_down),
            ("sort, first page", list_.sort, bare.sort),
        ):
            share, tries = (0.99, PAGES) if "p99" in name else (0.5, TRIES)
            product, limit = part(times_ms(ask, tries), share), part(times_ms(least, tries), share)
            yield Figure(f"table, {name}", product, limit, "ms", BAR, size=size)
        like = part(times_ms(bare.like, TRIES), 0.5)
        found = part(times_ms(lambda: list_.find("青禾机"), TRIES), 0.5)
        yield Figure("table, filter of three", found, like, "ms", LIKE_SHARE, size=size)
        with a_pulse() as pulse:
            times_ms(lambda: list_.find("青"), TRIES)
        yield Figure(
            "table, filter of one, silence", pulse.longest_ms, ANSWERS_MS, "ms", 1.0, size=size
        )
        page.deleteLater()
    company.database.close()


class Listed:
    """The product's list: each act ends when its first rows are painted."""

    def __init__(self, page: CustomersPage, settle: Callable[[], None]) -> None:
        self.page, self.settle, self._turn = page, settle, 0

    def open(self) -> None:
        self.page.model.show(())
        self.page._ask()
        self._painted()

    def page_down(self) -> None:
        bar = self.page.table.table.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        self._painted()

    def sort(self) -> None:
        self._turn += 1
        self.page._ask(sort="name", is_descending=bool(self._turn % 2))
        self._painted()

    def find(self, words: str) -> None:
        self.page.model.show(())
        self.page._ask(words=words, sort="code", is_descending=False)
        self._painted()

    def _painted(self) -> None:
        self.settle()
        self.page.table.table.viewport().repaint()


class Bare:
    """The least that shows the same rows: numbers in order, pages by number, plain texts."""

    def __init__(self, place: Path) -> None:
        self.raw = sqlite.connect(str(place))
        self.raw.execute("PRAGMA cache_size=-65536")
        self.view = QTableView()
        self.view.resize(*SIZE_PX)
        for head in (self.view.horizontalHeader(), self.view.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().hide()
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.show()

    def open(self) -> None:
        self._show("SELECT n FROM customer ORDER BY n")

    def sort(self) -> None:
        self._show("SELECT n FROM customer ORDER BY name LIMIT 128")

    def page_down(self) -> None:
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        self.view.viewport().repaint()

    def like(self) -> None:
        self.raw.execute(
            "SELECT count(*) FROM customer WHERE search LIKE '%青禾机%' OR code LIKE '%青禾机%'"
        ).fetchone()

    def _show(self, statement: str) -> None:
        numbers = array("q", (n for (n,) in self.raw.execute(statement)))
        self.view.setModel(_Numbers(self.raw, numbers, self.view))
        self.view.viewport().repaint()


class _Numbers(QAbstractTableModel):
    def __init__(self, raw: Any, numbers: "array[int]", parent: QTableView) -> None:
        super().__init__(parent)
        self.raw, self.numbers = raw, numbers
        self.pages: dict[int, list[tuple[str, ...]]] = {}

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.numbers)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 8

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        page, at = divmod(index.row(), _ROWS)
        if page not in self.pages:
            self.pages[page] = self._fetched(page)
        return self.pages[page][at][index.column() % 3]

    def _fetched(self, page: int) -> list[tuple[str, ...]]:
        wanted = self.numbers[page * _ROWS : (page + 1) * _ROWS]
        marks = ", ".join(map(str, wanted))
        rows = self.raw.execute(f"SELECT n, code, name, tax_id FROM customer WHERE n IN ({marks})")  # noqa: S608 - our own numbers
        by_number = {n: texts for n, *texts in rows}
        return [tuple(by_number[n]) for n in wanted]
