"""The lists of a running campaign: not counted, unexpected, in conflict, and who counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.blind import plain_state
from erpdesk.domain.stocktake.counting import CountEvent
from erpdesk.services.stocktake.campaign_board import LISTED_MOST, Board, Tally
from erpdesk.services.stocktake.campaigns import Line
from erpdesk.words.counting import LINE_STATES
from ui.models.cells import Lines, Value
from ui.models.row_model import Column, RowModel
from ui.pages.campaigns import words as w
from ui.pages.campaigns.facts import CampaignsParts, withheld
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.document_facts import moment_said
from ui.widgets.parts import Label, Panel, column
from ui.widgets.row_table import Density, RowTable
from ui.widgets.scan_bar import readable
from ui.work.wording import Wording

ICONS: Final = {
    "open": "circle-dashed", "unexpected": "triangle-alert", "conflicts": "git-fork",
    "done": "check", "counters": "users",
}  # fmt: skip
CODE_SIGNS_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One of the counts of a customer that contradict each other, or that somebody doubts."""

    line: Line
    event: CountEvent


class RunLists(QWidget):
    """``changed`` comes when another list is shown or other rows are selected."""

    changed = Signal()

    def __init__(self, parts: CampaignsParts, words: Wording) -> None:
        super().__init__()
        self._parts, self._words = parts, words
        self._withheld = False
        self.tabs, self._stack = ChipRow(), QStackedWidget()
        words.put(self.tabs, "setAccessibleName", w.LISTS)
        self.tables: dict[str, RowTable[Any]] = {}
        self._empty: dict[str, Label] = {}
        self.more: dict[str, Label] = {}
        self._left: dict[str, int] = {}
        self._add("open", self._open_columns(), lambda one: one.frozen.customer_id)
        self._add("unexpected", self._scan_columns(), lambda one: one.id)
        self._add("conflicts", self._conflict_columns(), lambda one: one.event.id)
        self._add("done", self._done_columns(), lambda one: one.frozen.customer_id)
        self._add("counters", self._tally_columns(), lambda one: one.person)
        self.setLayout(column(self.tabs, (self._stack, 1), gap=10))
        self.tabs.chosen.connect(lambda _: self._show_tab())
        words.when_switched(self._say_again)
        self._counts = dict.fromkeys(self.tables, 0)
        self._say_again()

    @property
    def tab(self) -> str:
        """Return the name of the list that is shown."""
        return self.tabs.current or "open"

    @property
    def chosen(self) -> tuple[Any, ...]:
        """Return the selected rows of the list that is shown."""
        return self.tables[self.tab].selected_rows()

    @property
    def place(self) -> int:
        """Return where the first selected row of the list stands."""
        rows = self.tables[self.tab].selectionModel().selectedRows()
        return min((index.row() for index in rows), default=0)

    def go_on(self, place: int) -> None:
        """Go to the row that stands now where others were decided."""
        table = self.tables[self.tab]
        if table.rows_model.rows:
            table.go_to(min(place, len(table.rows_model.rows) - 1))
            table.setFocus()

    def clear(self) -> None:
        """Show nothing: the lists of another campaign are on their way."""
        for table in self.tables.values():
            table.clearSelection()
            table.rows_model.show(())

    def show_board(self, board: Board) -> None:
        """Show how a campaign stands; selection and scroll stay."""
        self._withheld = board.withheld
        contradictions = [
            Contradiction(line, event)
            for line in (*board.conflicts, *board.asked)
            for event in line.counted.standing
        ]
        scans = sorted(board.status.unexpected, key=lambda one: one.received_at)
        self._show("open", board.uncounted.lines, board.uncounted.count)
        self._show("unexpected", scans, len(scans))
        self._show("conflicts", contradictions, len(contradictions))
        self._show("done", board.done.lines, board.done.count)
        self._show("counters", board.tallies, len(board.tallies))
        self._counts["conflicts"] = len(board.conflicts) + len(board.asked)
        self._say_tabs()
        self.changed.emit()

    def _show(self, name: str, rows: Sequence[Any], count: int) -> None:
        """Show the first rows of a list, and how many more there are."""
        table, listed = self.tables[name], rows[:LISTED_MOST]
        table.rows_model.show(listed)
        table.setVisible(bool(rows))
        self._empty[name].setVisible(not rows)
        self._counts[name], self._left[name] = count, count - len(listed)

    def go(self, name: str) -> None:
        """Show a list, with the focus in it."""
        self.tabs.choose(name)
        self._show_tab()
        table = self.tables[name]
        if table.rows_model.rows and not table.selected_rows():
            table.go_to(0)
        table.setFocus()

    def _add(self, name: str, columns: tuple[Column[Any], ...], key: Any) -> None:
        model = RowModel[Any](columns, key=key, language=self._words.language, parent=self)
        density: Density = "two_lines" if name == "conflicts" else "normal"
        table = RowTable(model, name="", density=density)
        empty, more = Label("", "body", "text2"), Label("", "small", "text2")
        more.setContentsMargins(14, 6, 14, 6)
        empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        empty.setContentsMargins(14, 14, 14, 14)
        self._words.put(table, "setAccessibleName", w.TABS[name])
        self._words.put(empty, "setText", w.EMPTY[name])
        table.selectionModel().selectionChanged.connect(lambda *_: self.changed.emit())
        self.tables[name], self._empty[name], self.more[name] = table, empty, more
        self._stack.addWidget(Panel((empty, 1), (table, 1), more, gap=0, margins=(1, 1, 1, 1)))

    def _show_tab(self) -> None:
        self._stack.setCurrentIndex(list(self.tables).index(self.tab))
        self.changed.emit()

    def _say_again(self) -> None:
        for table in self.tables.values():
            table.rows_model.use_language(self._words.language)
        self._say_tabs()
        self._show_tab()

    def _say_tabs(self) -> None:
        say = self._words.say
        for name, more in self.more.items():
            left = self._left.get(name, 0)
            more.setText(say(w.MORE, n=f"{left:,}"))
            more.setVisible(left > 0)
        self.tabs.show_filters(
            [
                Filter(name, say(word), self._counts[name], ICONS[name])
                for name, word in w.TABS.items()
            ]
        )

    def _open_columns(self) -> tuple[Column[Any], ...]:
        def book(line: Line) -> Value:
            if self._withheld:
                return withheld(self._words)
            return Money(line.frozen.book_minor, line.frozen.currency)

        def counter(line: Line) -> str:
            name = line.frozen.counter
            return self._parts.name_of(name) if name else self._words.say(w.ANYBODY)

        return (
            Column("code", w.CODE, lambda one: one.frozen.code, width=116, is_sortable=False),
            Column("name", w.CUSTOMER, lambda one: one.frozen.name, is_sortable=False),
            Column("book", w.BOOK, book, "amount", 130, is_sortable=False),
            Column("counter", w.GIVEN_TO, counter, width=104, is_sortable=False),
        )

    def _done_columns(self) -> tuple[Column[Any], ...]:
        def state(line: Line) -> str:
            known = line.judged.state
            return self._words.say(LINE_STATES[plain_state(known) if self._withheld else known])

        return (
            Column("code", w.CODE, lambda one: one.frozen.code, width=116, is_sortable=False),
            Column("name", w.CUSTOMER, lambda one: one.frozen.name, is_sortable=False),
            Column("state", w.STATE, state, width=130, is_sortable=False),
        )

    def _scan_columns(self) -> tuple[Column[Any], ...]:
        def whose(event: CountEvent) -> str:
            return self._words.say(w.OUTSIDE if event.customer else w.NOBODYS)

        return (
            Column("raw", w.RAW, code_of, is_sortable=False),
            Column("whose", w.STATE, whose, width=150, is_sortable=False),
            Column("who", w.WHO, lambda one: self._parts.name_of(one.by), width=96,
                   is_sortable=False),
            Column("at", w.WHEN, lambda one: moment_said(one.received_at), width=104,
                   is_sortable=False),
        )  # fmt: skip

    def _conflict_columns(self) -> tuple[Column[Any], ...]:
        def customer(one: Contradiction) -> Lines | str:
            said = f"{one.line.frozen.code}  {one.line.frozen.name}"
            asked = one.line.counted.asked
            if not asked:
                return said
            by = self._parts.name_of(asked[-1].by)
            return Lines(said, self._words.say(w.ASKS, name=by, why=asked[-1].asks), "attention")

        return (
            Column("customer", w.CUSTOMER, customer, is_sortable=False),
            Column("stated", w.STATED, lambda one: one.event.stated, "amount", 130,
                   is_sortable=False),
            Column("who", w.WHO, lambda one: self._parts.name_of(one.event.by), width=96,
                   is_sortable=False),
            Column("at", w.WHEN, lambda one: moment_said(one.event.received_at), width=104,
                   is_sortable=False),
        )  # fmt: skip

    def _tally_columns(self) -> tuple[Column[Any], ...]:
        def given(one: Tally) -> str:
            return f"{one.given:,}" if one.given else self._words.say(w.ANYBODY)

        return (
            Column("who", w.WHO, lambda one: self._parts.name_of(one.person), is_sortable=False),
            Column("given", w.GIVEN, given, width=110, align="right", is_sortable=False),
            Column("counted", w.DONE, lambda one: f"{one.counted:,}", width=110, align="right",
                   is_sortable=False),
            Column("scans", w.SCANS, lambda one: f"{one.scans:,}", width=110, align="right",
                   is_sortable=False),
        )  # fmt: skip


def code_of(event: CountEvent) -> str:
    """Return a scanned code as people can read it."""
    return readable(event.raw.decode("utf-8", "backslashreplace"))[:CODE_SIGNS_MAX]
