"""Which column of a file is what: as somebody says, as they said for such a header, as found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import click

from erpdesk.bootstrap import known_columns
from erpdesk.domain.importing.columns import Columns, Given, Kind
from erpdesk.files.table_source import Table


@dataclass(frozen=True, slots=True)
class Reading:
    """The columns of a file; ``given`` is what was said, ``remembered`` how much of it before."""

    columns: Columns
    given: Given | None
    remembered: bool = False
    encoding: str = ""

    def plain(self) -> dict[str, object]:
        """Return which heading was taken for which field, for machines."""
        return {
            "mapping": self.columns.mapping(),
            "remembered": self.remembered,
            "encoding": self.encoding,
        }


def read_columns(
    opened: Callable[[], Table], kind: Kind, pairs: tuple[str, ...], *, forget: bool
) -> Reading:
    """Find the columns of a file; what is said now wins over what was said before.

    Raises:
        click.BadParameter: a pair names no field.
        FileRefusedError, ColumnsNotFoundError: the file as a whole cannot be read.
    """
    said = said_columns(pairs, kind)
    with opened() as table:
        before = {} if forget else known_columns().of(table, kind)
        given = {**before, **said}
        columns = table.columns(kind, given or None)
        return Reading(columns, given or None, bool(before), table.encoding)


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
    known_columns().keep(reading.columns)


def fields_of(kind: Kind) -> str:
    """Return the fields of a kind of table, as help lists them."""
    return "、".join(f"{field.name} {field.zh}" for field in kind.fields)
