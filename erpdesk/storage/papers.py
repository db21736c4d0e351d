"""Papers as issued: copy 0 is the original, later ones say why they were printed."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from erpdesk.storage import tables as t
from erpdesk.storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One print of a document; the bytes are kept as evidence under the hash."""

    copy: int
    hash: bytes
    reason: str | None
    made_by: str
    made_at: int


def papers_of(connection: Connection, document_id: str) -> tuple[PaperRow, ...]:
    """Return every print of a document, the original first."""
    paper = t.paper.c
    rows = connection.execute(
        select(t.paper).where(paper.document_id == document_id).order_by(paper.copy)
    )
    return tuple(PaperRow(r.copy, bytes(r.hash), r.reason, r.made_by, r.made_at) for r in rows)


def add_paper(
    unit: Unit, document_id: str, *, copy: int, digest: bytes, reason: str | None
) -> None:
    """Record a print whose bytes are kept already."""
    unit.connection.execute(
        insert(t.paper).values(
            id=unit.new_id(),
            document_id=document_id,
            hash=digest,
            copy=copy,
            reason=reason,
            made_by=unit.person,
            made_at=unit.clock.now_us(),
        )
    )


def last_seal(connection: Connection) -> bytes | None:
    """Return the hash of the newest seal, or None before the first."""
    found = connection.execute(
        select(t.seal.c.hash).order_by(t.seal.c.seq.desc()).limit(1)
    ).scalar()
    return None if found is None else bytes(found)
