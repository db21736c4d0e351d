"""Charts without a library: each is a table first, which is spoken and copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.look import Ink, font, scaled, tokens
from ui.widgets.painting import draw_ring, hatched, rounded_path
from ui.widgets.parts import Painted

Series = Literal["billed", "unbilled", "unapplied", "ok", "attention", "error", "rest"]
"""What a part is; unbilled is always violet and hatched."""

_INKS: Final[dict[Series, Ink | None]] = {
    "billed": "accent",
    "unbilled": "unbilled",
    "unapplied": "ok",
    "ok": "ok",
    "attention": "attention",
    "error": "error",
    "rest": None,
}


def ink_of(series: Series) -> QColor:
    """Return the colour of a series; what is left over has that of an empty part."""
    ink = _INKS[series]
    return tokens().ink(ink) if ink is not None else tokens().ink("edge")


_BAR_PX: Final = 12
_GAP_PX: Final = 16
_SIDE_GAP_PX: Final = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: its words, its figure as it is written, how long it is drawn."""

    label: str
    figure: str
    size: int
    series: Series = "billed"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: label at the left, figure at the right, its parts between."""

    label: str
    figure: str
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """Return how long the whole bar is."""
        return sum(abs(part.size) for part in self.parts)


class Chart(Painted):
    """A picture of a table: focusable, its description is the table, Ctrl+C copies it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def table(self) -> tuple[tuple[str, str], ...]:
        """Return the lines of the table that is drawn."""
        return ()

    def as_tsv(self) -> str:
        """Return the table as it is copied."""
        return "\n".join("\t".join(line) for line in self.table()).replace("\u2212", "-")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_tsv())
        else:
            super().keyPressEvent(event)

    def _describe(self) -> None:
        said = "；".join(f"{label} {figure}" for label, figure in self.table())
        self.setAccessibleDescription(said)
        self.setToolTip("\n".join(f"{label}  {figure}" for label, figure in self.table()))
        self.updateGeometry()
        self.update()


class SegmentBar(Chart):
    """One whole in parts, side by side: coverage, composition."""

    def __init__(self, name: str, parts: Sequence[Part] = (), *, height_px: int = 10) -> None:
        super().__init__(name)
        self._parts: tuple[Part, ...] = ()
        self._height_px = height_px
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_parts(parts)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts."""
        self._parts = tuple(parts)
        self._describe()

    @override
    def table(self) -> tuple[tuple[str, str], ...]:
        return tuple((part.label, part.figure) for part in self._parts)

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, scaled(self._height_px))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_parts(painter, QRectF(self.rect()), self._parts)
        if self.hasFocus():
            draw_ring(painter, QRectF(self.rect()), radius=3)
        painter.end()


class HorizontalBars(Chart):
    """Bars under one another on one scale: ageing, who owes how much."""

    def __init__(self, name: str, bars: Sequence[Bar] = ()) -> None:
        super().__init__(name)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_bars(bars)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        self._describe()

    @override
    def table(self) -> tuple[tuple[str, str], ...]:
        lines: list[tuple[str, str]] = []
        for bar in self._bars:
            lines.append((bar.label, bar.figure))
            if len(bar.parts) > 1:
                lines += [(f"{bar.label} {part.label}", part.figure) for part in bar.parts]
        return tuple(lines)

    @override
    def sizeHint(self) -> QSize:
        label, figure = self._side_widths()
        step = scaled(_BAR_PX + _GAP_PX)
        return QSize(round(label + figure) + 2 * _SIDE_GAP_PX + 80, step * len(self._bars))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        label, figure = self._side_widths()
        x, right = label + _SIDE_GAP_PX, self.width() - figure - _SIDE_GAP_PX
        longest = max((bar.size for bar in self._bars), default=0) or 1
        step, height = scaled(_BAR_PX + _GAP_PX), scaled(_BAR_PX)
        for n, bar in enumerate(self._bars):
            line = QRectF(0, n * step, self.width(), step)
            self._paint_sides(painter, line, bar)
            width = (right - x) * bar.size / longest
            place = QRectF(x, line.center().y() - height / 2, width, height)
            if bar.size:
                paint_parts(painter, place, bar.parts)
        painter.setPen(QPen(tokens().ink("edge"), 1))
        painter.drawLine(round(x), 0, round(x), step * len(self._bars))
        if self.hasFocus():
            draw_ring(painter, QRectF(self.rect()))
        painter.end()

    def _paint_sides(self, painter: QPainter, line: QRectF, bar: Bar) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(font("small"))
        painter.setPen(tokens().ink("text2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | middle, bar.label)
        painter.setPen(tokens().ink("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, bar.figure)

    def _side_widths(self) -> tuple[float, float]:
        metrics = QFontMetricsF(font("small"))
        labels = (metrics.horizontalAdvance(bar.label) for bar in self._bars)
        figures = (metrics.horizontalAdvance(bar.figure) for bar in self._bars)
        return max(labels, default=0.0), max(figures, default=0.0)


def paint_parts(painter: QPainter, box: QRectF, parts: Sequence[Part]) -> None:
    """Paint parts side by side so that together they fill a box."""
    now, whole = tokens(), sum(abs(part.size) for part in parts) or 1
    painter.save()
    painter.setClipPath(rounded_path(box, 3))
    painter.fillRect(box, now.ground("neutral"))
    x = box.x()
    for part in parts:
        width = box.width() * abs(part.size) / whole
        _paint_part(painter, QRectF(x, box.y(), width, box.height()), part)
        x += width
    painter.restore()
    if now.is_contrast:
        painter.setPen(QPen(now.ink("edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _paint_part(painter: QPainter, box: QRectF, part: Part) -> None:
    now, ink = tokens(), _INKS[part.series]
    if ink is None or box.width() <= 0:
        return
    if part.series == "unbilled":
        painter.fillRect(box, QColor(now.surface))
        painter.fillRect(box, hatched(now.ink(ink)))
        painter.setPen(QPen(now.ink(ink), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.fillRect(box, now.ink(ink))
    painter.fillRect(QRectF(box.right() - 0.5, box.y(), 1, box.height()), QColor(now.surface))
