"""A code on the screen, black on white in every theme, and two texts beside each other."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from erpdesk.domain.codes.characters import shown
from erpdesk.domain.codes.code128 import QUIET, code128
from erpdesk.domain.codes.scanner_check import Pair
from ui.look import BARS, PAPER, font, scaled, tokens
from ui.widgets.painting import draw_ring
from ui.widgets.parts import Painted

_CENTER: Final = Qt.AlignmentFlag.AlignCenter
_CELL_PX, _CELL_GAP_PX, _ROW_PX = 26, 4, 32
_HEAD_PX: Final = 62


class CodeView(Painted):
    """Code 128 of a text with its quiet zones; ``composed`` carries what an input method made.

    An input method has it only while :meth:`offer_input_method` says so.
    """

    composed = Signal(str)

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_code(self, text: str) -> None:
        """Show another code."""
        self._text = text
        self.setAccessibleDescription(shown(text))
        self.update()

    def offer_input_method(self, *, is_on: bool) -> None:
        """Let an input method have the keys, as a field to write in does."""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, is_on)

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        if query is Qt.InputMethodQuery.ImEnabled:
            return self.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        return super().inputMethodQuery(query)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        text = event.commitString() or event.preeditString()
        if text:
            self.composed.emit(text)
        event.accept()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(420), scaled(120))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(300), scaled(96))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now, box = QPainter(self), tokens(), QRectF(self.rect())
        painter.setPen(QPen(QColor(now.line), 1))
        painter.setBrush(QColor(PAPER))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self._text:
            self._paint_code(painter, box)
        if self.hasFocus():
            draw_ring(painter, box, radius=6)
        painter.end()

    def _paint_code(self, painter: QPainter, box: QRectF) -> None:
        widths, dpr = code128(self._text), self.devicePixelRatioF()
        modules = sum(widths) + 2 * QUIET
        module = max(1, int(box.width() * dpr / modules)) / dpr  # whole dots: edges stay sharp
        text_height = scaled(26)
        height = min(scaled(96), box.height() - text_height - 20)
        x = round((box.width() - module * sum(widths)) / 2 * dpr) / dpr
        y = (box.height() - height - text_height) / 2
        for n, width in enumerate(widths):
            if n % 2 == 0:
                painter.fillRect(QRectF(x, y, width * module, height), QColor(BARS))
            x += width * module
        painter.setFont(font("body"))
        painter.setPen(QColor(BARS))
        under = QRectF(0, y + height, box.width(), text_height)
        painter.drawText(under, _CENTER, shown(self._text))


class PairStrip(Painted):
    """What was printed above what came, character by character; what differs is framed."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: tuple[Pair, ...] = ()
        self._heads = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pairs(self, pairs: Sequence[Pair], heads: tuple[str, str], sentence: str) -> None:
        """Show these pairs; ``sentence`` says them to who cannot see them."""
        self._pairs, self._heads = tuple(pairs), heads
        self.setAccessibleName(sentence)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(_HEAD_PX) + 12 * scaled(_CELL_PX), 2 * scaled(_ROW_PX) + scaled(16))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("small"))
        painter.setPen(now.ink("text2"))
        row, left = scaled(_ROW_PX), scaled(_HEAD_PX)
        for n, head in enumerate(self._heads):
            place = QRectF(0, n * (row + 4), left, row)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, head
            )
        step = min(
            scaled(_CELL_PX) + _CELL_GAP_PX, (self.width() - left) / max(1, len(self._pairs))
        )
        for n, pair in enumerate(self._pairs):
            self._paint_pair(
                painter, QRectF(left + n * step, 0, step - _CELL_GAP_PX, row - 4), pair
            )
        painter.end()

    def _paint_pair(self, painter: QPainter, box: QRectF, pair: Pair) -> None:
        now, row = tokens(), scaled(_ROW_PX)
        painter.setFont(font("body"))
        self._paint_cell(painter, box.translated(0, 2), pair.printed, is_same=True)
        lower = box.translated(0, row + 6)
        self._paint_cell(painter, lower, pair.came, is_same=pair.is_same)
        if not pair.is_same:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.ink("attention"))
            x, y = lower.center().x(), lower.bottom() + 3
            painter.drawConvexPolygon([QPointF(x, y), QPointF(x - 4, y + 6), QPointF(x + 4, y + 6)])

    def _paint_cell(self, painter: QPainter, box: QRectF, sign: str, *, is_same: bool) -> None:
        now = tokens()
        painter.setPen(QPen(now.ink("attention") if not is_same else QColor(now.line), 1))
        painter.setBrush(now.ground("attention") if not is_same else QColor(now.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(now.ink("attention" if not is_same else "text"))
        text = shown(sign)
        painter.setFont(font("body" if len(text) == 1 else "key"))
        painter.drawText(
            box.adjusted(-6, 0, 6, 0), _CENTER, text.strip("[]") if len(text) > 1 else text
        )
