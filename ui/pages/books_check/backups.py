"""The backups of the books: made, tried out, saved elsewhere."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QWidget

from erpdesk.errors import ErpdeskError, StorageError, UserError
from erpdesk.services.keeping.backing_up import BackedUp
from erpdesk.services.keeping.listing_backups import SUFFIX, Kept
from erpdesk.services.keeping.verifying import Verified
from erpdesk.words import Sentence
from ui.models.cells import Chip, Lines, Value
from ui.models.row_model import Column, RowModel
from ui.pages.books_check import words as w
from ui.pages.books_check.facts import BooksCheckParts
from ui.widgets.button import Button
from ui.widgets.document_facts import moment_said
from ui.widgets.parts import ElidedLabel, Item, Label, Panel, column, row, rule
from ui.widgets.row_table import RowTable
from ui.work.asking_files import place_to_write
from ui.work.backup_watch import STEPS, BackupBrokeError
from ui.work.runner import Runner, WorkStoppedError
from ui.work.wording import Wording, literal, refusal

_MEGABYTE = 1024 * 1024


class BackupsPane(QWidget):
    """``said`` carries a tone, a title and a text for the bar of the page."""

    said = Signal(str, object, object)

    def __init__(self, parts: BooksCheckParts, runner: Runner, wording: Wording) -> None:
        super().__init__()
        self._parts, self._runner, self._wording = parts, runner, wording
        self._is_trying = False
        self._make_parts()
        self._lay_out()
        self._connect()
        self._judge()

    def _make_parts(self) -> None:
        put = self._wording.put
        self.model = RowModel[Kept](
            self._columns(), key=lambda one: one.path, language=self._wording.language
        )
        self.kept = RowTable(self.model, name="", density="two_lines")
        put(self.kept, "setAccessibleName", w.BACKUPS)
        self.back_up = Button("", "primary", icon="database", height_px=32)
        self.try_out = Button("", icon="rotate-ccw", height_px=32)
        self.save_as = Button("", icon="download", height_px=32)
        self.open, self.stop = Button("", "quiet", height_px=28), Button("", height_px=28)
        for button, said in (
            (self.back_up, w.BACK_UP), (self.try_out, w.TRY), (self.save_as, w.SAVE_AS),
            (self.open, w.OPEN_FOLDER), (self.stop, w.STOP),
        ):  # fmt: skip
            put(button, "setText", said)
        self.where, self.why = ElidedLabel("", "small", "text2"), ElidedLabel("", "small", "text2")
        self.empty, self.working = Label("", "body", "text2"), Label("", "small", "text2")
        put(self.empty, "setText", w.NONE_YET)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setRange(0, 0)

    def _lay_out(self) -> None:
        self.habit, self.next = (Label("", "small", "text2", wraps=True) for _ in range(2))
        self.empty.setContentsMargins(14, 12, 14, 12)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.progress = QWidget()
        self.progress.setLayout(
            row(self.working, (self.bar, 1), self.stop, gap=10, margins=(14, 6, 8, 6))
        )
        self.progress.hide()
        listed = Panel(
            row((self.where, 1), self.open, margins=(14, 6, 8, 6)), rule(), self.progress,
            (self.empty, 1), (self.kept, 1), rule(),
            column(self.next, self.habit, gap=2, margins=(14, 8, 14, 8)),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.foot: tuple[Item, ...] = ((self.why, 1), self.save_as, self.try_out, self.back_up)
        self.setLayout(column((listed, 1), gap=0))

    def _connect(self) -> None:
        self.back_up.clicked.connect(self._back_up)
        self.try_out.clicked.connect(self._try)
        self.save_as.clicked.connect(self._ask_where)
        self.open.clicked.connect(self._open)
        self.kept.current_row_changed.connect(lambda _: self._judge())
        watch = self._parts.backup_watch
        watch.changed.connect(self._show)
        watch.made.connect(self._made)
        watch.refused.connect(self._refused)
        self.stop.clicked.connect(watch.stop_making)
        self._wording.when_switched(self._say_again)

    def look(self) -> None:
        """Look which backups there are."""
        folder = self._parts.folder()
        self._wording.put(self.where, "setText", w.FOLDER, folder=str(folder))
        habit = w.DAILY if self._parts.is_daily() else w.MANUAL
        self._wording.put(self.habit, "setText", w.SERVER if self._parts.is_server else habit)
        self._parts.backup_watch.look()

    def _show(self) -> None:
        stands = self._parts.backup_watch.stands
        found = () if stands is None else stands.kept
        self.model.show(found)
        self._say_next()
        self.empty.setVisible(not found)
        self.kept.setVisible(bool(found))
        self._show_work()
        if found and self.kept.current_row() is None:
            self.kept.go_to(0)
        self._judge()

    def _say_next(self) -> None:
        """Say when the next one is made by itself, where that is known."""
        stands, clock = self._parts.backup_watch.stands, self._parts.clock
        day = stands.next_day(clock.now_us()) if stands and self._parts.is_daily() else None
        said = w.NEXT_TODAY if day == clock.today() else w.NEXT_TOMORROW
        self._wording.put(self.next, "setText", said if day else Sentence("", ""))
        self.next.setVisible(day is not None)

    @property
    def _is_busy(self) -> bool:
        return self._is_trying or self._parts.backup_watch.step is not None

    def _show_work(self) -> None:
        step = self._parts.backup_watch.step
        self.progress.setVisible(self._is_busy)
        self.stop.setVisible(step is not None)
        if step is not None:
            self._wording.put(self.working, "setText", w.BACKING_UP)
            self.bar.setRange(0, len(STEPS))
            self.bar.setValue(STEPS.index(step))
        else:
            self.bar.setRange(0, 0)
        self._judge()

    def _judge(self) -> None:
        say = self._wording.say
        general = say(w.SERVER) if self._parts.is_server else say(w.WORKING) * self._is_busy
        one = self.kept.current_row()
        self.back_up.forbid(general)
        self.save_as.forbid(general)
        self.try_out.forbid(general or ("" if one else say(w.CHOOSE)))
        self.why.setText(general)

    def _back_up(self) -> None:
        parts = self._parts
        parts.backup_watch.back_up(lambda: parts.backups.fresh_path(parts.folder()))

    def save_to(self, path: Path) -> None:
        """Make a backup at a place of one's own, such as another disk."""
        named = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        self._parts.backup_watch.back_up(lambda: named)

    def _made(self, made: BackedUp) -> None:
        self.said.emit("ok", _with(w.BACKED_UP, name=made.path.name), Sentence("", ""))

    def _refused(self, why: ErpdeskError) -> None:
        if isinstance(why, WorkStoppedError):
            self.said.emit("info", w.STOPPED_BACKUP, Sentence("", ""))
        else:
            self.said.emit("error", w.BACKUPS, refusal(why))

    def _try(self) -> None:
        one, backups = self.kept.current_row(), self._parts.backups
        if one is None:
            return
        name, self._is_trying = one.path.name, True
        self._wording.put(self.working, "setText", w.TRYING, name=name)
        self._show()
        self._runner.produce(
            self, lambda _: _told(lambda: backups.try_out(one.path)),
            done=lambda found: self._tried(name, found), refused=self._not_tried,
        )  # fmt: skip

    def _tried(self, name: str, found: Verified) -> None:
        self._done()
        if found.is_clean:
            self.said.emit("ok", _with(w.TRIED_WELL, name=name), Sentence("", ""))
        else:
            ill = _with(w.TRIED_BADLY, name=name, n=str(found.count))
            self.said.emit("error", ill, w.KEEP_OLDER)

    def _not_tried(self, error: UserError) -> None:
        self._done()
        cause = error.__cause__
        self._refused(cause if isinstance(cause, StorageError) else error)

    def _done(self) -> None:
        self._is_trying = False
        self.look()
        self._show_work()

    def _ask_where(self) -> None:
        name = self._parts.backups.fresh_path(Path.home()).name
        say = self._wording.say
        path = place_to_write(self, say(w.SAVE_AS), "backup", name, say(w.BACKUP_FILES))
        if path:
            self.save_to(Path(path))

    def _open(self) -> None:
        folder = self._parts.folder()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _say_again(self) -> None:
        self.model.use_language(self._wording.language)
        self.kept.viewport().update()
        self._judge()

    def _columns(self) -> tuple[Column[Kept], ...]:
        today, say = self._parts.clock.today(), self._wording.say

        def tried(one: Kept) -> Value:
            if one.trouble is not None:
                return Chip(say(w.UNUSABLE), "error")
            if one.tried_at is None:
                return Chip(say(w.NOT_TRIED), "attention")
            at = moment_said(one.tried_at, today)
            if one.faults:
                return Chip(say(w.TRIED_ILL, at=at, n=one.faults), "error")
            return Chip(say(w.TRIED, at=at), "ok")

        def file(one: Kept) -> Value:
            by = self._parts.names.get(one.made_by, one.made_by)
            why = self._wording.say(refusal(one.trouble)) if one.trouble else by
            alone = say(w.AUTOMATIC) if one.is_automatic and not one.trouble else ""
            return Lines(one.path.name, " · ".join(filter(None, (alone, why))) or "—", "text2")

        def size(one: Kept) -> Value:
            return say(w.MEGABYTES, n=f"{one.size / _MEGABYTE:.1f}")

        return (
            Column("made", w.MADE_HEAD, lambda x: moment_said(x.made_at, today), width=112,
                   is_sortable=False),
            Column("file", w.FILE_HEAD, file, is_sortable=False),
            Column("size", w.SIZE_HEAD, size, width=96, align="right", is_sortable=False),
            Column("tried", w.TRIED_HEAD, tried, "chip", 190, is_sortable=False),
        )  # fmt: skip


def _told(work: Callable[[], Verified]) -> Verified:
    """Try a backup out; a broken file is told as a refusal."""
    try:
        return work()
    except StorageError as error:
        raise BackupBrokeError from error


def _with(said: Sentence, **facts: str) -> Sentence:
    return Sentence(literal(said.said("zh", facts)).zh, literal(said.said("en", facts)).en)
