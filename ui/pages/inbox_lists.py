"""The lists of the inbox: what waits for me, what I may not decide and why, what I decided."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.services.approving import Waiting
from erpdesk.services.looking import OwnDecision
from erpdesk.words import Sentence, explain
from ui.look import Ink, scaled
from ui.models.cells import Lines, Mark, Toned
from ui.models.row_model import Column, RowModel
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.document_facts import IN_LIST, KIND_ICONS, kind_said, moment_said
from ui.widgets.parts import STRETCH, Icon, Label, Panel, column, row, rule
from ui.widgets.row_table import RowTable
from ui.widgets.sized_panel import SizedPanel
from ui.work.wording import Wording

S = Sentence
MINE, DONE = S("待我批", "For me"), S("我批过的", "Decided by me")
NO_DONE = S("你还没有批过", "You have decided nothing yet")
NO_MINE = S("没有等你批的", "Nothing waits for you")
BLOCKED = S("你不能批的 {count} 件", "Not for you to decide: {count}")
OTHERS = S("你不能批的", "Not for you to decide")
LISTS = S("列表", "Lists")
DOCUMENT, AMOUNT = S("单据", "Document"), S("金额", "Amount")
WAITED: Final = (S("{n} 分钟", "{n} min"), S("{n} 小时", "{n} h"), S("{n} 天", "{n} d"))
SAID: Final[dict[str, tuple[Sentence, Ink]]] = {
    "approve": (S("已批准", "Approved"), "ok"),
    "endorse": (S("已初审", "Endorsed"), "ok"),
    "reject": (S("已驳回", "Rejected"), "error"),
    "return": (S("已退回", "Sent back"), "attention"),
}
LIST_PX: Final = (200, 372)
"""The lists take at least and at most this much: large text leaves the document its room."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The document somebody chose: its id, its customer's name, and whether it was decided."""

    id: str
    customer: str
    is_done: bool = False


