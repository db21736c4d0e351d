"""What the page of the books' proofs is given, and its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from erpdesk.services.exporting import Exporting
from erpdesk.services.journal_vouchers import JournalVouchers
from erpdesk.services.keeping.listing_backups import ListingBackups
from erpdesk.services.keeping.verifying import ORDER, Speed, codes_of
from erpdesk.services.keeping.watching import Failing, Watched, Watching
from erpdesk.services.ports import Clock
from ui.work.backup_watch import BackupWatch
from ui.work.books_watch import BooksWatch

FIRST: Final = tuple(f"V{n}" for n in range(1, 13))
CODES: Final = (*FIRST, *(code for code in ORDER if code not in FIRST))
"""The invariants of the books in their order, then the further proofs."""
ALL: Final = len(codes_of(Speed.DEEP))


@dataclass(frozen=True, slots=True)
class BooksCheckParts:
    """What the page uses; ``folder`` says where backups go, ``names`` how people are called.

    ``is_daily`` says whether a backup a day is made by itself. What is seldom asked for is made
    when it is.
    """

    watch: BooksWatch
    watching: Watching
    backup_watch: BackupWatch
    backups: ListingBackups
    folder: Callable[[], Path]
    is_daily: Callable[[], bool]
    clock: Clock
    names: Mapping[str, str]
    person: str
    firm: str
    journal_vouchers: Callable[[], JournalVouchers]
    exporting: Callable[[], Exporting]
    is_server: bool


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One check as it stands: when it was last asked and how long that took (µs), what fails."""

    code: str
    at: int | None = None
    took_us: int | None = None
    failing: Failing | None = None

    @property
    def count(self) -> int | None:
        """Return how much was found; None when it was never asked."""
        if self.failing is not None:
            return self.failing.count
        return None if self.at is None else 0


def proof_rows(stands: Watched) -> tuple[ProofRow, ...]:
    """Return a row for every check there is."""
    return tuple(_row(code, stands) for code in CODES)


def _row(code: str, stands: Watched) -> ProofRow:
    latest, failing = stands.latest(code), stands.failing_in(code)
    if latest is None:
        return ProofRow(code, failing.seen_at if failing else None, None, failing)
    run, check = latest
    return ProofRow(code, run.at, check.took_us, failing)
