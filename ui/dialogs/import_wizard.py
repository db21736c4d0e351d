"""The import wizard: file, columns, dry run, import, result.

It opens files and runs the dry run by itself, as nothing is stored by either. The import it asks
for by ``wanted``: whoever opened it carries it out, and tells it the progress and the end.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.importing.fates import Fate
from erpdesk.domain.people import Role
from erpdesk.errors import ErpdeskError, UserError
from erpdesk.services.importing.columns import ReadAs
from erpdesk.services.importing.files import (
    DryRun,
    ImportingFiles,
    Opened,
    Plan,
    unclear_text,
)
from erpdesk.services.importing.sorts import Sort, why_not_import
from erpdesk.services.importing.tables import Imported
from erpdesk.words import Sentence, explain, standing
from ui.dialogs import import_wizard_words as w
from ui.dialogs.import_wizard_files import files_in
from ui.dialogs.import_wizard_frame import COLUMNS, DRY_RUN, FILE, IMPORT, RESULT, WizardFrame
from ui.look import Tone
from ui.widgets.document_facts import moment_said
from ui.work.asking_files import place_to_write
from ui.work.runner import Broken, Job, Report, Runner, WorkStoppedError
from ui.work.toolkit_words import keys_of
from ui.work.wording import Wording, refusal


@dataclass(frozen=True, slots=True)
class Importers:
    """What the wizard uses: the service, what people are called by login, the roles of who asks."""

    files: ImportingFiles
    names: Mapping[str, str]
    roles: frozenset[Role]


class ImportWizard(WizardFrame):
    """Leads through an import. ``wanted`` (Plan) asks for it, ``stop_wanted`` to stop it.

    ``export_wanted`` (DryRun, path) asks for the refused rows as a file.
    """

    wanted = Signal(object)
    stop_wanted = Signal()
    export_wanted = Signal(object, str)

    def __init__(
        self, importers: Importers, runner: Runner, words: Wording, parent: QWidget | None = None
    ) -> None:
        against = {sort: why_not_import(sort, importers.roles) for sort in Sort}
        why_not = {
            one: standing(why, words.language) if why else "" for one, why in against.items()
        }
        super().__init__(words, why_not, parent)
        self._importers, self._runner = importers, runner
        self._opened: Opened | None = None
        self._dry: DryRun | None = None
        self._job: Job | None = None
        self._is_busy, self._turn, self._read = False, 0, 0
        self._clock = QElapsedTimer()
        self.step = FILE
        self._connect()
        self._go(FILE)

    @property
    def dry(self) -> DryRun | None:
        """Return the dry run that is shown."""
        return self._dry

    def choose(self, sort: Sort | None, paths: Sequence[str] = ()) -> None:
        """Begin with a sort of file, and files, that are known already."""
        if sort is not None:
            self.file.choose(sort)
        self.file.take(paths)

    def show_progress(self, done: int, total: int | None) -> None:
        """Show how far the import is: rows of the file that were read."""
        self._tell(w.LOADING, w.LOADING_OF, done, total)

    def show_done(self, done: Imported) -> None:
        """Show what came of the import."""
        if self._dry is None:
            return
        self._end_work()
        self.outcome.show_result(done, self._dry, self._clock.elapsed() / 1000)
        self._go(RESULT)

    def refuse(self, error: UserError) -> None:
        """Say what stood against the import, or that it was stopped; nothing was stored."""
        self._end_work()
        self._go(DRY_RUN)
        if isinstance(error, WorkStoppedError):
            self._say("attention", w.LOAD_STOPPED, done=f"{self._read:,}")
        else:
            self.said.say("error", explain(error, self._words.language))

    def show_exported(self, count: int, name: str) -> None:
        """Say that the refused rows were written."""
        self._say("ok", w.EXPORTED, count=f"{count:,}", name=name)

    def cannot_export(self, error: UserError) -> None:
        """Say why the refused rows were not written."""
        self.said.say("error", explain(error, self._words.language))

    def go_on(self) -> None:
        """Take the next step; the import itself is asked for by ``begin_import``."""
        if self.primary.why_not:
            return
        match self.step:
            case 0:
                self._open()
            case 1:
                self._run_dry()
            case 2:
                self._begin_import()
            case _:
                self.accept()

    def go_back(self) -> None:
        """Go back one step; what was chosen stays."""
        if not self._is_busy and self.step in {COLUMNS, DRY_RUN}:
            self._go(self.step - 1)

    @override
    def reject(self) -> None:
        """Leave; while something is being done, stop that first."""
        if self._is_busy:
            self._stop()
        else:
            super().reject()

    def _open(self, *, forget: bool = False, read_as: tuple[ReadAs, ...] = ()) -> None:
        files, service = self.file.files(), self._importers.files
        if files is None:
            return
        files = replace(files, read_as=read_as or files.read_as)
        self._begin_work(w.OPENING)
        self._produce(lambda report: service.open(files, report, forget=forget), self._show_opened)

    def _forget(self) -> None:
        self._open(forget=True, read_as=self._opened.files.read_as if self._opened else ())

    def _run_dry(self) -> None:
        if self._opened is None:
            return
        plan, service = Plan(self._opened.files, self.columns.given()), self._importers.files
        self._begin_work(w.CHECKING, done="0")
        self._produce(lambda report: service.dry_run(plan, report), self._show_dry)

    def _begin_import(self) -> None:
        if self._dry is None:
            return
        self._clock.start()
        self._begin_work(w.LOADING, done="0")
        self._go(IMPORT)
        self.wanted.emit(self._dry.plan)

    def _produce(self, work: Callable[[Report], Any], done: Callable[[Any], None]) -> None:
        """Do what stores nothing; what comes back after it was stopped is not looked at."""
        turn = self._turn

        def only_now(act: Callable[[Any], None], value: Any) -> None:
            if turn == self._turn:
                self._end_work()
                act(value)

        self._job = self._runner.produce(
            self, work, done=partial(only_now, done), refused=partial(only_now, self._refused),
            progress=lambda at, total: self._tell(w.CHECKING, w.CHECKING_OF, at, total),
        )  # fmt: skip

    def _show_opened(self, opened: Opened) -> None:
        self._opened = opened
        self.columns.show_sheets(opened.sheets)
        self._go(COLUMNS)

    def _show_dry(self, dry: DryRun) -> None:
        self._dry = dry
        self.rows.show_dry_run(dry)
        self._go(DRY_RUN)

    def _refused(self, error: UserError) -> None:
        unclear = unclear_text(error) if self.step == FILE else None
        self.file.mark(is_wrong=self.step == FILE and unclear is None)
        self.file.ask_encoding(unclear)
        if self.step == COLUMNS and self._opened is not None:
            self.columns.show_sheets(self._opened.sheets)
        self.said.say("error", explain(error, self._words.language))

    def _stop(self) -> None:
        """Stop what is being done. An import says itself when it is rolled back."""
        if self.step == IMPORT:
            self.progress.stopping()
            self.stop_wanted.emit()
            return
        self._turn += 1
        if self._job is not None:
            self._job.cancel()
        self._end_work()
        sentence = w.CHECK_STOPPED if self._read else w.OPEN_STOPPED
        self._say("attention", sentence, done=f"{self._read:,}")

    def _begin_work(self, sentence: Sentence, **facts: object) -> None:
        self._is_busy, self._read = True, 0
        self.said.say("info", "")
        self.progress.begin(sentence, **facts)
        self._judge()

    def _end_work(self) -> None:
        self._is_busy, self._job = False, None
        self.progress.end()
        self._judge()

    def _tell(self, sentence: Sentence, of: Sentence, done: int, total: int | None) -> None:
        if not self._is_busy or self.progress.stop.why_not or (not done and total is None):
            return
        self._read = done
        facts = {"done": f"{done:,}", "total": f"{total or 0:,}"}
        is_over = self.step == IMPORT and done == total
        said = w.POSTING if is_over else sentence if total is None else of
        self.progress.tell(done, None if is_over else total, said, **facts)

    def _broke(self, broken: Broken) -> None:
        if self._is_busy:
            self._end_work()
            self._go(DRY_RUN if self.step == IMPORT else self.step)
            fault = broken.error
            why = refusal(fault) if isinstance(fault, ErpdeskError) else w.BROKE
            self._say("error", why, id=broken.id)

    def _say(self, tone: Tone, sentence: Sentence, **facts: object) -> None:
        self.said.say(tone, self._words.say(sentence, **facts))

    def _connect(self) -> None:
        self.file.changed.connect(self._judge)
        self.columns.changed.connect(self._judge)
        self.columns.forget_wanted.connect(self._forget)
        self.columns.other_wanted.connect(lambda how: self._open(read_as=how))
        self.rows.export_wanted.connect(self._ask_where)
        self.outcome.export_wanted.connect(self._ask_where)
        self.outcome.another_wanted.connect(self._begin_again)
        self.outcome.next_wanted.connect(self._begin_next)
        self.progress.stop_wanted.connect(self._stop)
        self.cancel.clicked.connect(self.reject)
        self.back.clicked.connect(self.go_back)
        self.primary.clicked.connect(self.go_on)
        self._runner.broke.connect(self._broke)
        self._words.when_switched(self._say_again)
        for keys, act in (
            ("Alt+Right", lambda: self.go_on() if self.step < DRY_RUN else None),
            ("Alt+Left", self.go_back),
            ("Ctrl+Return", lambda: self.go_on() if self.step == DRY_RUN else None),
            ("Ctrl+Enter", lambda: self.go_on() if self.step == DRY_RUN else None),
            ("Ctrl+F", self.rows.table.focus_search),
            ("Ctrl+E", self._ask_where),
        ):
            QShortcut(keys_of(keys), self, act)

    def _say_again(self) -> None:
        self._go(self.step)

    def _go(self, step: int) -> None:
        """Stand at a step; its own page, keys and words come with it."""
        self.stand_at(step)
        if step == DRY_RUN:
            self._warn()
        self._judge()
        self.focus_step()

    def _warn(self) -> None:
        """Say what is to be known before the import: that it waits, that it was done before."""
        if self._dry is None or self._opened is None:
            return
        before, said = self._opened.before, []
        if before is not None:
            by = self._importers.names.get(before.made_by, before.made_by)
            facts = {"at": moment_said(before.made_at), "by": by, "number": before.number}
            sentence = w.BEFORE_WAITING if before.is_waiting else w.BEFORE
            said.append(self._words.say(sentence, **facts))
        if self._dry.waits:
            is_cash = self._dry.plan.files.sort is Sort.STATEMENTS
            said.append(self._words.say(w.RECEIPTS_WAIT if is_cash else w.WAITS))
        is_grave = before is not None and before.is_waiting
        self.said.say("attention" if is_grave else "info", "\n".join(said))

    def _judge(self) -> None:
        """Name what the button does, and say what stands against it."""
        why, facts = "", {"good": "0", "skipped": "0"}
        if self.step == FILE:
            why = "" if self.file.files() else self._words.say(w.NO_FILE)
        elif self.step == COLUMNS:
            why = self.columns.why_not()
        elif self._dry is not None:
            report = self._dry.report
            facts = {"good": f"{report.good:,}", "skipped": f"{self._dry.skipped:,}"}
            nothing = self.step == DRY_RUN and not report.good
            why = self._words.say(w.NOTHING_GOOD) if nothing else ""
        self.show_verb(why, is_busy=self._is_busy, **facts)
        refused = self._dry.report.bad_rows if self._dry is not None else 0
        self.rows.table.forbid_export("" if refused else self._words.say(w.EXPORT_NOTHING))

    def _ask_where(self) -> None:
        dry = self._dry
        if dry is None or not dry.report.bad_rows or self.step not in {DRY_RUN, RESULT}:
            return
        file = dry.plan.files.path
        first = str(file.with_name(f"{file.stem}-{self._words.say(w.FATES[Fate.REFUSED][0])}.xlsx"))
        path = place_to_write(self, self._words.say(w.EXPORT), "export", first)
        if path:
            self.export_wanted.emit(dry, path)

    def _begin_again(self) -> None:
        self._opened = self._dry = None
        self.file.path.clear()
        self.file.lines.clear()
        self._go(FILE)

    def _begin_next(self, sort: Sort) -> None:
        self.file.choose(sort)
        self._begin_again()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step == FILE and not self._is_busy and files_in(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.file.take(files_in(event.mimeData()))
        event.acceptProposedAction()
