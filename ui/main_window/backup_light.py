"""The status light of the backups: when the last good one was made, and whether that is too old."""

from datetime import date

from ui.main_window import said
from ui.main_window.lights import Light
from ui.widgets.document_facts import moment_said
from ui.work.backup_watch import BackupWatch


def show_backup(light: Light, watch: BackupWatch, today: date) -> None:
    """Show how old the last good backup is; quiet while that is well."""
    if watch.stands is None:
        light.show_state("neutral", said.BACKUP_UNSEEN)
        return
    last = watch.stands.last_good
    at = "" if last is None else moment_said(last.made_at, today)
    if watch.is_too_old:
        light.show_state("attention", said.BACKUP_OLD if last else said.NO_BACKUP, at=at)
    elif last is not None:
        light.show_state("ok", said.BACKUP_WELL, at=at)
    else:
        light.show_state("neutral", said.NO_BACKUP)
