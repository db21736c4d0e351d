"""Work beside the window's thread, in four lanes: change, query, produce, watch.

A change is done in turn and ends in ``changed``; queries run beside it; what is produced tells its
progress and can be stopped; what watches over the books, their checks and backups, is produced
where nobody waits for it. Results come back on the window's thread, and only to owners that are
still there. The lanes know nothing of what they run.
"""

import logging
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from erpdesk.errors import UserError

if TYPE_CHECKING:  # a first question does without
    from erpdesk.domain.changes import Outcome

T = TypeVar("T")
Refused = Callable[[UserError], None]
Progress = Callable[[int, int | None], None]
Lane = Literal["produce", "watch", "query"]

_QUERIES_AT_ONCE: Final = 2
_REPORT_S: Final = 0.05
_ID_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_log = logging.getLogger(__name__)


class WorkStoppedError(UserError):
    """The work was stopped as you asked."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that is not a refusal: its error, and the id under which the log tells it."""

    id: str
    error: Exception


class Report:
    """Given to work that is produced: called with how much is done, and of how many."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._stopped = Event()
        self._told_at = 0.0
        self._told: tuple[int, int | None] = (0, None)

    @property
    def is_stopped(self) -> bool:
        """Say whether somebody asked the work to stop."""
        return self._stopped.is_set()

    def __call__(self, done: int, total: int | None = None) -> None:
        """Tell the progress, at most twenty times a second and always at the end.

        Raises:
            WorkStoppedError: somebody asked the work to stop; let it through.
        """
        if self.is_stopped:
            raise WorkStoppedError(done=done, total=total)
        now, told = time.monotonic(), (done, total)
        if told != self._told and (now - self._told_at >= _REPORT_S or done == total):
            self._told_at, self._told = now, told
            self._tell(done, total)

    def stop(self) -> None:
        """Ask the work to stop at its next report."""
        self._stopped.set()


class Job:
    """Work that is being produced, for whoever may want to stop it."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def cancel(self) -> None:
        """Ask the work to stop; ``refused`` gets a ``WorkStoppedError`` when it did."""
        self._report.stop()


@dataclass(slots=True)
class _Errand:
    """What waits for its answer; made and dropped on the window's thread only.

    A page dropped last by a worker would be destroyed on the wrong thread.
    """

    owner: weakref.ref[QObject]
    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    refused: Refused | None
    progress: Progress | None = None
    is_change: bool = False
    is_question: bool = False

    @property
    def is_wanted(self) -> bool:
        owner = self.owner()
        return owner is not None and isValid(owner)

    def tell(self, value: object) -> None:
        if self.done is not None and self.is_wanted:
            self.done(value)


