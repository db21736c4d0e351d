"""Which column of a file is what: as somebody says, as they said for such a header, as found."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click

from erpdesk import paths
from erpdesk.domain.columns import TITLE_ROWS_MAX, Columns, Given, Kind
from erpdesk.files.mappings import Mappings
from erpdesk.files.table_source import Table, open_table


@dataclass(frozen=True, slots=True)
class Reading:
    """The columns of a file; ``given`` is what was said, ``remembered`` how much of it before."""

    columns: Columns
    given: Given | None
    remembered: bool = False

    def plain(self) -> dict[str, object]:
        """Return which heading was taken for which field, for machines."""
        return {"mapping": self.columns.mapping(), "remembered": self.remembered}


def read_columns(path: Path, kind: Kind, pairs: tuple[str, ...], *, forget: bool) -> Reading:
    """Find the columns of a file; what is said now wins over what was said before.

    Raises:
        click.BadParameter: a pair names no field.
        FileRefusedError, ColumnsNotFoundError: the file as a whole cannot be read.
    """
    said = said_columns(pairs, kind)
    with open_table(path) as table:
        before = {} if forget else _remembered(table, kind)
        given = {**before, **said}
        return Reading(table.columns(kind, given or None), given or None, bool(before))


def said_columns(pairs: Iterable[str], kind: Kind) -> dict[str, list[str]]:
    """Read ``FIELD=HEADING`` pairs; a field may have its Chinese name."""
    names = {field.zh: field.name for field in kind.fields}
    names |= {field.name: field.name for field in kind.fields}
    given: dict[str, list[str]] = {}
    for pair in pairs:
        field, mark, heading = pair.partition("=")
        if not mark or field.strip() not in names:
            known = "、".join(dict.fromkeys(names.values()))
            raise click.BadParameter(f"{pair} → FIELD=HEADING ({known})", param_hint="--map")
        given.setdefault(names[field.strip()], []).append(heading.strip())
    return given


def remember(reading: Reading) -> None:
    """Keep which column is what, for the next file with this header."""
    mappings().remember(reading.columns)


def mappings() -> Mappings:
    """Return what was said on this computer."""
    return Mappings(paths.config_folder() / "import-columns.json")


def fields_of(kind: Kind) -> str:
    """Return the fields of a kind of table, as help lists them."""
    return "、".join(f"{field.name} {field.zh}" for field in kind.fields)


def _remembered(table: Table, kind: Kind) -> dict[str, list[str]]:
    """Return what was said for a header among the first rows; only what can be used."""
    known = {field.name for field in kind.fields}
    for row in islice(table, TITLE_ROWS_MAX):
        found = mappings().remembered(Columns(row.cells, {}))
        usable = {
            name: [heading for heading in said if isinstance(heading, str)]
            for name, said in (found.items() if isinstance(found, dict) else ())
            if name in known and isinstance(said, list)
        }
        if usable:
            return usable
    return {}
