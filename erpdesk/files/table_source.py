"""A file as a table of rows, whatever office program wrote it; or a clear word why it is none."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from erpdesk.domain.importing.columns import TITLE_ROWS_MAX, Columns, Given, Kind, find_header
from erpdesk.domain.importing.rows import Row
from erpdesk.files.csv_tables import csv_rows, find_separator
from erpdesk.files.refusals import (
    BankFormatError,
    FileChangedError,
    FileEmptyError,
    FileNotThereError,
    NoRowsError,
    NotATableError,
    OldWorkbookError,
)
from erpdesk.files.text_encoding import detect_encoding
from erpdesk.files.workbook import read_sheet

_KINDS: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
)
_MARKED: Final = (
    (re.compile(rb'[\[{]\s*["\[{]'), "JSON"),
    (re.compile(rb"(?i)<(?:!doctype )?(?:html|table)"), "HTML"),
    (re.compile(rb"<"), "XML"),
)
"""What a text begins with that is no table."""
_OF_BANKS: Final = (
    (re.compile(rb"(?ms)(?:\{1:.*?)?^:20:.*?^:25:"), "MT940"),
    (re.compile(rb"(?s)OFXHEADER|<.*<OFX>"), "OFX"),
    (re.compile(rb"(?s)<.*camt\.05[234]"), "camt.053"),
)
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD: Final = 4096

Stamp = tuple[int, int, int]
"""By which a file is known to be the same, unwritten since: its number, size and last writing."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that can be gone through again and again, and how the file was read.

    ``kind`` is ``csv`` or ``xlsx``; ``encoding`` and ``separator`` are empty for a workbook;
    ``decimal_mark`` is what the kind of file decides by itself; ``stamp`` is of the moment when
    it was opened.
    """

    path: Path
    kind: str
    stamp: Stamp
    rows: Callable[[], Iterator[Row]]
    encoding: str = ""
    found_by: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    decimal_mark: str | None = None
    _close: Callable[[], None] = field(default=lambda: None)

    def __iter__(self) -> Iterator[Row]:
        return self.rows()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._close()

    def columns(self, kind: Kind, given: Given | None = None) -> Columns:
        """Return the columns of the header, wherever it stands.

        Raises:
            ColumnsNotFoundError: one that is needed is not there, or not one alone.
        """
        found = find_header(islice(self.rows(), TITLE_ROWS_MAX), kind, given)
        if not isinstance(found, Columns):
            raise found.error()
        return found


def open_table(
    path: Path, *, encoding: str | None = None, separator: str | None = None, sheet: str = ""
) -> Table:
    """Return a file's table; what is given is not looked for.

    Raises:
        FileRefusedError: one class a reason, with a sentence; nothing was read in.
    """
    head, stamp = _head(path), stamp_of(path)
    if head.startswith(_OLD_WORKBOOK):
        raise OldWorkbookError(path=path)
    _refuse_other_kinds(head)
    table = (
        _workbook(path, stamp, sheet)
        if head.startswith(_ZIP)
        else _text(path, stamp, encoding=encoding, separator=separator)
    )
    if next(iter(table), None) is None:
        table.close()
        raise NoRowsError(path=path)
    return table


def stamp_of(path: Path) -> Stamp:
    """Return by what a file is known to be the same.

    Raises:
        FileNotThereError: it is not there any more.
    """
    try:
        found = path.stat()
    except OSError as fault:
        raise FileNotThereError(path=path) from fault
    return found.st_ino, found.st_size, found.st_mtime_ns


def must_be_unchanged(path: Path, stamp: Stamp) -> None:
    """Go on only while a file is as it was.

    Raises:
        FileChangedError: it was written since, or replaced.
    """
    if stamp_of(path) != stamp:
        raise FileChangedError(path=path)


def _head(path: Path) -> bytes:
    if not path.is_file():  # nor a device or a pipe, which cannot be read twice
        raise FileNotThereError(f"{path.name} is no file.", path=path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as fault:
        raise FileNotThereError(f"{path.name} cannot be opened.", path=path) from fault
    if not head.strip(b"\x00 \r\n\t"):
        raise FileEmptyError(path=path)
    return head


def _refuse_other_kinds(head: bytes) -> None:
    for start, kind in _KINDS:
        if head.startswith(start):
            raise NotATableError(f"This is a {kind} file, not a table.", kind=kind)
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    for mark, kind in _OF_BANKS:
        if mark.match(text):
            raise BankFormatError(f"This is a bank's file in {kind}.", kind=kind)
    for mark, kind in _MARKED:
        if mark.match(text):
            raise NotATableError(f"This is a file of {kind}, not a table.", kind=kind)


def _workbook(path: Path, stamp: Stamp, wanted: str) -> Table:
    sheet = read_sheet(path, wanted)
    return Table(
        path=path,
        kind="xlsx",
        stamp=stamp,
        rows=sheet.rows,
        sheet=sheet.name,
        sheets=sheet.names,
        decimal_mark=".",
        _close=sheet.spool.close,
    )


def _text(path: Path, stamp: Stamp, *, encoding: str | None, separator: str | None) -> Table:
    found = detect_encoding(path, encoding)
    best, says_so = find_separator(path, found.name)
    chosen = separator or best
    rows = partial(csv_rows, path, found.name, chosen, skip_first=says_so)
    return Table(
        path=path,
        kind="csv",
        stamp=stamp,
        rows=partial(_whole, path, stamp, rows),
        encoding=found.name,
        found_by=found.found_by,
        separator=chosen,
    )


def _whole(path: Path, stamp: Stamp, rows: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    """Yield the rows of a text that nobody writes meanwhile: what was proven of it holds."""
    try:
        yield from rows()
    except UnicodeDecodeError as fault:
        raise FileChangedError(path=path) from fault
    must_be_unchanged(path, stamp)
