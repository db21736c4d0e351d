"""Which column of a file is what: as was said for such a header before, or as found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from erpdesk.domain.importing.cells import said
from erpdesk.domain.importing.columns import TITLE_ROWS_MAX, Columns, Given, Kind, find_header
from erpdesk.files.mappings import Mappings
from erpdesk.files.table_source import Table

SAMPLES: Final = 3
LOOKED_AT_ROWS: Final = 500
"""How far down samples are looked for."""
CLEAR: Final = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-32"})
"""What a text says of itself, or is so by no chance."""


@dataclass(frozen=True, slots=True)
class ReadAs:
    """Which sheet of a workbook is read, and a text in which encoding; empty: as is found."""

    sheet: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was opened: its header, samples of each column, which column is what.

    ``places`` are columns from 0 by the name of a field; where not all that is needed was found,
    somebody has to say it. ``is_remembered``: it was said for such a header before.
    ``read_as`` is how it was read, ``names`` those of all sheets of its workbook; where its
    ``encoding_is_clear``, no other one would make sense.
    """

    path: Path
    kind: Kind
    header: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    places: Mapping[str, tuple[int, ...]]
    is_remembered: bool
    read_as: ReadAs
    names: tuple[str, ...]
    encoding_is_clear: bool

    def is_choosable(self, place: int) -> bool:
        """Say whether a column can be told from the others: it has a heading of its own."""
        heading = self.header[place]
        return bool(heading.strip()) and self.header.index(heading) == place

    def given(self, places: Mapping[str, Sequence[int]]) -> dict[str, list[str]]:
        """Return what is said of every field: its headings, or that it has no column."""
        names = (field.name for field in self.kind.fields)
        return {name: [self.header[at] for at in places.get(name, ())] for name in names}


@dataclass(frozen=True, slots=True)
class KnownColumns:
    """What was said on this computer, by header."""

    mappings: Mappings

    def of(self, table: Table, kind: Kind) -> dict[str, list[str]]:
        """Return what was said for a header among the first rows; only what can be used."""
        known = {field.name for field in kind.fields}
        for row in islice(table, TITLE_ROWS_MAX):
            found = self.mappings.remembered(Columns(row.cells, {}))
            usable = {
                name: [heading for heading in headings if isinstance(heading, str)]
                for name, headings in (found.items() if isinstance(found, dict) else ())
                if name in known and isinstance(headings, list)
            }
            if usable:
                return usable
        return {}

    def keep(self, columns: Columns, given: Given | None = None) -> None:
        """Keep which column is what, for the next file with this header."""
        self.mappings.remember(columns, given)

    def sheet(self, table: Table, kind: Kind, *, forget: bool = False) -> Sheet:
        """Return a table as somebody is asked about it."""
        before = {} if forget else self.of(table, kind)
        first = islice(table, TITLE_ROWS_MAX)
        found = find_header(first, kind, before or None)
        header = found.header[: _width(found.header)]
        samples = _samples(table, found.header_line, len(header))
        is_clear = table.encoding in {"", *CLEAR} and table.found_by != "given"
        return Sheet(
            table.path, kind, header, samples, found.places, bool(before),
            ReadAs(table.sheet, table.encoding), table.sheets, is_clear,
        )  # fmt: skip


def _width(header: Sequence[str]) -> int:
    return max((at + 1 for at, heading in enumerate(header) if heading.strip()), default=0)


def _samples(table: Table, header_line: int, width: int) -> tuple[tuple[str, ...], ...]:
    """Return the first values of each column that say something, each once."""
    found: list[dict[str, None]] = [{} for _ in range(width)]
    for row in islice(table, header_line + LOOKED_AT_ROWS):
        if row.line <= header_line:
            continue
        for values, cell in zip(found, row.cells, strict=False):
            if len(values) < SAMPLES and (text := said(cell)):
                values[text[:80]] = None
    return tuple(map(tuple, found))
