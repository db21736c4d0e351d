"""The head of a table: names over their cells, and an arrow at the column that orders the rows."""

from typing import Any, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView
from typing_extensions import override

from ui.look import font, scaled, tokens
from ui.models.row_model import RowModel
from ui.widgets.delegates import PAD_PX
from ui.widgets.painting import draw_icon

_ARROW_PX: Final = 12
_GAP_PX: Final = 4


class TableHead(QHeaderView):
    """Draws each name on the side where the cells stand; the arrow never covers a name."""

    def __init__(self, model: RowModel[Any]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._model = model

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        now, box, n = tokens(), QRectF(rect), logicalIndex
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, QColor(now.sunken))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), QColor(now.line))
        painter.setFont(font("label"))
        painter.setPen(now.ink("text2"))
        column = self._model.columns[n]
        inner = box.adjusted(PAD_PX, 0, -PAD_PX, -1)
        if self._is_sorted(n):
            inner = self._paint_arrow(painter, inner, n)
        metrics = QFontMetricsF(painter.font())
        name = self._model.head(column)
        cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, column.flags | Qt.TextFlag.TextSingleLine, cut)
        painter.restore()

    def _is_sorted(self, section: int) -> bool:
        return self.isSortIndicatorShown() and self.sortIndicatorSection() == section

    def _paint_arrow(self, painter: QPainter, inner: QRectF, section: int) -> QRectF:
        """Draw the arrow beside the name, inwards; return the room that is left for the name."""
        column, size = self._model.columns[section], scaled(_ARROW_PX)
        metrics = QFontMetricsF(painter.font())
        room = inner.width() - size - _GAP_PX
        name = min(metrics.horizontalAdvance(self._model.head(column)), room)
        is_right = column.side == "right"
        x = inner.right() - name - size - _GAP_PX if is_right else inner.x() + name + _GAP_PX
        is_down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        at = QPointF(x, inner.center().y() - size / 2)
        arrow = "chevron-down" if is_down else "chevron-up"
        draw_icon(painter, at, arrow, tokens().ink("text"), size)
        if is_right:
            return inner.adjusted(size + _GAP_PX, 0, 0, 0)
        return inner.adjusted(0, 0, -size - _GAP_PX, 0)
