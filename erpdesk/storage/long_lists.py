"""Long lists: what is too long for a text goes in as rows that the text names by count and hash.

The hash is SHA-256 over the canonical records of the rows in order of n, each with the tag
``erpdesk.list.<table>.1`` and the columns after ``list_id``; tables of a sort follow one another
in the order of ``LIST_TABLES`` (storage.md 7.5).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from erpdesk.domain.content import record_text
from erpdesk.storage import tables as t
from erpdesk.storage.tables.customers import LIST_TABLES
from erpdesk.storage.unit_of_work import Unit

CHUNK = 2000


def write_rows(unit: Unit, table: Table, list_id: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Append rows under a list id, numbered from 1, in chunks; return how many there are."""
    numbered = ({"list_id": list_id, "n": n, **row} for n, row in enumerate(rows, 1))
    written = 0
    while chunk := list(islice(numbered, CHUNK)):
        unit.connection.execute(insert(table), chunk)
        written += len(chunk)
    return written


def list_hash(connection: Connection, what: str, list_id: str) -> bytes:
    """Return the hash of a stored list."""
    digest = hashlib.sha256()
    for table in LIST_TABLES[what]:
        for record in _records(connection, table, list_id):
            digest.update(record)
    return digest.digest()


def _records(connection: Connection, table: Table, list_id: str) -> Iterator[bytes]:
    columns = [column for column in table.c if column.name != "list_id"]
    rows = connection.execute(
        select(*columns)
        .where(table.c.list_id == list_id)
        .order_by(table.c.n)
        .execution_options(yield_per=CHUNK)
    )
    tag = f"erpdesk.list.{table.name}.1"
    for row in rows:
        yield record_text(tag, [_plain(value) for value in row]).encode()


def rows_hash(table: Table, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the hash that rows will have as a list of one table, before they are stored."""
    names = [column.name for column in table.c if column.name not in {"list_id", "n"}]
    tag, digest = f"erpdesk.list.{table.name}.1", hashlib.sha256()
    for n, row in enumerate(rows, 1):
        values = [n, *(_plain(row[name]) for name in names)]
        digest.update(record_text(tag, values).encode())
    return digest.digest()


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def named(
    unit: Unit, what: str, list_id: str, *, rows: int, sums: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """Return the section by which a text names a stored list."""
    return {
        "id": list_id,
        "what": what,
        "rows": rows,
        "hash": list_hash(unit.connection, what, list_id).hex(),
        "sums": dict(sums or {}),
    }


def append_rows(
    unit: Unit, table: Table, list_id: str, after: int, rows: list[dict[str, Any]]
) -> int:
    """Append a chunk of rows numbered after what is there; return the new count."""
    numbered = [{"list_id": list_id, "n": after + n, **row} for n, row in enumerate(rows, 1)]
    unit.connection.execute(insert(table), numbered)
    return after + len(rows)


def base_minor(connection: Connection, content: Mapping[str, Any]) -> int:
    """Return the absolute base amounts of the ledger lines in the list a text names, 0 without."""
    named_list = content.get("list")
    if not named_list or named_list["what"] != "items":
        return 0
    total = func.coalesce(func.sum(func.abs(t.list_line.c.base_minor)), 0)
    found = connection.execute(select(total).where(t.list_line.c.list_id == named_list["id"]))
    return int(found.scalar_one())
