"""The check of the books as the whole window knows it: one at a time, told to whoever shows it."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.errors import ErpdeskError, StorageError, UserError
from erpdesk.services.keeping.verifying import Speed, Verified, codes_of
from erpdesk.services.keeping.watching import LookStoppedError, Watched, Watching
from ui.work.runner import Job, Report, Runner, WorkStoppedError

STOPS: Final = (LookStoppedError, WorkStoppedError)


class BooksUnreadableError(UserError):
    """The books could not be read; from what broke."""


class BooksWatch(QObject):
    """Checks beside the window and remembers how the books stand.

    ``changed`` comes when that is another, or a check begins or ends; ``progressed`` carries the
    check begun last, how many were asked before it, and of how many; ``refused`` an error, for
    which a check has no result.
    """

    changed = Signal()
    progressed = Signal(str, int, int)
    refused = Signal(object)

    def __init__(self, runner: Runner, watching: Watching, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._watching = runner, watching
        self._job: Job | None = None
        self._asked: list[str] = []
        self.stands = Watched()
        self.trouble: ErpdeskError | None = None
        self.verified: Verified | None = None
        runner.broke.connect(self._forget)

    @property
    def is_checking(self) -> bool:
        """Say whether a check is on its way."""
        return self._job is not None

    def look(self) -> None:
        """Read what is noted of these books."""
        self._runner.query(self, self._watching.watched, done=self._show)

    def check(self, speed: Speed) -> None:
        """Check the books at a speed, unless a check is on its way."""
        if self._job is not None:
            return
        watching, total = self._watching, len(codes_of(speed))
        self._asked = asked = []

        def work(report: Report) -> tuple[Verified, Watched]:
            def say(code: str) -> None:
                asked.append(code)
                report(len(asked) - 1, total)

            try:
                return watching.verify(speed, say=say, is_stopped=lambda: report.is_stopped)
            except StorageError as error:
                raise BooksUnreadableError from error

        self._job = self._runner.produce(
            self, work, done=lambda found: self._checked(*found),
            progress=self._progress, refused=self._refuse, lane="watch",
        )  # fmt: skip
        self.changed.emit()

    def stop(self) -> None:
        """Stop the check that is on its way; what it has seen is not noted."""
        if self._job is not None:
            self._job.cancel()

    def _progress(self, asked: int, total: int | None) -> None:
        if self._job is not None and asked < len(self._asked):
            self.progressed.emit(self._asked[asked], asked, total)

    def _forget(self) -> None:
        """Let the next check begin: what broke may have been this one."""
        if self._job is not None:
            self._job = None
            self.changed.emit()

    def _show(self, stands: Watched) -> None:
        self.stands = stands
        self.changed.emit()

    def _checked(self, verified: Verified, stands: Watched) -> None:
        self._job, self.trouble, self.verified = None, None, verified
        self._show(stands)

    def _refuse(self, error: UserError) -> None:
        self._job = None
        cause = error.__cause__ if isinstance(error, BooksUnreadableError) else None
        why = cause if isinstance(cause, ErpdeskError) else error
        self.trouble = None if cause is None else why
        self.changed.emit()
        self.refused.emit(why)
