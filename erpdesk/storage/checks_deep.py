"""Contents against rows: every text is its hash, every row is what an approved text says."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from erpdesk.domain.content import NotCanonicalError, content_hash, parse
from erpdesk.storage.checks import Books, Finding
from erpdesk.storage.checks_texts import (
    PARTS,
    UNFOLDED,
    Row,
    listed,
    plain,
    planned,
    read,
    section,
)


def file(books: Books) -> Iterator[Finding]:
    """Yield what SQLite finds broken in the file itself."""
    if books.is_server:
        return
    for (said,) in books.rows("PRAGMA integrity_check"):
        if said != "ok":
            yield Finding("B", "file_broken", str(said)[:120])


def contents(books: Books) -> Iterator[Finding]:
    """Yield texts that are not what their hash says, or not in their one form."""
    for name, body in books.rows("SELECT hash, body FROM content"):
        where = bytes(name).hex()[:16]
        if content_hash(body) != bytes(name):
            yield Finding("C", "text_hash", where)
        try:
            parse(body)
        except NotCanonicalError:
            yield Finding("C", "text_form", where)


def heads(books: Books) -> Iterator[Finding]:
    """Yield documents whose text names another document, kind or customer."""
    found = books.rows(
        "SELECT [document], d.id, d.kind, d.customer_id, c.body"
        " FROM document d LEFT JOIN content c ON c.hash = d.content_hash"
    )
    for where, document, kind, customer, body in found:
        said = read(body)
        rows = {"document": plain(document), "kind": kind, "customer": plain(customer)}
        if any(said.get(name) != value for name, value in rows.items()):
            yield Finding("H", "other_text", where)


# ---- the ledger

DIFFERS = {
    "entry": "entry_differ",
    "lines": "lines_differ",
    "items": "items_of_text_differ",
    "allocations": "allocations_differ",
}


class _Rows:
    """Rows in order of the step that wrote them, taken step by step."""

    def __init__(self, books: Books, part: str) -> None:
        self.rows, self.is_server = books.rows(UNFOLDED[part]), books.is_server
        self.next = next(self.rows, None)

    def before(self, step: str) -> bool:
        """Skip rows of steps before this one, which none of them posted; say whether any were."""
        found = False
        while self.next is not None and str(self.next[0]) < step:
            self.next, found = next(self.rows, None), True
        return found

    def of(self, step: str) -> list[Row]:
        """Take the rows of a step."""
        found: list[Row] = []
        while self.next is not None and str(self.next[0]) == step:
            row = tuple(self.next[1:])
            found.append(tuple(map(plain, row)) if self.is_server else row)
            self.next = next(self.rows, None)
        return found


def postings(books: Books) -> Iterator[Finding]:
    """Yield ledger rows that are not what the posted text says: one merge in order of steps."""
    streams = {part: _Rows(books, part) for part in PARTS}
    found = books.rows(
        "SELECT s.id, [document], c.body FROM step s LEFT JOIN document d ON d.id = s.document_id"
        " LEFT JOIN content c ON c.hash = s.content_hash WHERE s.verb = 'post' ORDER BY s.id"
    )
    for step, where, body in found:
        content = read(body)
        by_list = _by_list(content)
        for part, stream in streams.items():
            if stream.before(str(step)):
                yield Finding("P", f"{part}_unapproved", where)
            rows = stream.of(str(step))
            if part in by_list:
                same = len(rows) == by_list[part]
            else:
                plan = planned(content, part)
                same = rows == plan or Counter(rows) == Counter(plan)
            if not same:
                yield Finding("P", DIFFERS[part], where)
    for part, stream in streams.items():
        if stream.next is not None:
            yield Finding("P", f"{part}_unapproved", str(stream.next[0]))


def _by_list(content: dict[str, Any]) -> dict[str, int]:
    """Return how many rows of a part come from a list; what is in them is compared there."""
    named = listed(content)
    if named is None or named.what != "items":
        return {}
    return {"lines": named.rows["list_line"], "items": named.rows["list_item"]}


# ---- what texts name

_NAMING = (
    "SELECT [document], d.id, c.body FROM document d JOIN content c ON c.hash = d.content_hash"
    " WHERE d.state NOT IN ('draft', 'rejected', 'voided', 'cancelled') AND c.body LIKE :mark"
)


def named_evidence(books: Books) -> Iterator[Finding]:
    """Yield documents whose evidence is not kept (V10)."""
    kept = "SELECT count(*) FROM evidence WHERE hash = :hash"
    for where, _, body in books.rows(_NAMING, mark='%"evidence":[{%'):
        for one in section(read(body), "evidence"):
            name = str(one.get("hash"))
            if books.all(kept, hash=_bytes(name))[0][0] != 1:
                yield Finding("V10", "evidence_missing", f"{where} {name[:16]}")


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def named_deliveries(books: Books) -> Iterator[Finding]:
    """Yield vouchers that hold neither what their text says nor, once reversed, nothing."""
    held = (
        "SELECT delivery_id, sum(amount_minor) FROM delivery_use"
        " WHERE document_id = :document GROUP BY delivery_id HAVING sum(amount_minor) <> 0"
    )
    reversed_by = (
        "SELECT count(*) FROM journal_entry e JOIN journal_entry x ON x.reverses = e.id"
        " WHERE e.document_id = :document"
    )
    for where, document, body in books.rows(_NAMING, mark='%"deliveries":[{%'):
        said: Counter[str] = Counter()
        for one in section(read(body), "deliveries"):
            said[str(one.get("id"))] += one.get("amount", 0)
        now = {str(name): int(used) for name, used in books.all(held, document=document)}
        free = not now and books.all(reversed_by, document=document)[0][0]
        if now != said and not free:
            yield Finding("D", "use_differs", where)


def authorities(books: Books) -> Iterator[Finding]:
    """Yield approved rights that are not what their document says."""
    posted = books.rows(
        "SELECT [document], d.id, c.body FROM document d JOIN content c ON c.hash = d.content_hash"
        " WHERE d.kind = 'authority' AND d.state = 'posted'"
    )
    given = (
        "SELECT id, person, role, limit_minor, loss_limit_minor, window_minor, valid_to"
        " FROM authority WHERE document_id = :document"
    )
    for where, document, body in posted:
        said = Counter(_right(one) for one in section(read(body), "authority"))
        rows = books.all(given, document=document)
        if said != Counter(tuple(map(plain, row)) for row in rows):
            yield Finding("H", "authority_differs", where)


def _right(row: dict[str, Any]) -> Row:
    whose = tuple(map(row.get, ("id", "person", "role")))
    limits = tuple(row.get(name, 0) for name in ("limit", "loss_limit", "window"))
    return (*whose, *limits, row.get("to"))