class InboxLists(SizedPanel):
    """``chosen`` carries what was chosen (Chosen, or None), ``opened`` comes with Enter."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, words: Wording, names: Mapping[str, str], now_us: Callable[[], int]) -> None:
        self._words, self._names, self._now_us = words, names, now_us
        self._current: Chosen | None = None
        self._place, self._takes_focus, self._is_filling = 0, False, False
        self.table = self._made_table(self._columns(), lambda one: one.head.id, MINE)
        self.blocked = self._made_table(self._blocked_columns(), lambda one: one.head.id, OTHERS)
        self.done = self._made_table(self._done_columns(), lambda one: one.step_id, DONE)
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
        self.pages.addWidget(waiting)
        self.pages.addWidget(self.done)
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
    def is_done_shown(self) -> bool:
        """Say whether what was decided is listed, instead of what waits."""
        return self.pages.currentWidget() is self.done

    def show_waiting(self, rows: Iterable[Waiting]) -> None:
        """Show what waits: what may be decided, and the rest with its reasons."""
        every = tuple(rows)
        self._is_filling = True
        self.table.rows_model.show([one for one in every if not against(one)])
        self.blocked.rows_model.show([one for one in every if against(one)])
        self._is_filling = False
        self._say()
        if not self.is_done_shown:
            self._choose_something()

    def show_done(self, rows: tuple[OwnDecision, ...]) -> None:
        """Show what was decided, the newest first."""
        self._is_filling = True
        self.done.rows_model.show(rows)
        self._is_filling = False
        self._say()
        if self.is_done_shown:
            self._choose_something()

    def take_focus(self) -> None:
        """Put the focus on the list that is shown."""
        (self.done if self.is_done_shown else self.table).setFocus()

    def go_on(self) -> None:
        """Let the next that waits be the current one, with the focus, when the list is told."""
        self._current, self._takes_focus = None, True

    def go_to_scanned(self, code: str, customer: str | None) -> bool:
        """Choose the first document with this number, or of this customer."""
        for table in (self.table, self.blocked):
            for place, one in enumerate(table.rows_model.rows):
                if one.head.number == code or (customer and one.head.customer_id == customer):
                    self.choose_list("mine")
                    table.go_to(place)
                    return True
        return False

    def choose_list(self, name: str) -> None:
        """Show what waits (``mine``), or what was decided (``done``)."""
        self.tabs.choose(name)
        self.pages.setCurrentIndex(1 if name == "done" else 0)
        self._say()
        self._choose_something()

    def _made_table(
        self, columns: tuple[Column[Any], ...], key: Callable[[Any], str], name: Sentence
    ) -> RowTable[Any]:
        model = RowModel(columns, key=key, language=self._words.language)
        table = RowTable(model, density="inbox", has_head=False)
        return table.named(self._words, name, count="")

    def _connect(self) -> None:
        for table, other in ((self.table, self.blocked), (self.blocked, self.table)):
            table.current_row_changed.connect(partial(self._chosen, other))
        self.done.current_row_changed.connect(self._chosen_done)
        for table in (self.table, self.blocked, self.done):
            table.opened.connect(lambda _: self.opened.emit())
        self.tabs.chosen.connect(self.choose_list)
        self._words.when_switched(self._switch)

    def _chosen(self, other: RowTable[Waiting], one: Waiting | None) -> None:
        if one is None or self._is_filling:  # a table chooses another for a row that leaves
            return
        other.clearSelection()
        other.setCurrentIndex(other.rootIndex())
        if other is self.blocked:
            self._place = self.table.currentIndex().row()
        self._choose(Chosen(one.head.id, one.head.customer_name or ""))

    def _chosen_done(self, one: OwnDecision | None) -> None:
        if one is not None and self.is_done_shown and not self._is_filling:
            self._choose(Chosen(one.id, one.customer_name or "", is_done=True))

    def _choose(self, chosen: Chosen | None) -> None:
        self._current = chosen
        self.chosen.emit(chosen)

    def _choose_something(self) -> None:
        """Keep what is chosen while it is there; else the next one, else nothing."""
        takes_focus, self._takes_focus = self._takes_focus, False
        if not self._is_there():
            self._choose_in((self.done,) if self.is_done_shown else (self.table, self.blocked))
        if takes_focus:
            self.table.setFocus()

    def _is_there(self) -> bool:
        """Say whether what is chosen is in the list that is shown."""
        if self._current is None or self._current.is_done is not self.is_done_shown:
            return False
        if self.is_done_shown:
            return self._current.id in {one.id for one in self.done.rows_model.rows}
        waiting = (*self.table.rows_model.rows, *self.blocked.rows_model.rows)
        return self._current.id in {one.head.id for one in waiting}

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
        for table in (self.table, self.blocked, self.done):
            table.rows_model.use_language(self._words.language)
            table.viewport().update()
        self._say()

    def _say(self) -> None:
        say, waiting = self._words.say, len(self.table.rows_model.rows)
        self.tabs.show_filters((Filter("mine", say(MINE), waiting), Filter("done", say(DONE))))
        self.tabs.setAccessibleName(say(LISTS))
        count = len(self.blocked.rows_model.rows)
        self.blocked_head.setText(say(BLOCKED, count=count))
        self.others.setVisible(count > 0)
        is_empty = not (self.done.rows_model.rows if self.is_done_shown else waiting)
        self.nothing.setText(say(NO_DONE if self.is_done_shown else NO_MINE))
        self.nothing.setVisible(is_empty)

    @override
    def measure(self) -> None:
        least, most = LIST_PX
        self.setMinimumWidth(scaled(least))
        self.setMaximumWidth(scaled(most))

    def _columns(self) -> tuple[Column[Waiting], ...]:
        return (
            Column("kind", DOCUMENT, lambda one: self._icon(one.head.kind), "icon", 38),
            Column("document", DOCUMENT, self._document),
            Column("amount", AMOUNT, self._amount, "amount", 128),
        )

    def _blocked_columns(self) -> tuple[Column[Waiting], ...]:
        return (
            Column("kind", DOCUMENT, lambda one: self._icon(one.head.kind), "icon", 38),
            Column("document", DOCUMENT, self._why),
        )

    def _done_columns(self) -> tuple[Column[OwnDecision], ...]:
        return (
            Column("kind", DOCUMENT, lambda one: self._icon(one.kind), "icon", 38),
            Column("document", DOCUMENT, self._decided),
            Column("amount", AMOUNT, self._when, "amount", 128),
        )

    def _icon(self, kind: str) -> Mark:
        said = kind_said(kind, self._words)
        return Mark(said, KIND_ICONS.get(kind, "file-text"), "accent")

    def _name(self, kind: str, number: str | None) -> str:
        said = kind_said(kind, self._words)
        return self._words.say(IN_LIST, kind=said, number=number or "—")

    def _document(self, one: Waiting) -> Lines:
        name = self._name(one.head.kind, one.head.number)
        return Lines(name, one.head.customer_name or "—", "text2")

    def _why(self, one: Waiting) -> Lines:
        error = against(one)
        reason = explain(error, self._words.language) if error else ""
        return Lines(self._name(one.head.kind, one.head.number), reason, "text2")

    def _amount(self, one: Waiting) -> Lines:
        by = self._names.get(one.head.made_by, one.head.made_by)
        return Lines(Money(one.risk_minor, BASE_CURRENCY), f"{by} · {self._waited(one)}", "text2")

    def _waited(self, one: Waiting) -> str:
        minutes = max(0, self._now_us() - one.head.made_at) // 60_000_000
        n, sentence = (minutes, WAITED[0])
        if minutes >= 60:
            n, sentence = minutes // 60, WAITED[1]
        if minutes >= 48 * 60:
            n, sentence = minutes // 1440, WAITED[2]
        return self._words.say(sentence, n=n)

    def _decided(self, one: OwnDecision) -> Lines:
        second = one.reason or one.customer_name or "—"
        return Lines(self._name(one.kind, one.number), second, "text2")

    def _when(self, one: OwnDecision) -> Lines:
        said, ink = SAID[one.verb]
        word = Toned(self._words.say(said), ink)
        return Lines(word, moment_said(one.made_at), "text2")


def against(one: Waiting) -> UserError | None:
    """Return what stands against deciding on it, either as the first or as the last."""
    return None if one.why_not_endorse is None else one.why_not_approve
