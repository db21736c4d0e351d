"""How long a scanner waits between two keys, as bars, with the line that tells it from fingers."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.look import font, scaled, tokens
from ui.widgets.charts import Chart
from ui.widgets.painting import draw_ring

_BIN_MS: Final = 3
_MOST_MS: Final = 120
_TICKS_MS: Final = (0, 30, 60, 90, 120)
_AXIS_PX, _TOP_PX = 20, 18


class GapHistogram(Chart):
    """Bars of gaps up to 120 ms; ``line_ms`` is the longest that still belongs to a code."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._gaps: tuple[int, ...] = ()
        self._line_ms, self._line_word, self._fingers = 0, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_gaps(self, gaps: Sequence[int], line_ms: int, words: tuple[str, str]) -> None:
        """Show these gaps; ``words`` name the line, and where fingers type."""
        self._gaps, self._line_ms = tuple(gaps), line_ms
        self._line_word, self._fingers = words
        self._describe()

    @override
    def table(self) -> tuple[tuple[str, str], ...]:
        counted = sorted(Counter(gap // _BIN_MS * _BIN_MS for gap in self._gaps).items())
        return tuple((f"{ms}–{ms + _BIN_MS - 1} ms", str(count)) for ms, count in counted)

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(300), scaled(120))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(240), scaled(84))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(
            8, scaled(_TOP_PX), self.width() - 16, self.height() - scaled(_AXIS_PX + _TOP_PX)
        )
        self._paint_axis(painter, box)
        self._paint_bars(painter, box)
        if self._line_ms:
            self._paint_line(painter, box)
        painter.setFont(font("small"))
        painter.setPen(now.ink("text3"))
        area = QRectF(self._x(box, 80), box.y(), box.right() - self._x(box, 80), box.height() - 6)
        at = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(area, at, self._fingers)
        if self.hasFocus():
            draw_ring(painter, QRectF(self.rect()))
        painter.end()

    @staticmethod
    def _x(box: QRectF, ms: float) -> float:
        return box.x() + box.width() * min(ms, _MOST_MS) / _MOST_MS

    def _paint_axis(self, painter: QPainter, box: QRectF) -> None:
        now = tokens()
        painter.setFont(font("key"))
        for ms in _TICKS_MS:
            x = self._x(box, ms)
            painter.setPen(QPen(QColor(now.line), 1))
            painter.drawLine(QPointF(x, box.y()), QPointF(x, box.bottom()))
            painter.setPen(now.ink("text2"))
            word = f"{ms} ms" if ms == _MOST_MS else str(ms)
            place = QRectF(x - 40, box.bottom(), 80, scaled(_AXIS_PX))
            if ms == _MOST_MS:
                place.moveRight(box.right() + 8)
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | _MIDDLE, word)
            else:
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
        painter.setPen(QPen(now.ink("edge"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_bars(self, painter: QPainter, box: QRectF) -> None:
        counted = Counter(min(gap, _MOST_MS - 1) // _BIN_MS for gap in self._gaps)
        most = max(counted.values(), default=1)
        for place, count in counted.items():
            left, right = (self._x(box, n * _BIN_MS) for n in (place, place + 1))
            height = max(3.0, box.height() * count / most)
            bar = QRectF(left + 1, box.bottom() - height, right - left - 2, height)
            painter.fillRect(bar, tokens().ink("accent"))

    def _paint_line(self, painter: QPainter, box: QRectF) -> None:
        ink, x = tokens().ink("attention"), self._x(box, self._line_ms)
        pen = QPen(ink, 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, 2), QPointF(x, box.bottom()))
        painter.setFont(font("small"))
        painter.setPen(ink)
        width = painter.fontMetrics().horizontalAdvance(self._line_word) + 6
        left = x + 5 if x + 5 + width < self.width() else x - 5 - width
        painter.drawText(QRectF(left, 0, width, scaled(_TOP_PX)), _MIDDLE, self._line_word)


_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
