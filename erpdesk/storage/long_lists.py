"""Long lists: what is too long for a text goes in as rows that the text names by count and hash.

The hash is SHA-256 over the canonical records of the rows in order of n, each with the tag
``erpdesk.list.<table>.1`` and the columns after ``list_id``; tables of a sort follow one another
in the order of ``LIST_TABLES`` (storage.md 7.5).
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import islice, repeat
from typing import Any

from sqlalchemy import Connection, Table, exc, func, select, type_coerce
from sqlalchemy.types import NullType

from erpdesk.domain.content import record_texts
from erpdesk.errors import UserError
from erpdesk.storage import tables as t
from erpdesk.storage.among import among
from erpdesk.storage.tables.customers import LIST_TABLES
from erpdesk.storage.unit_of_work import Unit

CHUNK = 2000
SERVER_BYTES_MAX = 1_000_000_000
"""A server hashes a list as one value, and none is longer than 1 GiB."""


class ListTooLongError(UserError):
    """The list is longer than a server can take at once."""


class LongList:
    """A list on its way in: rows go in chunk by chunk, numbered from 1 in each of its tables.

    The first table of its sort is hashed as it goes in, the others are read once more at the end.
    """

    def __init__(self, unit: Unit, what: str) -> None:
        self.unit, self.what, self.id = unit, what, unit.new_id()
        self.rows: Counter[str] = Counter()
        self._hash = hashlib.sha256()
        self._size = 0

    def write(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
        """Append rows in chunks; return how many there are now.

        Raises:
            ListTooLongError: a server cannot take that many.
        """
        rest = iter(rows)
        while chunk := list(islice(rest, CHUNK)):
            self.append(table, _columns(table, chunk))
        return self.rows[table.name]

    def append(self, table: Table, columns: Sequence[Sequence[object]]) -> int:
        """Append a chunk of rows by its columns, those after n; return how many there are now.

        Values are as they are hashed: texts, whole numbers and None, days in ISO form.

        Raises:
            ListTooLongError: a server cannot take that many.
        """
        before, count = self.rows[table.name], len(columns[0])
        numbered = [range(before + 1, before + count + 1), *columns]
        if table is LIST_TABLES[self.what][0]:
            self._add(record_texts(_tag(table), numbered).encode())
            self._must_fit()
        _store(self.unit, table, zip(repeat(self.id, count), *numbered, strict=True))
        self.rows[table.name] += count
        return before + count

    def named(self, *, rows: int, sums: Mapping[str, int] | None = None) -> dict[str, Any]:
        """Return the section by which a text names this list.

        Raises:
            ListTooLongError: a server cannot take that many rows.
        """
        for table in LIST_TABLES[self.what][1:]:
            for records in _records(self.unit.connection, table, self.id):
                self._add(records)
        self._must_fit()
        return {
            "id": self.id,
            "what": self.what,
            "rows": rows,
            "hash": self._hash.hexdigest(),
            "sums": dict(sums or {}),
        }

    def _add(self, records: bytes) -> None:
        self._hash.update(records)
        self._size += len(records)

    def _must_fit(self) -> None:
        if self.unit.is_server and self._size > SERVER_BYTES_MAX:
            raise ListTooLongError(rows=self.rows[LIST_TABLES[self.what][0].name])


def _store(unit: Unit, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
    """Append rows as the driver takes them, on a server in a stream of texts."""
    names = ", ".join(column.name for column in table.c)
    if not unit.is_server:
        marks = ", ".join("?" * len(table.c))
        sql = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
        unit.connection.exec_driver_sql(sql, list(rows))
        return
    cursor = unit.connection.connection.cursor()
    sql = f"COPY {table.name} ({names}) FROM STDIN"
    try:
        with closing(cursor), cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)
    except unit.connection.dialect.loaded_dbapi.Error as error:
        raise exc.DBAPIError(sql, None, error) from error


def _tag(table: Table) -> str:
    return f"erpdesk.list.{table.name}.1"


def _records(connection: Connection, table: Table, list_id: str) -> Iterator[bytes]:
    """Yield the records of a list as they are stored: no id or day is made of a text first."""
    columns = [type_coerce(column, NullType()) for column in table.c if column.name != "list_id"]
    found = connection.execute(
        select(*columns)
        .where(table.c.list_id == list_id)
        .order_by(table.c.n)
        .execution_options(yield_per=CHUNK)
    )
    for rows in found.partitions():
        yield record_texts(_tag(table), list(map(_plain, zip(*rows, strict=True)))).encode()


def rows_hash(table: Table, rows: Iterable[Mapping[str, Any]]) -> tuple[bytes, int]:
    """Return the hash that rows will have as a list of one table, and how many they are."""
    digest, number, rest = hashlib.sha256(), 0, iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        columns = [range(number + 1, number + len(chunk) + 1), *_columns(table, chunk)]
        digest.update(record_texts(_tag(table), columns).encode())
        number += len(chunk)
    return digest.digest(), number


def _columns(table: Table, rows: Sequence[Mapping[str, Any]]) -> list[Sequence[object]]:
    names = [column.name for column in table.c if column.name not in {"list_id", "n"}]
    return [_plain([row[name] for row in rows]) for name in names]


def _plain(values: Sequence[object]) -> Sequence[object]:
    """Return values as they are hashed: days in ISO form."""
    if date not in set(map(type, values)):
        return values
    return [one.isoformat() if isinstance(one, date) else one for one in values]


def lines_in(content: Mapping[str, Any]) -> str | None:
    """Return the list of ledger lines that a text names, None where it names none."""
    named = content.get("list")
    return named["id"] if named and named["what"] == "items" else None


def base_minor(connection: Connection, list_ids: Collection[str]) -> dict[str, int]:
    """Return the absolute base amounts of the ledger lines in lists, by list; 0 without lines."""
    line = t.list_line.c
    if not list_ids:
        return {}
    rows = connection.execute(
        select(line.list_id, func.sum(func.abs(line.base_minor)))
        .where(among(connection, line.list_id, list_ids))
        .group_by(line.list_id)
    )
    return dict.fromkeys(list_ids, 0) | {name: int(minor) for name, minor in rows}
