"""The campaigns: all of them in a list, the plan of a draft, and how a frozen one stands."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes
from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.domain.stocktake.campaign_acts import why_not_step
from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.looking import Text
from erpdesk.words import standing
from ui.look import scaled
from ui.models.cells import Lines, Toned, Value
from ui.models.row_model import Column, RowModel
from ui.pages import Page
from ui.pages.campaigns import words as w
from ui.pages.campaigns.facts import (
    Boards,
    CampaignsParts,
    Row,
    chip_of,
    days_late,
    differs,
    fits,
    overview,
    scope_said,
)
from ui.pages.campaigns.plan import PlanPage
from ui.pages.campaigns.run import RunPage
from ui.widgets.arranged_table import COPY_ALL, ArrangedTable
from ui.widgets.button import Button
from ui.widgets.chip_row import Filter
from ui.widgets.filter_table import TableWords
from ui.widgets.page_stack import PageStack
from ui.widgets.parts import column
from ui.work.one_look import OneLook
from ui.work.runner import Runner
from ui.work.wording import Wording, literal

SORTS: Final[dict[str, Callable[[Row], str]]] = {
    "name": lambda one: one.plan.name,
    "cut_off": lambda one: one.plan.cut_off.isoformat(),
    "state": lambda one: one.state,
    "coverage": lambda one: f"{one.coverage or 0:.6f}",
    "owner": lambda one: one.owner,
    "due": lambda one: one.plan.due.isoformat() if one.plan.due else "~",
}
"""By what the list is ordered; without a due day last."""
BAR_FROM_PX: Final = 950
"""Below that the bar of the coverage is left out: its figure stands beside it."""


class CampaignsPage(Page):
    """A list; over it the plan of a draft or the run of a frozen campaign, one at a time."""

    def __init__(self, parts: CampaignsParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self._parts, self._runner = parts, runner
        self._rows: tuple[Row, ...] = ()
        self._has_room = True
        self._looking = OneLook(runner, self)
        self._boards = Boards(parts)
        self.listed = Page(wording, w.TITLE)
        self.plan = PlanPage(parts, runner, wording)
        self.standing = RunPage(self._boards, runner, wording)
        self._make_list()
        self._lay_out()
        self._connect()

    @override
    def entered(self) -> None:
        """Look again, with the focus where work goes on; what nobody counts expires."""
        parts = self._parts
        if why_not_step("expire", CampaignState.COUNTING, roles=parts.roles) is None:
            self._runner.change(self, parts.campaigns.expire_idle, done=self._say_expired)
        self._look()
        if self.pages.currentWidget() is self.standing:
            self.standing.look()
        elif self.pages.currentWidget() is self.listed:
            self.table.table.setFocus()

    @override
    def look_again(self, changes: Changes) -> None:
        if not changes.campaigns or not self.isVisible():
            return  # looked at anew when it is shown
        if self.pages.currentWidget() is self.listed:
            self._look()
        else:
            self.standing.look_again(changes)

    @override
    def step_out(self) -> bool:
        page = self.pages.currentWidget()
        if page is self.listed:
            return False
        if not (isinstance(page, Page) and page.step_out()):
            self.show_list()
        return True

    @override
    def panes(self) -> tuple[QWidget, ...]:
        page = self.pages.currentWidget()
        inner = page.panes() if isinstance(page, Page) else ()
        return inner or (self.table.table,)

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        is_plan = self.pages.currentWidget() is self.plan
        return is_plan and self.plan.scan(raw, source, cut=cut)

    @override
    def leave(self) -> None:
        self.plan.leave()

    @override
    def open_object(self, number: str) -> None:
        self._runner.query(self, partial(self._parts.document, number), done=self.open_campaign)

    def open_campaign(self, document: Text | None) -> None:
        """Open the plan of a draft or a new one, or how a frozen campaign stands."""
        if document is None or document.state == "draft":
            self.plan.begin(document)
            self.pages.setCurrentWidget(self.plan)
            return
        self.standing.show_campaign(document)
        self.pages.setCurrentWidget(self.standing)

    def show_list(self) -> None:
        """Go back to the list; what is typed in a plan stays until it is stored."""
        self.pages.setCurrentWidget(self.listed)
        self._look()
        self.table.table.setFocus()

    def _say_expired(self, numbers: tuple[str, ...]) -> None:
        if numbers:
            said = literal(self.wording.say(w.EXPIRED_SAID, numbers=numbers))
            self.listed.notify("attention", said)

    def _make_list(self) -> None:
        self.model = RowModel(
            self._columns(), key=lambda one: one.id, language=self.wording.language, parent=self
        )
        self.table = ArrangedTable(self.model, density="two_lines", has_totals=False)
        self.new = Button("", "primary", icon="plus", key="Ctrl+N")
        self.wording.put(self.new, "setText", w.NEW)

    def _lay_out(self) -> None:
        self.listed.build((self.table, 1), buttons=(self.new,))
        self.pages = PageStack()
        for page in (self.listed, self.plan, self.standing):
            self.pages.addWidget(page)
        self.setLayout(column((self.pages, 1), gap=0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = self.width() >= scaled(BAR_FROM_PX)
        if has_room != self._has_room:
            self._has_room = has_room
            self.table.table.show_column("coverage", is_shown=has_room)

    def _connect(self) -> None:
        table = self.table
        table.arrange_asked.connect(self._arrange)
        table.copied.connect(lambda said: self.listed.notify("ok", said))
        self.action(COPY_ALL, "Ctrl+E", table.copy_all, on=self.listed)
        table.table.opened.connect(self._open)
        self.new.clicked.connect(lambda: self.open_campaign(None))
        self.action(w.NEW, "Ctrl+N", self.new.click, on=self.listed)
        self.action(w.REFRESH, "F5", self._look, on=self.listed)
        self.plan.left.connect(self.show_list)
        self.plan.frozen.connect(self.open_campaign)
        self.standing.left.connect(self.show_list)
        self.standing.wants.connect(self.wants)
        self.wording.when_switched(self._speak)
        refusal = why_not_step("draft", None, roles=self._parts.roles)
        self._refusal = refusal
        self._speak()

    def _look(self) -> None:
        known, boards = {one.id: one for one in self._rows}, self._boards
        self._looking.ask(lambda: overview(boards, known), done=self._show_rows)

    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        self._rows = rows
        self._arrange()
        if self.table.table.current_row() is None and self.model.rows:
            self.table.table.go_to(0)

    def _arrange(self) -> None:
        say = self.wording.say
        self.table.show_filters(
            [
                Filter(name, say(word), sum(fits(one, name) for one in self._rows), icon)
                for name, (word, icon) in w.FILTERS.items()
            ]
        )
        chosen = self.table.filter_on
        words = self.table.searched
        rows = [
            one
            for one in self._rows
            if fits(one, chosen) and words in f"{one.number or ''} {one.plan.name}".lower()
        ]
        self.table.show_rows(self._in_order(rows))

    def _in_order(self, rows: list[Row]) -> list[Row]:
        by, is_descending = self.table.order
        return sorted(rows, key=SORTS[by], reverse=is_descending) if by in SORTS else rows

    def _open(self, one: Row) -> None:
        self._runner.query(self, partial(self._parts.document, one.id), done=self.open_campaign)

    def _speak(self) -> None:
        say = self.wording.say
        self.model.use_language(self.wording.language)
        said = {name: say(sentence) for name, sentence in w.TABLE.items()}
        count = say(w.COUNT_SAID, rows="{rows}", selected="{selected}")
        self.table.use_words(TableWords(count=count, **said))
        refusal = self._refusal
        self.new.forbid(standing(refusal, self.wording.language) if refusal else "")
        self._arrange()

    def _columns(self) -> tuple[Column[Row], ...]:
        def name(one: Row) -> Lines:
            return Lines(one.plan.name, one.number or self.wording.say(w.DRAFT_NUMBER), "text2")

        def scope(one: Row) -> str:
            return scope_said(one.plan, self.wording, frozen=one.customers)

        def counted(one: Row) -> Value:
            if one.coverage is None:
                return None
            said = self.wording.say(w.COUNTED_OF, n=one.counted, all=one.customers)
            return Lines(f"{one.coverage * 100:.1f}%", said)

        return (
            Column("name", w.NAME, name),
            Column("scope", w.SCOPE, scope, width=118, is_sortable=False),
            Column("cut_off", w.CUT_OFF, lambda one: one.plan.cut_off, "day", 100),
            Column("state", w.STATE, lambda one: chip_of(one.state, self.wording), "chip", 136),
            Column("coverage", w.COVERAGE, lambda one: one.coverage, "bar", 88),
            Column("counted", w.COUNTED, counted, width=108, is_sortable=False),
            Column("differs", w.DIFFERENCES, partial(differs, words=self.wording), width=64,
                   align="right", is_sortable=False),
            Column("owner", w.OWNER, lambda one: self._parts.name_of(one.owner), width=80),
            Column("due", w.DUE, self._due, "day", 104),
        )  # fmt: skip

    def _due(self, one: Row) -> Value:
        late = days_late(one.plan.due, one.state, self._parts.clock.today())
        if not late:
            return one.plan.due
        said = self.wording.say(w.LATE, days=late)
        return Lines(one.plan.due, said, "attention") if one.plan.due else Toned(said, "attention")
