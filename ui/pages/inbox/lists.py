"""The lists of the inbox: what waits for me, what came back to me, what I decided."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.services.approving import SentBack, Waiting
from erpdesk.services.looking import OwnDecision
from erpdesk.words import Sentence
from ui.look import scaled
from ui.models.row_model import Column, RowModel
from ui.pages.inbox.rows import InboxRows, Row, against, document_of
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.parts import STRETCH, Icon, Label, Panel, column, row, rule
from ui.widgets.row_table import RowTable
from ui.widgets.sized_panel import SizedPanel
from ui.work.wording import Wording

S = Sentence
Listed = Literal["mine", "back", "done"]
TABS: Final[dict[Listed, Sentence]] = {
    "mine": S("待我批", "For me"),
    "back": S("退回给我的", "Came back"),
    "done": S("我批过的", "Decided"),
}
NOTHING: Final[dict[Listed, Sentence]] = {
    "mine": S("没有等你批的", "Nothing waits for you"),
    "back": S("没有退回给你的", "Nothing came back to you"),
    "done": S("你还没有批过", "You have decided nothing yet"),
}
BLOCKED = S("你不能批的 {count} 件", "Not for you to decide: {count}")
OTHERS = S("你不能批的", "Not for you to decide")
LISTS = S("列表", "Lists")
LIST_PX: Final = (200, 372)
"""The lists take at least and at most this much: large text leaves the document its room."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The document somebody chose: its id, its customer's name, and the list it stands in."""

    id: str
    customer: str
    listed: Listed = "mine"


