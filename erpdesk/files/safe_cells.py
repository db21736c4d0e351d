"""Tables written so that a spreadsheet shows every text and runs none of it.

A text that begins like a formula gets an apostrophe in front in CSV, and is written as a text in
XLSX. Numbers (int, Decimal) stay numbers, negative ones too.
"""

import csv
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from erpdesk.files.atomic import FileNotWrittenError, replacing

Value = str | int | Decimal | date | None

_LIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CELL_MAX: Final = 32_767
_SHEET_ROWS_MAX: Final = 1_048_576
_DIGITS_MAX: Final = 15
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class UnknownSuffixError(FileNotWrittenError):
    """A table is written as .csv or .xlsx; this is another ending."""


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a table as CSV or XLSX, by the ending; the old file stays until the new one is whole.

    Raises:
        UnknownSuffixError: another ending.
        DiskFullError, FolderNotWritableError, FileNotWrittenError: nothing has changed.
    """
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise UnknownSuffixError(path=path)
    with replacing(path) as fresh:
        write(fresh, header, rows)


def safe_text(text: str) -> str:
    """Return a text no spreadsheet takes for a formula (OWASP ASVS 1.2.10)."""
    return "'" + text if text.lstrip(" \n\xa0\u3000\ufeff").startswith(_LIVE) else text


def _csv_cell(value: Value) -> str:
    if isinstance(value, str):
        return safe_text(value)
    return "" if value is None else _plain(value)


def _plain(value: int | Decimal | date) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write RFC 4180 with the mark by which Excel knows UTF-8."""
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(safe_text, header))
        writer.writerows(map(_csv_cell, row) for row in rows)


def _write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(prefix=".sheets-", dir=path.parent) as parts:
        workbook = Workbook(str(path), {**_OPTIONS, "tmpdir": parts})
        try:
            _fill(workbook, header, rows)
            workbook.close()
        except FileCreateError as fault:
            raise OSError(*fault.args[0].args) from fault
        finally:
            for sheet in workbook.worksheets():
                sheet._opt_close()  # noqa: SLF001 - the library leaves its files open on a fault


def _fill(workbook: Any, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write the rows, on a further sheet where one is full."""
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet, at = _sheet(workbook, header), 1
    for row in rows:
        if at == _SHEET_ROWS_MAX:
            sheet, at = _sheet(workbook, header), 1
        for column, value in enumerate(row):
            _put(sheet, (at, column), value, day)
        at += 1


def _sheet(workbook: Any, header: Sequence[str]) -> Any:
    sheet = workbook.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(header):
        _put(sheet, (0, column), heading, None)
    return sheet


def _put(sheet: Any, at: tuple[int, int], value: Value, day: Any) -> None:
    match value:
        case None:
            return
        case str():
            sheet.write_string(*at, _fitting(value))
        case date():
            sheet.write_datetime(*at, value, day)
        case _ if _is_exact(value):
            sheet.write_number(*at, float(value))
        case _:
            sheet.write_string(*at, _plain(value))


def _is_exact(value: int | Decimal) -> bool:
    """Say whether a spreadsheet keeps all digits of a number (it has 15)."""
    return len(Decimal(value).as_tuple().digits) <= _DIGITS_MAX


def _fitting(text: str) -> str:
    """Return a text XML can hold, cut where a cell ends."""
    text = _CONTROL.sub("\ufffd", text)
    return text if len(text) <= _CELL_MAX else text[: _CELL_MAX - 1] + "…"
