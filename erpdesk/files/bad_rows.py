"""Bad rows written back as they came, each with its line and reason, to be mended and re-read."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.rows import BadRow
from erpdesk.files.safe_cells import write_rows

ADDED: Final = ("原行号 line", "原因", "reason")


def write_bad_rows(path: Path, columns: Columns, bad: Iterable[BadRow]) -> None:
    """Write rows under their own header (.csv or .xlsx), then line and reason in both languages.

    Raises:
        FileNotWrittenError: as :func:`write_rows` says.
    """
    header = columns.header[: columns.width]
    write_rows(path, (*header, *ADDED), (_cells(one, len(header)) for one in bad))


def _cells(one: BadRow, width: int) -> tuple[str | int, ...]:
    cells = one.row.cells[:width] + ("",) * (width - len(one.row.cells))
    reason, more = one.problem.reason, one.row.cells[width:]
    return (*cells, one.row.line, reason.zh, reason.en, *more)
