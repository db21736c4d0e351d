"""The backups of the books as the whole window knows them, told to whoever shows them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from erpdesk.errors import ErpdeskError, StorageError, UserError
from erpdesk.services.keeping.backing_up import BackedUp, Say, Step
from erpdesk.services.keeping.listing_backups import Backups, ListingBackups
from ui.work.runner import Job, Report, Runner, WorkStoppedError

LOOK_MS: Final = 600_000
"""A backup grows old while nobody looks, and one may be made outside the window."""
STEPS: Final = tuple(Step)


class BackupBrokeError(UserError):
    """The books or the backup could not be read; from what broke."""


class BackupWatch(QObject):
    """Knows the backups in the folder of now, and makes one at a time.

    ``changed`` comes when they were looked at, and whenever ``step``, which is done for a backup
    just now, or ``trouble``, why none could be made by itself, is another. ``stands`` is None
    until they were looked at. ``made`` (BackedUp) and ``refused`` (ErpdeskError) are of a backup
    that somebody asked for.
    """

    changed = Signal()
    made = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        runner: Runner,
        backups: ListingBackups,
        folder: Callable[[], Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._backups, self._folder = runner, backups, folder
        self._job: Job | None = None
        self._tried_us: int | None = None
        self.stands: Backups | None = None
        self.step: Step | None = None
        self.trouble: ErpdeskError | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        runner.broke.connect(self._end)

    @property
    def is_too_old(self) -> bool:
        """Say whether somebody has to see to a backup."""
        return self.stands is not None and self.stands.is_too_old(self._backups.clock.now_us())

    @property
    def is_due(self) -> bool:
        """Say whether one is to be made by itself now, while nothing else is done."""
        if not self._runner.is_idle or self.stands is None:
            return False
        return self.stands.is_due(self._tried_us, self._backups.clock.now_us())

    def begin(self) -> None:
        """Look now, and again from time to time."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no longer, and stop what is being made."""
        self._timer.stop()
        self.stop_making()

    def stop_making(self) -> None:
        """Stop the backup that is being made; nothing is left of it."""
        if self._job is not None:
            self._job.cancel()

    def look_elsewhere(self) -> None:
        """Look in the folder of now; what went wrong in the one before is over."""
        self._tried_us, self.trouble = None, None
        self.look()

    def look(self) -> None:
        """Look which backups there are; while the books cannot be read, what is known stays."""
        backups, folder = self._backups, self._folder()

        def work() -> Backups | None:
            try:
                return backups.look(folder)
            except StorageError:  # whoever follows the books says so
                return None

        self._runner.query(self, work, done=self._show)

    def _show(self, found: Backups | None) -> None:
        if found is not None:
            self.stands = found
            self.changed.emit()

    def back_up(self, where: Callable[[], Path]) -> None:
        """Make a backup that somebody asked for."""
        backups = self._backups
        self._make(lambda say: backups.back_up(where(), say=say), self.made.emit, self.refused.emit)

    def back_up_alone(self) -> None:
        """Make a backup by itself; it is tried again only after a while."""
        backups, folder = self._backups, self._folder()
        self._tried_us = backups.clock.now_us()
        self._make(lambda say: backups.back_up_alone(folder, say), lambda _: None, self._failed)

    def _failed(self, why: ErpdeskError) -> None:
        if not isinstance(why, WorkStoppedError):
            self.trouble = why
            self.changed.emit()

    def _make(
        self, work: Callable[[Say], BackedUp],
        done: Callable[[BackedUp], None], refused: Callable[[ErpdeskError], None],
    ) -> None:  # fmt: skip
        if self._job is not None:
            return
        self.step = STEPS[0]
        self._job = self._runner.produce(
            self, lambda report: _told(work, report),
            done=lambda made: self._made(made, done), progress=self._progress,
            refused=lambda error: self._refused(error, refused), lane="watch",
        )  # fmt: skip
        self.changed.emit()

    def _progress(self, done: int, _: int | None) -> None:
        if self._job is not None:
            self.step = STEPS[done]
            self.changed.emit()

    def _made(self, made: BackedUp, done: Callable[[BackedUp], None]) -> None:
        self.trouble = None
        self._end()
        self.look()
        done(made)

    def _refused(self, error: UserError, refused: Callable[[ErpdeskError], None]) -> None:
        self._end()
        cause = error.__cause__
        refused(cause if isinstance(cause, StorageError) else error)

    def _end(self) -> None:
        """Be ready for the next one; what broke may have been this one."""
        if self._job is not None:
            self._job = self.step = None
            self.changed.emit()


def _told(work: Callable[[Say], BackedUp], report: Report) -> BackedUp:
    """Make a backup; a broken file is told as a refusal."""
    try:
        return work(lambda step: report(STEPS.index(step), len(STEPS)))
    except StorageError as error:
        raise BackupBrokeError from error
