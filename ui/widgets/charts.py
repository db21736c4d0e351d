"""Charts without a library: each is a table first, which is spoken and copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.look import Ink, scaled, tokens
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


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: its words, its figure as it is written, how long it is drawn."""

    label: str
    figure: str
    size: int
    series: Series = "billed"


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
