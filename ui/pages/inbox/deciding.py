"""Deciding in the inbox: the dialog, a password that holds five minutes, the decision stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.errors import StaleError, UserError
from erpdesk.services.approving import Approving, Shown
from erpdesk.services.looking import Looking, Text
from erpdesk.services.ports import Clock
from ui.dialogs.decision import Asking, Decided, DecisionDialog
from ui.pages import Page
from ui.pages.evidence_files import serve_files
from ui.work.runner import Runner

REMEMBERED_US: Final = 5 * 60 * 1_000_000


@dataclass(frozen=True, slots=True)
class InboxParts:
    """What the inbox uses: ``prove`` raises when a password is not that of who is here."""

    approving: Approving
    looking: Looking
    clock: Clock
    prove: Callable[[str], None]
    names: Mapping[str, str]


class Deciding(QObject):
    """Asks for a decision over its page, and carries out what the dialog answers.

    ``decided`` carries the document as it stands then, ``closed`` what was seen in the dialog;
    ``moved`` comes whenever ``is_busy`` or ``dialog`` may be another.
    """

    decided = Signal(object)
    closed = Signal(object)
    moved = Signal()

    def __init__(self, parts: InboxParts, runner: Runner, page: Page) -> None:
        super().__init__(page)
        self._parts, self._runner, self._page = parts, runner, page
        self._proved_at: int | None = None
        self.is_busy = False
        self.dialog: DecisionDialog | None = None

    def begin(self, shown: Shown, customer: str, seen: frozenset[str]) -> None:
        """Ask for a decision; ``seen`` is the evidence that was looked at already."""
        if self.dialog is not None:
            return
        now, proved = self._parts.clock.now_us(), self._proved_at
        asks_password = proved is None or now - proved > REMEMBERED_US
        asking = Asking(shown, self._parts.names, customer, asks_password=asks_password, seen=seen)
        words = self._page.wording
        self.dialog = DecisionDialog(words, asking, self._page)
        serve_files(self.dialog.evidence, self._runner, self._parts.looking, words)
        self.dialog.finished.connect(lambda _: self._answered())
        self.dialog.evidence.choose_first_unseen()
        self.dialog.open()

    def _answered(self) -> None:
        if self.dialog is None:
            return
        answer = self.dialog.answer
        if answer is None:
            self._close()
            return
        self.is_busy = True
        self.moved.emit()
        password = answer.password
        if password is None:
            self._carry_out(answer)
            return
        self._runner.query(
            self, lambda: self._parts.prove(password),
            done=lambda _: self._proved(answer), refused=self._refused,
        )  # fmt: skip

    def _proved(self, answer: Decided) -> None:
        self._proved_at = self._parts.clock.now_us()
        self._carry_out(answer)

    def _carry_out(self, answer: Decided) -> None:
        approving, step = self._parts.approving, self._parts.approving.company.new_id()
        self._runner.change(
            self, lambda: approving.decide(answer.decision, step_id=step),
            done=self._decided, refused=self._refused,
        )  # fmt: skip

    def _decided(self, document: Text) -> None:
        self.is_busy = False
        self._close()
        self.decided.emit(document)

    def _refused(self, error: UserError) -> None:
        self.is_busy = False
        dialog = self.dialog
        if dialog is None:
            return
        if isinstance(error, StaleError):
            self._runner.query(
                dialog, lambda: self._parts.approving.show(dialog.shown.document.id),
                done=dialog.look_again,
            )  # fmt: skip
        dialog.complain(error)
        dialog.open()
        self.moved.emit()

    def _close(self) -> None:
        if self.dialog is not None:
            self.closed.emit(self.dialog.evidence.seen)
            self.dialog.deleteLater()
            self.dialog = None
        self.moved.emit()
