"""Room on the disk of the books: how much is left, and the ballast that is kept for a full one."""

from dataclasses import dataclass

from erpdesk.storage import disk
from erpdesk.storage.unit_of_work import Company


@dataclass(frozen=True, slots=True)
class KeepingRoom:
    """Looks at the disk under the company that is open."""

    company: Company

    def look(self) -> int | None:
        """Return how many bytes are free; None where nobody knows."""
        return disk.free_bytes(self.company.database)

    def keep(self) -> int | None:
        """See to the ballast, and return how many bytes are free; None where nobody knows."""
        return disk.keep_ballast(self.company.database)
