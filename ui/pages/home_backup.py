"""A line on home for those who can see to it: the last good backup is too old."""

from datetime import date

from PySide6.QtCore import Signal

from erpdesk.services.listing_backups import Kept
from ui.pages import home_words as w
from ui.widgets.button import Button
from ui.widgets.document_facts import moment_said
from ui.widgets.parts import Icon, Label, Panel, column, row
from ui.work.backup_watch import BackupWatch
from ui.work.wording import Wording


class BackupPanel(Panel):
    """Seen only while a backup is too old; ``wanted`` asks for the page that makes one."""

    wanted = Signal()

    def __init__(self, watch: BackupWatch, today: date, wording: Wording, *, is_mine: bool) -> None:
        self._watch, self._today, self._wording, self._is_mine = watch, today, wording, is_mine
        self.title, self._more = Label("", "strong", wraps=True), Label("", "small", "text2")
        self.go = Button("", height_px=28)
        wording.put(self._more, "setText", w.BACKUP_LATE)
        wording.put(self.go, "setText", w.TO_BACKUP)
        super().__init__(
            row(
                Icon("triangle-alert", "attention", 20),
                (column(self.title, self._more, gap=0), 1), self.go, gap=10,
            )
        )  # fmt: skip
        self.go.clicked.connect(self.wanted)
        watch.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        stands = self._watch.stands
        is_wanted = self._is_mine and self._watch.is_too_old
        self.setVisible(is_wanted)
        if is_wanted and stands is not None:
            self._say_which(stands.last_good)

    def _say_which(self, last: Kept | None) -> None:
        if last is None:
            self._wording.put(self.title, "setText", w.NO_BACKUP)
        else:
            at = moment_said(last.made_at, self._today)
            self._wording.put(self.title, "setText", w.LAST_BACKUP, at=at)
