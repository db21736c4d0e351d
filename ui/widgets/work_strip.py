"""A strip under a list: how far something is that takes long, and a way to stop it."""

from collections.abc import Callable
from typing import Final, TypeVar

from erpdesk.domain.changes import Outcome
from erpdesk.errors import UserError
from erpdesk.words import Sentence
from ui.widgets.button import Button
from ui.widgets.parts import STRETCH, Label, Panel, row
from ui.work.runner import Job, Report, Runner
from ui.work.wording import Wording

T = TypeVar("T")
TAKEN: Final = Sentence("已读 {count} 行", "{count} rows read")
DONE: Final = Sentence("已完成 {count} / {total}", "{count} of {total} done")
STOP: Final = Sentence("停", "Stop")


class WorkStrip(Panel):
    """Is there only while something is being done; ``refused`` is told why it was not."""

    def __init__(
        self, runner: Runner, wording: Wording, refused: Callable[[UserError], None]
    ) -> None:
        progress, stop = Label("", "body", "text2"), Button("", icon="x", height_px=28)
        super().__init__(row(progress, STRETCH, stop), ground="surface", margins=(14, 6, 14, 6))
        self.progress, self.stop = progress, stop
        self._runner, self._wording, self._refused = runner, wording, refused
        self._job: Job | None = None
        wording.put(self.stop, "setText", STOP)
        self.stop.clicked.connect(self._stop)
        self.hide()

    @property
    def is_working(self) -> bool:
        """Say whether something is done that it was asked to do."""
        return self._job is not None

    def do(self, work: Callable[[Report], T | Outcome[T]], done: Callable[[T], None]) -> None:
        """Do what takes long; ``done`` gets what came of it."""
        self.tell(0, None)
        self._begin(work, done)

    def step(self, work: Callable[[Report], Outcome[T]], done: Callable[[T], None]) -> None:
        """Take a step; the strip is there from when there is something to tell."""
        self._begin(work, done)

    def tell(self, done: int, total: int | None) -> None:
        """Say how much is done, and of how many; what nobody does here cannot be stopped here."""
        said, facts = (TAKEN, {}) if total is None else (DONE, {"total": f"{total:,}"})
        self.progress.setText(self._wording.say(said, count=f"{done:,}", **facts))
        self.stop.setVisible(self.is_working)
        self.show()

    def _begin(self, work: Callable[[Report], T | Outcome[T]], done: Callable[[T], None]) -> None:
        self._job = self._runner.produce(
            self,
            work,
            done=lambda found: self._end(lambda: done(found)),
            progress=self.tell,
            refused=lambda error: self._end(lambda: self._refused(error)),
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self, say: Callable[[], None]) -> None:
        self._job = None
        self.hide()
        say()
