"""What an XLSX must be before anything opens it: small when unpacked, and no giant sheet.

The zip is streamed, never unpacked; a sheet of two cells, A1 and XFD1048576, would otherwise ask
for hundreds of gigabytes.
"""

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from erpdesk.files.refusals import (
    NotATableError,
    OldWorkbookError,
    WorkbookBrokenError,
    WorkbookTooLargeError,
    ZipBombError,
)

UNPACKED_MAX: Final = 200_000_000
RATIO_MAX: Final = 200
ENTRIES_MAX: Final = 2_000
ROWS_MAX: Final = 200_000
COLUMNS_MAX: Final = 256

_SMALL: Final = 1 << 20
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 64
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.(?:xml|bin)", re.IGNORECASE)
_FAR: Final = re.compile(
    rb'r="(?:(?P<column>(?:[A-Z]{3,}|I[W-Z]|[J-Z][A-Z])\d+)'
    rb"|(?P<row>[A-Z]{0,3}+(?:2(?:0000[1-9]|000[1-9]\d|00[1-9]\d\d|0[1-9]\d{3}|[1-9]\d{4})"
    rb'|[3-9]\d{5}|\d{7,})))"'
)
"""A cell or row beyond the limits, as every program writes it; odd spellings meet the child."""
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


def pass_gate(path: Path) -> None:
    """Look through the zip without unpacking it.

    Raises:
        ZipBombError: too many entries, too much unpacked, or packed too well.
        WorkbookTooLargeError: a cell beyond the limits (``cell``).
        WorkbookBrokenError: no sound zip, or encrypted.
        NotATableError: a zip of another kind.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            _check_sizes(entries)
            _check_kind(entries)
            for entry in entries:
                if _SHEET.fullmatch(entry.filename.lstrip("/")):
                    _check_sheet(packed, entry)
    except _BROKEN as broken:
        raise WorkbookBrokenError(path=path) from broken


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRIES_MAX:
        raise ZipBombError(entries=len(entries))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_MAX:
        raise ZipBombError(unpacked=unpacked)
    for entry in entries:
        if entry.file_size > max(_SMALL, RATIO_MAX * entry.compress_size):
            raise ZipBombError(entry=entry.filename, unpacked=entry.file_size)


def _check_kind(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename.lstrip("/").casefold() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise OldWorkbookError
    if "xl/workbook.xml" not in names:
        raise NotATableError("This is a zip of another kind, not a workbook.", kind="ZIP")


def _check_sheet(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a sheet with a cell beyond the limits, or with declarations of its own."""
    tail = b""
    with packed.open(entry) as sheet:
        while chunk := sheet.read(_CHUNK):
            piece = tail + chunk
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise WorkbookBrokenError(entry=entry.filename)
            if far := _FAR.search(piece):
                cell = (far["column"] or far["row"]).decode()
                raise WorkbookTooLargeError(
                    f"The sheet reaches to {cell}: more than {ROWS_MAX:,} rows or "
                    f"{COLUMNS_MAX} columns.",
                    cell=cell,
                )
            tail = piece[-_OVERLAP:]
