"""Reads one sheet of a workbook in a process of its own, under limits, and prints it as CSV.

Run as a program: ``workbook_child.py WORKBOOK SHEET``; SHEET empty means the first with rows. The
first record printed is: sheet, all sheets; each further one: row number, cells. It imports nothing
of this program, so that it starts quickly and knows nothing.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

MEMORY_MAX: Final = 1 << 30
SECONDS_MAX: Final = 120
ROWS_MAX: Final = 200_000
COLUMNS_MAX: Final = 256
"""As the gate, which looks at the places that cells name: these name none."""
TOO_LARGE: Final = 3
BROKEN: Final = 4
NO_SHEET: Final = 5
_BUFFER: Final = 1 << 20
"""How many bytes are printed at once: a sheet goes out in a hundredth of the calls."""

_DIGITS: Final = 15
_SHORT: Final = 10.0**9

Cell = int | float | str | bool | time | date | datetime | timedelta


def text_of(cell: Cell) -> str:
    """Return a cell as it is meant: a number with 15 digits, as spreadsheets show it."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return number_text(cell)
        case datetime():
            return moment_text(cell)
        case _:
            return str(cell)


def number_text(number: float) -> str:
    """Return a number in plain digits; beyond 15 of them it is inexact and keeps its exponent."""
    if abs(number) >= 10**_DIGITS:
        return f"{number:.14E}"
    short = f"{number:.{_DIGITS}g}"
    return f"{Decimal(short):f}" if "e" in short else short


def moment_text(moment: datetime) -> str:
    """Return a moment to the second; midnight is the day alone."""
    whole = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return whole.date().isoformat() if whole.time() == time() else whole.isoformat(sep=" ")


def limit_memory() -> None:
    """Let this process have so much memory and time and no more, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def sheet_rows(path: str, wanted: str) -> Iterator[list[str]]:
    """Yield the records that are printed.

    Raises:
        LookupError: the workbook has no such sheet.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    with load_workbook(path) as workbook:
        names = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        if wanted and wanted not in workbook.sheet_names:
            raise LookupError(wanted)
        for name in [wanted] if wanted else names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.start is not None or wanted:
                yield [name, *names]
                yield from _numbered(sheet.iter_rows())
                return
    yield ["", *names]


def _numbered(rows: Iterator[list[Cell]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows, 1):
        if len(row) > COLUMNS_MAX or number > ROWS_MAX:
            raise MemoryError
        cells = [
            cell
            if type(cell) is str
            else str(int(cell))
            if type(cell) is float and -_SHORT < cell < _SHORT and cell == int(cell)
            else text_of(cell)
            for cell in row
        ]
        if any(cells):
            yield [str(number), *cells]


def main(path: str, wanted: str) -> int:
    """Print the sheet; return why not as an exit code."""
    limit_memory()
    from python_calamine import CalamineError

    try:
        csv.writer(sys.stdout, lineterminator="\n").writerows(sheet_rows(path, wanted))
    except MemoryError:
        return TOO_LARGE
    except LookupError:
        return NO_SHEET
    except (CalamineError, OSError, ValueError):
        return BROKEN
    return 0


if __name__ == "__main__":
    with open(1, "w", _BUFFER, "utf-8", "surrogatepass", "") as sys.stdout:
        code = main(sys.argv[1], sys.argv[2])
    sys.exit(code)
