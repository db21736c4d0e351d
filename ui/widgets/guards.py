"""All that is still missing at once; each item leads to its field."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.look import TONE_ICONS, Tone, font, scaled, tokens
from ui.models.cells import Chip
from ui.widgets.painting import draw_icon, draw_ring
from ui.widgets.parts import ChipLabel, Label, column, free

_LINE_PX = 26


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: its name in the signal, its sentence, and its tone."""

    name: str
    sentence: str
    tone: Tone = "attention"


@dataclass(frozen=True, slots=True)
class GuardWords:
    """What a guard list says itself."""

    missing: str = "还差 {count} 项"
    ready: str = "可以提交"


class GuardList(QWidget):
    """``jumped`` carries the name of what somebody wants to mend."""

    jumped = Signal(str)

    def __init__(self, words: GuardWords | None = None) -> None:
        super().__init__()
        self._words = words or GuardWords()
        self._lacks: tuple[Lack, ...] = ()
        self._title = Label("", "strong", "attention")
        self._ready = ChipLabel(Chip(self._words.ready, "ok"))
        self.lines: list[LackLine] = []
        self._list: QVBoxLayout = column(gap=0)
        self.setLayout(column(self._title, self._ready, self._list, gap=4))
        self.show_lacks(())

    def use_words(self, words: GuardWords) -> None:
        """Say everything in these words."""
        self._words = words
        self.show_lacks(self._lacks)

    def show_lacks(self, lacks: Sequence[Lack]) -> None:
        """Show everything that is missing; nothing missing is said as well."""
        self._lacks = tuple(lacks)
        for line in self.lines:
            self._list.removeWidget(line)
            free(line)
        self.lines = [LackLine(one) for one in lacks]
        for line in self.lines:
            line.clicked.connect(lambda _=False, line=line: self.jumped.emit(line.lack.name))
            self._list.addWidget(line)
        self._title.setText(self._words.missing.format(count=len(self._lacks)))
        self._title.setVisible(bool(self._lacks))
        self._ready.show_chip(Chip(self._words.ready, "ok"))
        self._ready.setVisible(not self._lacks)
        said = [one.sentence for one in self._lacks]
        self.setAccessibleName(
            "；".join([self._title.text(), *said]) if said else self._words.ready
        )

    def lead(self) -> str:
        """Go to the first thing that is missing and return its sentence; empty without one."""
        if not self._lacks:
            return ""
        self.jumped.emit(self._lacks[0].name)
        return self._lacks[0].sentence


class LackLine(QPushButton):
    """One missing thing, to be pressed by click, Space or Enter."""

    def __init__(self, lack: Lack) -> None:
        super().__init__(lack.sentence)
        self.lack = lack
        self.setAutoDefault(False)
        self.setToolTip(lack.sentence)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetricsF(font("body")).horizontalAdvance(self.lack.sentence)
        return QSize(round(width) + scaled(15) + 20, scaled(_LINE_PX))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, scaled(_LINE_PX))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, box = tokens(), QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(box, now.ground("neutral"))
        size = scaled(15)
        at = QPointF(4, box.center().y() - size / 2)
        tone = self.lack.tone
        draw_icon(painter, at, TONE_ICONS[tone], now.ink(tone), size)
        painter.setFont(font("body"))
        painter.setPen(now.ink("text"))
        place = box.adjusted(size + 11, 0, -6, 0)
        metrics = QFontMetricsF(painter.font())
        cut = metrics.elidedText(self.lack.sentence, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)
        if self.hasFocus():
            draw_ring(painter, box)
        painter.end()
