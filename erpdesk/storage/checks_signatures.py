"""Approvals of people with a registered key are signed by that key (V12)."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from erpdesk.domain.content import record_text
from erpdesk.storage.checks import Books, Finding
from erpdesk.storage.checks_texts import read, section

Keys = dict[str, list[tuple[int, bytes]]]
"""Of each person: from when on which public key counted, in order."""

_APPROVALS = (
    "SELECT [document] || ' ' || s.seq, s.made_at, s.signature, s.document_id, s.seq, s.kind,"
    " s.verb, s.content_hash, s.made_by FROM step s LEFT JOIN document d ON d.id = s.document_id"
    " WHERE s.verb IN ('approve', 'endorse')"
)


def signatures(books: Books) -> Iterator[Finding]:
    """Yield approvals that their maker's key did not sign, and keys that nobody registered."""
    keys = registered(books)
    for where, at_us, signature, *signed in books.rows(_APPROVALS):
        known = keys.get(signed[-1], [])
        place = bisect_right([since for since, _ in known], at_us)
        if place and not _signed(books, known[place - 1][1], signature, signed):
            yield Finding("V12", "bad_signature" if signature else "unsigned", where)
    for name, public_key in books.rows("SELECT name, public_key FROM person"):
        last = keys[name][-1][1] if name in keys else None
        if last != (None if public_key is None else bytes(public_key)):
            yield Finding("V12", "key_not_registered", name)


def _signed(books: Books, key: bytes, signature: Any, fields: list[Any]) -> bool:
    message = record_text("erpdesk.sign.1", fields).encode()
    return books.verify(key, message, bytes(signature or b""))


def registered(books: Books) -> Keys:
    """Return the keys that counted: those of the set-up, then those of approved documents.

    The server shows nobody the keys of others: there a key of the set-up is known until another
    one is registered.
    """
    keys: Keys = {}
    posted = books.rows(
        "SELECT s.made_at, c.body FROM step s JOIN content c ON c.hash = s.content_hash"
        " WHERE s.kind = 'authority' AND s.verb = 'post' ORDER BY s.made_at"
    )
    for at_us, body in posted:
        for one in section(read(body), "keys"):
            key = bytes.fromhex(str(one.get("public_key")))
            keys.setdefault(str(one.get("person")), []).append((at_us, key))
    for person, now, first, at_us in books.rows(_PEOPLE):
        given = first or (None if person in keys else now)
        if given is not None:
            keys.setdefault(person, []).insert(0, (at_us, bytes(given)))
    return keys


_PEOPLE = (
    "SELECT p.name, p.public_key, k.public_key, p.added_at FROM person p"
    " LEFT JOIN person_key k ON k.person = p.name AND k.n = 1 AND k.made_at = p.added_at"
)
