"""XLSX sheets as tables: read by a child under limits into a spool, then row by row."""

import csv
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from erpdesk.domain.importing.rows import Row
from erpdesk.files import workbook_child as child
from erpdesk.files.refusals import (
    NoRowsError,
    NoSuchSheetError,
    WorkbookBrokenError,
    WorkbookTooLargeError,
)
from erpdesk.files.workbook_gate import pass_gate

_WAIT_SECONDS: Final = 180


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as the child printed it: ``spool`` is a temporary file that goes when closed."""

    name: str
    names: tuple[str, ...]
    spool: IO[bytes]

    def rows(self) -> Iterator[Row]:
        """Yield the rows that are not blank; one walk at a time."""
        self.spool.seek(0)
        text = io.TextIOWrapper(self.spool, "utf-8", errors="surrogatepass", newline="")
        try:
            records = csv.reader(text)
            next(records)
            for record in records:
                yield Row(int(record[0]), tuple(record[1:]))
        finally:
            text.detach()


def read_sheet(path: Path, sheet: str = "") -> Sheet:
    """Return a sheet of a workbook, by default the first visible one that has rows.

    Raises:
        FileRefusedError: as the gate says; or broken, too large for the child, without rows.
    """
    pass_gate(path)
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the sheet owns it
    try:
        _run_child(path, sheet, spool)
        spool.seek(0)
        name, *names = next(csv.reader(io.StringIO(spool.readline().decode("utf-8"))))
    except BaseException:
        spool.close()
        raise
    if not name:
        spool.close()
        raise NoRowsError(path=path)
    return Sheet(name, tuple(names), spool)


def _run_child(path: Path, sheet: str, spool: IO[bytes]) -> None:
    program = [sys.executable, "-P", child.__file__, str(path.absolute()), sheet]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, arguments as a list
            program,
            stdin=subprocess.DEVNULL,
            stdout=spool,
            stderr=subprocess.DEVNULL,
            timeout=_WAIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise WorkbookTooLargeError(path=path) from slow
    if done.returncode == child.BROKEN:
        raise WorkbookBrokenError(path=path)
    if done.returncode == child.NO_SHEET:
        raise NoSuchSheetError(path=path, sheet=sheet)
    if done.returncode != 0:
        raise WorkbookTooLargeError(path=path)
