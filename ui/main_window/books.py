"""Making and opening books beside the window: whole, or nothing is left."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from erpdesk.errors import ErpdeskError, StorageError, UserError
from erpdesk.services.entrance import OlderBooks
from erpdesk.services.ports import Clock
from erpdesk.words import Sentence
from ui.work.runner import Job, Report, Runner, WorkStoppedError
from ui.work.wording import refusal

if TYPE_CHECKING:  # most starts make no books
    from erpdesk.services.keeping.upgrading import Upgraded
    from erpdesk.services.sampling import Sampling
    from ui.dialogs.first_start import FirstStart
    from ui.dialogs.new_books import NewBooks

STEPS: Final = (
    Sentence("建账套和六个人", "Making the books and six people"),
    Sentence("导入客户", "Importing customers"),
    Sentence("导入未开票出库单", "Importing uninvoiced deliveries"),
    Sentence("录入两年的期初未清项", "Posting two years of opening items"),
    Sentence("做上季的盘点", "Counting last quarter's campaign"),
    Sentence("写临时凭证并审核", "Writing and approving vouchers"),
    Sentence("录入收款并核销", "Recording and matching receipts"),
    Sentence("开始今年的盘点", "Beginning this year's campaign"),
)
"""What the sample company is made of, in order: the progress counts them."""

UPGRADING: Final = (
    Sentence("备份账套，并试还原", "Keeping a backup and trying it out"),
    Sentence("升级账套", "Upgrading the books"),
    Sentence("校验升级后的账套", "Checking the upgraded books"),
)
"""What an upgrade is made of, as :class:`erpdesk.services.keeping.upgrading.Step` has it."""

UPGRADE = Sentence("备份并升级", "Keep a backup and upgrade")
UPGRADED = Sentence(
    "账套已升级，校验没有问题。升级前的备份：{backup}",
    "The books are upgraded, and nothing was found. The backup made before: {backup}",
)
NOT_UPGRADED = Sentence("已停下，账套还是旧版本。", "Stopped; the books are of the older version.")
OPEN = Sentence("打开账套", "Open the books")
MAKING = Sentence("正在建账套…", "Making the books…")
STOPPED = Sentence("已停下，什么都没留下。", "Stopped; nothing was left behind.")
SEED: Final = 1
T = TypeVar("T")


class BooksNotOpenedError(UserError):
    """The books could not be opened or made."""


def told(work: Callable[[], T]) -> T:
    """Do something with books; a broken file or server is told as a refusal.

    Raises:
        BooksNotOpenedError: from what broke.
    """
    try:
        return work()
    except StorageError as error:
        raise BooksNotOpenedError from error


def why(error: ErpdeskError) -> Sentence:
    """Return what an error says: what broke underneath, where that is known."""
    if isinstance(error, WorkStoppedError):
        return STOPPED
    cause = error.__cause__
    return refusal(cause if isinstance(cause, ErpdeskError) else error)


def make_sample(sampling: "Sampling", place: str, report: Report) -> str:
    """Make the sample, whole or not at all, in a folder that is made if need be.

    Raises:
        BooksNotOpenedError: something is there already, or it cannot be written.
        WorkStoppedError: somebody stopped it; nothing is left.
    """
    done = [0]

    def say(step: str) -> None:
        del step
        done[0] += 1
        report(done[0], len(STEPS))

    with suppress(OSError):
        Path(place).absolute().parent.mkdir(parents=True, exist_ok=True)
    told(lambda: replace(sampling, say=say).make(place, seed=SEED))
    return place


class Founding(QObject):
    """Makes the books that a dialog asks for, and tells it how far it is; ``made``: their place."""

    made = Signal(str)

    def __init__(
        self, dialog: "FirstStart", runner: Runner, clock: Clock, sample: "Sampling | None"
    ) -> None:
        super().__init__(dialog)
        self._dialog, self._runner, self._clock, self._own_sample = dialog, runner, clock, sample
        self._job: Job | None = None
        dialog.sample_wanted.connect(self._make_sample)
        dialog.new_wanted.connect(self._make_books)
        dialog.stop_wanted.connect(self._stop)

    @property
    def _sample(self) -> "Sampling":
        from erpdesk.services.sampling import Sampling

        return self._own_sample or Sampling(self._clock)

    def _make_sample(self, place: str) -> None:
        """Make the sample company whole, or leave nothing."""
        sample, dialog = self._sample, self._dialog
        self._job = self._runner.produce(
            dialog,
            lambda report: make_sample(sample, place, report),
            done=lambda _: self.made.emit(place),
            progress=lambda done, total: dialog.show_progress(
                STEPS[min(done, len(STEPS) - 1)], done, total or len(STEPS)
            ),
            refused=lambda error: dialog.refuse(why(error)),
        )
        dialog.show_progress(STEPS[0], 0, len(STEPS))

    def _make_books(self, new: "NewBooks") -> None:
        """Make books with their first people, each with every role one person may hold."""
        from erpdesk.services.companies import Companies, cashier, first_person

        companies = Companies(self._clock, self._sample.cost)
        people = [first_person(name, password) for name, password in new.people]
        people += [cashier(*new.cashier)] if new.cashier else []

        def work(report: Report) -> None:
            report(0, 1)
            told(lambda: companies.make(new.place, tuple(people), said=new.firm))

        self._job = self._runner.produce(
            self._dialog,
            work,
            done=lambda _: self.made.emit(new.place),
            refused=self._refused_books,
        )
        self._dialog.show_progress(MAKING, 0, 0)

    def _refused_books(self, error: UserError) -> None:
        from erpdesk.services.companies import FirmTaxNumberError

        field = "tax_id" if isinstance(error, FirmTaxNumberError) else ""
        self._dialog.refuse(why(error), field=field)

    def refuse(self, place: str, error: UserError) -> None:
        """Say why books were not opened; an older file can be upgraded from there."""
        if isinstance(error, OlderBooks) and "://" not in place:
            self._offer_upgrade(place, why(error))
        else:
            self._dialog.refuse(why(error))

    def _offer_upgrade(self, place: str, said: Sentence) -> None:
        self._dialog.offer(said, UPGRADE, lambda: self._upgrade(place))

    def _upgrade(self, place: str) -> None:
        """Upgrade books whole or not at all; before the last step is done it can be stopped."""
        clock, dialog = self._clock, self._dialog

        def work(report: Report) -> "Upgraded":
            from erpdesk.services.keeping.upgrading import Step, Upgrading

            steps = list(Step)
            upgrading = Upgrading(clock, lambda step: report(steps.index(step), len(steps)))
            return told(lambda: upgrading.upgrade(place))

        self._job = self._runner.produce(
            dialog,
            work,
            done=lambda upgraded: self._upgraded(place, upgraded),
            progress=lambda done, total: dialog.show_progress(
                UPGRADING[done], done, total or len(UPGRADING)
            ),
            refused=lambda error: self._not_upgraded(place, error),
        )
        dialog.show_progress(UPGRADING[0], 0, len(UPGRADING))

    def _not_upgraded(self, place: str, error: UserError) -> None:
        is_stopped = isinstance(error, WorkStoppedError)
        self._offer_upgrade(place, NOT_UPGRADED if is_stopped else why(error))

    def _upgraded(self, place: str, upgraded: "Upgraded") -> None:
        def go_in() -> None:
            self.made.emit(place)

        if upgraded.backup is None:  # somebody was quicker
            go_in()
        else:
            self._dialog.offer(UPGRADED, OPEN, go_in, ink="text", backup=upgraded.backup)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
