"""Rows of passwords and keys: each carries its own hash, so damage is found before a sign-in fails.

A server gives the moment of a row itself, by its own clock: there it is not in the hash.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, insert

from erpdesk.domain.content import record_hash
from erpdesk.storage import tables as t
from erpdesk.storage.checks import Books, Finding

_FIELDS: Final = ("person", "n", "public_key", "wrapped", "salt", "verifier")
_SELECT: Final = f"SELECT {', '.join(_FIELDS)}, made_at, hash FROM person_key"  # noqa: S608 - names of our own columns


def keep(connection: Connection, row: Mapping[str, Any]) -> None:
    """Append a row of ``person_key`` with its hash."""
    is_server = connection.dialect.name == "postgresql"
    said = _hash([row[name] for name in _FIELDS], None if is_server else row["made_at"])
    connection.execute(insert(t.person_key).values(**row, hash=said))


def keys(books: Books) -> Iterator[Finding]:
    """Yield rows that are not what was kept; a server shows everybody their own alone."""
    for *row, at_us, said in books.rows(_SELECT):
        if said is None or bytes(said) != _hash(row, None if books.is_server else at_us):
            yield Finding("U", "key_differs", f"{row[0]} {row[1]}")


def _hash(row: Sequence[object], at_us: int | None) -> bytes:
    return record_hash("erpdesk.key.1", [*row, at_us])
