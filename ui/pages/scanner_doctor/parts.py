"""The list of steps at the left and the facts of the profile at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.look import Ink, font, scaled, tokens
from ui.widgets.painting import draw_icon, draw_ring
from ui.widgets.parts import Label, column
from ui.widgets.toggling import Toggling

_STEP_PX: Final = 50
_ONE_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
RIGHT: Final = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it is shown: its name, what is known of it, its shape."""

    name: str
    about: str
    icon: str
    ink: Ink


class StepButton(Toggling, QAbstractButton):
    """One step; the one of now is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.step = Step("", "", "circle-dashed", "neutral")
        self.setCheckable(True)
        self.hear_toggles()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_step(self, step: Step) -> None:
        """Show how the step stands."""
        self.step = step
        self.setText(step.name)
        self.setAccessibleName(f"{step.name}，{step.about}")
        self.setToolTip(f"{step.name}\n{step.about}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(160), scaled(_STEP_PX))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), scaled(40))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now, box = QPainter(self), tokens(), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_now = self.isChecked()
        if is_now:
            painter.fillRect(box, QColor(now.select))
            painter.fillRect(QRectF(0, 0, 3, box.height()), QColor(now.accent))
        size = scaled(18)
        ink = now.ink("on_select" if is_now and now.is_contrast else self.step.ink)
        at = QPointF(12, box.center().y() - size / 2)
        draw_icon(painter, at, self.step.icon, ink, size)
        left, middle = 12 + size + 10, box.center().y()
        room = box.right() - left - 6
        self._write(painter, QRectF(left, middle - scaled(19), room, scaled(20)), is_first=True)
        self._write(painter, QRectF(left, middle, room, scaled(18)), is_first=False)
        if self.hasFocus():
            draw_ring(painter, box)
        painter.end()

    def _write(self, painter: QPainter, box: QRectF, *, is_first: bool) -> None:
        now = tokens()
        painter.setFont(font("strong" if is_first else "small"))
        on = self.isChecked()
        name: Ink = "on_select" if on else "text" if is_first else "text2"
        painter.setPen(now.ink(name))
        text = self.step.name if is_first else self.step.about
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, _ONE_LINE, cut)


class StepList(QWidget):
    """``chosen`` carries the step that somebody wants to do, counted from 0."""

    chosen = Signal(int)

    def __init__(self, count: int) -> None:
        super().__init__()
        self.buttons = [StepButton() for _ in range(count)]
        group = QButtonGroup(self)
        for n, button in enumerate(self.buttons):
            group.addButton(button)
            button.clicked.connect(lambda _, n=n: self.chosen.emit(n))
        self.setLayout(column(*self.buttons, gap=0))

    def show_steps(self, steps: Sequence[Step], now: int) -> None:
        """Show every step, and which is done now."""
        for button, step in zip(self.buttons, steps, strict=True):
            button.show_step(step)
        self.buttons[now].setChecked(True)


class Facts(QWidget):
    """Names at the left, values at the right."""

    def __init__(self, count: int) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        self._names = [Label("", "body", "text2") for _ in range(count)]
        self._values = [Label("", "body", align=RIGHT) for _ in range(count)]
        for n, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            grid.addWidget(name, n, 0)
            grid.addWidget(value, n, 1)

    def show_facts(self, facts: Sequence[tuple[str, str, Ink]]) -> None:
        """Show these facts: name, value, ink of the value."""
        for name, value, (said, shown, ink) in zip(self._names, self._values, facts, strict=True):
            name.setText(said)
            value.setText(shown)
            value.set_ink(ink)
