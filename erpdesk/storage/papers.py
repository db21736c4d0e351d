"""Papers as issued: copy 0 is the original, later ones say why they were printed."""

from collections.abc import Iterable
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
    return papers_by(connection, (document_id,)).get(document_id, ())


def papers_by(
    connection: Connection, document_ids: Iterable[str]
) -> dict[str, tuple[PaperRow, ...]]:
    """Return every print of some documents, the original first."""
    paper, found = t.paper.c, dict[str, tuple[PaperRow, ...]]()
    wanted = paper.document_id.in_(list(document_ids))
    for r in connection.execute(select(t.paper).where(wanted).order_by(paper.copy)):
        one = PaperRow(r.copy, bytes(r.hash), r.reason, r.made_by, r.made_at)
        found[r.document_id] = (*found.get(r.document_id, ()), one)
    return found


def add_paper(
    unit: Unit, document_id: str, *, copy: int, digest: bytes, reason: str | None
) -> None:
    """Record a print whose bytes are kept already."""
    name = unit.new_id()
    unit.writes(t.paper.c.id, name)
    unit.connection.execute(
        insert(t.paper).values(
            id=name,
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
