"""A picture that fits its place until it is zoomed by Ctrl and the wheel, and can be turned."""

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from ui.look import tokens


class PictureView(QScrollArea):
    """An image that fits until it is zoomed by Ctrl and the wheel."""

    def __init__(self) -> None:
        super().__init__()
        self._canvas = _Canvas()
        self._image = QImage()
        self._factor: float | None = None
        self.setWidget(self._canvas)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_image(self, image: QImage) -> None:
        """Show a picture as large as it fits."""
        self._image = image
        self.fit()

    def fit(self) -> None:
        """Show all of it, at most as large as it is."""
        self._factor = None
        self._lay_out()

    def zoom(self, by: float) -> None:
        """Show it larger or smaller."""
        self._factor = min(8.0, max(0.05, self._scale() * by))
        self._lay_out()

    def turn(self) -> None:
        """Turn it to the right."""
        self._image = self._image.transformed(QTransform().rotate(90))
        self._lay_out()

    def _scale(self) -> float:
        if self._factor is not None:
            return self._factor
        room, size = self.viewport().size(), self._image.size()
        if size.isEmpty():
            return 1.0
        return min(1.0, room.width() / size.width(), room.height() / size.height())

    def _lay_out(self) -> None:
        scale = self._scale()
        size = QSize(round(self._image.width() * scale), round(self._image.height() * scale))
        self._canvas.show_image(self._image, size)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.25 if event.angleDelta().y() > 0 else 0.8)
            event.accept()
            return
        super().wheelEvent(event)


class _Canvas(QWidget):
    """Draws an image as large as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()

    def show_image(self, image: QImage, size: QSize) -> None:
        self._image = image
        self.resize(size)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(tokens().ink("edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def image_of(data: bytes) -> QImage:
    """Return a picture, upright as it was taken; a null one when it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader.read()
