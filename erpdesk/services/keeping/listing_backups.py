"""The backups there are of the books that are open: how large, how old, tried out or not."""

import logging
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from erpdesk.domain.backups import AGAIN_US, is_due, is_too_old, next_day, outlived
from erpdesk.domain.moments import at_desk
from erpdesk.errors import UserError
from erpdesk.files.atomic import FileNotWrittenError
from erpdesk.files.notes import read_notes, write_notes
from erpdesk.services.keeping.backing_up import BackedUp, BackingUp, Restoring, Say, silent
from erpdesk.services.keeping.verifying import Verified
from erpdesk.services.ports import Clock
from erpdesk.storage import backup, describing
from erpdesk.storage.database import Database
from erpdesk.storage.seals import known_seals
from erpdesk.storage.unit_of_work import Company

SUFFIX: Final = ".erpbackup"
ALONE: Final = ".auto"
"""In the name of a backup that the program made by itself; only those does it ever remove."""
_ALONE_NAME: Final = re.compile(rf".*-\d{{8}}-\d{{6}}(-\d+)?{re.escape(ALONE + SUFFIX)}")
_log = logging.getLogger(__name__)


class BackupFolderGoneError(UserError):
    """What the folder of backups lies in is gone, as a disk that was taken out; there is none."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup file; moments are µs.

    ``tried_at`` is when it was last restored for a try on this computer, and ``faults`` how many
    the try found; None when it was not. ``trouble`` says why it cannot be used.
    """

    path: Path
    size: int
    made_at: int
    made_by: str = ""
    seal: str = ""
    tried_at: int | None = None
    faults: int | None = None
    trouble: UserError | None = None

    @property
    def is_automatic(self) -> bool:
        """Say whether the program made it by itself, as its name says."""
        return _ALONE_NAME.fullmatch(self.path.name) is not None

    @property
    def is_good(self) -> bool:
        """Say whether it was restored for a try, and nothing was found."""
        return self.trouble is None and self.tried_at is not None and not self.faults


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of these books, the newest first, and whether there is anything to be lost.

    ``is_ours``: it is the program that makes them; those of a server its administrator makes.
    """

    kept: tuple[Kept, ...] = ()
    has_posted: bool = False
    is_ours: bool = True

    @property
    def last_good(self) -> Kept | None:
        """Return the newest one that was tried out and is without a fault."""
        return next((one for one in self.kept if one.is_good), None)

    def is_too_old(self, now_us: int) -> bool:
        """Say whether somebody has to see to a backup."""
        return self.is_ours and is_too_old(
            self._last_us(now_us), now_us, has_posted=self.has_posted
        )

    def is_due(self, tried_us: int | None, now_us: int) -> bool:
        """Say whether one is to be made by itself now; ``tried_us``: when that was begun last."""
        last_us, has_posted = self._last_us(now_us), self.has_posted
        return self.is_ours and is_due(last_us, tried_us, now_us, has_posted=has_posted)

    def next_day(self, now_us: int) -> date | None:
        """Return on which day one is made by itself next; None: on none that is known."""
        if not self.is_ours:
            return None
        return next_day(self._last_us(now_us), now_us, has_posted=self.has_posted)

    @property
    def outlived(self) -> tuple[Kept, ...]:
        """Return the automatic ones that nobody needs any more; the last good one is none."""
        sound = [one for one in self.kept if not one.trouble and not one.faults]
        alone = [one for one in sound if one.is_automatic]
        gone = outlived([one.made_at for one in alone])
        return tuple(one for one in alone if one.made_at in gone and one != self.last_good)

    def _last_us(self, now_us: int) -> int | None:
        """Return when the newest good one was made; one of a clock that ran ahead is left out."""
        made = (one.made_at for one in self.kept if one.is_good)
        return next((at for at in made if at <= now_us + AGAIN_US), None)


@dataclass(frozen=True, slots=True)
class ListingBackups:
    """Knows the backups of one company in a folder; ``path`` holds which were tried out."""

    company: Company
    clock: Clock
    path: Path

    def look(self, folder: Path) -> Backups:
        """Return how the backups of these books in a folder stand.

        A file that cannot be read is listed with its trouble; those of other books are left out.
        """
        return backups_in(folder, self.company.database, self.path)

    def fresh_path(self, folder: Path, mark: str = "") -> Path:
        """Return where the next backup goes."""
        return fresh_path(folder, self._stem(), at_us=self.clock.now_us(), mark=mark)

    def back_up_alone(self, folder: Path, say: Say = silent) -> BackedUp:
        """Make a backup by itself, and remove those made by itself that nobody needs any more.

        Raises:
            UserError: whatever stands against it; nothing is left, nothing was removed.
        """
        made = self.back_up(self.fresh_path(folder, ALONE), say=say)
        for one in self.look(folder).outlived:
            _remove(one.path)
        return made

    def back_up(
        self, path: Path, *, admin: str | None = None, anyway: bool = False, say: Say = silent
    ) -> BackedUp:
        """Make a backup, and note that it was tried out: it is, before it has a name.

        ``admin`` and ``anyway`` are those of :meth:`BackingUp.back_up`; ``say`` is told of steps.

        Raises:
            BackupFolderGoneError: what the folder lies in is not there.
            UserError: whatever else stands against it; nothing is left then.
        """
        _make_folder(path.parent)
        made = BackingUp(self.company, self.clock, say).back_up(path, admin=admin, anyway=anyway)
        self._note(made.manifest.sha256, made.verified)
        return made

    def try_out(self, path: Path) -> Verified:
        """Restore a backup where it is gone afterwards, and check it to the last row.

        Raises:
            UserError: it cannot be restored.
        """
        place = self.company.database.place
        with Restoring(self.clock).scratch(path, path.parent, place) as verified:
            self._note(backup.read_manifest(path).sha256, verified)
            return verified

    def _note(self, digest: str, verified: Verified) -> None:
        tried = read_notes(self.path)
        tried[digest] = {"at": self.clock.now_us(), "faults": verified.count}
        try:
            write_notes(self.path, tried)
        except FileNotWrittenError:
            _log.exception("that a backup was tried out was not noted")

    def _stem(self) -> str:
        place = self.company.database.place.rpartition("@")[2]
        return Path(place.partition("?")[0]).stem or "erpdesk"


def backups_in(folder: Path, database: Database, notes: Path) -> Backups:
    """Return how the backups of these books in a folder stand; ``notes``: which were tried out."""
    with database.reading() as connection:
        seals, has_posted = known_seals(connection), describing.has_posted(connection)
    tried = read_notes(notes)
    found = [_kept(path, tried) for path in folder.glob(f"*{SUFFIX}") if path.is_file()]
    ours = [one for one in found if one.trouble is not None or one.seal in seals]
    kept = tuple(sorted(ours, key=lambda one: -one.made_at))
    return Backups(kept, has_posted, is_ours=not database.is_server)


def _make_folder(folder: Path) -> None:
    """Make the folder, but none above it: without its disk it would lie on another one."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError as fault:
        raise BackupFolderGoneError(path=str(folder)) from fault
    except OSError as fault:
        raise backup.BackupNotWrittenError(why=str(fault.strerror)) from fault


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        _log.exception("a backup that nobody needs any more was not removed")


def fresh_path(folder: Path, stem: str, *, at_us: int, mark: str = "") -> Path:
    """Return where a backup goes: the books' name, day and time, at a free place."""
    name = f"{stem}-{at_desk(at_us):%Y%m%d-%H%M%S}"
    place, n = folder / f"{name}{mark}{SUFFIX}", 1
    while place.exists():
        n += 1
        place = folder / f"{name}-{n}{mark}{SUFFIX}"
    return place


def _kept(path: Path, tried: dict[str, object]) -> Kept:
    stat = path.stat()
    try:
        said = backup.read_manifest(path)
    except UserError as trouble:
        return Kept(path, stat.st_size, stat.st_mtime_ns // 1000, trouble=trouble)
    noted = tried.get(said.sha256)
    at, faults = (noted.get("at"), noted.get("faults")) if isinstance(noted, dict) else (None, None)
    return Kept(
        path, stat.st_size, said.made_at, said.made_by, said.seal or "",
        at if isinstance(at, int) else None, faults if isinstance(faults, int) else None,
    )  # fmt: skip
