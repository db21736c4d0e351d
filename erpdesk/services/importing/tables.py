"""What every import shares: a table is read beside the books, checked, and written whole or not."""

import gc
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

from erpdesk.domain.importing.cells import Habits
from erpdesk.domain.importing.columns import Columns, Given
from erpdesk.domain.importing.rows import BadRow, Good, ImportReport, Other, Tally, checked
from erpdesk.errors import UserError
from erpdesk.files.table_source import Table, open_table
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company, Unit

WRITTEN_AT_ONCE = 1000
"""How many rows are written before somebody may stop the work: a tenth of a second."""

_USUAL: Final = gc.get_threshold()
_MANY: Final = 100_000
"""After so many new objects cycles are looked for: rows come by the thousand, and hold none."""

Progress = Callable[[int], None]
"""Told how many rows were written; what it raises stops the import, and nothing is stored."""

G = TypeVar("G", bound=Good)
W_contra = TypeVar("W_contra", bound=Good, contravariant=True)


class BadRowsError(UserError):
    """Some rows are bad, and all or none was asked for."""


@dataclass(frozen=True, slots=True)
class ImportSource:
    """What is read: one table, or headers of deliveries and their lines in a second one.

    ``given`` is which column is what, as somebody says; ``system`` is the program it comes from.
    Encoding and sheets are found where nobody says them.
    """

    path: Path
    lines: Path | None = None
    given: Given | None = None
    line_given: Given | None = None
    system: str = "erp"
    encoding: str | None = None
    sheet: str = ""
    line_sheet: str = ""
    line_encoding: str | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files in the order in which they are read."""
        return (self.path,) if self.lines is None else (self.path, self.lines)

    def table(self) -> Table:
        """Open the table, or the headers.

        Raises:
            FileRefusedError: it is none.
        """
        return open_table(self.path, encoding=self.encoding, sheet=self.sheet)

    def table_of_lines(self) -> Table:
        """Open the table of the lines.

        Raises:
            FileRefusedError: it is none.
        """
        assert self.lines is not None  # noqa: S101 - who asks has given one
        encoding = self.line_encoding or self.encoding
        return open_table(self.lines, encoding=encoding, sheet=self.line_sheet)

    @contextmanager
    def opened(self) -> Iterator[list[Table]]:
        """Give the tables of the files.

        Raises:
            FileRefusedError: one of them is no table.
        """
        gc.set_threshold(_MANY)
        try:
            with ExitStack() as stack:
                tables = (self.table,) if self.lines is None else (self.table, self.table_of_lines)
                yield [stack.enter_context(opened()) for opened in tables]
        finally:
            gc.set_threshold(*_USUAL)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: the counts, the bad rows as they came, and the posted document.

    ``document`` is None where nothing new was in the file.
    """

    report: ImportReport
    bad: tuple[BadRow, ...]
    document: Document | None


class Writer(Protocol[W_contra]):
    """Writes rows into the unit it was made for."""

    def append(self, rows: Sequence[W_contra]) -> int:
        """Write rows after those that are there; return how many there are now."""
        ...

    def hand_in(self, report: ImportReport) -> Document | None:
        """Post what was written, or let it wait for a second person; None where nothing was."""
        ...


@dataclass(frozen=True)
class Incoming(Generic[G]):
    """A table on its way in: its rows beside the books, and what writes them ``at_once``."""

    columns: Columns
    events: Callable[[], Generator[G | Other]]
    writer: Callable[[Unit], Writer[G]]
    at_once: int = WRITTEN_AT_ONCE

    def check(self) -> ImportReport:
        """Return what an import would do; nothing is stored."""
        with closing(self.events()) as events:
            return checked(events)

    def load(self, unit: Unit, *, all_or_none: bool, progress: Progress) -> Imported:
        """Write the good rows, and the document of them.

        Raises:
            BadRowsError: there are bad rows, and all or none was asked for.
            UserError: whatever the writer refuses.
        """
        unit.take_time()
        tally: Tally[G] = Tally()
        writer, done = self.writer(unit), 0
        with closing(self.events()) as events:
            good = tally.good_of(events)
            while chunk := list(islice(good, self.at_once)):
                done = writer.append(chunk)
                progress(done)
        report = tally.report()
        if all_or_none and report.bad_rows:
            raise BadRowsError(bad=report.bad_rows, rows=report.rows)
        with unit.asked(lambda: progress(done)):
            document = writer.hand_in(report)
        return Imported(report, tuple(tally.bad), document)


@dataclass(frozen=True)
class Importing(ABC, Generic[G]):
    """Imports tables of one kind; what the books know already comes in no second time."""

    company: Company

    @abstractmethod
    def incoming(self, source: ImportSource, tables: Sequence[Table]) -> Incoming[G]:
        """Return the rows of a source on their way in; ``tables`` are its files, opened.

        Raises:
            ColumnsNotFoundError: a column that is needed is not there, or not one alone.
        """

    def check(self, source: ImportSource) -> ImportReport:
        """Return what an import would do; nothing is stored.

        Raises:
            FileRefusedError, ColumnsNotFoundError: a file as a whole cannot be read.
        """
        with source.opened() as tables:
            return self.incoming(source, tables).check()

    def load(
        self,
        source: ImportSource,
        *,
        all_or_none: bool = False,
        progress: Progress = lambda _: None,
    ) -> Imported:
        """Import the good rows, or none when one is bad and all or none was asked for.

        Raises:
            FileRefusedError, ColumnsNotFoundError: a file as a whole cannot be read.
            BadRowsError: there are bad rows; nothing was stored.
        """
        with source.opened() as tables:
            return self.company.run(
                lambda unit: self.incoming(source, tables).load(
                    unit, all_or_none=all_or_none, progress=progress
                ),
                once=True,
            )


def decimal_habit(*tables: Table) -> Habits:
    """Return the decimal mark that the kind of file decides; files of two kinds decide none."""
    marks = {table.decimal_mark for table in tables}
    return Habits(marks.pop() if len(marks) == 1 else None)
