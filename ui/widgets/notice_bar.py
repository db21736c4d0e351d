"""A message in the page, near its cause: never a dialog, never in the way."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import TONE_ICONS, Tone
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.parts import ElidedLabel, Icon, Label, Panel, column, row

OK_MS: Final = 6000


@dataclass(frozen=True, slots=True)
class Act:
    """What a notice offers: its name in the signal, verb and key."""

    name: str
    verb: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: a title in its tone, the rest of the sentence, at most two acts."""

    tone: Tone
    title: str
    text: str = ""
    acts: tuple[Act, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What the bar itself says."""

    more: str = "还有 {count} 条"
    close: str = "关闭"
    detail: str = "详情"


class NoticeBar(QWidget):
    """Shows the newest notice and folds the others; ``acted`` carries the name of an act.

    Good news closes by itself; what needs a person stays until it is closed or solved.
    """

    acted = Signal(str)
    closed = Signal(object)

    def __init__(self, words: NoticeWords | None = None, *, ok_ms: int = OK_MS) -> None:
        super().__init__()
        self._words = words or NoticeWords()
        self._notices: list[Notice] = []
        self._icon = Icon("info", "info", 18)
        self._title, self._text = Label("", "strong"), ElidedLabel()
        self._acts = [Button("", "quiet", height_px=24) for _ in range(2)]
        self._detail_button = Button("", "quiet", height_px=24)
        self._more = Button("", "quiet", height_px=24)
        self._close = Button("", "plain", icon="x", height_px=24)
        self._detail = Label("", "small", "text2", wraps=True)
        self._panel = self._laid_out()
        self._timer = QTimer(self, singleShot=True, interval=ok_ms)
        self._connect()
        self.use_words(self._words)
        self.hide()

    def use_words(self, words: NoticeWords) -> None:
        """Say everything in these words."""
        self._words = words
        self._close.setAccessibleName(words.close)
        self._close.setToolTip(words.close)
        self._detail_button.setText(words.detail)
        self._show_newest()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what is open, the newest last."""
        return tuple(self._notices)

    def show_notice(self, notice: Notice) -> None:
        """Show a notice on top; the same one again is not stacked."""
        self._notices = [*(one for one in self._notices if one != notice), notice]
        self._show_newest()
        sentence = " ".join(filter(None, (notice.title, notice.text)))
        announce(self, sentence, is_urgent=notice.tone in {"attention", "error"})

    def solve(self, notice: Notice) -> None:
        """Take a notice away because its cause is gone."""
        if notice in self._notices:
            self._notices.remove(notice)
            self._show_newest()

    def clear(self) -> None:
        """Take everything away, as when the page is left."""
        self._notices.clear()
        self._show_newest()

    def _laid_out(self) -> Panel:
        self._detail.hide()
        line = row(
            self._icon, self._title, (self._text, 1), *self._acts,
            self._detail_button, self._more, self._close, gap=8,
        )  # fmt: skip
        panel = Panel(line, self._detail, ground="info-bar", gap=4, margins=(12, 5, 6, 5))
        self.setLayout(column(panel))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return panel

    def _connect(self) -> None:
        for place, button in enumerate(self._acts):
            button.clicked.connect(lambda _=False, place=place: self._act(place))
        self._close.clicked.connect(self._close_newest)
        self._more.clicked.connect(self._turn)
        self._detail_button.clicked.connect(
            lambda: self._detail.setVisible(not self._detail.isVisible())
        )
        self._timer.timeout.connect(self._close_newest)

    def _act(self, place: int) -> None:
        if self._notices:
            self.acted.emit(self._notices[-1].acts[place].name)

    def _turn(self) -> None:
        """Bring the next older notice to the front."""
        self._notices.insert(0, self._notices.pop())
        self._show_newest()

    def _close_newest(self) -> None:
        if self._notices:
            gone = self._notices.pop()
            self._show_newest()
            self.closed.emit(gone)

    def _show_newest(self) -> None:
        self._timer.stop()
        self.setVisible(bool(self._notices))
        if not self._notices:
            return
        notice = self._notices[-1]
        self._panel.set_ground(f"{notice.tone}-bar")
        self._icon.show_icon(TONE_ICONS[notice.tone], notice.tone)
        self._title.setText(notice.title)
        self._title.set_ink(notice.tone)
        self._text.setText(notice.text)
        self._show_acts(notice)
        if notice.tone == "ok":
            self._timer.start()

    def _show_acts(self, notice: Notice) -> None:
        for place, button in enumerate(self._acts):
            button.setVisible(place < len(notice.acts))
            if place < len(notice.acts):
                button.setText(notice.acts[place].verb)
                button.set_key(notice.acts[place].key)
        self._detail.setText(notice.detail)
        self._detail.hide()
        self._detail_button.setVisible(bool(notice.detail))
        others = len(self._notices) - 1
        self._more.setVisible(others > 0)
        self._more.setText(self._words.more.format(count=others))