class InboxLists(SizedPanel):
    """``chosen`` carries what was chosen (Chosen, or None), ``opened`` comes with Enter."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, words: Wording, names: Mapping[str, str], now_us: Callable[[], int]) -> None:
        self._words = words
        self._current: Chosen | None = None
        self._place, self._takes_focus, self._is_filling = 0, False, False
        self._is_left = False
        self._make_tables(InboxRows(words, names, now_us))
        self.blocked_head = Label("", "strong")
        self.tabs = ChipRow()
        self.nothing = Label("", "body", "text3")
        self.nothing.setContentsMargins(16, 10, 14, 0)
        self.others = Panel(
            rule(),
            row(Icon("lock", "text2", 15), self.blocked_head, STRETCH, margins=(14, 10, 14, 8)),
            (self.blocked, 1), ground="none", gap=0, margins=(0, 0, 0, 0),
        )  # fmt: skip
        waiting = QWidget()
        waiting.setLayout(column((self.table, 3), (self.others, 2), gap=0))
        self.pages = QStackedWidget()
        for page in (waiting, self.back, self.done):
            self.pages.addWidget(page)
        super().__init__(
            row(self.tabs, margins=(14, 8, 14, 8)), rule(),
            self.nothing, (self.pages, 1),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self._connect()
        self._say()
        self.measure()

    @property
    def current(self) -> Chosen | None:
        """Return the document that is chosen."""
        return self._current

    @property
    def shown(self) -> Listed:
        """Return which list is shown."""
        return tuple(TABS)[self.pages.currentIndex()]

    def show_waiting(self, rows: Iterable[Waiting], *, person: str) -> None:
        """Show what this person may decide, and the rest with its reasons, their own work first."""
        every = tuple(rows)
        mine = tuple(one for one in every if not against(one))
        rest = sorted(filter(against, every), key=lambda one: one.head.made_by != person)
        self._show("mine", (self.table, mine), (self.blocked, tuple(rest)))

    def show_back(self, rows: tuple[SentBack, ...]) -> None:
        """Show what came back, the oldest first."""
        self._show("back", (self.back, rows))

    def show_done(self, rows: tuple[OwnDecision, ...]) -> None:
        """Show what was decided, the newest first."""
        self._show("done", (self.done, rows))

    def take_focus(self) -> None:
        """Put the focus on the list that is shown."""
        tables = self._tables[self.shown]
        next((one for one in tables if one.rows_model.rows), tables[0]).setFocus()

    def go_on(self) -> None:
        """Let the next that waits be the current one, with the focus, when the list is told."""
        self._current, self._takes_focus = None, True

    def go_to_document(self, number: str) -> bool:
        """Choose the document with this number, in whatever list it waits."""
        return self._go_to(lambda one: number in {one.head.number, one.head.id})

    def go_to_customer(self, customer: str) -> bool:
        """Choose the first document of a customer that waits, or came back."""
        return self._go_to(lambda one: one.head.customer_id == customer)

    def leave(self) -> None:
        """Mark no row: what is shown beside stands in none of the lists."""
        self._is_left = True
        for table in self._tables[self.shown]:
            table.clearSelection()

    def choose_list(self, name: Listed) -> None:
        """Show what waits, what came back, or what was decided."""
        self.tabs.choose(name)
        self.pages.setCurrentIndex(tuple(TABS).index(name))
        self._say()
        self._choose_something()

    def _make_tables(self, rows: InboxRows) -> None:
        self.table = self._made_table(rows.waiting(), document_of, TABS["mine"])
        self.blocked = self._made_table(rows.blocked(), document_of, OTHERS)
        self.back = self._made_table(rows.back(), document_of, TABS["back"])
        self.done = self._made_table(rows.done(), lambda one: one.step_id, TABS["done"])
        self._tables: dict[Listed, tuple[RowTable[Any], ...]] = {
            "mine": (self.table, self.blocked), "back": (self.back,), "done": (self.done,),
        }  # fmt: skip

    def _made_table(
        self, columns: tuple[Column[Any], ...], key: Callable[[Any], str], name: Sentence
    ) -> RowTable[Any]:
        model = RowModel(columns, key=key, language=self._words.language)
        table = RowTable(model, density="inbox", has_head=False)
        return table.named(self._words, name, count="")

    def _connect(self) -> None:
        for listed, tables in self._tables.items():
            for table in tables:
                table.current_row_changed.connect(partial(self._chosen, listed, table))
                table.opened.connect(lambda _: self.opened.emit())
                table.clicked.connect(partial(self._come_back, listed, table))
        self.tabs.chosen.connect(self.choose_list)
        self._words.when_switched(self._switch)

    def _show(self, listed: Listed, *filled: tuple[RowTable[Any], tuple[Row, ...]]) -> None:
        self._is_filling = True
        for table, rows in filled:
            table.rows_model.show(rows)
        self._is_filling = False
        self._say()
        if self.shown == listed:
            self._choose_something()

    def _go_to(self, fits: Callable[[Waiting | SentBack], bool]) -> bool:
        places: tuple[tuple[Listed, RowTable[Any]], ...] = (
            ("mine", self.table), ("mine", self.blocked), ("back", self.back),
        )  # fmt: skip
        for listed, table in places:
            for place, one in enumerate(table.rows_model.rows):
                if fits(one):
                    self.choose_list(listed)
                    table.go_to(place)
                    return True
        return False

    def _come_back(self, listed: Listed, table: RowTable[Any], _: object) -> None:
        if self._is_left:  # the keys still stand on the row that is pressed
            self._chosen(listed, table, table.current_row())

    def _chosen(self, listed: Listed, table: RowTable[Any], one: Row | None) -> None:
        if one is None or self._is_filling:  # a table chooses another for a row that leaves
            return
        if self.shown != listed:
            return
        self._is_left = False
        for other in self._tables[listed]:
            if other is not table:
                other.clearSelection()
                other.setCurrentIndex(other.rootIndex())
        if table is self.table:
            self._place = table.currentIndex().row()
        customer = one if isinstance(one, OwnDecision) else one.head
        self._choose(Chosen(document_of(one), customer.customer_name or "", listed))

    def _choose(self, chosen: Chosen | None) -> None:
        self._current = chosen
        self.chosen.emit(chosen)

    def _choose_something(self) -> None:
        """Keep what is chosen while it is there; else the next one, else nothing."""
        takes_focus, self._takes_focus = self._takes_focus, False
        if not self._is_there():
            self._choose_in(self._tables[self.shown])
        if takes_focus:
            self.take_focus()

    def _is_there(self) -> bool:
        """Say whether what is chosen is in the list that is shown."""
        if self._current is None or self._current.listed != self.shown:
            return False
        tables = self._tables[self.shown]
        return self._current.id in {document_of(one) for t in tables for one in t.rows_model.rows}

    def _choose_in(self, tables: tuple[RowTable[Any], ...]) -> None:
        for table in tables:
            if rows := table.rows_model.rows:
                place = self._place if table is self.table else table.currentIndex().row()
                place = min(max(0, place), len(rows) - 1)
                table.setCurrentIndex(table.rootIndex())
                table.go_to(place)
                return
        self._choose(None)

    def _switch(self) -> None:
        for table in (one for tables in self._tables.values() for one in tables):
            table.rows_model.use_language(self._words.language)
            table.viewport().update()
        self._say()

    def _say(self) -> None:
        say = self._words.say
        counts = {name: len(tables[0].rows_model.rows) for name, tables in self._tables.items()}
        counted = {name: None if name == "done" else count for name, count in counts.items()}
        self.tabs.show_filters(
            [Filter(name, say(word), counted[name]) for name, word in TABS.items()]
        )
        self.tabs.setAccessibleName(say(LISTS))
        blocked = len(self.blocked.rows_model.rows)
        self.blocked_head.setText(say(BLOCKED, count=blocked))
        self.others.setVisible(blocked > 0)
        self.nothing.setText(say(NOTHING[self.shown]))
        self.nothing.setVisible(not counts[self.shown])

    @override
    def measure(self) -> None:
        least, most = LIST_PX
        self.setMinimumWidth(scaled(least))
        self.setMaximumWidth(scaled(most))
