"""One change at a time: what is pressed again before its answer came is not sent a second time."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from erpdesk.domain.changes import Outcome
from erpdesk.errors import UserError
from ui.work.runner import Refused, Runner

T = TypeVar("T")


class PressedOnce(QObject):
    """Sends the changes of one form on; whoever presses twice means it once."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._is_on_its_way = False
        runner.broke.connect(self._free)

    def change(
        self,
        owner: QObject,
        work: Callable[[], Outcome[T]],
        *,
        done: Callable[[T], None],
        refused: Refused,
    ) -> None:
        """Do an action as :meth:`Runner.change` does, unless one is on its way."""
        if self._is_on_its_way:
            return
        self._is_on_its_way = True

        def answered(value: T) -> None:
            self._free()
            done(value)

        def stood_against(error: UserError) -> None:
            self._free()
            refused(error)

        self._runner.change(owner, work, done=answered, refused=stood_against)

    def _free(self) -> None:
        self._is_on_its_way = False
