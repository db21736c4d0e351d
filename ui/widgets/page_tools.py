"""The tools over a picture: pages, zoom, turn, fit, and the whole screen."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from erpdesk.words import Sentence
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, Label, row
from ui.widgets.picture_view import LARGER, SMALLER, PagesView
from ui.work.wording import Wording

S = Sentence
BIGGER, LESS = S("放大", "Larger"), S("缩小", "Smaller")
TURN, FIT = S("旋转", "Turn"), S("适合", "Fit")
BEFORE, AFTER = S("上一页", "Page before"), S("下一页", "Next page")
FIRST, LAST = S("已是第一页", "This is the first page"), S("已是最后一页", "This is the last page")
SHORT = S("{n} / {count}", "{n} / {count}")
PAGE = S("第 {n} 页，共 {count} 页", "Page {n} of {count}")
WHOLE = S("整个屏幕 F11", "Full screen F11")


class PageTools(QWidget):
    """A row of buttons that work on a view; none takes the focus, all have a key."""

    def __init__(self, words: Wording, view: PagesView, whole: Callable[[], object]) -> None:
        super().__init__()
        self._words, self._view = words, view
        self.page = Label("", "small", "text2")
        self.before = self._tool("chevron-left", BEFORE, lambda: view.turn_page(-1))
        self.after = self._tool("chevron-right", AFTER, lambda: view.turn_page(1))
        self.smaller = self._tool("minus", LESS, lambda: view.zoom(SMALLER))
        self.larger = self._tool("plus", BIGGER, lambda: view.zoom(LARGER))
        self.turn = self._tool("rotate-cw", TURN, view.turn)
        self.fit = self._tool("", FIT, view.fit)
        words.put(self.fit, "setText", FIT)
        self.whole = self._tool("maximize", WHOLE, whole)
        self._pager = (self.before, self.page, self.after)
        self._zooms = (self.smaller, self.larger, self.turn, self.fit)
        self.setLayout(row(*self._pager, STRETCH, *self._zooms, self.whole, gap=2))
        view.turned.connect(self._turned)
        words.when_switched(self._say)
        self._say()

    def show_for(self, *, has_picture: bool) -> None:
        """Show what is of use: a text is neither zoomed nor turned."""
        for one in self._zooms:
            one.setVisible(has_picture)
        for part in self._pager:
            part.setVisible(has_picture and self._view.count > 0)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks of the picture; False where it asks nothing."""
        act = _CTRL_KEYS if event.modifiers() & Qt.KeyboardModifier.ControlModifier else _KEYS
        known = act.get(Qt.Key(event.key()))
        if known is None:
            return False
        known(self._view)
        return True

    def _tool(self, icon: str, sentence: Sentence, act: Callable[[], object]) -> Button:
        button = Button("", "plain", icon=icon, height_px=28)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words.put(button, "setAccessibleName", sentence)
        self._words.put(button, "setToolTip", sentence)
        button.clicked.connect(act)
        return button

    def _turned(self) -> None:
        before = self.page.accessibleName()
        self._say()
        if self._view.count > 1 and self.page.accessibleName() != before:
            announce(self, self.page.accessibleName())

    def _say(self) -> None:
        view, say = self._view, self._words.say
        self.page.setText(say(SHORT, n=view.number, count=view.count))
        self.page.setAccessibleName(say(PAGE, n=view.number, count=view.count))
        for button, name, end, is_end in (
            (self.before, BEFORE, FIRST, view.number <= 1),
            (self.after, AFTER, LAST, view.number >= view.count),
        ):
            button.forbid(say(end) if is_end else "")
            button.setToolTip(say(end if is_end else name))
        for part in self._pager:
            part.setVisible(view.count > 0)


_KEYS: dict[Qt.Key, Callable[[PagesView], None]] = {
    Qt.Key.Key_PageUp: lambda view: view.turn_page(-1),
    Qt.Key.Key_PageDown: lambda view: view.turn_page(1),
    Qt.Key.Key_Up: lambda view: view.scroll_by(0, -1),
    Qt.Key.Key_Down: lambda view: view.scroll_by(0, 1),
}
_CTRL_KEYS: dict[Qt.Key, Callable[[PagesView], None]] = {
    Qt.Key.Key_Plus: lambda view: view.zoom(LARGER),
    Qt.Key.Key_Equal: lambda view: view.zoom(LARGER),
    Qt.Key.Key_Minus: lambda view: view.zoom(SMALLER),
    Qt.Key.Key_0: lambda view: view.fit(),
    Qt.Key.Key_Right: lambda view: view.turn(),
    Qt.Key.Key_Home: lambda view: view.turn_page(-view.count),
    Qt.Key.Key_End: lambda view: view.turn_page(view.count),
}
