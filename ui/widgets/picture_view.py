"""Pictures that fit their place until they are zoomed, and can be turned; pages of a PDF likewise.

A page is asked for by a signal and given as pixels: nothing is drawn from a file here.
"""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, Signal
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

from erpdesk.services.looking import PageShown
from ui.look import tokens

LARGER, SMALLER = 1.25, 0.8
_FACTOR_LEAST, _FACTOR_MOST = 0.05, 8.0
_KEPT_MOST: Final = 6


class PictureView(QScrollArea):
    """An image that fits until it is zoomed by Ctrl and the wheel."""

    def __init__(self) -> None:
        super().__init__()
        self._canvas = _Canvas()
        self._image = QImage()
        self._factor: float | None = None
        self._turns = 0
        self.setWidget(self._canvas)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_image(self, image: QImage, *, goes_on: bool = False) -> None:
        """Show a picture as large as it fits; one that goes on keeps zoom and turn."""
        if not goes_on:
            self._factor, self._turns = None, 0
        self._image = image.transformed(QTransform().rotate(90 * self._turns))
        self._lay_out()

    def fit(self) -> None:
        """Show all of it, at most as large as it is."""
        self._factor = None
        self._lay_out()

    def zoom(self, by: float) -> None:
        """Show it larger or smaller."""
        self._factor = min(_FACTOR_MOST, max(_FACTOR_LEAST, self._scale() * by))
        self._lay_out()

    def turn(self) -> None:
        """Turn it to the right."""
        self._turns = (self._turns + 1) % 4
        self._image = self._image.transformed(QTransform().rotate(90))
        self._lay_out()

    def scroll_by(self, x: int, y: int) -> None:
        """Move the picture by so many steps."""
        for bar, steps in ((self.horizontalScrollBar(), x), (self.verticalScrollBar(), y)):
            bar.setValue(bar.value() + 3 * steps * bar.singleStep())

    def _scale(self) -> float:
        if self._factor is not None:
            return self._factor
        room, size = self.maximumViewportSize(), self._image.size()
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
            self.zoom(LARGER if event.angleDelta().y() > 0 else SMALLER)
            event.accept()
            return
        super().wheelEvent(event)


class PagesView(PictureView):
    """A picture, or the pages of a PDF one by one.

    ``wanted`` (hash, number) asks for a page, ``turned`` says that another page is to be shown.
    """

    wanted = Signal(str, int)
    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.digest, self.number, self.count = "", 1, 0
        self._asked: tuple[str, int] | None = None
        self._kept: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self._counts: dict[str, int] = {}
        self._is_new = True

    def show_picture(self, image: QImage) -> None:
        """Show a single picture, which has no pages."""
        self.digest, self.number, self.count = "", 1, 0
        self.show_image(image)
        self.turned.emit()

    def show_pdf(self, digest: str) -> None:
        """Show the first page of a PDF; it is asked for unless it is here."""
        self.digest, self.number, self.count = digest, 1, self._counts.get(digest, 0)
        self._is_new = True
        self._asked = None
        self._go()

    def take_page(self, digest: str, page: PageShown) -> bool:
        """Keep a page that was asked for; say whether it is shown now."""
        self._asked = None
        self._kept[digest, page.number] = image_of_page(page)
        self._counts[digest] = page.count
        while len(self._kept) > _KEPT_MOST:
            self._kept.popitem(last=False)
        if digest != self.digest:
            return False
        self.count = page.count
        self._go()
        return page.number == self.number

    def give_up(self) -> None:
        """Forget the PDF whose page cannot be shown; it may be shown anew."""
        self.digest, self.count, self._asked = "", 0, None
        self.turned.emit()

    def has_page(self, digest: str) -> bool:
        """Say whether the page of this PDF that is to be shown is here."""
        return (digest, self.number if digest == self.digest else 1) in self._kept

    def turn_page(self, by: int) -> None:
        """Go so many pages on, or back."""
        number = min(max(1, self.number + by), max(1, self.count))
        if number != self.number:
            self.number = number
            self._go()

    def _go(self) -> None:
        image = self._kept.get((self.digest, self.number))
        if image is not None:
            self._kept.move_to_end((self.digest, self.number))
            self.show_image(image, goes_on=not self._is_new)
            self._is_new = False
            self.verticalScrollBar().setValue(0)
        elif self._asked is None:
            self._asked = (self.digest, self.number)
            self.wanted.emit(*self._asked)
        self.turned.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        bar, steps = self.verticalScrollBar(), event.angleDelta().y()
        is_zoom = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        end = bar.minimum() if steps > 0 else bar.maximum()
        if self.count > 1 and steps and not is_zoom and bar.value() == end:
            self.turn_page(-1 if steps > 0 else 1)
            event.accept()
            return
        super().wheelEvent(event)


class _Canvas(QWidget):
    """Draws an image as large as it is; one that is smaller than its pixels is drawn smoothly."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._small = QImage()

    def show_image(self, image: QImage, size: QSize) -> None:
        self._image, self._small = image, QImage()
        self.resize(size)
        self.update()

    def _drawn(self) -> QImage:
        pixels = self.size() * self.devicePixelRatioF()
        if self._image.isNull() or pixels.width() >= self._image.width():
            return self._image
        if self._small.size() != pixels:
            smooth = Qt.TransformationMode.SmoothTransformation
            whole = Qt.AspectRatioMode.IgnoreAspectRatio
            self._small = self._image.scaled(pixels, whole, smooth)
        return self._small

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._drawn())
        painter.setPen(tokens().ink("edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def image_of_page(page: PageShown) -> QImage:
    """Return a page as a picture of its own."""
    form = QImage.Format.Format_RGB888
    return QImage(page.rgb, page.width, page.height, page.stride, form).copy()


def image_of(data: bytes) -> QImage:
    """Return a picture, upright as it was taken; a null one when it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader.read()
