"""An option list: the recommended choice on top with its ring, the others two by two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.look import Type, font, scaled, tokens
from ui.widgets.button import PlainButton
from ui.widgets.painting import draw_icon, draw_ring
from ui.widgets.parts import free

_HEIGHT_PX: Final = 46
_LEAST_PX: Final = 240
_COLUMNS: Final = 2
_ONE_LINE: Final = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its name in the signal, icon, verb, consequence in one line, and key.

    ``recommended`` is the word that marks it (推荐); ``why_not`` turns it off with a reason.
    """

    name: str
    icon: str
    verb: str
    consequence: str
    key: str = ""
    recommended: str = ""
    why_not: str = ""


class ChoiceList(QWidget):
    """``chosen`` carries the name; the keys work anywhere in the window while it is seen."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice] = (), *, name: str = "怎么处理") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.buttons: dict[str, ChoiceButton] = {}
        self.show_choices(choices)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these choices; those with the mark of recommendation come first."""
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            free(button)
        self.buttons.clear()
        ordered = sorted(choices, key=lambda one: not one.recommended)
        line = place = 0
        for one in ordered:
            button = self._made(one)
            if one.recommended:
                self._grid.addWidget(button, line, 0, 1, _COLUMNS)
                line += 1
                continue
            self._grid.addWidget(button, line + place // _COLUMNS, place % _COLUMNS)
            place += 1

    def _made(self, one: Choice) -> "ChoiceButton":
        button = ChoiceButton(one)
        button.clicked.connect(lambda: self.chosen.emit(one.name))
        self.buttons[one.name] = button
        return button


class ChoiceButton(PlainButton):
    """One choice, drawn: icon, verb, consequence, key."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        parts = (choice.verb, choice.recommended, choice.key)
        self.setAccessibleName(" ".join(filter(None, parts)))
        self.setAccessibleDescription(choice.why_not or choice.consequence)
        self.setEnabled(not choice.why_not)
        if "+" in choice.key:
            self.setShortcut(QKeySequence(choice.key.replace("Enter", "Return")))
        self._explain()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(_LEAST_PX), scaled(_HEIGHT_PX))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._explain()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        self._paint_ground(painter, box)
        size = scaled(18)
        ink = tokens().ink(
            "text3" if not self.isEnabled() else "accent" if self.choice.recommended else "text2"
        )
        draw_icon(painter, QPointF(12, box.center().y() - size / 2), self.choice.icon, ink, size)
        right = self._paint_key(painter, box)
        self._paint_words(painter, QRectF(24 + size, 0, right - 24 - size, box.height()))
        painter.end()

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        now, is_first = tokens(), bool(self.choice.recommended)
        hot = self.underMouse() or self.isDown()
        ground = now.accent_soft if is_first else now.sunken if hot else now.surface
        painter.setBrush(QColor(ground if self.isEnabled() else now.neutral_soft))
        painter.setPen(self._edge(is_hot=hot))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.hasFocus():
            draw_ring(painter, box, radius=6)
        elif is_first and self.isEnabled():
            draw_ring(painter, box, radius=6, colour=now.accent)

    def _edge(self, *, is_hot: bool) -> QPen:
        now = tokens()
        pen = QPen(QColor(now.accent if is_hot and self.isEnabled() else now.line), 1)
        if now.is_contrast and not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)  # black has no paler shade
        return pen

    def _paint_key(self, painter: QPainter, box: QRectF) -> float:
        if not self.choice.key:
            return box.right() - 12
        now = tokens()
        painter.setFont(font("key"))
        width = QFontMetricsF(painter.font()).horizontalAdvance(self.choice.key) + 10
        height = scaled(18)
        place = QRectF(box.right() - 12 - width, box.center().y() - height / 2, width, height)
        painter.setBrush(QColor(now.sunken))
        painter.setPen(QPen(QColor(now.line), 1))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(now.ink("text2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.choice.key)
        return place.x() - 8

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        now, on = tokens(), self.isEnabled()
        first, second = scaled(20), scaled(18)
        y = box.center().y() - (first + second) / 2
        painter.setPen(now.ink("text" if on else "text3"))
        line = QRectF(box.x(), y, box.width(), first)
        end = _write(painter, line, self.choice.verb, "strong")
        if self.choice.recommended:
            painter.setPen(now.ink("accent"))
            rest = QRectF(end + 8, y, box.right() - end - 8, first)
            _write(painter, rest, self.choice.recommended, "small")
        painter.setPen(now.ink("text2" if on else "text3"))
        under = self.choice.why_not or self.choice.consequence
        _write(painter, QRectF(box.x(), y + first, box.width(), second), under, "small")

    def _explain(self) -> None:
        """Offer as a tooltip what may have been cut."""
        under = self.choice.why_not or self.choice.consequence
        self.setToolTip(f"{self.choice.verb}\n{under}")


def _write(painter: QPainter, box: QRectF, text: str, name: Type) -> float:
    painter.setFont(font(name))
    metrics = QFontMetricsF(painter.font())
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, box.width()))
    painter.drawText(box, _ONE_LINE, cut)
    return box.x() + metrics.horizontalAdvance(cut)
