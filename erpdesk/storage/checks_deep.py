"""Contents against rows: every text is its hash, every row is what an approved text says."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
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

SECOND_US = 1_000_000
"""Texts say in seconds until when a right holds, rows in microseconds."""


def file(books: Books) -> Iterator[Finding]:
    """Yield what SQLite finds broken in the file itself."""
    if books.is_server:
        return
    for (said,) in books.rows("PRAGMA integrity_check"):
        if said != "ok":
            yield Finding("B", "file_broken", str(said)[:120])


def contents(books: Books) -> Iterator[Finding]:
    """Yield texts of no posting that are not what their hash says, or not in their one form."""
    found = books.rows(
        "SELECT hash, body FROM content WHERE hash NOT IN"
        " (SELECT content_hash FROM step WHERE verb = 'post' AND content_hash IS NOT NULL)"
    )
    for name, body in found:
        yield from _strictly(name, body)[1]


def _strictly(name: Any, body: str) -> tuple[dict[str, Any], list[Finding]]:
    """Return the value of a text, and what is wrong with the text itself."""
    where, wrong = bytes(name).hex()[:16], []
    if content_hash(body) != bytes(name):
        wrong.append(Finding("C", "text_hash", where))
    try:
        return parse(body), wrong
    except NotCanonicalError:
        return read(body), [*wrong, Finding("C", "text_form", where)]


def heads(books: Books) -> Iterator[Finding]:
    """Yield documents not posted as they stand whose text names another document or customer."""
    found = books.rows(
        "SELECT [document], d.id, d.kind, d.customer_id, c.body"
        " FROM document d LEFT JOIN content c ON c.hash = d.content_hash"
        " WHERE NOT EXISTS (SELECT 1 FROM step s WHERE s.document_id = d.id"
        " AND s.verb = 'post' AND s.content_hash = d.content_hash)"
    )
    for where, *head, body in found:
        if not _is_head(read(body), head):
            yield Finding("H", "other_text", where)


def _is_head(said: dict[str, Any], head: list[Any]) -> bool:
    """Say whether a text names its document, kind and customer, given in this order."""
    return [said.get(name) for name in ("document", "kind", "customer")] == list(map(plain, head))


# ---- the ledger

DIFFERS = {
    "entry": "entry_differ",
    "lines": "lines_differ",
    "items": "items_of_text_differ",
    "allocations": "allocations_differ",
}


class _Rows:
    """Rows in order of the step that wrote them, taken step by step; the step comes first."""

    def __init__(self, books: Books, part: str) -> None:
        self.groups = groupby(books.rows(UNFOLDED[part]), itemgetter(0))
        self.plain = _all_plain if books.is_server else tuple
        self.step: Any
        self.rows: Iterator[Any]
        self._go_on()

    def _go_on(self) -> None:
        self.step, self.rows = next(self.groups, (None, iter(())))

    def before(self, step: Any) -> bool:
        """Skip rows of steps before this one, which none of them posted; say whether any were."""
        found = False
        while self.step is not None and self.step < step:
            found = True
            self._go_on()
        return found

    def of(self, step: Any) -> list[Row]:
        """Take the rows of a step."""
        if self.step != step:
            return []
        found = list(map(self.plain, self.rows))
        self._go_on()
        return found


def _all_plain(row: Any) -> Row:
    return tuple(map(plain, row))


def postings(books: Books) -> Iterator[Finding]:
    """Yield ledger rows that are not what the posted text says, and what is wrong with the text.

    Each text of a posting is read once, for all that is asked of it: one merge in order of steps.
    """
    streams = {part: _Rows(books, part) for part in PARTS}
    found = books.rows(
        "SELECT s.id, [document], s.content_hash, c.body, d.content_hash, d.id, d.kind,"
        " d.customer_id FROM step s LEFT JOIN document d ON d.id = s.document_id"
        " LEFT JOIN content c ON c.hash = s.content_hash WHERE s.verb = 'post' ORDER BY s.id"
    )
    for step, where, name, body, last, *head in found:
        content, wrong = ({}, []) if body is None else _strictly(name, body)
        yield from wrong
        if last is not None and bytes(last) == bytes(name) and not _is_head(content, head):
            yield Finding("H", "other_text", where)
        yield from _unfolded(streams, step, where, content)
    for part, stream in streams.items():
        if stream.step is not None:
            yield Finding("P", f"{part}_unapproved", str(stream.step))


def _unfolded(
    streams: dict[str, _Rows], step: Any, where: str, content: dict[str, Any]
) -> Iterator[Finding]:
    by_list = _by_list(content)
    for part, stream in streams.items():
        if stream.before(step):
            yield Finding("P", f"{part}_unapproved", where)
        rows = stream.of(step)
        if part in by_list:
            same = len(rows) == by_list[part]
        else:
            plan = planned(content, part, plain(step))
            same = rows == plan or Counter(rows) == Counter(plan)
        if not same:
            yield Finding("P", DIFFERS[part], where)


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


def said(books: Books) -> Iterator[Finding]:
    """Yield campaigns handed in whose text does not say of a line what was said of it last."""
    handed_in = books.all(
        "SELECT [document], d.id, d.content_hash FROM document d WHERE d.kind = 'campaign'"
        " AND d.state IN ('submitted', 'in_review', 'approved', 'adjusting', 'closed')"
    )
    for where, campaign, name in handed_in:
        [(body,)] = books.all("SELECT body FROM content WHERE hash = :name", name=name)
        rows = books.rows(
            "SELECT customer_id, currency, body FROM line_variance"
            " WHERE campaign_id = :campaign ORDER BY n", campaign=campaign,
        )  # fmt: skip
        last = {(str(customer), currency): said for customer, currency, said in rows}
        for one in section(read(body), "variances"):
            if read(last.get((str(one.get("customer")), str(one.get("currency"))))) != one:
                yield Finding("H", "said_differs", where)
                break


def authorities(books: Books) -> Iterator[Finding]:
    """Yield approved rights that are not what their document says, or not from when it said so."""
    posted = books.rows(
        "SELECT [document], d.id, c.body, s.made_at FROM document d"
        " JOIN content c ON c.hash = d.content_hash"
        " JOIN step s ON s.document_id = d.id AND s.verb = 'post'"
        " WHERE d.kind = 'authority' AND d.state = 'posted'"
    )
    given = (
        "SELECT id, person, role, limit_minor, loss_limit_minor, window_minor, valid_to,"
        " valid_from FROM authority WHERE document_id = :document"
    )
    for where, document, body, at_us in posted:
        said = Counter((*_right(one), at_us) for one in section(read(body), "authority"))
        rows = books.all(given, document=document)
        if said != Counter(tuple(map(plain, row)) for row in rows):
            yield Finding("H", "authority_differs", where)


def _right(row: dict[str, Any]) -> Row:
    whose = tuple(map(row.get, ("id", "person", "role")))
    limits = tuple(row.get(name, 0) for name in ("limit", "loss_limit", "window"))
    until = row.get("to")
    return (*whose, *limits, until * SECOND_US if isinstance(until, int) else until)
