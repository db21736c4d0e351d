"""A line on home for those who can see to it: a backup is too old, or none could be made."""

from datetime import date

from PySide6.QtCore import Signal

from erpdesk.services.keeping.listing_backups import Kept
from ui.pages.home import words as w
from ui.widgets.button import Button
from ui.widgets.document_facts import moment_said
from ui.widgets.parts import Icon, Label, Panel, column, row
from ui.work.backup_watch import BackupWatch
from ui.work.wording import Wording, refusal


class BackupPanel(Panel):
    """Seen only while somebody has to see to it; ``wanted`` asks for the page that makes one."""

    wanted = Signal()

    def __init__(self, watch: BackupWatch, today: date, wording: Wording, *, is_mine: bool) -> None:
        self._watch, self._today, self._wording, self._is_mine = watch, today, wording, is_mine
        self.title = Label("", "strong", wraps=True)
        self.more = Label("", "small", "text2", wraps=True)
        self.go = Button("", height_px=28)
        wording.put(self.go, "setText", w.TO_BACKUP)
        super().__init__(
            row(
                Icon("triangle-alert", "attention", 20),
                (column(self.title, self.more, gap=0), 1), self.go, gap=10,
            )
        )  # fmt: skip
        self.go.clicked.connect(self.wanted)
        watch.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        watch = self._watch
        is_wanted = self._is_mine and (watch.is_too_old or watch.trouble is not None)
        self.setVisible(is_wanted)
        if not is_wanted:
            return
        if watch.trouble is not None:
            self._wording.put(self.title, "setText", w.BACKUP_FAILED)
            self._wording.put(self.more, "setText", refusal(watch.trouble))
        else:
            self._say_which(None if watch.stands is None else watch.stands.last_good)

    def _say_which(self, last: Kept | None) -> None:
        at = "" if last is None else moment_said(last.made_at, self._today)
        self._wording.put(self.title, "setText", w.LAST_BACKUP if last else w.NO_BACKUP, at=at)
        self._wording.put(self.more, "setText", w.BACKUP_LATE)