class Runner(QObject):
    """The four lanes; ``changed`` (Changes), ``refused`` (UserError) and ``broke`` (Broken)."""

    changed = Signal(object)
    refused = Signal(object)
    broke = Signal(object)
    _answered = Signal(int)
    _progressed = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands: dict[int, _Errand] = {}
        self._answers: dict[int, Any] = {}
        self._reports: dict[int, Report] = {}
        self._count = 0
        self._is_over = False
        self._change = ThreadPoolExecutor(1, "change")
        self._query = ThreadPoolExecutor(_QUERIES_AT_ONCE, "query")
        self._produce = ThreadPoolExecutor(1, "produce")
        self._watch = ThreadPoolExecutor(1, "watch")
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def change(
        self,
        owner: QObject,
        work: "Callable[[], Outcome[T]]",
        *,
        done: Callable[[T], None] | None = None,
        refused: Refused | None = None,
    ) -> None:
        """Do an action in turn; ``done`` gets its value, ``changed`` says what it touched.

        ``refused`` gets the rule that stood against it; without it the signal does.
        """
        errand = _Errand(weakref.ref(owner), work, done, refused, is_change=True)
        self._send(self._change, errand)

    def query(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        refused: Refused | None = None,
    ) -> None:
        """Look something up; ``done`` gets what was found."""
        errand = _Errand(weakref.ref(owner), work, done, refused, is_question=True)
        self._send(self._query, errand)

    def produce(
        self,
        owner: QObject,
        work: "Callable[[Report], T | Outcome[T]]",
        *,
        done: Callable[[T], None],
        progress: Progress | None = None,
        refused: Refused | None = None,
        lane: Lane = "produce",
    ) -> Job:
        """Make something that takes long; ``progress`` gets how much is done, and of how many.

        In the lane ``watch`` it keeps nobody waiting who has something else made, in ``query`` it
        waits for nothing that is made.
        What it stored, if anything, is said by ``changed`` as that of a change is.
        """
        number = self._count + 1
        report = Report(lambda count, total: self._progressed.emit(number, count, total))
        errand = _Errand(weakref.ref(owner), lambda: work(report), done, refused, progress)
        self._reports[number] = report
        lanes = {"produce": self._produce, "watch": self._watch, "query": self._query}
        self._send(lanes[lane], errand)
        return Job(report)

    @property
    def is_idle(self) -> bool:
        """Say whether nothing waits, runs or has still to be delivered."""
        return not self._errands

    def stop(self) -> None:
        """End the lanes: every change handed in is done first, the rest is stopped.

        What is asked afterwards is not answered; a change can no longer be handed in.
        """
        self._is_over = True
        for report in list(self._reports.values()):
            report.stop()
        for lane in (self._query, self._produce, self._watch):
            lane.shutdown(wait=True, cancel_futures=True)
        self._change.shutdown(wait=True)
        for number in sorted(self._answers):
            self._deliver(number)
        self._errands.clear()

    def _send(self, lane: ThreadPoolExecutor, errand: _Errand) -> None:
        if self._is_over and not errand.is_change:
            return
        self._count += 1
        self._errands[self._count] = errand
        lane.submit(self._run, self._count)

    def _run(self, number: int) -> None:
        self._answer(number)
        self._answered.emit(number)

    def _answer(self, number: int) -> None:
        """Work, on a lane's thread; when it is left, that thread holds nothing of the errand."""
        try:
            self._answers[number] = self._errands[number].work()
        except UserError as error:
            self._answers[number] = error
        except Exception as error:  # noqa: BLE001 - the one place where work may break
            self._answers[number] = error

    def _deliver(self, number: int) -> None:
        errand = self._errands.pop(number, None)
        answer = self._answers.pop(number, None)
        self._reports.pop(number, None)
        if errand is None:
            return
        if isinstance(answer, UserError):
            self._refuse(errand, answer)
        elif isinstance(answer, Exception):
            self._break(answer)
        elif errand.is_question:
            errand.tell(answer)
        else:
            self._done(errand, answer)

    def _done(self, errand: _Errand, answer: object) -> None:
        from erpdesk.domain.changes import Outcome  # loads what a question does without

        try:
            errand.tell(answer.value if isinstance(answer, Outcome) else answer)
        finally:
            if isinstance(answer, Outcome):
                self.changed.emit(answer.changes)

    def _refuse(self, errand: _Errand, error: UserError) -> None:
        if errand.refused is not None and errand.is_wanted:
            errand.refused(error)
        elif (errand.is_wanted or errand.is_change) and not isinstance(error, WorkStoppedError):
            self.refused.emit(error)  # that a change was not made is said even when its page left

    def _break(self, error: Exception) -> None:
        import secrets

        signs = [secrets.choice(_ID_SIGNS) for _ in range(8)]
        broken = Broken(f"E-{''.join(signs[:4])}-{''.join(signs[4:])}", error)
        _log.error("%s: %s", broken.id, type(error).__name__, exc_info=error)
        self.broke.emit(broken)

    def _tell(self, number: int, count: int, total: int | None) -> None:
        errand = self._errands.get(number)
        if errand is not None and errand.progress is not None and errand.is_wanted:
            errand.progress(count, total)
