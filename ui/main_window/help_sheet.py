"""The help of one page, beside it: what the page is for, the words it uses, its keys."""

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QWidget

from erpdesk.words import Sentence
from erpdesk.words.help_texts import HelpText
from ui.main_window.keys_sheet import add_keys
from ui.main_window.side_sheet import SideSheet
from ui.widgets.parts import Label, column
from ui.work.wording import Wording

TITLE = Sentence("帮助：{page}", "Help: {page}")
PURPOSE = Sentence("这一页做什么", "What this page is for")
WORDS = Sentence("这一页用的词", "The words it uses")
KEYS = Sentence("按键", "Keys")
MORE = Sentence(
    "Shift+F1 看全部按键；Ctrl+K 按名字找任何命令。",
    "Shift+F1 shows every key; Ctrl+K finds any command by its name.",
)


class HelpSheet(SideSheet):
    """Shows one help text; a switch of language says it again."""

    def __init__(self, wording: Wording) -> None:
        more = Label("", "small", "text2", wraps=True)
        wording.put(more, "setText", MORE)
        super().__init__(wording, Sentence("帮助", "Help"), column(more, margins=(14, 8, 14, 10)))

    def show_help(self, page: Sentence, text: HelpText, actions: Iterable[QAction]) -> None:
        """Show the help of a page."""
        self.wording.put(self.title, "setText", TITLE, page=page)
        say = self.wording.say
        inside = QWidget()
        layout = column(
            Label(say(PURPOSE), "label", "text2"),
            *(Label(say(one), wraps=True) for one in text.purpose),
            6, Label(say(WORDS), "label", "text2"),
            gap=6, margins=(14, 10, 14, 10),
        )  # fmt: skip
        for term, meaning in text.words:
            layout.addLayout(
                column(Label(say(term), "strong"), Label(say(meaning), wraps=True), gap=1)
            )
        grid = QGridLayout()
        grid.addWidget(Label(say(KEYS), "label", "text2"), 0, 0, 1, 2)
        add_keys(grid, actions)
        layout.addLayout(grid)
        layout.addStretch(1)
        inside.setLayout(layout)
        self.show_inside(inside)
