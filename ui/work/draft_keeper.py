"""Half-typed work goes into a file within half a second, and comes back after a restart."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from erpdesk.domain.changes import Changes, Outcome
from ui.work.runner import Runner

WAIT_MS: Final = 400
Draft = dict[str, Any]


class Drafts(Protocol):
    """Where drafts of this person and these books are kept."""

    def keep(self, name: str, draft: Mapping[str, Any]) -> None:
        """Keep a draft in place of the one before; an empty one takes it away."""
        ...

    def kept(self, name: str) -> Draft:
        """Return the draft of this name, empty where there is none."""
        ...


class DraftKeeper(QObject):
    """Keeps what ``typed`` returns, some time after each touch; ``refused`` where it cannot.

    ``typed`` returns an empty draft when nothing is half typed, and None when what was typed is
    on its way to the books: then the draft before stays until it is there.
    """

    refused = Signal(object)

    def __init__(
        self,
        drafts: Drafts,
        name: str,
        typed: Callable[[], Draft | None],
        runner: Runner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._drafts, self._name, self._typed, self._runner = drafts, name, typed, runner
        self._last: Draft | None = None
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self.keep)

    def look(self, done: Callable[[Draft], None]) -> None:
        """Look up the draft that was left; nothing is kept before it was looked up."""
        drafts, name = self._drafts, self._name

        def found(draft: Draft) -> None:
            self._last = draft
            done(draft)

        self._runner.query(self, lambda: drafts.kept(name), done=found)

    def touch(self) -> None:
        """Keep what is typed after a while; touched again meanwhile, it is one time."""
        if not self._wait.isActive():
            self._wait.start()

    def keep(self) -> None:
        """Keep what is typed now."""
        draft = self._typed() if self._last is not None else None
        if draft is None or draft == self._last:
            return
        self._last = draft
        drafts, name = self._drafts, self._name

        def work() -> Outcome[None]:
            drafts.keep(name, draft)
            return Outcome(None, Changes())

        self._runner.change(self, work, refused=self.refused.emit)
