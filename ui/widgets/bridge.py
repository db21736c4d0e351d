"""The bridge of one difference: from what the books say to what the customer says, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.look import font, scaled, tokens
from ui.widgets.charts import Chart, Series, ink_of
from ui.widgets.painting import draw_ring, hatched

_HEIGHT_PX: Final = 66
_TEXT_PX: Final = 18
_BAR_MOST_PX: Final = 52
_GAP_PX: Final = 12


@dataclass(frozen=True, slots=True)
class Pier:
    """One bar of a bridge: its word, its figure as written, from where to where it is drawn.

    ``start`` and ``end`` are in minor units; an end bar starts at zero.
    """

    label: str
    figure: str
    start: int
    end: int
    series: Series


class BridgeChart(Chart):
    """Bars that stand where the one before ends; each with its figure above and its word below."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._piers: tuple[Pier, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_piers(self, piers: Sequence[Pier]) -> None:
        """Show these bars, from left to right."""
        self._piers = tuple(piers)
        self._describe()

    @override
    def table(self) -> tuple[tuple[str, str], ...]:
        return tuple((pier.label, pier.figure) for pier in self._piers)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, scaled(_HEIGHT_PX + 2 * _TEXT_PX))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = scaled(_TEXT_PX)
        room = QRectF(0, text, self.width(), self.height() - 2 * text)
        if self._piers:
            self._paint(painter, room)
        painter.setPen(QPen(tokens().ink("edge"), 1))
        zero = self._height_of(0, room)
        painter.drawLine(0, round(zero), self.width(), round(zero))
        if self.hasFocus():
            draw_ring(painter, QRectF(self.rect()))
        painter.end()

    def _paint(self, painter: QPainter, room: QRectF) -> None:
        step = room.width() / len(self._piers)
        width = min(step - _GAP_PX, scaled(_BAR_MOST_PX))
        for n, pier in enumerate(self._piers):
            middle = (n + 0.5) * step
            ends = (self._height_of(pier.start, room), self._height_of(pier.end, room))
            top, height = min(ends), max(abs(ends[0] - ends[1]), 2)
            box = QRectF(middle - width / 2, top, width, height)
            _paint_bar(painter, box, pier)
            self._write(painter, pier, middle, step, top)
            if n + 1 < len(self._piers):
                painter.setPen(QPen(tokens().ink("edge"), 1, Qt.PenStyle.DotLine))
                painter.drawLine(round(box.right()), round(ends[1]),
                                 round(middle + step - width / 2), round(ends[1]))  # fmt: skip

    def _write(self, painter: QPainter, pier: Pier, x: float, step: float, top: float) -> None:
        painter.setFont(font("small"))
        metrics, height = QFontMetricsF(painter.font()), scaled(_TEXT_PX)
        center = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
        painter.setPen(tokens().ink("text"))
        above = QRectF(x - step / 2, top - height, step, height)
        painter.drawText(above, center, _cut(metrics, pier.figure, step))
        painter.setPen(tokens().ink("text2"))
        below = QRectF(x - step / 2, self.height() - height, step, height)
        painter.drawText(below, center, _cut(metrics, pier.label, step))

    def _height_of(self, minor: int, room: QRectF) -> float:
        ends = [0, *(end for pier in self._piers for end in (pier.start, pier.end))]
        low, high = min(ends), max(ends)
        return room.bottom() - room.height() * (minor - low) / ((high - low) or 1)


def _paint_bar(painter: QPainter, box: QRectF, pier: Pier) -> None:
    now, ink = tokens(), ink_of(pier.series)
    if pier.series == "unbilled":
        painter.fillRect(box, QColor(now.surface))
        painter.fillRect(box, hatched(ink))
        painter.setPen(QPen(ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        return
    painter.fillRect(box, ink)


def _cut(metrics: QFontMetricsF, text: str, width: float) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 2)
