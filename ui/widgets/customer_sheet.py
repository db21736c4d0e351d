"""The customer card at the side: who it is, where we stand, what is open, what to do next."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from erpdesk.domain.money import Money
from erpdesk.services.customers import Card
from erpdesk.words import Sentence
from ui.look import scaled
from ui.models.cells import shown
from ui.models.row_model import RowModel
from ui.widgets.button import Button
from ui.widgets.charts import Part, SegmentBar
from ui.widgets.customer_card import CustomerView, Figure, Swatch, sentence_of
from ui.widgets.customer_view import TODO_TONES, item_columns, todo_said, view_of
from ui.widgets.delegates import ink_of
from ui.widgets.entry_view import clear
from ui.widgets.page_stack import UpAndDown
from ui.widgets.parts import (
    STRETCH,
    ChipLabel,
    ElidedLabel,
    Icon,
    Item,
    Label,
    Panel,
    column,
    emptied,
    row,
    rule,
)
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording

S = Sentence
TITLE, CLOSE = S("客户卡", "Customer card"), S("关闭", "Close")
PAGE, NEXT = S("打开客户页", "Open the page"), S("下一步", "Next")
ITEMS, NO_ITEMS = S("未清项 {count}", "Open items: {count}"), S("没有未清项", "Nothing is open")
COMPOSITION = S("余额构成", "What the balance is made of")
WITHHELD = S("盲盘：复核后显示", "Blind count: shown after the review")
NO_BOOKS = S("你的角色不看账面", "Your role does not read the books")
MORE = S("还有 {count} 项，打开客户页看", "{count} more: open the page")
WIDTH_PX: Final = 392
WIDTH_MOST_PX: Final = 470
ITEMS_MOST: Final = 100
ITEMS_PX: Final = 124
"""So high is the list of open items at least: its head and two of them."""


class CustomerSheet(Panel):
    """``closed`` comes with Esc or its button; ``page_wanted`` carries the customer's id."""

    closed = Signal()
    page_wanted = Signal(str)

    def __init__(self, words: Wording) -> None:
        self._words, self._has_page = words, False
        self.card: Card | None = None
        self._late: dict[str, int] = {}
        self.name, self.identity = ElidedLabel("", "subject"), ElidedLabel("", "small", "text2")
        self._chips, self._figures, self._facts = row(gap=6), QGridLayout(), column(gap=4)
        self.bar = SegmentBar("", height_px=8)
        self.todo, self._todo_icon = Label("", "strong", wraps=True), Icon("check", "ok", 16)
        self.items_head = Label("", "section")
        self.model = RowModel(
            item_columns(words, self._late), key=lambda one: one.id, language=words.language
        )
        self.items = RowTable(self.model, density="two_lines").named(words, TITLE)
        self.items.setMinimumHeight(ITEMS_PX)
        self.note = Label("", "small", "text2", wraps=True)
        self.close_button = Button("", "plain", icon="x", height_px=24)
        self.page = Button("", icon="arrow-right", key="Enter", height_px=32)
        super().__init__(*self._parts(), gap=0, margins=(1, 1, 1, 1))
        self.setFixedWidth(min(WIDTH_MOST_PX, scaled(WIDTH_PX)))
        words.put(self, "setAccessibleName", TITLE)
        words.put(self.bar, "setAccessibleName", COMPOSITION)
        words.put(self.close_button, "setAccessibleName", CLOSE)
        words.put(self.page, "setText", PAGE)
        self.close_button.clicked.connect(self._close)
        self.page.clicked.connect(self._ask_for_page)
        self.items.opened.connect(lambda _: self._ask_for_page())
        words.when_switched(self._show)
        self.hide()

    def _parts(self) -> tuple[Item, ...]:
        title, head = Label("", "label", "text2"), Label("", "label", "text2")
        self._words.put(title, "setText", TITLE)
        self._words.put(head, "setText", NEXT)
        self._figures.setHorizontalSpacing(8)
        self._figures.setVerticalSpacing(4)
        self._figures.setColumnStretch(1, 1)
        who, what, foot, open_head, top = (QWidget() for _ in range(5))
        top.setLayout(row(title, STRETCH, self.close_button, margins=(14, 8, 8, 8)))
        who.setLayout(
            column(
                self._figures, self.bar, self._facts, gap=8, margins=(14, 0, 14, 10),
            )
        )  # fmt: skip
        self.next = Panel(head, row(self._todo_icon, (self.todo, 1), gap=8), ground="sunken", gap=4)
        middle = QWidget()
        middle.setLayout(row(self.next, margins=(13, 0, 13, 0)))
        open_head.setLayout(row(self.items_head, STRETCH, margins=(14, 10, 14, 6)))
        foot.setLayout(row((self.note, 1), self.page, margins=(14, 8, 14, 10)))
        what.setLayout(column((self.items, 1), gap=0))
        self._open = (open_head, what)
        shown = UpAndDown(column(who, middle, open_head, (what, 1), gap=0))
        shown.inside.setProperty("ground", "surface")
        shown.inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        named = column(self.name, self.identity, self._chips, gap=8, margins=(14, 10, 14, 8))
        return (top, rule(), named, (shown, 1), rule(), foot)

    def show_card(self, card: Card, *, today: date, has_page: bool) -> None:
        """Show a customer's card; the focus goes to what is open."""
        self.card, self._has_page = card, has_page
        self._late.clear()
        self._late.update({one.id: (today - one.due_date).days for one in card.items})
        self._show()
        self.show()
        self.raise_()
        has_items = self.items.isVisible() and bool(self.model.rows)
        (self.items if has_items else self.close_button).setFocus()
        if has_items:
            self.items.go_to(0)

    def _show(self) -> None:
        card, say = self.card, self._words.say
        if card is None:
            return
        view = view_of(card, self._words)
        self.name.setText(view.name)
        self.setAccessibleDescription(sentence_of(view))
        self.identity.setText("·".join(view.identity))
        emptied(self._chips)
        for chip in view.chips:
            self._chips.addWidget(ChipLabel(chip))
        self._chips.addStretch(1)
        self._show_figures(view)
        self._show_todo(card)
        self.model.use_language(self._words.language)
        self.model.show(card.items[:ITEMS_MOST])
        self.items_head.setText(say(ITEMS, count=len(card.items)) if card.items else say(NO_ITEMS))
        for part in self._open:
            part.setVisible(not card.withheld)
        self._say_note(card)

    def _say_note(self, card: Card) -> None:
        say = self._words.say
        rest = len(card.items) - ITEMS_MOST
        note = say(MORE, count=rest) if rest > 0 else ""
        if card.withheld:
            note = say(WITHHELD) if self._has_page else say(NO_BOOKS)
        self.note.setText(note)
        self.page.setVisible(self._has_page and not card.withheld)

    def _show_figures(self, view: CustomerView) -> None:
        clear(self._figures)
        for n, figure in enumerate((*view.figures, view.balance)):
            self._add_figure(n, figure, is_balance=figure is view.balance)
        parts = () if view.is_withheld else tuple(_drawn(view.figures))
        self.bar.show_parts(parts)
        self.bar.setVisible(any(part.size for part in parts))
        emptied(self._facts)
        for fact in view.facts:
            words = Label(fact.words, "small", fact.ink, wraps=True)
            self._facts.addLayout(row(Icon(fact.icon, fact.ink, 13), (words, 1), gap=6))

    def _add_figure(self, n: int, figure: Figure, *, is_balance: bool) -> None:
        right = Qt.AlignmentFlag.AlignRight
        if figure.claim is not None:
            self._figures.addWidget(Swatch(figure.claim), n, 0)
        caption = Label(figure.caption, "strong" if is_balance else "body", "text2")
        ink = ink_of(figure.value)
        if figure.claim == "unbilled" and ink == "text":
            ink = "unbilled"
        value = Label(shown(figure.value), "figure2" if is_balance else "body", ink, align=right)
        self._figures.addWidget(caption, n, 1)
        self._figures.addWidget(value, n, 2)

    def _show_todo(self, card: Card) -> None:
        self.next.setVisible(card.todo is not None)
        if card.todo is not None:
            tone, icon = TODO_TONES[card.todo.todo]
            self._todo_icon.show_icon(icon, tone)
            self.todo.setText(todo_said(card, self._words))

    def _ask_for_page(self) -> None:
        if self.card is not None and self.page.isVisibleTo(self):
            self.page_wanted.emit(self.card.id)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._ask_for_page()
        else:
            super().keyPressEvent(event)


def _drawn(figures: Iterable[Figure]) -> Iterator[Part]:
    for one in figures:
        if one.claim is not None and isinstance(one.value, Money):
            yield Part(one.caption, shown(one.value), one.value.minor, one.claim)
