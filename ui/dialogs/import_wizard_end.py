"""How far an import is, and what came of it."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from erpdesk.services.importing.files import DryRun
from erpdesk.services.importing.sorts import Sort, next_sort
from erpdesk.services.importing.tables import Imported
from erpdesk.words import Sentence
from ui.dialogs import import_wizard_words as w
from ui.dialogs.import_wizard_rows import made_said
from ui.look import TONE_ICONS, Tone
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, Icon, Label, Panel, column, row
from ui.work.wording import Wording

SHOWN_AFTER_MS = 300


class ProgressStrip(Panel):
    """A true count and a way to stop; what takes less than a moment shows nothing."""

    stop_wanted = Signal()

    def __init__(self, words: Wording, *, after_ms: int = SHOWN_AFTER_MS) -> None:
        self._words = words
        self.said, self.bar = Label("", "body"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.stop = Button("", key="Esc", height_px=28)
        words.put(self.stop, "setText", w.STOP)
        super().__init__(
            row(self.said, (self.bar, 1), self.stop, gap=12), ground="info-bar",
            margins=(12, 6, 6, 6),
        )  # fmt: skip
        self._timer = QTimer(self, singleShot=True, interval=after_ms)
        self._timer.timeout.connect(self.show)
        self.stop.clicked.connect(self.stop_wanted)
        self.hide()

    def begin(self, sentence: Sentence, **facts: object) -> None:
        """Begin to wait; it comes into sight a moment later."""
        self.stop.forbid("")
        self.tell(0, None, sentence, **facts)
        self._timer.start()

    def tell(self, done: int, total: int | None, sentence: Sentence, /, **facts: object) -> None:
        """Say how far it is."""
        self._words.put(self.said, "setText", sentence, **facts)
        self._words.put(self.bar, "setAccessibleName", sentence, **facts)
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)

    def stopping(self) -> None:
        """Say that it is being stopped."""
        self.stop.forbid(self._words.say(w.STOPPING))
        self._words.put(self.said, "setText", w.STOPPING)

    def end(self) -> None:
        """Go out of sight."""
        self._timer.stop()
        self.hide()


class ResultStep(QWidget):
    """What came of an import; it stays readable. ``next_wanted`` carries the sort that follows."""

    export_wanted = Signal()
    another_wanted = Signal()
    next_wanted = Signal(object)

    def __init__(self, words: Wording, why_not: Mapping[Sort, str]) -> None:
        super().__init__()
        self._words, self._why_not = words, why_not
        self._shown: tuple[Imported, DryRun, float] | None = None
        self.icon, self.title = Icon("circle-check", "ok", 32), Label("", "title")
        self.text = Label("", "body", wraps=True)
        self.left, self.took = (
            Label("", "body", "attention", wraps=True),
            Label("", "small", "text2"),
        )
        self.export, self.another = Button("", icon="download"), Button("", icon="upload")
        self.next_said, self.next = Label("", "body"), Button("", icon="arrow-right")
        words.put(self.export, "setText", w.EXPORT)
        words.put(self.another, "setText", w.ANOTHER)
        self.export.clicked.connect(self.export_wanted)
        self.another.clicked.connect(self.another_wanted)
        self.next.clicked.connect(self._go_on)
        said = column(
            self.title, self.text, self.left, self.took, 6,
            row(self.export, self.another, STRETCH), 6,
            row(self.next_said, self.next, STRETCH), gap=8,
        )  # fmt: skip
        picture = column(self.icon, STRETCH)
        self.setLayout(column(24, row(picture, (said, 1), gap=16, margins=(24, 0, 24, 0)), STRETCH))
        words.when_switched(self._say)

    def show_result(self, done: Imported, dry: DryRun, seconds: float) -> None:
        """Show what is in the books now, or waits, and what is not."""
        self._shown = (done, dry, seconds)
        self._say()
        announce(self, f"{self.title.text()} {self.text.text()}")

    def _say(self) -> None:
        if self._shown is None:
            return
        (done, dry, seconds), say = self._shown, self._words.say
        report, document = done.report, done.document
        skipped = f"{report.rows - report.good:,}"
        makes = made_said(dry.plan.files.sort, report.made, report.totals, self._words)
        title = w.NOTHING_NEW if document is None else w.IMPORTED
        is_waiting = document is not None and document.state != "posted"
        self.title.setText(say(w.HANDED_ON if is_waiting else title))
        self.icon.show_icon(*(("hourglass", "attention") if is_waiting else ("circle-check", "ok")))
        number = (document.number or "—") if document else ""
        facts = {"number": number, "makes": makes, "good": f"{report.good:,}", "skipped": skipped}
        is_cash = dry.plan.files.sort is Sort.STATEMENTS
        result = w.RECEIPTS_RESULT if is_cash else w.RESULT
        self.text.setText(say(result if document else w.RESULT_NONE, **facts))
        self.left.setText(say(w.REFUSED_LEFT, count=f"{report.bad_rows:,}"))
        self.left.setVisible(bool(report.bad_rows))
        self.export.setVisible(bool(report.bad_rows))
        self.took.setText(say(w.TOOK, seconds=f"{max(seconds, 0.1):.1f}"))
        self._say_next(next_sort(dry.plan.files.sort), is_waiting=is_waiting)

    def _say_next(self, sort: Sort | None, *, is_waiting: bool) -> None:
        """Say what is imported after this, with the button that begins it."""
        for part in (self.next_said, self.next):
            part.setVisible(sort is not None)
        if sort is not None:
            name = self._words.say(w.SORTS[sort][0])
            is_mine = not self._why_not[sort]
            said = w.NEXT_OTHERS if not is_mine else w.NEXT_LATER if is_waiting else w.NEXT_SAID
            self._words.put(self.next_said, "setText", said, sort=name)
            self._words.put(self.next, "setText", w.NEXT)
            self.next.setVisible(is_mine)

    def _go_on(self) -> None:
        if self._shown is not None:
            self.next_wanted.emit(next_sort(self._shown[1].plan.files.sort))


class SaidStrip(Panel):
    """What stands against going on, or is to be known before; the whole of it can be read."""

    def __init__(self) -> None:
        self._icon, self.said = Icon("info", "info", 18), Label("", "body", wraps=True)
        super().__init__(
            row(column(self._icon, STRETCH), (self.said, 1), gap=8), ground="info-bar",
            margins=(12, 7, 12, 7),
        )  # fmt: skip
        self.hide()

    def say(self, tone: Tone, text: str) -> None:
        """Say something in its tone; an empty text takes the strip away."""
        self.said.setText(text)
        self.setVisible(bool(text))
        if text:
            self.set_ground(f"{tone}-bar")
            self._icon.show_icon(TONE_ICONS[tone], tone)
            announce(self, text, is_urgent=tone in {"attention", "error"})
