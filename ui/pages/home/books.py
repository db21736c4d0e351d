"""How the books stand, on the home page: passed and when, or what fails, where and since when."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from erpdesk.services.keeping.watching import Failing
from erpdesk.services.ports import Clock
from erpdesk.words import Sentence
from erpdesk.words.findings import CHECKS
from ui.pages.home import words as w
from ui.widgets.button import Button
from ui.widgets.document_facts import moment_said
from ui.widgets.finding_words import finding_said
from ui.widgets.flush import flush_right
from ui.widgets.parts import STRETCH, Icon, Label, Panel, column, emptied, row
from ui.work.books_watch import BooksWatch
from ui.work.wording import Wording, refusal

SHOWN_MAX: Final = 2


class BooksPanel(Panel):
    """One panel: ``wanted`` asks for the page that shows everything, ``asked`` for a check."""

    wanted = Signal()
    asked = Signal()

    def __init__(self, watch: BooksWatch, clock: Clock, wording: Wording) -> None:
        self._watch, self._clock, self._wording = watch, clock, wording
        self._icon, self._title = Icon("shield-check", "text2", 20), Label("", "strong", wraps=True)
        self._more = Label("", "small", "text2", wraps=True)
        self._failing = QVBoxLayout()
        self._failing.setSpacing(4)
        self.check, self.show_all = Button("", key="F5", height_px=28), Button("", "quiet")
        wording.put(self.check, "setText", w.CHECK)
        wording.put(self.show_all, "setText", w.SHOW)
        super().__init__(
            row(self._icon, (column(self._title, self._more, gap=0), 1), self.check, gap=10),
            self._failing, flush_right(STRETCH, self.show_all),
        )  # fmt: skip
        self.check.clicked.connect(self.asked)
        self.show_all.clicked.connect(self.wanted)
        watch.changed.connect(self._show)
        watch.progressed.connect(self._progress)
        wording.when_switched(self._show)
        self._show()

    def _progress(self, _: str, asked: int, total: int) -> None:
        self._say(self._title, w.BOOKS_BUSY, done=asked + 1, all=total)

    def _show(self) -> None:
        watch, failing = self._watch, self._watch.stands.failing
        self.check.forbid(self._wording.say(w.CHECKING) if watch.is_checking else "")
        self.show_all.setVisible(bool(failing) or watch.trouble is not None)
        self._show_title()
        emptied(self._failing)
        for one in failing[:SHOWN_MAX]:
            self._failing.addLayout(self._fails(one))
        if len(failing) > SHOWN_MAX:
            rest = self._wording.say(w.MORE_FAIL, n=len(failing) - SHOWN_MAX)
            self._failing.addWidget(Label(rest, "small", "text2"))

    def _show_title(self) -> None:
        watch, stands = self._watch, self._watch.stands
        is_ill = bool(stands.failing) or watch.trouble is not None
        is_known = is_ill or bool(stands.runs)
        self._icon.show_icon(
            "octagon-x" if is_ill else "shield-check",
            "error" if is_ill else "ok" if is_known else "text2",
        )
        if watch.trouble is not None:
            self._say(self._title, w.BOOKS_BROKEN)
            self._say(self._more, refusal(watch.trouble))
        elif stands.runs:
            self._show_last()
        else:
            self._say(self._title, w.BOOKS_UNSEEN)
            self._say(self._more, w.READ_ONLY)

    def _show_last(self) -> None:
        stands = self._watch.stands
        last = stands.runs[0]
        if stands.failing:
            self._say(self._title, w.BOOKS_ILL, n=len(stands.failing))
        else:
            self._say(self._title, w.BOOKS_WELL, n=len(last.checks))
        seconds = f"{last.took_us / 1_000_000:.1f}"
        self._say(self._more, w.LATEST, at=self._moment(last.at), seconds=seconds)

    def _fails(self, one: Failing) -> QVBoxLayout:
        """Return what fails, where, and since when."""
        say = self._wording.say
        first = finding_said(one.findings[0], self._wording)
        rest = one.count - 1
        found = say(w.FAILS_MORE, first=first, n=rest) if rest else first
        what = Label(say(w.FAILS, check=say(CHECKS[one.code]), found=found), "body", wraps=True)
        since = Label(say(w.SINCE_WHEN, at=self._moment(one.since_at)), "small", "text2")
        for label in (what, since):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return column(what, since, gap=0)

    def _moment(self, at_us: int) -> str:
        return moment_said(at_us, self._clock.today())

    def _say(self, label: Label, said: Sentence, **facts: object) -> None:
        self._wording.put(label, "setText", said, **facts)
