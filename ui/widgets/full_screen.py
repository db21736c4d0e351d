"""What F11 shows on the whole screen, and gives back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget
from typing_extensions import override

from ui.widgets.painting import draw_ring
from ui.widgets.parts import Painted, column


class Enlargeable(Painted):
    """A view with the focus of the keys and its ring; what is in ``room`` can fill the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.whole: FullScreen | None = None
        self.room = QWidget()
        self.home = column(self.room, gap=0, margins=(2, 2, 2, 2))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks, here or on the whole screen; False where it asks nothing."""
        raise NotImplementedError

    def full_screen(self) -> None:
        """Show the room on the whole screen, or give it back."""
        if self.whole is not None:
            self.whole.close()
            return
        self.whole = FullScreen(self.room, self.home, self.take_key)
        self.whole.finished.connect(self._came_back)

    def _came_back(self) -> None:
        self.whole = None
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F11:
            self.full_screen()
        elif not self.take_key(event):
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_ring(painter, QRectF(self.rect()))
            painter.end()


class FullScreen(QDialog):
    """Borrows a part from its place, shows it on the whole screen, and gives it back when closed.

    ``take_key`` is asked first for every key; F11 and Esc close.
    """

    def __init__(
        self, part: QWidget, home: QBoxLayout, take_key: Callable[[QKeyEvent], bool]
    ) -> None:
        super().__init__(part.window())
        self._part, self._home, self._take_key = part, home, take_key
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "surface")
        self.setWindowTitle(part.window().windowTitle())
        self.setAccessibleName(part.accessibleName())
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(part)
        for one in (part, *part.findChildren(QWidget)):
            one.installEventFilter(self)
        self.finished.connect(self._give_back)
        self.showFullScreen()

    def _give_back(self) -> None:
        for one in (self._part, *self._part.findChildren(QWidget)):
            one.removeEventFilter(self)
        self._home.addWidget(self._part)
        self._part.show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._did(event)
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._did(event):
            super().keyPressEvent(event)

    def _did(self, event: QKeyEvent) -> bool:
        if event.key() in {Qt.Key.Key_F11, Qt.Key.Key_Escape}:
            self.close()
            return True
        return self._take_key(event)
