"""What is chained by hashes: each person's events, each document's steps, evidence."""

import hashlib
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Table

from erpdesk.domain.content import ZERO_HASH, record_hashes
from erpdesk.storage import tables as t
from erpdesk.storage.audit import AUDIT_FIELDS
from erpdesk.storage.checks import Books, Finding
from erpdesk.storage.checks_sql import questions
from erpdesk.storage.counts import COUNT_FIELDS, DECISION_FIELDS
from erpdesk.storage.documents import STEP_FIELDS
from erpdesk.storage.variances import VARIANCE_FIELDS

EVENTS = {
    "step": ("erpdesk.step.1", STEP_FIELDS),
    "count_event": ("erpdesk.count.1", COUNT_FIELDS),
    "line_decision": ("erpdesk.decision.1", DECISION_FIELDS),
    "line_variance": ("erpdesk.variance.1", VARIANCE_FIELDS),
    "audit_event": ("erpdesk.audit.1", AUDIT_FIELDS),
}
"""The tables whose rows a person's chain is made of: tag and fields that are hashed."""

AT_ONCE = 64
"""So many events are hashed together: few enough to stay in the processor's own memory."""

Event = tuple[str, int, Any, Any, bytes]
"""Whose event it is, its number, the hash before it, its hash, and what its fields hash to."""


def chains(books: Books) -> Iterator[Finding]:
    """Yield what breaks a person's chain: one ordered pass over all events (V11)."""
    heads = {
        actor: (seq, bytes(last))
        for actor, seq, last in books.rows("SELECT actor, seq, hash FROM chain_head")
    }
    streams = [_events(books, table) for table in EVENTS]
    for actor, events in groupby(merge(*streams, key=itemgetter(0, 1)), itemgetter(0)):
        yield from _chain(actor, events, heads.pop(actor, None))
    for actor, head in heads.items():
        if head != (0, ZERO_HASH):
            yield Finding("V11", "chain_head", f"{actor} {head[0]}")


def _events(books: Books, table: str) -> Iterator[Event]:
    tag, names = EVENTS[table]
    rows = books.rows(
        f"SELECT hash, {', '.join(names)} FROM {table} ORDER BY made_by, actor_seq"  # noqa: S608 - names of our own tables
    )
    while some := list(islice(rows, AT_ONCE)):
        hashes, *columns = zip(*some, strict=True)
        whose, number, before = map(names.index, ("made_by", "actor_seq", "actor_prev"))
        own = record_hashes(tag, columns)
        yield from zip(columns[whose], columns[number], columns[before], hashes, own, strict=True)


def _chain(
    actor: str, events: Iterator[Event], head: tuple[int, bytes] | None
) -> Iterator[Finding]:
    seq, last = 0, ZERO_HASH
    for _, number, before, said, own in events:
        is_next, is_linked = number == seq + 1, bytes(before) == last
        seq, last = number, bytes(said)
        is_itself = own == last
        if is_next and is_linked and is_itself:
            continue
        for what, holds in (
            ("chain_gap", is_next),
            ("chain_link", is_linked),
            ("chain_hash", is_itself),
        ):
            if not holds:
                yield Finding("V11", what, f"{actor} {seq}")
    if head != (seq, last):
        yield Finding("V11", "chain_head", f"{actor} {seq}")


def document_chains(books: Books) -> Iterator[Finding]:
    """Yield steps that do not follow on the document's step before (V11)."""
    for (where,) in books.rows(questions()["Q"]["document_links"], zero=ZERO_HASH):
        yield Finding("V11", "document_link", where)


def sign_ins(books: Books) -> Iterator[Finding]:
    """Yield gaps in the sign-ins of a file, and who acted without ever signing in (V11).

    No chain holds sign-ins: one that was put on somebody else who also signed in is not seen.
    """
    if books.is_server:
        return
    for (seq,) in books.rows(_SIGN_IN_GAPS):
        yield Finding("V11", "sign_in_gap", str(seq))
    for (person,) in books.rows(_NEVER_HERE):
        yield Finding("V11", "never_signed_in", person)


_SIGN_IN_GAPS = (
    "SELECT s.seq - 1 FROM sign_in s LEFT JOIN sign_in p ON p.seq = s.seq - 1"
    " WHERE s.seq <> 1 AND p.seq IS NULL ORDER BY s.seq"
)
_NEVER_HERE = (
    "SELECT h.actor FROM chain_head h WHERE h.seq > 0"
    " AND NOT EXISTS (SELECT 1 FROM sign_in s WHERE s.person = h.actor) ORDER BY h.actor"
)


def clocks(books: Books) -> Iterator[Finding]:
    """Yield where the clock was set back between two steps of one person: to be known."""
    found = books.rows(
        "SELECT s.made_by, s.actor_seq FROM step s JOIN step p"
        " ON p.made_by = s.made_by AND p.actor_seq = s.actor_seq - 1 WHERE s.made_at < p.made_at"
    )
    for person, seq in found:
        yield Finding("N", "clock_back", f"{person} {seq}")


def references(books: Books) -> Iterator[Finding]:
    """Yield rows that name a row that is not there (a server keeps no sign-ins)."""
    hidden = {t.sign_in} if books.is_server else set()
    for key in _keys(table for table in t.metadata.sorted_tables if table not in hidden):
        table, parent = key[0][0].table, key[0][1].table
        named = ", ".join(f"c.{child.name}" for child, _ in key)
        given = " AND ".join(f"c.{child.name} IS NOT NULL" for child, _ in key)
        same = " AND ".join(f"p.{there.name} = c.{child.name}" for child, there in key)
        statement = (
            f"SELECT DISTINCT {named} FROM {table.name} c WHERE {given} AND NOT EXISTS"  # noqa: S608 - names of our own tables
            f" (SELECT 1 FROM {parent.name} p WHERE {same})"
        )
        what = ", ".join(child.name for child, _ in key)
        for values in books.rows(statement):
            said = " ".join(map(_shown, values))
            yield Finding("F", "nothing_there", f"{table.name}.{what} {said}")


def _keys(tables: Iterable[Table]) -> Iterator[tuple[tuple[Column[Any], Column[Any]], ...]]:
    """Yield what names rows of other tables, column by column."""
    for table in tables:
        for key in table.foreign_key_constraints:
            yield tuple((one.parent, one.column) for one in key.elements)
    yield ((t.count_event.c.customer_id, t.customer.c.id),)


def _shown(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def evidence_bytes(books: Books) -> Iterator[Finding]:
    """Yield evidence whose bytes are not what their hash says (V10)."""
    pieces = books.rows("SELECT hash, bytes FROM evidence_blob ORDER BY hash, n")
    for name, whole in groupby(pieces, lambda row: bytes(row[0])):
        digest = hashlib.sha256()
        for _, piece in whole:
            digest.update(piece)
        if digest.digest() != name:
            yield Finding("V10", "evidence_bytes", name.hex())
