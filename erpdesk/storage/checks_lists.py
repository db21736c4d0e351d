"""Long lists, what they became, and the customers and campaign lines of today."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import Any

from sqlalchemy import Connection, select

from erpdesk.domain.content import canonical, record_text
from erpdesk.storage import tables as t
from erpdesk.storage.checks import CHUNK, Books, Finding
from erpdesk.storage.checks_sql import questions
from erpdesk.storage.checks_texts import Listed, listed, plain, read, section

DOUBT_US = 5_000_000
DOUBTFUL_MAX = 10

BECAME = {
    "list_customer": (
        "SELECT id, record, contact FROM customer WHERE document_id = :document"
        " EXCEPT SELECT id, record, contact FROM list_customer WHERE list_id = :list AND n <= :rows"
    ),
    "list_delivery": (
        "SELECT id, source, number, revision, customer_id, day, currency, amount_minor,"
        " tax_included, body FROM delivery WHERE document_id = :document EXCEPT SELECT id, source,"
        " number, revision, customer_id, day, currency, amount_minor, tax_included, body"
        " FROM list_delivery WHERE list_id = :list AND n <= :rows"
    ),
    "list_line": (
        "SELECT l.line_no, l.account, l.side, l.amount_minor, l.currency, l.base_minor,"
        " l.customer_id, l.item_id, l.text FROM journal_entry e JOIN journal_line l"
        " ON l.entry_id = e.id WHERE e.document_id = :document EXCEPT SELECT n, account, side,"
        " amount_minor, currency, base_minor, customer_id, item_id, text FROM list_line"
        " WHERE list_id = :list AND n <= :rows"
    ),
    "list_item": (
        "SELECT i.id, i.customer_id, i.account, i.currency, i.original_minor, i.due_date, i.label"
        " FROM journal_entry e JOIN open_item i ON i.entry_id = e.id"
        " WHERE e.document_id = :document EXCEPT SELECT id, customer_id, account, currency,"
        " amount_minor, due_date, label FROM list_item WHERE list_id = :list AND n <= :rows"
    ),
    "list_scope": (
        "SELECT n, customer_id, currency, counter FROM campaign_line WHERE campaign_id = :document"
        " EXCEPT SELECT n, customer_id, currency, counter FROM list_scope"
        " WHERE list_id = :list AND n <= :rows"
    ),
}
"""What is in the books by a list but is not in the list."""

CODES_LISTED = (
    "SELECT h.code, h.kind, l.record FROM list_customer l CROSS JOIN customer_code h"
    " WHERE l.list_id = :list AND l.n <= :rows AND h.customer_id = l.id"
    " AND h.document_id = :document AND h.retired_at IS NULL"
)
"""The codes that customers have by a list still: it comes first, codes have no index of it."""

CODES_THERE = (
    "SELECT count(*) FROM customer_code h WHERE h.document_id = :document AND h.retired_at IS NULL"
)

COUNTED = {
    "deliveries": "SELECT count(*) FROM delivery WHERE document_id = :document",
    "scope": "SELECT count(*) FROM campaign_line WHERE campaign_id = :document",
}
"""How many rows a list became, where none of them is ever taken over by another document."""


def lists(books: Books) -> Iterator[Finding]:
    """Yield lists that are not what their text says, and rows of the books not in their list."""
    named = books.rows(
        "SELECT [document], d.id, c.body FROM document d JOIN step s ON s.document_id = d.id"
        " JOIN content c ON c.hash = s.content_hash WHERE (d.kind = 'import' AND s.verb = 'post')"
        " OR (d.kind = 'campaign' AND s.verb = 'ready')"
    )
    for where, document, body in named:
        found = listed(read(body))
        if found is not None:
            yield from _list(books, found, document, where)


def _list(books: Books, named: Listed, document: Any, where: str) -> Iterator[Finding]:
    digest, rows = hashed(books.connection, named)
    if digest.hex() != named.hash or rows != sum(named.rows.values()):
        yield Finding("L", "list_differs", where)
    counted = COUNTED.get(named.what)
    if counted and books.all(counted, document=document)[0][0] != rows:
        yield Finding("L", "list_not_whole", where)
    for table, count in named.rows.items():
        values = {"document": document, "list": named.id, "rows": count}
        if books.all(f"{BECAME[table]} LIMIT 1", **values) or (
            named.what == "customers" and not _has_codes(books, values)
        ):
            yield Finding("L", "not_in_list", where)


def _has_codes(books: Books, values: dict[str, Any]) -> bool:
    """Say whether every code that customers have by a list is in the list."""
    found = 0
    for code, kind, record in books.rows(CODES_LISTED, **values):
        found += 1
        if {"code": code, "kind": kind} not in section(read(record), "codes"):
            return False
    [(there,)] = books.all(CODES_THERE, document=values["document"])
    return bool(there == found)


def hashed(connection: Connection, named: Listed) -> tuple[bytes, int]:
    """Return the hash over the rows that count, and how many there are."""
    digest, found = hashlib.sha256(), 0
    for name, rows in named.rows.items():
        table = t.metadata.tables[name].c
        columns = [column for column in table if column.name != "list_id"]
        records = connection.execution_options(yield_per=CHUNK).execute(
            select(*columns).where(table.list_id == named.id, table.n <= rows).order_by(table.n)
        )
        for row in records:
            values = [plain(value) for value in row]
            digest.update(record_text(f"erpdesk.list.{name}.1", values).encode())
            found += 1
    return digest.digest(), found


# ---- customers


def customers(books: Books) -> Iterator[Finding]:
    """Yield customers that are not what the text posted last for them says."""
    found = books.rows(
        "SELECT k.id, k.code, k.name, k.tax_id, k.search, k.record, k.contact, d.kind, d.state,"
        " c.body FROM customer k LEFT JOIN document d ON d.id = k.document_id"
        " LEFT JOIN content c ON c.hash = d.content_hash"
    )
    for *row, kind, state, body in found:
        is_theirs = kind == "customer" and not _as_posted(books, row, read(body))
        if state != "posted" or is_theirs or row[1:5] != _said(read(row[5])):
            yield Finding("M", "customer_differs", row[1])
    for (code,) in books.rows(questions()["Q"]["customers_behind"]):
        yield Finding("M", "customer_behind", code)


def _as_posted(books: Books, row: list[Any], content: dict[str, Any]) -> bool:
    customer, *masters = row
    record, contact = content.get("record"), content.get("contact", {})
    if not isinstance(record, dict) or content.get("customer") != str(customer):
        return False
    codes = books.all(
        "SELECT code, retired_at FROM customer_code WHERE customer_id = :customer",
        customer=customer,
    )
    wanted = {code.get("code") for code in section(record, "codes")}
    known, active = {c for c, _ in codes}, {c for c, retired_at in codes if retired_at is None}
    return masters[4:] == [canonical(record), canonical(contact)] and active <= wanted <= known


def _said(record: dict[str, Any]) -> list[Any]:
    """Return what stands of a record in columns of its own."""
    return [record.get("code"), record.get("name"), record.get("tax_id"), record.get("search", "")]


# ---- campaign lines


def campaign_lines(books: Books) -> Iterator[Finding]:
    """Yield frozen lines that are not what the ledger said at the freeze."""
    frozen = books.rows(
        "SELECT d.id, [document], s.made_at, c.body FROM document d JOIN step s"
        " ON s.document_id = d.id AND s.verb = 'ready' JOIN content c ON c.hash = s.content_hash"
        " WHERE d.kind = 'campaign'"
    )
    for campaign, where, at_us, body in frozen:
        scope = read(body).get("scope")
        cut_off = scope.get("cut_off") if isinstance(scope, dict) else None
        asked = {"campaign": campaign, "cut_off": cut_off, "at": at_us}
        for row in books.rows(questions()["Q"]["frozen_lines"], **asked):
            customer, currency, *figures, code = row
            whose = {"customer": customer, "currency": currency, "cut_off": cut_off}
            known = books.all(questions()["Q"]["book_lines"], **whose, until=at_us + DOUBT_US)
            if tuple(figures) not in _possible(known, at_us):
                yield Finding("K", "line_differs", f"{where} {code}")


def _possible(rows: Sequence[Any], at_us: int) -> set[tuple[int, ...]]:
    """Return the figures that a freeze may have seen.

    What was posted in the same seconds may have been stored before or after: clocks of a file may
    be set, transactions of a server end later than their steps are dated.
    """
    sure = [row for row in rows if row[2] <= at_us - DOUBT_US]
    doubtful = sorted({row[2] for row in rows[len(sure) :]})
    ends = [doubtful[:n] for n in range(len(doubtful) + 1)]
    some = (
        chain.from_iterable(combinations(doubtful, n) for n in range(len(doubtful)))
        if len(doubtful) <= DOUBTFUL_MAX
        else ()
    )
    return {_figures([*sure, *(r for r in rows if r[2] in kept)]) for kept in chain(ends, some)}


def _figures(rows: list[Any]) -> tuple[int, ...]:
    parts = dict.fromkeys(("billed", "unbilled", "unapplied"), 0)
    for part, amount, _ in rows:
        parts[part] += int(amount)
    billed, unbilled, unapplied = parts["billed"], parts["unbilled"], -parts["unapplied"]
    return billed, unbilled, unapplied, billed + unbilled - unapplied
