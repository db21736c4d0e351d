"""A journal entry as it will be posted, and lists of facts beside it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.money import Money
from erpdesk.words import Sentence
from ui.look import TONE_ICONS
from ui.widgets.currency_field import with_code
from ui.widgets.document_facts import SIDES, Fact, account_name
from ui.widgets.parts import Icon, Label, rule
from ui.widgets.parts import column as stacked
from ui.work.wording import Wording

S = Sentence
ENTRY, DEBIT, CREDIT, TOTAL = (
    S("分录", "Entry"), S("借方", "Debit"), S("贷方", "Credit"), S("合计", "Total"),
)  # fmt: skip
MORE = S("还有 {count} 行没有列出", "{count} more lines are not listed")
NO_ENTRY = S("还没有分录", "There is no entry yet")
LINES_MOST: Final = 12
BAR_PX: Final = 14
"""What the bar of a scrolling part takes of its width."""
RIGHT: Final = Qt.AlignmentFlag.AlignRight


class EntryView(QWidget):
    """Lines of an entry with debit, credit and totals; figures of one weight."""

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words = words
        self._lines: Sequence[Mapping[str, Any]] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        words.when_switched(self._fill)
        self._fill()

    def show_lines(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Show these lines of a text."""
        self._lines = lines
        self._fill()

    def _fill(self) -> None:
        clear(self._grid)
        say = self._words.say
        if not self._lines:
            self._grid.addWidget(Label(say(NO_ENTRY), "body", "text3"), 0, 0, 1, 4)
            return
        for column, head in ((1, ENTRY), (2, DEBIT), (3, CREDIT)):
            align = RIGHT if column > 1 else None
            self._grid.addWidget(Label(say(head), "label", "text2", align=align), 0, column)
        self._grid.addWidget(rule(), 1, 0, 1, 4)
        for n, line in enumerate(self._lines[:LINES_MOST], 2):
            self._add_line(n, line)
        self._add_total(2 + min(len(self._lines), LINES_MOST))

    def _add_line(self, n: int, line: Mapping[str, Any]) -> None:
        side = self._words.say(SIDES[line["side"]])
        self._grid.addWidget(Label(side, "body", "text2"), n, 0)
        self._grid.addWidget(Label(account_name(line["account"], self._words), wraps=True), n, 1)
        money = Money(line["amount"], line["currency"])
        side_at = 2 if line["side"] == 1 else 3
        self._grid.addWidget(_amount(money, Money(line["base"], BASE_CURRENCY)), n, side_at)

    def _add_total(self, n: int) -> None:
        if len(self._lines) > LINES_MOST:
            said = self._words.say(MORE, count=len(self._lines) - LINES_MOST)
            self._grid.addWidget(Label(said, "small", "text2"), n, 1, 1, 3)
        self._grid.addWidget(rule(), n + 1, 0, 1, 4)
        self._grid.addWidget(Label(self._words.say(TOTAL), "strong"), n + 2, 1)
        for column, side in ((2, 1), (3, -1)):
            total = sum(line["base"] for line in self._lines if line["side"] == side)
            self._grid.addWidget(_figure(Money(total, BASE_CURRENCY)), n + 2, column)


class FactList(QWidget):
    """Lines of an icon, a sentence and a figure."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: tuple[Fact, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these facts."""
        if facts == self.facts:
            return
        self.facts = facts
        clear(self._grid)
        for n, fact in enumerate(facts):
            self._grid.addWidget(Icon(TONE_ICONS[fact.tone], fact.tone, 16), n, 0)
            self._grid.addWidget(Label(fact.text, wraps=True), n, 1)
            self._grid.addWidget(Label(fact.value, "body", "text2", align=RIGHT), n, 2)


def scrolling(part: QWidget) -> QScrollArea:
    """Return a part in a frame that scrolls up and down where there is no room for all of it."""
    scroll = QScrollArea()
    scroll.setWidget(part)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setMinimumWidth(part.minimumSizeHint().width() + BAR_PX)
    return scroll


def lead_to(part: QWidget) -> None:
    """Give a part the focus and bring it into sight, in whatever scrolls around it."""
    part.setFocus()
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part)
        around = around.parentWidget()


def clear(layout: QLayout) -> None:
    """Take every part out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (part := item.widget()) is not None:
            part.hide()
            part.deleteLater()


def _amount(money: Money, base: Money) -> QWidget:
    """Return an amount; under a foreign one what it is in the currency of the books."""
    if money.currency == BASE_CURRENCY or not money.minor:
        return _figure(base)
    made = QWidget()
    below = Label(base.grouped(), "small", "text2", align=RIGHT)
    foreign = Label(with_code(money), "body", "error" if money.minor < 0 else "text", align=RIGHT)
    made.setLayout(stacked(foreign, below, gap=0))
    return made


def _figure(money: Money) -> Label:
    return Label(money.grouped(), "body", "error" if money.minor < 0 else "text", align=RIGHT)
