"""A paper as it is printed: its pages, one by one, under their tools."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.services.looking import PageShown
from erpdesk.words import Sentence
from ui.widgets.page_tools import FullScreen, PageTools
from ui.widgets.painting import draw_ring
from ui.widgets.parts import STRETCH, Item, Label, Painted, Panel, column, row, rule
from ui.widgets.picture_view import PagesView
from ui.work.wording import Wording

NAME = Sentence("纸面预览，翻页键翻页", "Preview of the paper; page keys turn")
LOADING = Sentence("正在画……", "It is being drawn …")


class PaperView(Painted):
    """``page_wanted`` (key, number) asks for a page; the key names the paper to whoever answers."""

    page_wanted = Signal(str, int)

    def __init__(self, words: Wording, *acts: Item) -> None:
        super().__init__()
        self._words = words
        self.view = PagesView()
        self.whole: FullScreen | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words.put(self, "setAccessibleName", NAME)
        self.tools = PageTools(words, self.view, self.full_screen)
        self.said = Label("", "body", "text2", wraps=True, align=Qt.AlignmentFlag.AlignHCenter)
        nothing = QWidget()
        nothing.setLayout(column(STRETCH, self.said, STRETCH, margins=(24, 4, 24, 4)))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(nothing)
        self._room = QWidget()
        self._room.setLayout(column(self.tools, (self._pages, 1), gap=4, margins=(10, 4, 10, 10)))
        self._home = column(self._room, gap=0, margins=(2, 2, 2, 2))
        bar = row(STRETCH, *acts, gap=4, margins=(10, 8, 10, 8))
        self.setLayout(
            column(
                Panel(bar, ground="surface", margins=(0, 0, 0, 0)), rule(), (self._home, 1), gap=0
            )
        )
        self.view.wanted.connect(self.page_wanted)
        self.say(Sentence("", ""))

    def show_paper(self, key: str) -> None:
        """Show the first page of a paper; it is asked for."""
        if key != self.view.digest:
            if not self.view.has_page(key):
                self.say(LOADING)
            self.view.show_pdf(key)
        if self.view.has_page(key):
            self._show_pages()

    def show_page(self, key: str, page: PageShown) -> None:
        """Take a page that was asked for."""
        if self.view.take_page(key, page):
            self._show_pages()

    def say(self, sentence: Sentence) -> None:
        """Show no paper, and say why."""
        self._words.put(self.said, "setText", sentence)
        self._show_nothing()

    def refuse(self, key: str, sentence: str) -> None:
        """Say why a paper cannot be shown."""
        if key == self.view.digest:
            self._words.forget(self.said, "setText")
            self.said.setText(sentence)
            self._show_nothing()

    def full_screen(self) -> None:
        """Show the paper on the whole screen, or give it back."""
        if self.whole is not None:
            self.whole.close()
            return
        self.whole = FullScreen(self._room, self._home, self._take_key)
        self.whole.finished.connect(self._came_back)

    def _came_back(self) -> None:
        self.whole = None
        self.setFocus()

    def _show_pages(self) -> None:
        self._pages.setCurrentWidget(self.view)
        self.tools.show_for(has_picture=True)

    def _show_nothing(self) -> None:
        self.view.give_up()
        self._pages.setCurrentIndex(1)
        self.tools.show_for(has_picture=False)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_F11:
            self.full_screen()
            return True
        return self._pages.currentWidget() is self.view and self.tools.take_key(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take_key(event):
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_ring(painter, QRectF(self.rect()))
            painter.end()
