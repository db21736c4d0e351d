"""Backups that count: each is restored into a scratch copy and verified before it has a name."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from erpdesk.errors import UserError
from erpdesk.services.keeping.verifying import Verified, Verifying
from erpdesk.services.ports import Clock
from erpdesk.storage import backup, migrations
from erpdesk.storage.audit import record_audit
from erpdesk.storage.backup import DATA, Manifest
from erpdesk.storage.database import CompanyExistsError, is_url, must_be_new, open_database
from erpdesk.storage.seals import Seal, make_seal
from erpdesk.storage.unit_of_work import Company, Unit


class Step(StrEnum):
    """What is being done for a backup, in this order."""

    COPYING = "copying"
    PACKING = "packing"
    RESTORING = "restoring"
    CHECKING = "checking"


Say = Callable[[Step], None]
"""Told of each step, and again while it goes on; what it raises stops the work, nothing is left."""


def silent(step: Step) -> None:
    """Tell nobody."""


class NotCleanError(UserError):
    """The verification found faults; nothing was kept."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that stands: where, what it says of itself, and what its scratch copy showed."""

    path: Path
    manifest: Manifest
    verified: Verified


@dataclass(frozen=True, slots=True)
class BackingUp:
    """Makes backups of the company that is open."""

    company: Company
    clock: Clock
    say: Say = silent

    def back_up(self, path: Path, *, admin: str | None = None, anyway: bool = False) -> BackedUp:
        """Seal the books, copy them into one file, and prove that the file can be restored.

        ``admin`` is the address of a server's administrator: only that login reads all of it.
        ``anyway`` keeps a backup of books with faults.

        Raises:
            CompanyExistsError: another file stands there; only a backup is replaced.
            NotCleanError: the copy has faults; there is no backup.
            NoRoomError, DiskFullError, BackupNotWrittenError: what stood there is untouched.
        """
        must_be_free_or_a_backup(path)
        with backup.fresh_beside(path, ".data") as data:
            self.say(Step.COPYING)
            self.company.run(lambda unit: self._sealed(unit, path))
            said = self._copied(data, admin)
            manifest = Manifest(
                engine="postgresql" if self.company.database.is_server else "sqlite",
                made_at=self.clock.now_us(),
                made_by=self.company.person,
                size=data.stat().st_size,
                sha256=backup.digest_of(data),
                **said,
            )
            place = admin or self.company.database.place
            restoring = Restoring(self.clock, self.say)
            verified = restoring.keep(data, manifest, path, place, anyway=anyway)
        return BackedUp(path, manifest, verified)

    def _sealed(self, unit: Unit, path: Path) -> Seal:
        record_audit(unit, "backup", path.name)
        return make_seal(unit)

    def _copied(self, data: Path, admin: str | None) -> dict[str, Any]:
        database = self.company.database
        if database.is_server:
            from erpdesk.storage import backup_server

            return backup_server.dump(database, data, admin=admin)
        backup.must_have_room(data.parent, 3 * Path(database.place).stat().st_size)
        return backup.snapshot(database, data, lambda: self.say(Step.COPYING))


@dataclass(frozen=True, slots=True)
class Restored:
    """A company restored from a backup, and what its verification showed."""

    place: str
    manifest: Manifest
    verified: Verified


@dataclass(frozen=True, slots=True)
class Restoring:
    """Makes a company from a backup, at a place where nothing is."""

    clock: Clock
    say: Say = silent

    def restore(self, path: Path, place: str, *, anyway: bool = False) -> Restored:
        """Restore a backup and verify it before it has its name; nothing is left on refusal.

        Raises:
            NotABackupError, DamagedBackupError, NewerBackupError: it cannot be used.
            CompanyExistsError, LeftLogError: there is something at the place.
            NotCleanError: the books in it have faults.
        """
        if is_url(place):
            return self._to_server(path, place, anyway=anyway)
        target = Path(place)
        must_be_new(target)
        manifest = _of_engine(path, "sqlite")
        with backup.fresh_beside(target, ".restored") as fresh:
            verified = self._unpacked(path, manifest, fresh)
            _refuse_faults(verified, anyway=anyway)
            backup.put_where_nothing_is(fresh, target)
        return Restored(place, manifest, verified)

    def keep(
        self, data: Path, manifest: Manifest, path: Path, place: str, *, anyway: bool = False
    ) -> Verified:
        """Pack a copy of books into a file that has its name only once it was restored for a try.

        ``data`` is gone afterwards. ``place``: the books, a server's as its administrator.

        Raises:
            NotCleanError: the copy has faults; nothing was kept.
        """
        with backup.fresh_beside(path, ".zip") as archive:
            self.say(Step.PACKING)
            backup.pack(data, manifest, archive)
            data.unlink()
            with self.scratch(archive, path.parent, place) as verified:
                _refuse_faults(verified, anyway=anyway)
            backup.put_in_place(archive, path)
        return verified

    @contextlib.contextmanager
    def scratch(self, path: Path, folder: Path, place: str) -> Iterator[Verified]:
        """Restore a backup where it is gone afterwards; give what its verification showed."""
        self.say(Step.RESTORING)
        manifest = backup.read_manifest(path)
        with backup.fresh_beside(folder / "scratch", ".scratch") as fresh:
            if manifest.engine == "sqlite":
                yield self._unpacked(path, manifest, fresh)
                return
            from erpdesk.storage import backup_server

            backup.unpack(path, manifest, fresh)
            with backup_server.scratch(place, fresh) as scratch:
                yield self._verified(scratch)

    def _unpacked(self, path: Path, manifest: Manifest, fresh: Path) -> Verified:
        backup.must_have_room(fresh.parent, manifest.size)
        backup.unpack(path, manifest, fresh)
        return self._verified(str(fresh))

    def _to_server(self, path: Path, place: str, *, anyway: bool) -> Restored:
        from erpdesk.storage import backup_server

        manifest = _of_engine(path, "postgresql")
        with backup.fresh_beside(path, ".restored") as fresh:
            backup.unpack(path, manifest, fresh)
            with backup_server.restored(place, fresh):
                verified = self._verified(place)
                _refuse_faults(verified, anyway=anyway)
        return Restored(place, manifest, verified)

    def _verified(self, place: str) -> Verified:
        """Verify what was restored; books of an older program are upgraded there first."""
        database = open_database(place)
        try:
            migrations.bring_up(database)
            return Verifying(database, self.clock, lambda _: self.say(Step.CHECKING)).verify()
        finally:
            database.close()


def must_be_free_or_a_backup(path: Path) -> None:
    """Look whether a backup may have this name.

    Raises:
        CompanyExistsError: another file stands there; only a backup is replaced.
    """
    if not path.exists():
        return
    try:
        backup.read_manifest(path)
    except (backup.NotABackupError, backup.DamagedBackupError, backup.NewerBackupError) as other:
        raise CompanyExistsError(path=str(path)) from other


def _of_engine(path: Path, engine: str) -> Manifest:
    manifest = backup.read_manifest(path)
    if manifest.engine != engine:
        raise backup.OtherEngineError(path=str(path), data=DATA[manifest.engine])
    return manifest


def _refuse_faults(verified: Verified, *, anyway: bool) -> None:
    if not (verified.is_clean or anyway):
        raise NotCleanError(count=verified.count)
