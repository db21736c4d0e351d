"""What shows one part of several, and the frame in which a part goes up and down."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

LOW_PX, BAR_PX, SEEN_PX = 160, 10, 44


class PageStack(QStackedWidget):
    """As large as the part that is shown needs: others do not make it larger."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.updateGeometry())

    @override
    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        inside = shown.layout() if shown else None
        if shown is None or inside is None or not inside.hasHeightForWidth():
            return shown.minimumSizeHint() if shown else QSize()
        return QSize(shown.minimumSizeHint().width(), inside.minimumHeightForWidth(self.width()))

    @override
    def hasHeightForWidth(self) -> bool:
        """Be asked for the least size alone: the height for a width is that of the highest."""
        return False

    @override
    def heightForWidth(self, width: int) -> int:
        return self.minimumSizeHint().height()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class _Inside(QWidget):
    """No higher than it has to be for its width; ``grown`` says that it needs another size."""

    grown = Signal()

    def __init__(self, laid_out: QLayout) -> None:
        super().__init__()
        self._laid_out, self._least = laid_out, QSize()
        self.setLayout(laid_out)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            least = QSize(self.minimumSizeHint().width(), self.whole_px(self.width()))
            if least != self._least:
                self._least = least
                self.grown.emit()
        return super().event(event)

    def whole_px(self, width: int) -> int:
        """Return how high all of it is at a width."""
        follows = self._laid_out.hasHeightForWidth()
        return self.heightForWidth(width) if follows else self.minimumSizeHint().height()

    @override
    def heightForWidth(self, width: int) -> int:
        return self._laid_out.minimumHeightForWidth(width)


class UpAndDown(QScrollArea):
    """A layout that goes up and down where there is no room for all of it, and never sideways.

    What takes the focus by a key or by the program comes into sight.
    """

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        self.inside = _Inside(inside)
        self.inside.grown.connect(self.updateGeometry)
        self.setWidget(self.inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    @override
    def minimumSizeHint(self) -> QSize:
        least = self.inside.minimumSizeHint()
        return QSize(least.width() + BAR_PX, min(least.height(), LOW_PX))

    def whole_px(self, width: int) -> int:
        """Return how high it would have to be to show all at a width."""
        return self.inside.whole_px(width)

    def begin(self) -> None:
        """Show the beginning again."""
        self.verticalScrollBar().setValue(0)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not QApplication.mouseButtons() and self.inside.isAncestorOf(now):
            QTimer.singleShot(0, now, lambda: self._bring(now))  # it is laid out by then

    def _bring(self, part: QWidget) -> None:
        if not self.inside.isAncestorOf(part):
            return  # it stands elsewhere by now
        top = part.mapTo(self.inside, QPoint()).y()
        for seen in (top + min(part.height(), SEEN_PX), top):
            self.ensureVisible(0, seen, 0, 0)
