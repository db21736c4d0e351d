"""The settings in the books are those that this version of the program writes at set-up."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Table

from erpdesk.storage.checks import Books, Finding
from erpdesk.storage.checks_texts import Row, plain
from erpdesk.storage.founding import first_rows


def settings(books: Books) -> Iterator[Finding]:
    """Yield settings missing, changed or not ours: kinds, rules, accounts, policies, months.

    A company's months begin where its first one does.
    """
    first = str(plain(books.all("SELECT min(first_day) FROM period")[0][0]))
    try:
        wanted = first_rows(date.fromisoformat(first))
    except ValueError:
        yield Finding("G", "setting_changed", f"period {first}")
        return
    for table, rows in wanted.items():
        yield from _compared(books, table, rows)


def _compared(books: Books, table: Table, rows: list[dict[str, object]]) -> Iterator[Finding]:
    names = table.columns.keys()
    found = books.rows(f"SELECT {', '.join(names)} FROM {table.name}")  # noqa: S608 - names of our own tables
    wanted = _by_key(table, ([row[name] for name in names] for row in rows))
    present = _by_key(table, found)
    for key in sorted(wanted.keys() | present.keys()):
        where = f"{table.name} {key}"
        if key not in present:
            yield Finding("G", "setting_missing", where)
        elif key not in wanted:
            yield Finding("G", "setting_strange", where)
        elif present[key] != wanted[key]:
            yield Finding("G", "setting_changed", where)


def _by_key(table: Table, rows: Iterable[Iterable[object]]) -> dict[str, Row]:
    """Return rows, as texts would hold them, by the words of their primary key."""
    places = [n for n, column in enumerate(table.columns) if column.primary_key]
    plainly = [tuple(map(plain, row)) for row in rows]
    return {" ".join(str(row[n]) for n in places): row for row in plainly}
