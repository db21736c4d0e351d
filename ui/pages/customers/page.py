"""Customers: find one and know where we stand; the page of one opens over the list."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.customers import (
    FIRST_ROWS,
    Asked,
    CustomerLine,
    Keys,
    Whole,
)
from erpdesk.services.following_up import FollowWanted
from ui.look import scaled
from ui.models.long_model import LongModel
from ui.pages import Page
from ui.pages.customers.facts import CustomersParts
from ui.pages.customers.out import ListOut
from ui.pages.customers.words import (
    ALIKE,
    COUNT,
    EXPORT,
    FIND,
    LABELS,
    NEW,
    NO_ROLE,
    TITLE,
    WORDS,
)  # fmt: skip
from ui.widgets.button import Button
from ui.widgets.chip_row import Filter
from ui.widgets.customer_lists import FILTERS, line_said, list_columns, totals_said
from ui.widgets.filter_table import FilterTable, TableWords
from ui.widgets.page_stack import PageStack
from ui.widgets.parts import column
from ui.widgets.row_table import planned_px
from ui.work.one_look import OneLook
from ui.work.runner import Runner
from ui.work.wording import Wording

SEARCH_PX: Final = 250
NAME_LEAST_PX: Final = 180
LEFT_OUT: Final = ("contact", "complete", "tax")
"""What goes first where the names have no room."""


class CustomersPage(Page):
    """The list, read by pages; ``card`` is the page of one customer, ``alike`` of likely twins."""

    def __init__(
        self, parts: CustomersParts, card: Page, alike: Page, runner: Runner, wording: Wording
    ) -> None:
        super().__init__(wording, TITLE)
        self._parts, self._runner, self.card, self.alike = parts, runner, card, alike
        self._asked = Asked()
        self._turn = 0
        self._background = OneLook(runner, self)
        self._whole: Whole | None = None
        self._news, self._listed_at, self._summed_at = 0, -1, -1
        self._beneath = self.listed = Page(wording, TITLE)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._say_again()

    @override
    def entered(self) -> None:
        if inner := self._inner():
            inner.entered()
            return
        if self.model.keys:
            self._catch_up()
        else:
            self._begin_list()
        self.table.table.setFocus()
        self._make_findable()

    def _inner(self) -> Page | None:
        """Return the page that is open over the list."""
        shown = self.pages.currentWidget()
        return next((page for page in (self.card, self.alike) if page is shown), None)

    @override
    def look_again(self, changes: Changes) -> None:
        self.card.look_again(changes)
        if changes.customers or changes.open_items:
            self._news += 1
            if self.table.isVisible():  # what nobody sees is read when it is shown
                self._look()
        if changes.customers:
            self._make_findable()

    @override
    def step_out(self) -> bool:
        inner = self._inner()
        if inner is None and self.out.band.step_out():
            return True
        if inner is not None and not inner.step_out():
            self.close_card()
        return inner is not None

    @override
    def panes(self) -> tuple[QWidget, ...]:
        inner = self._inner()
        return inner.panes() if inner else (self.table.table, self.table.search)

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        inner = self._inner()
        return inner is not None and inner.scan(raw, source, cut=cut)

    @override
    def customer_here(self) -> str | None:
        if inner := self._inner():
            return inner.customer_here()
        current = self.table.table.current_row()
        return current.id if current else None

    @override
    def open_object(self, number: str) -> None:
        self.open_customer(number)

    @override
    def take(self, begun: object) -> None:
        """Show what is followed up with a customer."""
        if isinstance(begun, FollowWanted):
            self._parts.follow(begun.customer_id)
            self._over(self.card)

    def open_customer(self, customer_id: str) -> None:
        """Show the page of a customer."""
        self._parts.open(customer_id)
        self._over(self.card)

    def find_alike(self) -> None:
        """Compare all customers, and show who may be one and the same."""
        self._over(self.alike)
        self._parts.compare()
        self.alike.entered()

    def _over(self, page: Page) -> None:
        if self._inner() is not self.card:
            self._beneath = self._inner() or self.listed
        self.pages.setCurrentWidget(page)

    def close_card(self) -> None:
        """Go back to what a page was opened over: the list, where it was, or likely twins."""
        inner, self._beneath = self._beneath, self.listed
        self.pages.setCurrentWidget(inner)
        self.entered()

    def _catch_up(self) -> None:
        """Read what stands in sight again, and which rows there are where that may have changed."""
        if self._listed_at != self._news:
            self._look()
        else:
            self._read_again()

    def _read_again(self) -> None:
        self.model.look_again()
        self.table.table.viewport().update()

    def _make_parts(self) -> None:
        words = self.wording
        self.model = LongModel(
            list_columns(words), key=lambda one: one.key,
            sentence=lambda one: line_said(one, words), language=words.language, parent=self,
        )  # fmt: skip
        self.table = FilterTable(self.model)
        self.table.search.setMinimumWidth(scaled(SEARCH_PX))
        self.table.table.show_column("currency", is_shown=False)
        self.new = Button("", "primary", icon="plus", key="Ctrl+N", height_px=30)
        self.compare = Button("", icon="users", height_px=30)
        self.labels = Button("", icon="barcode", height_px=30)
        self.out = ListOut(
            self.listed,
            self.table.table,
            self.model,
            self._parts,
            self._runner,
            lambda: self._asked,
        )
        words.put(self.new, "setText", NEW)
        words.put(self.compare, "setText", ALIKE)
        words.put(self.labels, "setText", LABELS)
        self.new.forbid("" if self._parts.may_write else words.say(NO_ROLE))

    def _lay_out(self) -> None:
        self.listed.build(
            (self.table, 1), self.out.band, self.out.working,
            buttons=(self.labels, self.compare, self.new),
        )  # fmt: skip
        self.pages = PageStack()
        for page in (self.listed, self.card, self.alike):
            self.pages.addWidget(page)
        self.setLayout(column((self.pages, 1), gap=0))

    def _connect(self) -> None:
        table = self.table
        table.search_changed.connect(lambda text: self._ask(words=text))
        table.filter_chosen.connect(lambda kind: self._ask(kind=kind))
        table.cleared.connect(lambda: self._ask(words="", kind="all"))
        table.export_asked.connect(self.out.ask_where)
        table.table.sort_asked.connect(self._sort)
        table.table.copy_asked.connect(self.out.copy)
        self.model.wanted.connect(self._read)
        table.table.opened.connect(lambda one: self.open_customer(one.id))
        table.table.opened_beside.connect(lambda one: self.card_wanted.emit(one.id))
        self.new.clicked.connect(self._begin)
        self.compare.clicked.connect(self.find_alike)
        self.labels.clicked.connect(self.out.band.begin)
        for what, key, act in (
            (NEW, "Ctrl+N", self.new.click), (FIND, "Ctrl+F", table.focus_search),
            (EXPORT, "Ctrl+E", self.out.ask_where), (ALIKE, "", self.find_alike),
            (LABELS, "", self.out.band.begin),
        ):  # fmt: skip
            self.action(what, key, act, on=self.listed)
        self.card.wants.connect(lambda _: self.close_card())
        self.alike.finished.connect(self.close_card)
        for page in (self.card, self.alike):
            page.card_wanted.connect(self.card_wanted)
            page.hands.connect(self.hands)
        self.wording.when_switched(self._say_again)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Leave columns out where the names have too little room, one after the other."""
        table = self.table.table
        wide = {one.name: planned_px(one) for one in self.model.columns if one.width}
        is_plain = self._whole is None or len(self._whole.totals) < 2
        needed = sum(wide.values()) - (wide["currency"] if is_plain else 0) + scaled(NAME_LEAST_PX)
        for name in LEFT_OUT:
            is_room = needed <= table.width()
            table.show_column(name, is_shown=is_room)
            needed -= 0 if is_room else wide[name]

    def _begin(self) -> None:
        self._parts.begin()
        self._over(self.card)

    def _sort(self, name: str, is_descending: bool) -> None:  # noqa: FBT001 - a signal's
        self._ask(sort=name, is_descending=is_descending)

    def _ask(self, **wanted: object) -> None:
        asked = replace(self._asked, **wanted)  # type: ignore[arg-type]
        if (asked.words, asked.kind) != (self._asked.words, self._asked.kind):
            self._news += 1
        self._asked = asked
        self._begin_list()

    def _begin_list(self) -> None:
        """Show the first rows of another question, whatever is still on its way."""
        self._turn += 1
        self.table.table.set_busy(is_busy=True)
        most = max(FIRST_ROWS, self.table.table.fitting_rows)
        self._runner.query(
            self, partial(self._parts.customers.listed, self._asked, most=most),
            done=partial(self._show_first, self._turn, most),
        )  # fmt: skip

    def _show_first(self, turn: int, most: int, rows: tuple[CustomerLine, ...]) -> None:
        if turn != self._turn:
            return
        current = self.table.table.current_row()
        self.table.table.set_busy(is_busy=False)
        self.model.begin(rows)
        if rows:
            self.table.table.go_to(self.model.place_of(current.key if current else 0) or 0)
        self.table.table.viewport().repaint()  # what is read behind it would hold the painting up
        if len(rows) < most:
            self._sum_up()
        else:
            self._look()

    def _look(self) -> None:
        """Read again which rows there are and, as they are seen, what stands in them."""
        self._background.ask(
            partial(self._parts.customers.keys, self._asked),
            done=partial(self._show_keys, self._turn, self._news),
        )  # fmt: skip

    def _show_keys(self, turn: int, news: int, keys: Keys) -> None:
        if turn == self._turn:
            self._listed_at = news
            self.model.order(keys)
            self._read_again()
            if keys and self.table.table.current_row() is None:
                self.table.table.go_to(0)
            self._sum_up()

    def _read(self, keys: tuple[int, ...]) -> None:
        """Read the rows that come into sight."""
        self._runner.query(self, partial(self._parts.customers.lines, keys), done=self.model.give)

    def _sum_up(self) -> None:
        """Sum what is listed, unless all that changed is its order."""
        if self._summed_at == self._news:
            return
        self._background.ask(
            partial(self._parts.customers.whole, self._asked),
            done=partial(self._show_whole, self._turn, self._news),
        )  # fmt: skip

    def _show_whole(self, turn: int, news: int, whole: Whole) -> None:
        if turn == self._turn:
            self._whole, self._summed_at = whole, news
            self._show_totals()

    def _make_findable(self) -> None:
        """Let the search catch up with what was imported, a little at a time."""
        customers = self._parts.customers
        self._runner.change(
            self, lambda: Outcome(customers.make_findable(), Changes()),
            done=lambda more: self._make_findable() if more else None,
        )  # fmt: skip

    def _show_totals(self) -> None:
        whole, say = self._whole, self.wording.say
        if whole is None:
            return
        counts = dict(whole.counts)
        self.table.show_filters(
            [Filter(name, say(word), counts[name], icon) for name, (word, icon) in FILTERS.items()]
        )
        self.table.show_totals(*totals_said(whole.totals, self.wording))
        self.table.table.show_column("currency", is_shown=len(whole.totals) > 1)
        self._fit()

    def _say_again(self) -> None:
        say = self.wording.say
        said = {name: say(sentence) for name, sentence in WORDS.items()}
        count = COUNT.zh if self.wording.language == "zh" else COUNT.en
        self.table.use_words(TableWords(**said, count=count))
        self.model.use_language(self.wording.language)
        self.new.forbid("" if self._parts.may_write else say(NO_ROLE))
        self._show_totals()
