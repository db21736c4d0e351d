"""Beside the card: how far the campaign is; lists of the newest, the open, the unexpected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar
from typing_extensions import override

from erpdesk.domain.money import Money
from erpdesk.words import Sentence
from ui.look import Ink, Tone, font, scaled, tokens
from ui.models.cells import Lines, Mark, Value, shown
from ui.models.row_model import Column, RowModel
from ui.pages.counting import words as w
from ui.pages.counting.facts import Standing
from ui.widgets.charts import Part, SegmentBar, Series
from ui.widgets.painting import draw_ring
from ui.widgets.parts import STRETCH, Icon, Label, Panel, column, row, rule
from ui.widgets.row_table import RowTable
from ui.widgets.sized_panel import SizedPanel
from ui.work.wording import Wording

WIDTH_PX, TAB_GAP_PX, TAB_GAP_LEAST_PX = 344, 13, 3
TABS: Final = ("recent", "open", "unexpected", "conflicts", "parked")
_SERIES: Final[dict[str, Series]] = {
    "verified": "ok", "counted": "ok", "recounted": "ok", "resolved": "ok", "variance": "attention",
    "recount_required": "billed", "conflict": "error",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SideRow:
    """One row of a list: what it is about, two lines left, two lines right."""

    key: str
    icon: str
    ink: Ink
    title: str
    under: str
    value: str | Money | None = ""
    word: str = ""
    word_ink: Ink = "text2"
    ground: Tone | None = None


class Tabs(QTabBar):
    """Tabs as words with a line under the current one."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def tabSizeHint(self, index: int) -> QSize:
        widths = [self._words_px(n) for n in range(self.count())]
        gap = (self.width() - sum(widths)) // max(1, self.count())
        return QSize(widths[index] + max(TAB_GAP_LEAST_PX, min(TAB_GAP_PX, gap)), scaled(33))

    def _words_px(self, index: int) -> int:
        return self.fontMetrics().horizontalAdvance(self.tabText(index))

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), tokens()
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(now.line))
        for n in range(self.count()):
            is_current, box = n == self.currentIndex(), self.tabRect(n)
            painter.setFont(font("strong" if is_current else "body"))
            painter.setPen(now.ink("accent" if is_current else "text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tabText(n))
            if is_current:
                line = QRect(box.x() + 6, self.height() - 2, box.width() - 12, 2)
                painter.fillRect(line, QColor(now.accent))
                if self.hasFocus():
                    draw_ring(painter, box.adjusted(1, 2, -1, -4).toRectF())
        painter.end()


class CountingSide(SizedPanel):
    """``opened`` carries the tab and the key of a row."""

    opened = Signal(str, str)

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._standing: Standing | None = None
        self._counts: Mapping[str, int] = {}
        self._share = Label("—", "strip")
        self._share.setProperty("type", "title")
        self._bar = SegmentBar("")
        self._counted, self._open = Label("", "small", "text2"), Label("", "label")
        name = Label("", "label", "text2")
        wording.put(name, "setText", w.COVERAGE)
        wording.put(self._bar, "setAccessibleName", w.COVERAGE)
        self.tabs = Tabs()
        wording.put(self.tabs, "setAccessibleName", Sentence("名单", "Lists"))
        self._lists, self._stack = dict[str, RowTable[SideRow]](), QStackedWidget()
        self._empty = {
            tab: Label("", "body", "text2", align=Qt.AlignmentFlag.AlignHCenter) for tab in TABS
        }
        for tab in TABS:
            self.tabs.addTab("")
            self._add_list(tab)
        hint = Label("", "small", "text3")
        wording.put(hint, "setText", w.HINTS)
        super().__init__(
            column(
                row(name, STRETCH, self._share), self._bar,
                row(self._counted, STRETCH, self._open),
                gap=5, margins=(12, 10, 12, 8),
            ),
            self.tabs, (self._stack, 1), rule(),
            row(Icon("keyboard", "text3", 14), hint, STRETCH, gap=6, margins=(12, 6, 12, 6)),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.measure()
        self.tabs.currentChanged.connect(self._show_tab)
        wording.when_switched(self._speak)
        self._speak()

    @override
    def measure(self) -> None:
        self.setFixedWidth(width_px())

    def _add_list(self, tab: str) -> None:
        blank = Sentence("", "")
        model = RowModel[SideRow](
            (
                Column("what", blank, lambda one: Mark("", one.icon, one.ink), "icon", 40),
                Column("who", blank, lambda one: Lines(one.title, one.under)),
                Column("value", blank, _value, "amount", 104),
            ),
            key=lambda one: one.key,
            ground=lambda one: one.ground,
            sentence=_sentence,
        )
        table = RowTable(model, name="", density="two_lines", has_head=False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self._wording.put(table, "setAccessibleName", w.TABS[tab])
        table.opened.connect(lambda one: self.opened.emit(tab, one.key))
        self._wording.put(self._empty[tab], "setText", w.EMPTY_TABS[tab])
        self._lists[tab] = table
        page = Panel(self._empty[tab], (table, 1), ground="surface", gap=0, margins=(0, 0, 0, 0))
        self._empty[tab].setContentsMargins(12, 16, 12, 16)
        self._stack.addWidget(page)

    @property
    def current(self) -> RowTable[SideRow]:
        """Return the list that is shown."""
        return self._lists[TABS[self.tabs.currentIndex()]]

    def show_tab(self, tab: str) -> None:
        """Show one of the lists."""
        self.tabs.setCurrentIndex(TABS.index(tab))

    def rows(self, tab: str) -> tuple[SideRow, ...]:
        """Return the rows of a list."""
        return self._lists[tab].rows_model.rows

    def show_rows(self, tab: str, rows: Sequence[SideRow], *, count: int | None = None) -> None:
        """Show the rows of a list; selection and scroll stay."""
        self._lists[tab].rows_model.show(rows)
        self._lists[tab].setVisible(bool(rows))
        self._empty[tab].setVisible(not rows)
        if count is not None:
            self._counts = {**self._counts, tab: count}
            self._say_tab(tab)

    def show_standing(self, standing: Standing, *, withheld: bool) -> None:
        """Show coverage; when figures are withheld, only what is counted and what is open."""
        self._standing = standing
        share = standing.counted * 1000 // standing.customers if standing.customers else 0
        self._share.setText(f"{share / 10:.1f}%" if standing.customers else "—")
        put = self._wording.put
        put(self._counted, "setText", w.COUNTED_OF, n=standing.counted, all=standing.customers)
        put(self._open, "setText", w.UNCOUNTED, n=standing.waiting)
        self._bar.show_parts(self._parts(standing, withheld=withheld))

    def _parts(self, standing: Standing, *, withheld: bool) -> list[Part]:
        rest = standing.waiting
        open_part = Part(self._wording.say(w.TABS["open"]), str(rest), rest, "rest")
        if withheld or not standing.states:
            counted = Part(
                self._wording.say(w.COVERAGE), str(standing.counted), standing.counted, "ok"
            )
            return [counted, open_part]
        sizes: dict[Series, int] = {}
        for state, count in standing.states.items():
            if state in _SERIES:
                sizes[_SERIES[state]] = sizes.get(_SERIES[state], 0) + count
        words: dict[Series, Sentence] = {
            "ok": w.AGREES, "attention": w.DIFFERENCE, "error": w.TABS["conflicts"],
            "billed": w.RECOUNT,
        }  # fmt: skip
        made = [
            Part(self._wording.say(words[one], amount="").strip(), str(sizes[one]), sizes[one], one)
            for one in words
            if one in sizes
        ]
        return [*made, open_part]

    def _show_tab(self, place: int) -> None:
        self._stack.setCurrentIndex(place)

    def _say_tab(self, tab: str) -> None:
        word, count = self._wording.say(w.TABS[tab]), self._counts.get(tab, 0)
        self.tabs.setTabText(
            TABS.index(tab), f"{word} {count}" if count and tab != "recent" else word
        )

    def _speak(self) -> None:
        for tab in TABS:
            self._say_tab(tab)


def _value(one: SideRow) -> Value:
    if one.value == "" and not one.word:
        return ""
    return Lines(one.value, one.word, one.word_ink)


def _sentence(one: SideRow) -> str:
    return "，".join(filter(None, (one.title, one.under, shown(one.value), one.word)))


def width_px() -> int:
    """Return how wide the lists are: half as much wider as the text is larger."""
    return WIDTH_PX + (scaled(WIDTH_PX) - WIDTH_PX) // 2
