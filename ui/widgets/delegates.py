"""How cells are drawn: chips, amounts, icons, bars, life-lines, ticks; figures in one weight."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from ui.look import Ink, Tone, font, scaled, tokens
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
from ui.models.row_model import GROUND_ROLE, VALUE_ROLE, Column, RowModel
from ui.widgets.painting import (
    CHIP_PX,
    chip_width,
    draw_check,
    draw_chip,
    draw_icon,
    draw_life,
    draw_ring,
)

PAD_PX: Final = 8
_BAR_PX: Final = 6
_CURRENT_PX: Final = 3
_ICON_PX: Final = 16
_FIRST_LINE_PX: Final = 19
_SECOND_LINE_PX: Final = 17
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Draws every kind of cell of a :class:`RowModel`; the current row has a bar at its left."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draw: dict[type, _Draw] = {
            Chip: _chip,
            Mark: _mark,
            Lines: _lines,
            LifeLine: _life,
            bool: _check,
        }

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = _Look(option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look.paint_ground(painter)
        value: Value = index.data(VALUE_ROLE)
        draw = self._draw.get(type(value), _text)
        if isinstance(value, Decimal) and look.kind == "bar":
            draw = _bar
        draw(painter, look.inner(), value, look)
        if look.has_focus:
            draw_ring(painter, QRectF(option.rect), radius=2)
        painter.restore()

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


class _Look:
    """How one cell is drawn: its place, column and state, and the inks that follow from them."""

    def __init__(self, option: QStyleOptionViewItem, index: Index) -> None:
        self.tokens = tokens()
        self.rect = QRectF(option.rect)
        model = index.model()
        self.column: Column[object] | None = (
            model.columns[index.column()] if isinstance(model, RowModel) else None
        )
        self.kind = self.column.kind if self.column is not None else "text"
        self.is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        self.has_focus = is_editable and bool(option.state & QStyle.StateFlag.State_HasFocus)
        self.is_first = _is_leftmost(option.widget, index)
        self.ground: Tone | None = index.data(GROUND_ROLE)

    @property
    def flags(self) -> Qt.AlignmentFlag:
        """Return where the cell's text stands."""
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self.column.flags if self.column is not None else left

    @property
    def hollow(self) -> QColor:
        """Return what the inside of an empty dot or bar looks like."""
        on_yellow = self.is_selected and self.tokens.is_contrast
        return QColor(self.tokens.select if on_yellow else self.tokens.surface)

    def inner(self) -> QRectF:
        """Return the place within the cell's margins."""
        return self.rect.adjusted(PAD_PX, 0, -PAD_PX, 0)

    def paint_ground(self, painter: QPainter) -> None:
        """Paint what is behind: selection, tone, hairline, the bar of the current row."""
        if self.is_selected:
            painter.fillRect(self.rect, QColor(self.tokens.select))
        elif self.ground is not None:
            painter.fillRect(self.rect, self.tokens.ground(self.ground))
        if self.is_selected and self.is_first:
            bar = QRectF(self.rect.x(), self.rect.y(), _CURRENT_PX, self.rect.height())
            colour = self.tokens.on_select if self.tokens.is_contrast else self.tokens.accent
            painter.fillRect(bar, QColor(colour))
        y = self.rect.y() + self.rect.height() - 1
        painter.fillRect(QRectF(self.rect.x(), y, self.rect.width(), 1), QColor(self.tokens.line))

    def ink(self, name: Ink) -> QColor:
        """Return an ink as it has to be on the cell's ground."""
        if self.is_selected and (self.tokens.is_contrast or name == "text"):
            return self.tokens.ink("on_select")
        if self.is_selected and name == "text3":
            return self.tokens.ink("text2")
        return self.tokens.ink(name)


_Draw = Callable[[QPainter, QRectF, Value, _Look], None]


def _is_leftmost(view: object, index: Index) -> bool:
    if not isinstance(view, QTableView):
        return index.column() == 0
    return view.horizontalHeader().visualIndex(index.column()) == 0


def ink_of(value: Value) -> Ink:
    """Return what a value is written with: negative, zero, nothing, toned, or plain."""
    if isinstance(value, Toned):
        return value.ink
    if is_negative(value):
        return "error"
    if is_zero(value) or value is None or isinstance(value, Withheld):
        return "text3"
    return "text"


def _text(painter: QPainter, box: QRectF, value: Value, look: _Look) -> None:
    painter.setFont(font("body"))
    painter.setPen(look.ink(ink_of(value)))
    _write(painter, box, shown(value), look)


def _write(painter: QPainter, box: QRectF, text: str, look: _Look) -> None:
    middle = look.column is not None and look.column.elides_middle
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    cut = QFontMetricsF(painter.font()).elidedText(text, mode, box.width())
    painter.drawText(box, look.flags | Qt.TextFlag.TextSingleLine, cut)


def _lines(painter: QPainter, box: QRectF, value: Value, look: _Look) -> None:
    if not isinstance(value, Lines):
        return
    first, second = scaled(_FIRST_LINE_PX), scaled(_SECOND_LINE_PX)
    y = box.center().y() - (first + second) / 2
    painter.setFont(font("body"))
    painter.setPen(look.ink(ink_of(value.first)))
    _write(painter, QRectF(box.x(), y, box.width(), first), shown(value.first), look)
    painter.setFont(font("small"))
    painter.setPen(look.ink(value.ink))
    _write(painter, QRectF(box.x(), y + first, box.width(), second), value.second, look)


def _chip(painter: QPainter, box: QRectF, value: Value, look: _Look) -> None:
    if not isinstance(value, Chip) or not value.word:
        return
    height, width = scaled(CHIP_PX), min(chip_width(value), box.width())
    place = QRectF(box.x(), box.center().y() - height / 2, width, height)
    if look.column is not None and look.column.side == "right":
        place.moveRight(box.right())
    draw_chip(painter, place, value)


def _mark(painter: QPainter, box: QRectF, value: Value, look: _Look) -> None:
    if isinstance(value, Mark):
        size = scaled(_ICON_PX)
        at = box.center() - QPointF(size / 2, size / 2)
        draw_icon(painter, at, value.icon, look.ink(value.ink), size)


def _life(painter: QPainter, box: QRectF, value: Value, look: _Look) -> None:
    if isinstance(value, LifeLine):
        inks = (look.ink("accent"), look.ink("edge"), look.hollow)
        draw_life(painter, box, value, inks)


def _check(painter: QPainter, box: QRectF, value: Value, look: _Look) -> None:
    del look
    draw_check(painter, box.center(), is_on=bool(value))


def _bar(painter: QPainter, box: QRectF, value: Value, look: _Look) -> None:
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
