"""The books prove themselves: every check with what it found; and their backups, tried out."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from erpdesk.errors import ErpdeskError, UserError
from erpdesk.services.keeping.verifying import Speed
from erpdesk.words import Sentence
from erpdesk.words.findings import CHECKS
from erpdesk.words.proofs import PROOFS
from ui.models.cells import Chip, Lines, Mark, Toned, Value
from ui.models.row_model import Column, RowModel
from ui.pages import BackupsWanted, Page
from ui.pages.books_check import words as w
from ui.pages.books_check.backups import BackupsPane
from ui.pages.books_check.facts import BooksCheckParts, ProofRow, proof_rows
from ui.pages.books_check.finding import FindingPanel
from ui.pages.books_check.outputs import OutputsPane
from ui.pages.books_check.report import report, seconds_said
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.columns import Columns
from ui.widgets.document_facts import moment_said
from ui.widgets.page_stack import PageStack
from ui.widgets.parts import ChipLabel, Label, Panel, row
from ui.widgets.row_table import RowTable
from ui.work.asking_files import place_to_write
from ui.work.books_watch import STOPS
from ui.work.runner import Runner
from ui.work.wording import Wording, literal, refusal

TABS: Final = ("proofs", "backups", "outputs")
SHOWN_AFTER_MS = 300
"""What takes less is not shown as work."""


class BooksCheckPage(Page):
    """Left the checks, right what one found; tabs for the backups and for what leaves the books."""

    def __init__(self, parts: BooksCheckParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self._parts, self._runner, self._asked = parts, runner, 0
        self._was_checking = False
        self._make_parts()
        self._lay_out()
        self._connect()
        self._say_again()

    def _make_parts(self) -> None:
        put = self.wording.put
        self.tabs, self.state = ChipRow(), ChipLabel(Chip(""))
        put(self.tabs, "setAccessibleName", w.TABS)
        self.model = RowModel[ProofRow](
            self._columns(), key=lambda one: one.code, language=self.wording.language,
            ground=lambda one: "error" if one.failing else None,
        )  # fmt: skip
        self.proofs = RowTable(self.model, name="", density="two_lines")
        put(self.proofs, "setAccessibleName", w.PROOFS)
        self.finding = FindingPanel(self.wording, self._parts.clock)
        self.backups = BackupsPane(self._parts, self._runner, self.wording)
        self.outputs = OutputsPane(self._parts, self._runner, self.wording)
        self.check = Button("", "primary", key="F5", height_px=32, icon="shield-check")
        self.save = Button("", key="Ctrl+P", height_px=32, icon="download")
        self.stop = Button("", height_px=28)
        for button, said in ((self.check, w.CHECK_ALL), (self.save, w.REPORT), (self.stop, w.STOP)):
            put(button, "setText", said)
        self.asking, self.bar = Label("", "small", "text2"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self._shown_later = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)

    def _lay_out(self) -> None:
        self.progress = Panel(
            row(self.asking, (self.bar, 1), self.stop, gap=10), margins=(14, 6, 8, 6)
        )
        self.progress.hide()
        left = Panel((self.proofs, 1), gap=0, margins=(1, 1, 1, 1))
        checks = Columns((left, 1), (self.finding, 0))
        self.stack = PageStack()
        self.stack.addWidget(checks)
        self.stack.addWidget(self.backups)
        self.stack.addWidget(self.outputs)
        self.build(
            self.progress, (self.stack, 1), facts=(self.tabs, self.state),
            buttons=(self.save, self.check), foot=self.backups.foot,
        )  # fmt: skip
        self.action_bar.hide()

    def _connect(self) -> None:
        watch = self._parts.watch
        watch.changed.connect(self._show)
        watch.progressed.connect(self._show_progress)
        watch.refused.connect(self._refused)
        self._shown_later.timeout.connect(self._show_bar)
        self.tabs.chosen.connect(self.show_tab)
        self.proofs.current_row_changed.connect(lambda _: self._show_finding())
        for pane in (self.backups, self.outputs):
            pane.said.connect(self.notify)
        self.stop.clicked.connect(watch.stop)
        for button, what, key, act in (
            (self.check, w.CHECK_ALL, "F5", lambda: watch.check(Speed.DEEP)),
            (self.save, w.REPORT, "Ctrl+P", self._ask_where),
        ):
            button.clicked.connect(act)
            self.action(what, key, button.click)
        self.action(w.STOP, "", watch.stop)
        self.wording.when_switched(self._say_again)

    @override
    def entered(self) -> None:
        self._parts.watch.look()
        self.backups.look()
        self.proofs.setFocus()

    @override
    def take(self, begun: object) -> None:
        if isinstance(begun, BackupsWanted):
            self.show_tab("backups")

    @override
    def panes(self) -> tuple[QWidget, ...]:
        beside = (self.proofs, self.finding)
        return (beside, (self.backups,), (self.outputs.months,))[self.stack.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Show the checks (``proofs``), the ``backups``, or what leaves the books (``outputs``)."""
        self.tabs.choose(name)
        self.stack.setCurrentIndex(TABS.index(name))
        for button in (self.check, self.save):
            button.setVisible(name == "proofs")
        self.action_bar.setVisible(name == "backups")
        if name == "outputs":
            self.outputs.look()
            self.outputs.months.setFocus()

    def _show(self) -> None:
        watch, place = self._parts.watch, self.proofs.currentIndex().row()
        self.model.show(proof_rows(watch.stands))
        self.finding.show_runs(watch.stands)
        if place < 0:
            self.proofs.go_to(self._first_of_interest())
        self._show_finding()
        self._show_state()
        self._show_work()

    def _first_of_interest(self) -> int:
        return next((n for n, one in enumerate(self.model.rows) if one.failing), 0)

    def _show_finding(self) -> None:
        one = self.proofs.current_row()
        if one is not None:
            self.finding.show_proof(one)

    def _show_state(self) -> None:
        watch, say = self._parts.watch, self.wording.say
        failing, runs = watch.stands.failing, watch.stands.runs
        if watch.trouble is not None:
            chip = Chip(say(w.NOT_READ), "error")
        elif failing:
            chip = Chip(say(w.FAILED, n=len(failing)), "error")
        elif runs:
            chip = Chip(say(w.PASSED, n=len(runs[0].checks)), "ok")
        else:
            chip = Chip(say(w.NEVER), "neutral")
        self.state.show_chip(chip)

    def _show_work(self) -> None:
        is_checking = self._parts.watch.is_checking
        say = self.wording.say
        self.check.forbid(say(w.BUSY) if is_checking else "")
        self.save.forbid("" if self._parts.watch.stands.runs else say(w.NO_RUN))
        if is_checking and not self._was_checking:
            self._shown_later.start()
        elif not is_checking:
            self._shown_later.stop()
            self.progress.hide()
            if self._was_checking:
                self._speak()
        self._was_checking = is_checking

    def _show_bar(self) -> None:
        self.progress.setVisible(self._parts.watch.is_checking)

    def _show_progress(self, code: str, asked: int, total: int) -> None:
        self._asked = asked + 1
        self.wording.put(
            self.asking, "setText", w.ASKING, check=CHECKS[code], n=asked + 1, all=total
        )
        self.bar.setRange(0, total)
        self.bar.setValue(asked)

    def _speak(self) -> None:
        stands = self._parts.watch.stands
        if not self.isVisible() or self._parts.watch.trouble is not None:
            return
        first = stands.failing[0] if stands.failing else None
        said = self.wording.say(w.ALL_PASS if first is None else CHECKS[first.code])
        if first is not None:
            said = self.wording.say(w.PAIR, name=said, said=w.FAILS)
        announce(self, said, is_urgent=first is not None)

    def _refused(self, error: ErpdeskError) -> None:
        if not self.isVisible():
            return
        if isinstance(error, STOPS):
            said = w.STOPPED
            n = str(self._asked)
            title = Sentence(said.zh.format(n=n), said.en.format(n=n))
            self.notify("info", title, w.STOPPED_MORE)
        else:
            self.notify("error", w.TITLE, refusal(error))

    def _ask_where(self) -> None:
        day = self._parts.clock.today().isoformat()
        name = self.wording.say(w.REPORT_NAME, day=day)
        kinds = self.wording.say(w.TEXT_FILES)
        path = place_to_write(self, self.wording.say(w.REPORT), "paper", name, kinds)
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the report of how the books stand to a file, whole or not at all."""
        parts = self._parts
        text = report(
            parts.watch.stands, self.wording, firm=parts.firm, person=parts.person,
            at=parts.clock.now_us(),
        )  # fmt: skip
        self._runner.produce(
            self, lambda _: parts.watching.keep_report(path, text),
            done=lambda _: self.notify("ok", _with(w.SAVED, path=str(path))),
            refused=self._not_saved,
        )  # fmt: skip

    def _not_saved(self, error: UserError) -> None:
        self.notify("error", w.REPORT, refusal(error))

    def _say_again(self) -> None:
        say = self.wording.say
        self.model.use_language(self.wording.language)
        self.tabs.show_filters(
            (
                Filter("proofs", say(w.PROOFS), icon="shield-check"),
                Filter("backups", say(w.BACKUPS), icon="database"),
                Filter("outputs", say(w.OUTPUTS), icon="printer"),
            )
        )
        self._show()
        self.proofs.viewport().update()

    def _columns(self) -> tuple[Column[ProofRow], ...]:
        def mark(one: ProofRow) -> Value:
            chip = self.finding.chip(one)
            return Mark(chip.word, chip.icon_name, chip.tone)

        def check(one: ProofRow) -> Value:
            what = self.wording.say(PROOFS[one.code].compared)
            return Lines(self.wording.say(CHECKS[one.code]), what, "text2")

        def count(one: ProofRow) -> Value:
            if one.count:
                return Toned(str(one.count), "error")
            return None if one.count is None else "0"

        def took(one: ProofRow) -> Value:
            return None if one.took_us is None else seconds_said(one.took_us, self.wording)

        def at(one: ProofRow) -> Value:
            return None if one.at is None else moment_said(one.at, self._parts.clock.today())

        return (
            Column("state", Sentence("", ""), mark, "icon", 44, is_sortable=False),
            Column("check", w.CHECK_HEAD, check, is_sortable=False),
            Column("count", w.COUNT_HEAD, count, width=64, align="right", is_sortable=False),
            Column("took", w.TOOK_HEAD, took, width=84, align="right", is_sortable=False),
            Column("at", w.AT_HEAD, at, width=104, is_sortable=False),
        )


def _with(said: Sentence, **facts: str) -> Sentence:
    """Return a sentence with its facts in it, to be said in either language."""
    return Sentence(literal(said.said("zh", facts)).zh, literal(said.said("en", facts)).en)
