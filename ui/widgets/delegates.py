"""How cells are drawn: chips, amounts, icons, bars, life-lines, ticks; figures in one weight."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.look import Ink, Tone, Type, font, scaled, text_percent, tokens
from ui.models.cells import (
    Chip,
    LifeLine,
    Lines,
    Mark,
    Toned,
    Value,
    Withheld,
    is_negative,
    is_zero,
    shown,
)
from ui.models.row_model import VALUE_ROLE, Column
from ui.widgets.painting import (
    CHIP_PX,
    chip_width,
    draw_check,
    draw_chip,
    draw_icon,
    draw_life,
)

PAD_PX: Final = 8
_BAR_PX: Final = 6
_CURRENT_PX: Final = 3
_ICON_PX: Final = 16
_FIRST_LINE_PX: Final = 19
_SECOND_LINE_PX: Final = 17
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Measures the cells of a :class:`RowModel`; the table draws them, all in sight at once."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        value: Value = index.data(VALUE_ROLE)
        if isinstance(value, Chip):
            return QSize(round(chip_width(value)) + 2 * PAD_PX, scaled(CHIP_PX))
        text = shown(value)
        if isinstance(value, Lines):
            text = max(text, value.second, key=len)
        width = QFontMetricsF(font("body")).horizontalAdvance(text)
        return QSize(round(width) + 2 * PAD_PX + 2, scaled(_FIRST_LINE_PX))


class Look:
    """How cells are drawn in one painting: the theme of now, the column, whether selected.

    ``is_selected`` is set anew for every cell; all else is worked out once for many of them.
    """

    def __init__(self) -> None:
        self.tokens = tokens()
        self.percent = text_percent()
        self.is_selected = False
        self.column: Column[Any] | None = None
        self.flags = 0
        self._inks: dict[tuple[Ink, bool], QColor] = {}

    def go_to(self, column: Column[Any]) -> None:
        """Draw the cells of another column from now on."""
        self.column = column
        self.flags = column.flags.value | Qt.TextFlag.TextSingleLine.value

    @property
    def hollow(self) -> QColor:
        """Return what the inside of an empty dot or bar looks like."""
        on_yellow = self.is_selected and self.tokens.is_contrast
        return QColor(self.tokens.select if on_yellow else self.tokens.surface)

    def ink(self, name: Ink) -> QColor:
        """Return an ink as it has to be on the cell's ground."""
        key = (name, self.is_selected)
        if key not in self._inks:
            self._inks[key] = self._ink(name)
        return self._inks[key]

    def _ink(self, name: Ink) -> QColor:
        if self.is_selected and (self.tokens.is_contrast or name == "text"):
            return self.tokens.ink("on_select")
        if self.is_selected and name == "text3":
            return self.tokens.ink("text2")
        return self.tokens.ink(name)

    def paint_ground(
        self, painter: QPainter, box: QRectF, tone: Tone | None, *, has_bar: bool
    ) -> None:
        """Paint what is behind a row's cells: selection or tone, hairline, the bar of the focus."""
        if self.is_selected:
            painter.fillRect(box, QColor(self.tokens.select))
        elif tone is not None:
            painter.fillRect(box, self.tokens.ground(tone))
        if self.is_selected and has_bar:
            bar = QRectF(box.x(), box.y(), _CURRENT_PX, box.height())
            colour = self.tokens.on_select if self.tokens.is_contrast else self.tokens.accent
            painter.fillRect(bar, QColor(colour))
        line = QRectF(box.x(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, QColor(self.tokens.line))


def ink_of(value: Value) -> Ink:
    """Return what a value is written with: negative, zero, nothing, toned, or plain."""
    if isinstance(value, Toned):
        return value.ink
    if is_negative(value):
        return "error"
    if is_zero(value) or value is None or isinstance(value, Withheld):
        return "text3"
    return "text"


def draw_cell(painter: QPainter, box: QRectF, value: Value, look: Look) -> None:
    """Draw the value of a cell into the place within its margins."""
    draw = _DRAW.get(type(value), _text)
    if isinstance(value, Decimal) and look.column is not None and look.column.kind == "bar":
        draw = _bar
    draw(painter, box, value, look)


def _text(painter: QPainter, box: QRectF, value: Value, look: Look) -> None:
    _write(painter, box, shown(value), "body", look.ink(ink_of(value)), look)


def _write(painter: QPainter, box: QRectF, text: str, style: Type, ink: QColor, look: Look) -> None:
    if not text:
        return
    face, _ = _face(style, look.percent)
    painter.setFont(face)
    painter.setPen(ink)
    is_middle = look.column is not None and look.column.elides_middle
    cut = _cut(text, box.width(), style, look.percent, is_middle)
    painter.drawText(box, look.flags, cut)


@lru_cache(maxsize=32)
def _face(style: Type, percent: int) -> tuple[QFont, QFontMetricsF]:
    """Return a font of the screen and its metrics; ``percent`` is the text size of now."""
    del percent
    return font(style), QFontMetricsF(font(style))


@lru_cache(maxsize=4096)
def _cut(text: str, width: float, style: Type, percent: int, is_middle: bool) -> str:  # noqa: FBT001 - cached by place
    """Return a text as it fits a width; the same cells are drawn again and again."""
    mode = Qt.TextElideMode.ElideMiddle if is_middle else Qt.TextElideMode.ElideRight
    return _face(style, percent)[1].elidedText(text, mode, width)


def _lines(painter: QPainter, box: QRectF, value: Value, look: Look) -> None:
    if not isinstance(value, Lines):
        return
    first, second = scaled(_FIRST_LINE_PX), scaled(_SECOND_LINE_PX)
    y = box.center().y() - (first + second) / 2
    above = QRectF(box.x(), y, box.width(), first)
    below = QRectF(box.x(), y + first, box.width(), second)
    _write(painter, above, shown(value.first), "body", look.ink(ink_of(value.first)), look)
    _write(painter, below, value.second, "small", look.ink(value.ink), look)


def _chip(painter: QPainter, box: QRectF, value: Value, look: Look) -> None:
    if not isinstance(value, Chip) or not value.word:
        return
    height, width = scaled(CHIP_PX), min(chip_width(value), box.width())
    place = QRectF(box.x(), box.center().y() - height / 2, width, height)
    if look.column is not None and look.column.side == "right":
        place.moveRight(box.right())
    draw_chip(painter, place, value)


def _mark(painter: QPainter, box: QRectF, value: Value, look: Look) -> None:
    if isinstance(value, Mark):
        size = scaled(_ICON_PX)
        at = box.center() - QPointF(size / 2, size / 2)
        draw_icon(painter, at, value.icon, look.ink(value.ink), size)


def _life(painter: QPainter, box: QRectF, value: Value, look: Look) -> None:
    if isinstance(value, LifeLine):
        inks = (look.ink("accent"), look.ink("edge"), look.hollow)
        draw_life(painter, box, value, inks)


def _check(painter: QPainter, box: QRectF, value: Value, look: Look) -> None:
    del look
    draw_check(painter, box.center(), is_on=bool(value))


def _bar(painter: QPainter, box: QRectF, value: Value, look: Look) -> None:
    """Draw a share (0 to 1) as a bar."""
    if not isinstance(value, Decimal):
        return
    place = QRectF(box.x(), box.center().y() - _BAR_PX / 2, box.width(), _BAR_PX)
    painter.setPen(look.ink("edge") if look.tokens.is_contrast else Qt.PenStyle.NoPen)
    is_hollow = look.tokens.is_contrast
    painter.setBrush(look.hollow if is_hollow else look.tokens.ground("neutral"))
    painter.drawRoundedRect(place, 3, 3)
    place.setWidth(place.width() * float(min(max(value, Decimal(0)), Decimal(1))))
    painter.setBrush(look.ink("accent"))
    painter.drawRoundedRect(place, 3, 3)


_Draw = Callable[[QPainter, QRectF, Value, Look], None]
_DRAW: Final[dict[type, _Draw]] = {
    Chip: _chip,
    Mark: _mark,
    Lines: _lines,
    LifeLine: _life,
    bool: _check,
}
