"""What the one field found, and how it is drawn: its words left, what it is and its key right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.look import Ink, Type, font, scaled, tokens
from ui.widgets.delegates import Index
from ui.widgets.painting import draw_icon

HIT_ROLE: Final = Qt.ItemDataRole.UserRole
_ICON_PX: Final = 16
_PAD_PX: Final = 8
_KEY_PX: Final = 90
"""The keys stand one under the other, and what each thing is before them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: icon, words, what it is, its key, and what opening it does.

    ``is_exact`` says that it is called as was asked, not only in part.
    """

    icon: str
    word: str
    kind: str
    key: str
    open: Callable[[], object]
    is_exact: bool = False


class HitRow(QStyledItemDelegate):
    """Draws a :class:`Hit`; its words are cut before its key is."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit | None = index.data(HIT_ROLE)
        if hit is None:
            super().paint(painter, option, index)
            return
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().select))
            painter.drawRoundedRect(box, 4, 4)
        _paint(painter, box.adjusted(_PAD_PX, 0, -_PAD_PX, 0), hit, is_chosen=is_chosen)
        painter.restore()


def _paint(painter: QPainter, box: QRectF, hit: Hit, *, is_chosen: bool) -> None:
    size = scaled(_ICON_PX)
    at = QPointF(box.x(), box.center().y() - size / 2)
    draw_icon(painter, at, hit.icon, _ink("text2", is_chosen=is_chosen), size)
    box.setLeft(box.x() + size + _PAD_PX)
    _write(painter, box, hit.key, "key", _ink("text3", is_chosen=is_chosen))
    box.setRight(box.right() - scaled(_KEY_PX))
    kind = _write(painter, box, hit.kind, "small", _ink("text2", is_chosen=is_chosen))
    box.setRight(box.right() - kind - _PAD_PX)
    painter.setFont(font("body"))
    painter.setPen(_ink("text", is_chosen=is_chosen))
    metrics = QFontMetricsF(painter.font())
    words = metrics.elidedText(hit.word, Qt.TextElideMode.ElideMiddle, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)


def _write(painter: QPainter, box: QRectF, text: str, style: Type, ink: QColor) -> float:
    """Write at the right; return how wide it is."""
    painter.setFont(font(style))
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    return QFontMetricsF(painter.font()).horizontalAdvance(text)


def _ink(name: Ink, *, is_chosen: bool) -> QColor:
    """Return an ink as it is read on the ground of its row."""
    now = tokens()
    if is_chosen and (now.is_contrast or name == "text"):
        return now.ink("on_select")
    return now.ink("text2" if is_chosen and name == "text3" else name)
