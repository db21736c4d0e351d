"""Rows of a table beside the books: what the books know already is left out or stands against."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from erpdesk.domain.importing.rows import (
    BadRow,
    Good,
    Known,
    LeftOut,
    Other,
    Problem,
    Reason,
    Revised,
    Row,
)
from erpdesk.files.table_source import Table

CHUNK = 2000
"""How many rows are looked up in the books at once."""

G = TypeVar("G", bound=Good)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the books say of something they know: it is there just so, revised, or in the way."""

    what: type[Known | Revised | BadRow]
    reason: Reason


def beside_books(
    events: Iterable[G | Other],
    table: Table,
    column: str,
    standings: Callable[[Sequence[G]], Mapping[int, Standing]],
) -> Generator[G | Other]:
    """Yield what becomes of rows that the books may know, looked up many at a time.

    ``standings`` gives by line what the books say, ``column`` is the heading it is said under.
    """
    source = iter(events)
    while chunk := list(islice(source, CHUNK)):
        known = standings([one for one in chunk if isinstance(one, Good)])
        if not known:
            yield from chunk
            continue
        in_the_way = {line for line, one in known.items() if one.what is BadRow}
        raw = _rows_at(table, in_the_way)
        for one in chunk:
            if isinstance(one, Good) and one.line in known:
                standing = known[one.line]
                problem = Problem(one.line, column, standing.reason)
                yield from _told(one, standing, problem, raw.get(one.line))
            else:
                yield one


def _told(one: G, standing: Standing, problem: Problem, raw: Row | None) -> Iterator[G | Other]:
    if standing.what is Revised:
        yield Revised(problem)
        yield one
        return
    yield Known(one.line, problem, one) if raw is None else BadRow(raw, problem)
    for _ in range(one.rows - 1):
        yield LeftOut(one.line)


def _rows_at(table: Table, lines: Collection[int]) -> dict[int, Row]:
    """Return the rows of some lines as they stand in the file, gone through once."""
    found: dict[int, Row] = {}
    for row in table if lines else ():
        if row.line in lines:
            found[row.line] = row
            if len(found) == len(lines):
                break
    return found
