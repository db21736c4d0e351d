"""The status light of the backups: when the last good one was made, and whether that is too old."""

from datetime import date

from erpdesk.services.keeping.listing_backups import Backups
from erpdesk.words import Sentence
from ui.look import Tone
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
        tone, sentence, at = last_said(watch.stands, today, is_too_old=watch.is_too_old)
        light.show_state(tone, sentence, at=at)


def last_said(stands: Backups, today: date, *, is_too_old: bool) -> tuple[Tone, Sentence, str]:
    """Return what is said of the last good backup, its tone, and when that was made."""
    last = stands.last_good
    if last is None:
        return "attention" if is_too_old else "neutral", said.NO_BACKUP, ""
    at = moment_said(last.made_at, today)
    return ("attention", said.BACKUP_OLD, at) if is_too_old else ("ok", said.BACKUP_WELL, at)
