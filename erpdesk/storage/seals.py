"""Seals: where everybody's chain stood, one line a person, chained to the seal before.

A seal known outside, such as its first digits on a printed notice, shows a cut-off end or a
complete rewrite, which nothing inside the books can.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from erpdesk.domain.content import ZERO_HASH, record_hash
from erpdesk.errors import UserError
from erpdesk.storage import tables as t
from erpdesk.storage.checks import Books, Finding
from erpdesk.storage.unit_of_work import Unit, fields

SEAL_FIELDS = ("seq", "made_by", "made_at", "heads", "prev")
DIGITS_MIN = 16

_LINE = re.compile(r"(.+) (\d+) ([0-9a-f]{64})")


class NotASealError(UserError):
    """This is not the beginning of a seal: at least 16 digits of 0-9 and a-f."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as it was made."""

    seq: int
    hash: bytes
    made_at: int


def make_seal(unit: Unit) -> Seal:
    """Append a seal over today's heads."""
    last = unit.connection.execute(
        select(t.seal.c.seq, t.seal.c.hash).order_by(t.seal.c.seq.desc()).limit(1)
    ).one_or_none()
    row: dict[str, object] = {
        "seq": last.seq + 1 if last else 1,
        "made_by": unit.person,
        "made_at": unit.clock.now_us(),
        "heads": heads_text(unit.connection),
        "prev": bytes(last.hash) if last else ZERO_HASH,
    }
    row["hash"] = record_hash("erpdesk.seal.1", fields(row, SEAL_FIELDS))
    unit.connection.execute(insert(t.seal).values(**row))
    made = unit.connection.execute(select(t.seal).where(t.seal.c.seq == row["seq"])).one()
    return Seal(made.seq, bytes(made.hash), made.made_at)


def known_seals(connection: Connection) -> frozenset[str]:
    """Return every seal of the books, as hex."""
    return frozenset(bytes(row.hash).hex() for row in connection.execute(select(t.seal.c.hash)))


def heads_text(connection: Connection) -> str:
    """Return a line a person: actor, number and hash of the last event, sorted by actor."""
    head = t.chain_head.c
    rows = connection.execute(select(head.actor, head.seq, head.hash))
    lines = sorted(f"{actor} {seq} {bytes(last).hex()}\n" for actor, seq, last in rows)
    return "".join(lines)


def seals(books: Books) -> Iterator[Finding]:
    """Yield seals that do not follow on one another, or whose heads are in nobody's chain."""
    seq, last = 0, ZERO_HASH
    for row in books.rows("SELECT seq, made_by, made_at, heads, prev, hash FROM seal ORDER BY seq"):
        if row[0] != seq + 1 or bytes(row[4]) != last:
            yield Finding("S", "seal_link", str(row[0]))
        seq, last = row[0], bytes(row[5])
        if record_hash("erpdesk.seal.1", row[:5]) != last:
            yield Finding("S", "seal_hash", str(seq))
        for line in row[3].splitlines():
            if not _stands(books, line):
                yield Finding("S", "sealed_head", f"{seq}: {line.rpartition(' ')[0]}")


_EVENT = """
SELECT hash FROM step WHERE made_by = :actor AND actor_seq = :seq
UNION ALL SELECT hash FROM count_event WHERE made_by = :actor AND actor_seq = :seq
UNION ALL SELECT hash FROM line_decision WHERE made_by = :actor AND actor_seq = :seq
UNION ALL SELECT hash FROM line_variance WHERE made_by = :actor AND actor_seq = :seq
UNION ALL SELECT hash FROM audit_event WHERE made_by = :actor AND actor_seq = :seq"""


def _stands(books: Books, line: str) -> bool:
    """Say whether a sealed head is an event of today's chains."""
    read = _LINE.fullmatch(line)
    if read is None:
        return False
    actor, seq, digits = read[1], int(read[2]), read[3]
    if seq == 0:
        return digits == ZERO_HASH.hex()
    return [bytes(h).hex() for (h,) in books.all(_EVENT, actor=actor, seq=seq)] == [digits]


def outside_seal(books: Books, digits: str) -> Iterator[Finding]:
    """Yield that a seal known outside, by its first digits, is none of these books' seals.

    Raises:
        NotASealError: these are no digits of a seal.
    """
    wanted = digits.strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{DIGITS_MIN},64}}", wanted):
        raise NotASealError(digits=digits)
    rows = books.rows("SELECT hash FROM seal")
    if not any(bytes(found).hex().startswith(wanted) for (found,) in rows):
        yield Finding("S", "outside_seal", wanted[:DIGITS_MIN])
