"""The totals under a table, aligned to its columns and always in sight."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.look import font, scaled, tokens
from ui.models.cells import Value, shown
from ui.widgets.delegates import PAD_PX, ink_of
from ui.widgets.parts import Painted
from ui.widgets.row_table import AnyTable

_HEIGHT_PX = 32


class TotalsRow(Painted):
    """A word (合计 28 行) and a value under each column that has one."""

    def __init__(self, table: AnyTable) -> None:
        super().__init__()
        self._table = table
        self._word = ""
        self._values: dict[str, Value] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        table.horizontalHeader().sectionMoved.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())

    def show_totals(self, word: str, values: Mapping[str, Value]) -> None:
        """Show totals by the names of their columns; None is a dash."""
        self._word, self._values = word, dict(values)
        columns = {one.name: one for one in self._table.rows_model.columns}
        head = self._table.rows_model.head
        said = [f"{head(columns[name])} {shown(one)}" for name, one in values.items()]
        self.setAccessibleName("，".join([word, *said]))
        self._table.make_room({name: shown(one) for name, one in values.items()})
        self.setToolTip(word if self._is_word_cut() else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(100, scaled(_HEIGHT_PX))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = tokens(), QPainter(self)
        painter.fillRect(self.rect(), QColor(now.sunken))
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(now.edge))
        self._paint_word(painter)
        painter.setFont(font("body"))
        for n, column in enumerate(self._table.rows_model.columns):
            if column.name not in self._values or self._table.isColumnHidden(n):
                continue
            value = self._values[column.name]
            painter.setPen(now.ink(ink_of(value)))
            painter.drawText(self._place(n), column.flags | _ONE_LINE, shown(value))
        painter.end()

    def _paint_word(self, painter: QPainter) -> None:
        painter.setFont(font("strong"))
        painter.setPen(tokens().ink("text"))
        place = QRectF(PAD_PX, 0, self._room_for_word(), self.height())
        metrics = QFontMetricsF(painter.font())
        word = metrics.elidedText(self._word, Qt.TextElideMode.ElideRight, place.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, left | _ONE_LINE, word)

    def _is_word_cut(self) -> bool:
        width = QFontMetricsF(font("strong")).horizontalAdvance(self._word)
        return width > self._room_for_word()

    def _room_for_word(self) -> float:
        starts = [
            self._place(n).x()
            for n, one in enumerate(self._table.rows_model.columns)
            if one.name in self._values and not self._table.isColumnHidden(n)
        ]
        return max(0.0, min(starts, default=float(self.width())) - 2 * PAD_PX)

    def _place(self, column: int) -> QRectF:
        head = self._table.horizontalHeader()
        x, width = head.sectionViewportPosition(column), head.sectionSize(column)
        return QRectF(x + PAD_PX, 0, width - 2 * PAD_PX, self.height())


_ONE_LINE = Qt.TextFlag.TextSingleLine
