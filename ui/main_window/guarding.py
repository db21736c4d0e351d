"""A company's file is guarded while its window is open: its disk, and a backup a day at rest."""

from collections.abc import Callable

from ui.main_window.window import MainWindow
from ui.work.backup_alone import BackupAlone


def guard_file(window: MainWindow, quiet_s: Callable[[], float]) -> None:
    """Watch until the window is closed; ``quiet_s``: for how many seconds nobody was at work."""
    room = window.room

    def is_wanted() -> bool:
        return room.preferences.settings.backup_daily

    alone = BackupAlone(room.backup_watch, quiet_s, is_wanted, window)
    for watch in (alone, room.disk_watch):
        window.closed.connect(watch.stop)
        watch.begin()
