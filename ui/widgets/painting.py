"""Small things that are painted alike in parts, tables and charts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from ui.look import font, icon_pixmap, scaled, tokens

if TYPE_CHECKING:  # what a first window shows has no cells
    from ui.models.cells import Chip, LifeLine

CHIP_PX = 22
_CHIP_PAD_PX = 6
_CHIP_ICON_PX = 13
_GAP_PX = 4
_HATCH_PX = 6


def draw_icon(painter: QPainter, at: QPointF, name: str, colour: QColor, size: int) -> None:
    """Draw an icon with its upper left corner at a point, sharp on this device."""
    dpr = painter.device().devicePixelRatioF()
    painter.drawPixmap(at, icon_pixmap(name, colour, size, dpr=dpr))


def chip_width(chip: "Chip", *, has_icon: bool = True) -> float:
    """Return how wide a chip is drawn."""
    lead = scaled(_CHIP_ICON_PX) + _GAP_PX if has_icon else 0
    text = QFontMetricsF(font("label")).horizontalAdvance(chip.word)
    return text + lead + 2 * _CHIP_PAD_PX + 1


def draw_chip(painter: QPainter, box: QRectF, chip: "Chip", *, has_icon: bool = True) -> None:
    """Draw a chip that fills a box: ground, icon, word; in high contrast a border carries it."""
    now = tokens()
    ink = now.ink(chip.tone)
    painter.setPen(QPen(ink, 1) if now.is_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(now.ground(chip.tone))
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5) if now.is_contrast else box
    painter.drawRoundedRect(inner, 4, 4)
    x = box.x() + _CHIP_PAD_PX
    if has_icon:
        size = scaled(_CHIP_ICON_PX)
        draw_icon(painter, QPointF(x, box.center().y() - size / 2), chip.icon_name, ink, size)
        x += size + _GAP_PX
    painter.setPen(ink)
    painter.setFont(font("label"))
    text = QRectF(x, box.y(), box.right() - x, box.height())
    painter.drawText(text, _LEFT, chip.word)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def hatched(colour: QColor) -> QBrush:
    """Return the hatch that says: no invoice yet."""
    tile = QPixmap(_HATCH_PX, _HATCH_PX)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.6))
    for x1, y1, x2, y2 in ((-1, 7, 7, -1), (-4, 4, 4, -4), (2, 10, 10, 2)):
        painter.drawLine(x1, y1, x2, y2)
    painter.end()
    return QBrush(tile)


def draw_check(painter: QPainter, middle: QPointF, *, is_on: bool) -> None:
    """Draw a check box around its middle."""
    now, size = tokens(), 16
    box = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
    if is_on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.ink("accent"))
        painter.drawRoundedRect(box, 3, 3)
        draw_icon(painter, box.topLeft() + QPointF(1, 1), "check", now.ink("on_accent"), 14)
        return
    painter.setPen(QPen(now.ink("edge"), 1))
    painter.setBrush(QColor(now.surface))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def draw_ring(
    painter: QPainter, box: QRectF, radius: float = 4, *, colour: str | None = None
) -> None:
    """Draw the ring around the part that has the focus, or around what is recommended."""
    now = tokens()
    half = now.ring_px / 2
    painter.setPen(QPen(QColor(colour or now.focus), now.ring_px))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)


def draw_life(
    painter: QPainter, box: QRectF, life: "LifeLine", inks: tuple[QColor, QColor, QColor]
) -> None:
    """Draw a life-line: a dot for each part, filled as far as it has come.

    ``inks`` are those of what is done, of outlines, and of the ground that shows through.
    """
    ink, edge, _ = inks
    step = (box.width() - 10) / max(1, len(life.tenths) - 1)
    y = box.center().y()
    for n, tenths in enumerate(life.tenths):
        x = box.x() + 5 + n * step
        if n + 1 < len(life.tenths):
            is_done = tenths >= 10 and life.tenths[n + 1] > 0
            painter.setPen(QPen(ink if is_done else edge, 2 if is_done else 1))
            painter.drawLine(QPointF(x + 5, y), QPointF(x + step - 5, y))
        _draw_dot(painter, QPointF(x, y), tenths, inks)


def _draw_dot(
    painter: QPainter, at: QPointF, tenths: int, inks: tuple[QColor, QColor, QColor]
) -> None:
    ink, edge, ground = inks
    box = QRectF(at.x() - 4, at.y() - 4, 8, 8)
    painter.setPen(QPen(ink if tenths else edge, 1.4))
    painter.setBrush(ink if tenths >= 10 else ground)
    painter.drawEllipse(box)
    if 0 < tenths < 10:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPie(box, 90 * 16, 180 * 16)


def rounded_path(box: QRectF, radius: float) -> QPainterPath:
    """Return the outline of a box with round corners."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path
