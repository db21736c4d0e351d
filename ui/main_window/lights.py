"""Status lights: icon, shape and words; what is well is quiet, and each leads somewhere."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy
from typing_extensions import override

from erpdesk.words import Sentence
from ui.look import TONE_ICONS, Tone
from ui.widgets.button import PlainButton
from ui.widgets.painting import draw_ring
from ui.widgets.parts import STRETCH, ElidedLabel, Icon, Label, at_least, row, rule
from ui.work.wording import Wording

HEIGHT_PX = 26


class Light(PlainButton):
    """One light: a tone's shape and a few words; a click, Space or Enter leads to what mends it."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._icon = Icon("circle-dashed", "text3", 13)
        self._words = ElidedLabel("", "small", "text2")
        self._inside = row(self._icon, self._words, gap=5)
        self.setLayout(self._inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def lead(self, go: Callable[[], object]) -> None:
        """Lead somewhere from now on."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _: go())

    @override
    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSize()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            draw_ring(painter, QRectF(self.rect()))
            painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def show_state(self, tone: Tone, said: Sentence, **facts: object) -> None:
        """Show how it stands."""
        self._icon.show_icon(TONE_ICONS[tone], tone)
        self._words.set_ink("text2" if tone in {"ok", "neutral"} else "text")
        self._wording.put(self._words, "setText", said, **facts)
        self._wording.put(self, "setAccessibleName", said, **facts)

    @property
    def words(self) -> str:
        """Return what it says."""
        return self._words.text()


class StatusBar(QFrame):
    """The lights left; company and period right."""

    def __init__(self, names: tuple[str, ...], wording: Wording, company: str, period: str) -> None:
        super().__init__()
        self.setProperty("ground", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.lights = {name: Light(wording) for name in names}
        period_label = Label("", "small", "text2")
        wording.put(period_label, "setText", PERIOD, period=period)
        lit = [part for light in self.lights.values() for part in (light, _bar())]
        self.setLayout(
            row(
                *lit[:-1], STRETCH, Label(company, "small", "text2"), _bar(), period_label,
                gap=10, margins=(12, 0, 12, 0),
            )
        )  # fmt: skip
        at_least(self, HEIGHT_PX)


PERIOD = Sentence("期间 {period}", "Period {period}")


def _bar() -> QFrame:
    bar = rule(is_upright=True)
    bar.setFixedHeight(14)
    return bar
