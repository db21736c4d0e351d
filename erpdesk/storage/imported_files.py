"""Which import documents came from a file: they name it by its hash."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from erpdesk.domain.kinds import WAITING
from erpdesk.storage import tables as t


@dataclass(frozen=True, slots=True)
class ImportedBefore:
    """An import of the same file: its number, whether it still waits, by whom and when (µs UTC)."""

    number: str
    is_waiting: bool
    made_by: str
    made_at: int


def imported_before(connection: Connection, fingerprint: str) -> ImportedBefore | None:
    """Return the last import of a file that is in the books or waits to be; None without one."""
    head = t.document
    found = connection.execute(
        select(head.c.number, head.c.state, head.c.made_by, head.c.made_at)
        .join(t.content, t.content.c.hash == head.c.content_hash)
        .where(head.c.kind == "import", head.c.state.in_({"posted", *WAITING}))
        .where(t.content.c.body.contains(fingerprint, autoescape=True))
        .order_by(head.c.made_at.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    return ImportedBefore(found.number or "", found.state in WAITING, found.made_by, found.made_at)
