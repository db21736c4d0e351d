"""The one field: customers by code, name or pinyin, pages and commands; ``>`` commands alone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QWidget
from typing_extensions import override

from erpdesk.words import Sentence
from ui.look import scaled
from ui.main_window.finder_rows import HIT_ROLE, Hit, HitRow
from ui.widgets.clearing import clearable
from ui.widgets.parts import Panel
from ui.work.wording import Wording

HINT = Sentence("扫码、查客户、去页面、运行命令", "Scan, find, run a command")
RESULTS = Sentence("找到的", "Found")
NOTHING = Sentence("没有找到", "Nothing found")
MOST = 12
WIDTH_PX, LEAST_PX, HEIGHT_PX, POPUP_PX, ROW_PX = 330, 180, 28, 640, 30
_WAIT_MS = 60


Look = Callable[[str, Callable[[Sequence[Hit]], None]], None]
"""Looks for words and hands over what was found, whenever that is."""


class Finder(QLineEdit):
    """``begun`` says that somebody looks for something; ``entered`` carries what fits nothing.

    The focus alone says nothing: the toolkit gives it for a moment whenever a page is left.
    Enter opens what is chosen in the list; where the list answers older words, or none is shown,
    it looks first, and opens what is called exactly so or is the only one.
    """

    entered = Signal(str)
    begun = Signal()

    def __init__(self, wording: Wording, find: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._wording, self._find, self._asked = wording, find, 0
        self.setFixedHeight(HEIGHT_PX)
        self.setMinimumWidth(LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        clearable(self, wording)
        wording.put(
            self, "setPlaceholderText", Sentence("{hint}  Ctrl+K", "{hint}  Ctrl+K"), hint=HINT
        )
        wording.put(self, "setAccessibleName", HINT)
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setItemDelegate(HitRow(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._open)
        wording.put(self.list, "setAccessibleName", RESULTS)
        self.popup = Panel(self.list, margins=(6, 6, 6, 6))
        self.popup.setParent(parent)
        self.popup.hide()
        self._hits: Sequence[Hit] = ()
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self._look)
        self._answered, self._is_entered = "", False
        self.textChanged.connect(self._begin_to_look)
        self.returnPressed.connect(self._enter)
        self.installEventFilter(self)

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, HEIGHT_PX)

    def begin(self) -> None:
        """Take the focus, what stands there selected."""
        self.setFocus()
        self.selectAll()
        self.begun.emit()

    def _begin_to_look(self, text: str) -> None:
        self._wait.start()
        if text:
            self.begun.emit()

    def look_again(self) -> None:
        """Look for the same words again: there is more to be found now, unless one is chosen."""
        if self.popup.isVisible() and self.list.currentRow() <= 0:
            self._look()

    def close_list(self) -> bool:
        """Close the list; False when it was closed already."""
        was_open = self.popup.isVisible()
        self.popup.hide()
        return was_open

    def _look(self) -> None:
        self._wait.stop()
        words = self.text().strip()
        if not words:
            self.close_list()
            return
        self._asked += 1
        asked = self._asked
        self._find(words, lambda hits: self._show(words, hits) if asked == self._asked else None)

    def _show(self, words: str, hits: Sequence[Hit]) -> None:
        is_entered, self._is_entered = self._is_entered, False
        if not self.hasFocus():
            return
        self._answered, self._hits = words, hits[:MOST]
        if is_entered and self._is_settled(words):
            return
        self.list.clear()
        for hit in self._hits:
            item = QListWidgetItem("  ".join(filter(None, (hit.word, hit.kind, hit.key))))
            item.setData(HIT_ROLE, hit)
            item.setSizeHint(QSize(0, scaled(ROW_PX)))
            self.list.addItem(item)
        if not self._hits:
            self.list.addItem(self._wording.say(NOTHING))
        self.list.setCurrentRow(0 if self._hits else -1)
        self._place()

    def _place(self) -> None:
        top = self.window()
        at = self.mapTo(top, QPoint(self.width() // 2 - POPUP_PX // 2, self.height() + 4))
        height = max(1, self.list.count()) * scaled(ROW_PX) + 14
        x = max(8, min(at.x(), top.width() - POPUP_PX - 8))
        self.popup.setGeometry(x, at.y(), min(POPUP_PX, top.width() - 16), height)
        self.popup.show()
        self.popup.raise_()

    def _enter(self) -> None:
        words = self.text().strip()
        if self.popup.isVisible() and self._hits and words == self._answered:
            self._open()
        elif words:
            self._is_entered = True
            self._look()

    def _is_settled(self, words: str) -> bool:
        """Open what is called exactly so, or the only one; hand over words that fit nothing."""
        exact = [one for one in self._hits if one.is_exact]
        sure = exact or (self._hits if len(self._hits) == 1 else ())
        if sure:
            self._finish(sure[0])
        elif not self._hits:
            self.close_list()
            self.entered.emit(words)
        return bool(sure) or not self._hits

    def _open(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self._hits):
            self._finish(self._hits[place])

    def _finish(self, hit: Hit) -> None:
        self.close_list()
        self.clear()
        hit.open()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.begun.emit()
        if event.type() == QEvent.Type.FocusOut:
            self.close_list()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._move(event.key())
        return super().eventFilter(watched, event)

    def _move(self, key: int) -> bool:
        by = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(key, 0)
        if not by or not self._hits or not self.popup.isVisible():
            return False
        self.list.setCurrentRow((self.list.currentRow() + by) % len(self._hits))
        return True
