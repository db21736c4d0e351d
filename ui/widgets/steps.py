"""Where a document stands among its steps, in one line and in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from erpdesk.words import Sentence
from ui.look import TONE_ICONS, Tone, font, scaled, tokens
from ui.widgets.painting import draw_icon
from ui.widgets.parts import Painted
from ui.work.wording import Wording

STEP = Sentence("第 {n} 步，共 {count} 步：{name}", "Step {n} of {count}: {name}")
_DOT_PX: Final = 18
_AFTER_DOT_PX: Final = 6
_LINE_PX: Final = 14
_GAP_PX: Final = 8
_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class SideState:
    """What took the place of the current step, such as 已驳回, in its tone."""

    word: str
    tone: Tone


class StepBar(Painted):
    """Done steps, the current one, those to come; a side state replaces the current one."""

    def __init__(self, words: Wording, names: Sequence[str] = ()) -> None:
        super().__init__()
        self._names, self._current, self._words = tuple(names), 0, words
        self._side: SideState | None = None
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        words.when_switched(self._speak)
        self._speak()

    def show_step(
        self, current: int, *, names: Sequence[str] | None = None, side: SideState | None = None
    ) -> None:
        """Stand at a step, counted from 0; at ``len(names)`` all are done."""
        self._names = self._names if names is None else tuple(names)
        self._current, self._side = current, side
        self._speak()
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = sum(self._width(n) for n in range(len(self._names)))
        between = (_LINE_PX + _GAP_PX) * max(0, len(self._names) - 1)
        return QSize(round(width + between) + 2, scaled(30))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = 0.5, self.height() / 2
        for n in range(len(self._names)):
            self._paint_dot(painter, QRectF(x, y - scaled(9), scaled(_DOT_PX), scaled(_DOT_PX)), n)
            self._paint_name(painter, x + scaled(_DOT_PX) + _AFTER_DOT_PX, n)
            x += self._width(n)
            if n + 1 < len(self._names):
                painter.setPen(QPen(tokens().ink("edge"), 1))
                painter.drawLine(QPointF(x, y), QPointF(x + _LINE_PX, y))
                x += _LINE_PX + _GAP_PX
        painter.end()

    def _name(self, n: int) -> str:
        return self._side.word if self._side and n == self._current else self._names[n]

    def _font(self, n: int) -> QFont:
        made = font("body")
        if n == self._current:
            made.setWeight(QFont.Weight.DemiBold)
        return made

    def _width(self, n: int) -> float:
        text = QFontMetricsF(self._font(n)).horizontalAdvance(self._name(n))
        return scaled(_DOT_PX) + _AFTER_DOT_PX + text + _GAP_PX

    def _paint_dot(self, painter: QPainter, box: QRectF, n: int) -> None:
        now = tokens()
        if n == self._current and self._side is not None:
            tone = self._side.tone
            draw_icon(painter, box.topLeft(), TONE_ICONS[tone], now.ink(tone), scaled(_DOT_PX))
        elif n < self._current:
            painter.setPen(QPen(now.ink("ok"), 1) if now.is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(now.ground("ok"))
            painter.drawEllipse(box)
            size = scaled(12)
            at = box.center() - QPointF(size / 2, size / 2)
            draw_icon(painter, at, "check", now.ink("ok"), size)
        else:
            self._paint_number(painter, box, n)

    def _paint_number(self, painter: QPainter, box: QRectF, n: int) -> None:
        now, is_current = tokens(), n == self._current
        painter.setPen(Qt.PenStyle.NoPen if is_current else QPen(now.ink("edge"), 1))
        painter.setBrush(QColor(now.accent) if is_current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(font("key"))
        painter.setPen(now.ink("on_accent" if is_current else "text3"))
        painter.drawText(box, _CENTER, str(n + 1))

    def _paint_name(self, painter: QPainter, x: float, n: int) -> None:
        now = tokens()
        painter.setFont(self._font(n))
        if n == self._current:
            painter.setPen(now.ink(self._side.tone if self._side else "text"))
        else:
            painter.setPen(now.ink("text2" if n < self._current else "text3"))
        place = QRectF(x, 0, self._width(n), self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._name(n))

    def _speak(self) -> None:
        if not self._names:
            return
        n = min(self._current, len(self._names) - 1)
        self._words.put(
            self, "setAccessibleName", STEP, n=n + 1, count=len(self._names), name=self._name(n)
        )
