"""A backup of books of a million ledger lines, and bringing it back, beside the deep check alone.

Each proves what it unpacked, which is nine tenths of bringing it back and six of a backup; the rest
of that is copying and packing. What came back has the rows, the heads and the seal that the backup
says of itself.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from erpdesk.services.keeping.backing_up import BackingUp, Restoring
from erpdesk.services.keeping.verifying import Verifying
from erpdesk.services.ports import SystemClock
from erpdesk.storage.backup import facts
from tests.bench.company import a_company_with_ledger, closing_database, copied, opened
from tests.bench.figures import Figure, seconds

CUSTOMERS: Final = 10_000
BACKUP_BAR, RESTORE_BAR = 2.0, 1.3


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield how long a backup takes, and how long until its books are there again."""
    kept = a_company_with_ledger(cache, size, customers=min(CUSTOMERS, size))
    with TemporaryDirectory(dir=cache) as folder:
        place, backup = Path(folder) / "bench.erpdesk", Path(folder) / "bench.erpbackup"
        company = opened(copied(kept, place))
        limit = seconds(Verifying(company.database, SystemClock()).verify)
        taken = seconds(lambda: BackingUp(company, SystemClock()).back_up(backup))
        company.database.close()
        yield Figure("backup", taken, limit, "s", BACKUP_BAR, size=size)
        place.unlink()
        taken = seconds(lambda: _restored(backup, place))
        yield Figure("restore", taken, limit, "s", RESTORE_BAR, size=size)


def _restored(backup: Path, place: Path) -> None:
    said = Restoring(SystemClock()).restore(backup, str(place)).manifest
    with closing_database(place) as database, database.reading() as connection:
        found = facts(connection)
    assert {name: getattr(said, name) for name in found} == found
