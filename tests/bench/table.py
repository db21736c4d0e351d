"""The list of customers beside a bare tuned table view on numbers, over the same rows.

Of another order's 10 ms of processor, 5 paint (4 the rows, 1 their head), 2.5 read and make the
rows (seven questions, a sixth of a millisecond each before SQLite is asked), 1.2 give them to the
table and its heads; the rest goes to the lane and back. The bare view paints 5 of its 6, so that a
bar of 1.5 leaves nothing for a lane; that it is asked at all keeps the window alive. What is filled
in behind the rows shares the processor only once they are painted. A word of three letters costs 3
ms more, of which the index takes 0.3 and making the question most; its bar is meant for 1,000,000:
LIKE over 100,000 needs 50 ms, and a twentieth of that is no time to paint in.
"""

import time
from array import array
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2 as sqlite
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QHeaderView, QScrollBar, QTableView, QWidget
from typing_extensions import override

from erpdesk.services.ports import SystemClock
from tests.bench.company import a_company_of_customers, opened
from tests.bench.figures import Figure, part
from tests.bench.window import SIZE_PX, a_pulse, a_room, an_application, page_in, settle, until
from ui.main_window.room import Room
from ui.pages.customers.page import CustomersPage

BAR: Final = 1.5
LIKE_SHARE: Final = 0.05
ANSWERS_MS: Final = 50.0
PAGES: Final = 100
TRIES: Final = 9
WORD: Final = "海辰家"
_ROWS: Final = 64
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield opening, a page further, a jump, sorting, filters of three and of one character."""
    place = a_company_of_customers(cache, size)
    an_application()
    bare = Bare(place)
    company = opened(place)
    with a_room(company, SystemClock()) as room:
        page = page_in(room, "customers", CustomersPage)
        list_ = Listed(page, room)
        for name, ask, least in (
            ("open", list_.open, bare.open),
            ("a page further, p99", list_.page_down, bare.page_down),
            ("a jump, p99", list_.jump, bare.jump),
            ("sort, first page", list_.sort, bare.sort),
        ):
            share, tries = (0.99, PAGES) if "p99" in name else (0.5, TRIES)
            product, limit = (part(taken, share) for taken in list_.beside(least, ask, tries))
            yield Figure(f"table, {name}", product, limit, "ms", BAR, size=size)
        both = list_.beside(bare.like, lambda: list_.find(WORD), TRIES)
        found, like = (part(taken, 0.5) for taken in both)
        assert page.model.rows, WORD
        yield Figure("table, filter of three", found, like, "ms", LIKE_SHARE, size=size)
        with a_pulse() as pulse:
            list_.times_ms(lambda: list_.find(WORD[0]), TRIES)
        yield Figure(
            "table, filter of one, silence", pulse.longest_ms, ANSWERS_MS, "ms", 1.0, size=size
        )
        page.deleteLater()
    company.database.close()


Act = Callable[[], float]
"""Does something that is seen; returns when it was (``time.perf_counter``)."""


class Listed:
    """The product's list: each act ends when the rows in sight are read and painted.

    What is filled in behind them, order and sums, is waited for between the acts.
    """

    def __init__(self, page: CustomersPage, room: Room) -> None:
        self.page, self.room, self._turn, self._places = page, room, 0, _places()
        self._seen_at = 0.0
        self._paints = _Paints(page.table.table.viewport(), self._look)

    def times_ms(self, act: Act, count: int) -> list[float]:
        """Return how long each of several acts took, in milliseconds, sorted."""
        found: list[float] = []
        for _ in range(count):
            found.append(_taken_ms(act))
            settle(self.room)
        return sorted(found)

    def beside(self, least: Act, act: Act, count: int) -> tuple[list[float], list[float]]:
        """Return how long an act took and how long the least did, in turn, each sorted, in ms."""
        pairs = [(*self.times_ms(act, 1), _taken_ms(least)) for _ in range(count)]
        acts, leasts = zip(*pairs, strict=True)
        return sorted(acts), sorted(leasts)

    def open(self) -> float:
        self.page.model.begin(())
        return self._painted(self.page._begin_list)

    def page_down(self) -> float:
        bar = self._bar
        return self._painted(lambda: bar.setValue(bar.value() + bar.pageStep()))

    def jump(self) -> float:
        bar = self._bar
        return self._painted(lambda: bar.setValue(int(bar.maximum() * next(self._places))))

    def sort(self) -> float:
        self._turn += 1
        is_descending = bool(self._turn % 2)
        return self._begin(lambda: self.page._ask(sort="name", is_descending=is_descending))

    def find(self, words: str) -> float:
        return self._begin(lambda: self.page._ask(words=words, sort="code", is_descending=False))

    @property
    def _bar(self) -> QScrollBar:
        return self.page.table.table.verticalScrollBar()

    def _begin(self, act: Callable[[], None]) -> float:
        """Ask another question; the list of the last one is not its answer."""
        self.page.model.begin(())
        return self._painted(act)

    def _painted(self, act: Callable[[], None]) -> float:
        act()
        self._seen_at = 0.0
        self.page.table.table.viewport().update()  # at the end of a short list nothing moves
        until(lambda: self._seen_at > 0)
        return self._seen_at

    def _look(self) -> None:
        """See, after a painting, whether all that is in sight was there."""
        table, model = self.page.table.table, self.page.model
        last = table.rowAt(table.viewport().height() - 1)
        ends = (max(table.rowAt(0), 0), last if last >= 0 else model.rowCount() - 1)
        is_all = model.rowCount() > 0 and all(
            model.row_at(model.index(place, 0)) is not None for place in ends
        )
        self._seen_at = self._paints.ended_at if is_all else 0.0


class _Paints(QObject):
    """Tells when a widget has been painted, before anything else is done."""

    def __init__(self, widget: QWidget, told: Callable[[], None]) -> None:
        super().__init__(widget)
        self.ended_at, self._told, self._is_painting = 0.0, told, False
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or self._is_painting:
            return super().eventFilter(watched, event)
        self._is_painting = True
        QCoreApplication.sendEvent(watched, event)
        self._is_painting, self.ended_at = False, time.perf_counter()
        self._told()
        return True


def _taken_ms(act: Act) -> float:
    start = time.perf_counter()
    return (act() - start) * 1000


def _places() -> Iterator[float]:
    """Yield shares of a list, all over it."""
    return (n * 0.618 % 1 for n in count(1))


class Bare:
    """The least that shows the same rows: numbers in order, pages by number, plain texts."""

    def __init__(self, place: Path) -> None:
        self.raw = sqlite.connect(str(place))
        self.raw.execute("PRAGMA cache_size=-65536")
        self._places = _places()
        self.view = QTableView()
        self.view.resize(*SIZE_PX)
        for head in (self.view.horizontalHeader(), self.view.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().hide()
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self._paints = _Paints(self.view.viewport(), lambda: None)
        self.view.show()

    def open(self) -> float:
        return self._show("SELECT n FROM customer ORDER BY n")

    def sort(self) -> float:
        return self._show("SELECT n FROM customer ORDER BY name LIMIT 128")

    def page_down(self) -> float:
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        return self._painted()

    def jump(self) -> float:
        bar = self.view.verticalScrollBar()
        bar.setValue(int(bar.maximum() * next(self._places)))
        return self._painted()

    def like(self) -> float:
        self.raw.execute(
            f"SELECT count(*) FROM customer WHERE search LIKE '%{WORD}%' OR code LIKE '%{WORD}%'"  # noqa: S608 - a word of our own
        ).fetchone()
        return time.perf_counter()

    def _show(self, statement: str) -> float:
        numbers = array("q", (n for (n,) in self.raw.execute(statement)))
        self.view.setModel(_Numbers(self.raw, numbers, self.view))
        return self._painted()

    def _painted(self) -> float:
        self.view.viewport().repaint()
        return self._paints.ended_at


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
