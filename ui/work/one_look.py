"""Looking up one thing at a time: what asks meanwhile is asked once more when the answer came."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from erpdesk.errors import UserError
from ui.work.runner import Job, Progress, Refused, Report, Runner, WorkStoppedError

T = TypeVar("T")


class OneLook:
    """Queries of one owner about one thing; however often it is asked, one is on its way.

    ``is_stopping``: what is on its way is stopped when it is asked anew.
    """

    def __init__(self, runner: Runner, owner: QObject, *, is_stopping: bool = False) -> None:
        self._runner, self._owner, self._is_stopping = runner, owner, is_stopping
        self._job: Job | None = None
        self._is_out = False
        self._next: Callable[[], None] | None = None

    def ask(
        self, work: Callable[[], T], *, done: Callable[[T], None], refused: Refused | None = None
    ) -> None:
        """Look something up; of what is asked meanwhile only the last is looked up as well."""
        self.ask_long(lambda _: work(), done=done, refused=refused)

    def ask_long(
        self,
        work: Callable[[Report], T],
        *,
        done: Callable[[T], None],
        refused: Refused | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Look up what may take long; ``progress`` gets how much is done, and of how many."""
        if self._is_out and not self._runner.is_idle:
            self._next = partial(self.ask_long, work, done=done, refused=refused, progress=progress)
            if self._job is not None and self._is_stopping:
                self._job.cancel()
            return
        self._is_out = True
        self._job = self._runner.produce(
            self._owner, work, done=partial(self._answered, done), progress=progress,
            refused=partial(self._refused, refused), lane="query",
        )  # fmt: skip

    def _answered(self, done: Callable[[Any], None], value: object) -> None:
        self._is_out = False
        done(value)
        self._go_on()

    def _refused(self, refused: Refused | None, error: UserError) -> None:
        self._is_out = False
        if isinstance(error, WorkStoppedError):
            pass  # it is asked anew
        elif refused is not None:
            refused(error)
        else:
            self._runner.refused.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        following, self._next = self._next, None
        if following is not None:
            following()
