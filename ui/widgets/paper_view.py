"""A paper as it is printed: its pages, one by one, under their tools."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.services.looking import PageShown
from erpdesk.words import Sentence
from ui.widgets.full_screen import Enlargeable
from ui.widgets.page_tools import PageTools
from ui.widgets.parts import STRETCH, Item, Label, Panel, column, row, rule
from ui.widgets.picture_view import PagesView
from ui.work.wording import Wording

NAME = Sentence("纸面预览，翻页键翻页", "Preview of the paper; page keys turn")
LOADING = Sentence("正在画……", "It is being drawn …")


class PaperView(Enlargeable):
    """``page_wanted`` (key, number) asks for a page; the key names the paper to whoever answers."""

    page_wanted = Signal(str, int)

    def __init__(self, words: Wording, *acts: Item) -> None:
        super().__init__()
        self._words = words
        self.view = PagesView()
        words.put(self, "setAccessibleName", NAME)
        self.tools = PageTools(words, self.view, self.full_screen)
        self.said = Label("", "body", "text2", wraps=True, align=Qt.AlignmentFlag.AlignHCenter)
        nothing = QWidget()
        nothing.setLayout(column(STRETCH, self.said, STRETCH, margins=(24, 4, 24, 4)))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(nothing)
        self.room.setLayout(column(self.tools, (self._pages, 1), gap=4, margins=(10, 4, 10, 10)))
        bar = row(STRETCH, *acts, gap=4, margins=(10, 8, 10, 8))
        self.setLayout(
            column(
                Panel(bar, ground="surface", margins=(0, 0, 0, 0)), rule(), (self.home, 1), gap=0
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

    def _show_pages(self) -> None:
        self._pages.setCurrentWidget(self.view)
        self.tools.show_for(has_picture=True)

    def _show_nothing(self) -> None:
        self.view.give_up()
        self._pages.setCurrentIndex(1)
        self.tools.show_for(has_picture=False)

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        return self._pages.currentWidget() is self.view and self.tools.take_key(event)
