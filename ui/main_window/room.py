"""What every page of the window may be given: the desk, the lanes, the words, who is here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from erpdesk import paths
from erpdesk.bootstrap import Desk
from erpdesk.domain.people import READS_BOOKS, Role
from erpdesk.settings import FILE_NAME
from ui.work.backup_watch import BackupWatch
from ui.work.books_watch import BooksWatch
from ui.work.disk_watch import DiskWatch
from ui.work.preferences import Preferences
from ui.work.runner import Runner
from ui.work.scanner_profile import ScannerProfile
from ui.work.sounds import Sounds
from ui.work.wording import Wording


@dataclass(frozen=True)
class Room:
    """One company opened by one person, and what works beside the window.

    ``names`` are the names people see, by login.
    """

    desk: Desk
    runner: Runner
    wording: Wording
    sounds: Sounds
    place: str
    firm: str
    names: Mapping[str, str]
    roles: frozenset[Role]
    preferences: Preferences = field(default_factory=Preferences)
    scanner: ScannerProfile = field(default_factory=ScannerProfile)

    @cached_property
    def watch(self) -> BooksWatch:
        """The check of the books, first asked for on the window's thread."""
        return BooksWatch(self.runner, self.desk.watching)

    @cached_property
    def backup_watch(self) -> BackupWatch:
        """The backups of the books, first asked for on the window's thread."""
        return BackupWatch(self.runner, self.desk.backups, self.backup_folder)

    @cached_property
    def disk_watch(self) -> DiskWatch:
        """Room on the disk of the books, first asked for on the window's thread."""
        return DiskWatch(self.runner, self.desk.room)

    @property
    def may_check(self) -> bool:
        """Say whether who is here reads enough of the books to check them."""
        return "://" not in self.place or bool(self.roles & READS_BOOKS)

    def backup_folder(self) -> Path:
        """Return where backups go: the folder that was chosen, else one among the data."""
        return self.preferences.backup_folder

    def folders(self) -> dict[str, Path]:
        """Return where things lie on this computer: data, settings, logs."""
        kept = self.preferences.path or paths.config_folder() / FILE_NAME
        return {"data": paths.data_folder(), "settings": kept, "logs": paths.log_folder()}

    @property
    def person(self) -> str:
        """Return the name people see of who is here."""
        login = self.desk.company.person
        return self.names.get(login, login)
