"""Books of an older program become today's: kept before, proved after, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from erpdesk.errors import UserError
from erpdesk.services.keeping.backing_up import NotCleanError, Restoring, must_be_free_or_a_backup
from erpdesk.services.keeping.holding import Holding
from erpdesk.services.keeping.listing_backups import fresh_path
from erpdesk.services.keeping.verifying import Verified, Verifying
from erpdesk.services.ports import Clock
from erpdesk.storage import backup, migrations
from erpdesk.storage.alone import must_be_alone
from erpdesk.storage.backup import Manifest
from erpdesk.storage.database import Connection, Database, open_database
from erpdesk.storage.migrations import NotUpgradedError

ROOM_FOR_TIMES = 2
"""So many times the size of the books must be free: a copy being packed, or the log of changes."""


class Step(StrEnum):
    """What is being done, in this order."""

    KEEPING = "keeping"
    CHANGING = "changing"
    PROVING = "proving"


class ServerNotKeptError(UserError):
    """Nobody said that the server's own backup was made."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was run; ``backup`` is where the older books lie, and ``verified`` the newer's proof.

    Both are None where nothing waited, and ``backup`` for a server.
    """

    revisions: tuple[str, ...]
    backup: Path | None
    verified: Verified | None


@dataclass(slots=True)
class Upgrading:
    """Upgrades books that nobody has open; nobody signs in, for their tables are not known yet."""

    clock: Clock
    say: Callable[[Step], None] = lambda _: None

    def upgrade(
        self, place: str, *, keep: Path | None = None, is_server_kept: bool = False
    ) -> Upgraded:
        """Bring books to the version of this program.

        ``keep`` is where the backup of a file goes, by default beside it. A server is upgraded
        from its administrator's address, once ``is_server_kept``: its own backup was made.

        Raises:
            BooksOpenError, BooksInUseError: somebody else has the books open.
            ServerNotKeptError, NotAdministratorError: of a server.
            NoRoomError, CompanyExistsError: there can be no backup.
            NewerCompanyError: the books are of a newer program.
            NotUpgradedError: an upgraded copy, or the upgraded books, have faults.
        """
        holding = Holding(self.clock)
        holding.take(place, "upgrade")
        try:
            return self._with(open_database(place), keep, is_server_kept=is_server_kept)
        finally:
            holding.leave(place)

    def _with(self, database: Database, keep: Path | None, *, is_server_kept: bool) -> Upgraded:
        kept: list[Path] = []
        proofs: list[Verified] = []

        def back_up() -> None:
            if database.is_server:
                _must_be_kept(is_kept=is_server_kept)
            else:
                kept.append(self._keep(database, keep))
            self.say(Step.CHANGING)

        def count_findings(connection: Connection) -> int:
            self.say(Step.PROVING)
            proofs.append(Verifying(database, self.clock).verify_within(connection))
            return proofs[-1].count

        try:
            if not migrations.is_older(database):
                return Upgraded((), None, None)
            must_be_alone(database)
            run = migrations.upgrade(database, back_up=back_up, count_findings=count_findings)
        finally:
            database.close()
        return Upgraded(run, next(iter(kept), None), next(iter(proofs), None))

    def _keep(self, database: Database, keep: Path | None) -> Path:
        """Keep the books as they are; the backup has its name once a copy of it was upgraded."""
        self.say(Step.KEEPING)
        books = Path(database.place)
        path = keep or fresh_path(books.parent, books.stem, at_us=self.clock.now_us())
        must_be_free_or_a_backup(path)
        for folder in {books.absolute().parent, path.absolute().parent}:
            backup.must_have_room(folder, ROOM_FOR_TIMES * books.stat().st_size)
        with backup.fresh_beside(path, ".data") as data:
            said = backup.snapshot(database, data)
            manifest = Manifest(
                engine="sqlite",
                made_at=self.clock.now_us(),
                made_by="",
                size=data.stat().st_size,
                sha256=backup.digest_of(data),
                **said,
            )
            try:
                Restoring(self.clock).keep(data, manifest, path, database.place)
            except NotCleanError as error:
                raise NotUpgradedError(count=error.facts["count"]) from None
        return path


def _must_be_kept(*, is_kept: bool) -> None:
    if not is_kept:
        raise ServerNotKeptError
