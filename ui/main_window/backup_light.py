"""The status light of the backups: when the last good one was made, and whether that is too old."""

from datetime import date

from erpdesk.services.listing_backups import Kept
from ui.main_window import said
from ui.main_window.lights import Light
from ui.widgets.document_facts import moment_said
from ui.work.backup_watch import STEPS, BackupWatch


def show_backup(light: Light, watch: BackupWatch, today: date) -> None:
    """Show how old the last good backup is; quiet while that is well."""
    if watch.step is not None:
        n = STEPS.index(watch.step) + 1
        light.show_state("neutral", said.BACKING_UP, n=n, all=len(STEPS))
    elif watch.stands is None:
        light.show_state("neutral", said.BACKUP_UNSEEN)
    elif watch.trouble is not None:
        light.show_state("attention", said.BACKUP_FAILED)
    else:
        _show_last(light, watch, watch.stands.last_good, today)


def _show_last(light: Light, watch: BackupWatch, last: Kept | None, today: date) -> None:
    at = "" if last is None else moment_said(last.made_at, today)
    if watch.is_too_old:
        light.show_state("attention", said.BACKUP_OLD if last else said.NO_BACKUP, at=at)
    elif last is not None:
        light.show_state("ok", said.BACKUP_WELL, at=at)
    else:
        light.show_state("neutral", said.NO_BACKUP)
