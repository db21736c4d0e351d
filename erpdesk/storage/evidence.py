"""Evidence: files kept in the company under the hash of their bytes, in pieces, unchanged."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from erpdesk.errors import UserError
from erpdesk.storage import tables as t
from erpdesk.storage.unit_of_work import Unit

PIECE = 1024 * 1024


class NoSuchEvidenceError(UserError):
    """There is no such evidence file in the company."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored file: the hash of its bytes, its media type, its name and size in bytes."""

    hash: bytes
    media_type: str
    name: str
    size: int
    made_by: str
    made_at: int


def keep(unit: Unit, data: bytes, *, name: str, media_type: str) -> bytes:
    """Store a file once and return its hash; the same bytes again are there already."""
    digest = hashlib.sha256(data).digest()
    known = unit.connection.execute(select(t.evidence.c.hash).where(t.evidence.c.hash == digest))
    if known.first() is not None:
        return digest
    unit.writes(t.evidence.c.hash, digest)
    unit.connection.execute(
        insert(t.evidence).values(
            hash=digest,
            media_type=media_type,
            name=name,
            size=len(data),
            made_by=unit.person,
            made_at=unit.clock.now_us(),
        )
    )
    for n, start in enumerate(range(0, len(data), PIECE)):
        piece = data[start : start + PIECE]
        unit.connection.execute(insert(t.evidence_blob).values(hash=digest, n=n, bytes=piece))
    return digest


def is_stored(connection: Connection, digest_hex: str) -> bool:
    """Say whether a file of this hash is kept."""
    try:
        digest = bytes.fromhex(digest_hex)
    except ValueError:
        return False
    found = connection.execute(select(t.evidence.c.hash).where(t.evidence.c.hash == digest))
    return found.first() is not None


def described(connection: Connection, digest: bytes) -> Evidence:
    """Return what is known of a stored file.

    Raises:
        NoSuchEvidenceError: it is not stored.
    """
    row = connection.execute(select(t.evidence).where(t.evidence.c.hash == digest)).one_or_none()
    if row is None:
        raise NoSuchEvidenceError(hash=digest.hex())
    return Evidence(bytes(row.hash), row.media_type, row.name, row.size, row.made_by, row.made_at)


def bytes_of(connection: Connection, digest: bytes) -> bytes:
    """Return a stored file as it was received."""
    pieces = connection.execute(
        select(t.evidence_blob.c.bytes)
        .where(t.evidence_blob.c.hash == digest)
        .order_by(t.evidence_blob.c.n)
    )
    return b"".join(bytes(piece) for (piece,) in pieces)
