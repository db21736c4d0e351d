"""Files on their way in, step by step: which column is what, the dry run, the import."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.importing.column_names import (
    CUSTOMERS,
    DELIVERIES,
    DELIVERY_HEADERS,
    DELIVERY_LINES,
    OPENINGS,
    STATEMENTS,
)
from erpdesk.domain.importing.columns import Columns, Given, Kind
from erpdesk.domain.importing.fates import Fate, Fated, Fates
from erpdesk.domain.importing.rows import BadRow, ImportReport, Row, checked
from erpdesk.errors import UserError
from erpdesk.files.bad_rows import write_bad_rows
from erpdesk.files.refusals import BrokenEncodingError, UnknownEncodingError
from erpdesk.files.table_source import Stamp, Table, must_be_unchanged, open_table
from erpdesk.services.importing.columns import KnownColumns, ReadAs, Sheet
from erpdesk.services.importing.lists import fingerprint
from erpdesk.services.importing.sorts import Sort
from erpdesk.services.importing.tables import Imported, Importing, ImportSource, Incoming
from erpdesk.storage import people
from erpdesk.storage.imported_files import ImportedBefore, imported_before
from erpdesk.storage.unit_of_work import Company

Told = Callable[[int, int | None], None]
"""Told how many rows were read, and of how many where that is known; what it raises stops all."""

_TOLD_EVERY: Final = 200


_KINDS: Final = {
    Sort.CUSTOMERS: CUSTOMERS, Sort.OPENINGS: OPENINGS, Sort.STATEMENTS: STATEMENTS
}  # fmt: skip


def unclear_text(error: UserError) -> Path | None:
    """Return the file that was refused for its encoding, which somebody may know."""
    is_unclear = isinstance(error, BrokenEncodingError | UnknownEncodingError)
    return Path(str(error.facts["path"])) if is_unclear else None


@dataclass(frozen=True, slots=True)
class Files:
    """What was chosen: the sort, the file, and for deliveries a second one with their lines.

    ``read_as`` says how each of them is read, where somebody said so.
    """

    sort: Sort
    path: Path
    lines: Path | None = None
    read_as: tuple[ReadAs, ...] = ()

    def how(self, place: int) -> ReadAs:
        """Return how the file at this place is read."""
        return self.read_as[place] if self.read_as else ReadAs()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the files in the order in which they are read."""
        return (self.path,) if self.lines is None else (self.path, self.lines)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Return what the files may say, in the same order."""
        if self.sort is not Sort.DELIVERIES:
            return (_KINDS[self.sort],)
        return (DELIVERIES,) if self.lines is None else (DELIVERY_HEADERS, DELIVERY_LINES)


@dataclass(frozen=True, slots=True)
class Opened:
    """Files as they were opened: a sheet each, and the import they came in by before."""

    files: Files
    sheets: tuple[Sheet, ...]
    before: ImportedBefore | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be imported: the files, and which column is what in each of them.

    ``stamps`` are those of the files as they were tried.
    """

    files: Files
    given: tuple[Given, ...]
    stamps: tuple[Stamp, ...] = ()

    @property
    def source(self) -> ImportSource:
        """Return what is read for it."""
        given, *below = self.given
        first, second = self.files.how(0), self.files.how(-1)
        return ImportSource(
            self.files.path, self.files.lines, given, next(iter(below), None),
            encoding=first.encoding or None, sheet=first.sheet,
            line_encoding=second.encoding or None, line_sheet=second.sheet,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an import would do. ``counts`` are rows of the file by fate, ``rows`` lists them.

    ``waits``: the list would wait for a second person.
    """

    plan: Plan
    columns: Columns
    counts: Mapping[Fate, int]
    rows: tuple[Fated, ...]
    report: ImportReport
    waits: bool

    @property
    def skipped(self) -> int:
        """Return how many rows do not come in."""
        return self.report.rows - self.report.good


@dataclass(frozen=True, slots=True)
class ImportingFiles:
    """Opens, checks and imports files of any sort; what it tells can stop it at any time."""

    company: Company
    importing: Mapping[Sort, Importing[Any]]
    known: KnownColumns

    def open(self, files: Files, told: Told, *, forget: bool = False) -> Opened:
        """Return what is in the files; ``forget`` what was said of such headers before.

        Raises:
            FileRefusedError: one of them is no table.
        """
        sheets = []
        for n, (path, kind) in enumerate(zip(files.paths, files.kinds, strict=True)):
            told(0, None)
            how = files.how(n)
            with open_table(path, encoding=how.encoding or None, sheet=how.sheet) as table:
                sheets.append(self.known.sheet(table, kind, forget=forget))
        with self.company.database.reading() as connection:
            before = imported_before(connection, fingerprint(files.paths))
        told(0, None)
        return Opened(files, tuple(sheets), before)

    def dry_run(self, plan: Plan, told: Told) -> DryRun:
        """Return what an import would do; nothing is stored but which column is what.

        Raises:
            FileRefusedError, ColumnsNotFoundError: a file as a whole cannot be read.
        """
        with self._read(plan, told) as reading:
            incoming = reading.incoming
            fates = Fates(incoming.columns)
            with closing(incoming.events()) as events:
                report = checked(fates.of(events))
            for table, kind, given in zip(
                reading.tables, plan.files.kinds, plan.given, strict=True
            ):
                self.known.keep(table.columns(kind, given), given)
        rows, waits = fates.listed(), self._waits(plan)
        tried = replace(plan, stamps=tuple(table.stamp for table in reading.tables))
        return DryRun(tried, incoming.columns, fates.counts, rows, report, waits)

    def load(self, plan: Plan, told: Told) -> Outcome[Imported]:
        """Import the good rows; stopped or refused, nothing was stored.

        Raises:
            FileChangedError: a file is no longer what was tried.
            FileRefusedError, ColumnsNotFoundError: a file as a whole cannot be read.
            NobodyMayApproveError: a second person has to decide, and there is none who may.
        """
        with self._read(plan, told) as reading:
            done = self.company.run(
                lambda unit: reading.incoming.load(
                    unit, all_or_none=False, progress=lambda _: reading.watch.ask()
                ),
                once=True,
            )
        documents = {done.document.id} if done.document else set()
        return Outcome(done, Changes(documents=frozenset(documents)))

    def write_refused(self, dry: DryRun, path: Path) -> int:
        """Write the refused rows (.csv or .xlsx), each with its reason; return how many.

        Raises:
            FileRefusedError: the file they came from cannot be read any more, or is another now.
            FileNotWrittenError: another ending, a full disk, a folder that may not be written to.
        """
        _must_be_as_tried(dry.plan)
        rows = bad_rows(dry.plan.source, dry.report)
        write_bad_rows(path, dry.columns, rows)
        return len(rows)

    @contextmanager
    def _read(self, plan: Plan, told: Told) -> "Iterator[_Reading]":
        _must_be_as_tried(plan)
        with plan.source.opened() as opened:
            watches = [_Watch(told) for _ in opened]
            tables = [watch.over(one) for watch, one in zip(watches, opened, strict=True)]
            incoming = self.importing[plan.files.sort].incoming(plan.source, tables)
            watches[0].header_line = incoming.columns.header_line
            yield _Reading(incoming, tables, watches[0])

    def _waits(self, plan: Plan) -> bool:
        with self.company.database.reading() as connection:
            set_up = people.in_set_up(connection)
        in_set_up = {Sort.CUSTOMERS, Sort.OPENINGS}
        return plan.files.sort is Sort.STATEMENTS or (plan.files.sort in in_set_up and not set_up)


def _must_be_as_tried(plan: Plan) -> None:
    for path, stamp in zip(plan.files.paths, plan.stamps, strict=False):
        must_be_unchanged(path, stamp)


def bad_rows(source: ImportSource, report: ImportReport) -> list[BadRow]:
    """Return the bad rows of a report as they stand in their file: it is gone through once more.

    Raises:
        FileRefusedError: the file cannot be read any more.
    """
    problems = {problem.line: problem for problem in report.bad}
    with source.table() as table:
        return [BadRow(row, problems[row.line]) for row in table if row.line in problems]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Tables being read, the first one watched."""

    incoming: Incoming[Any]
    tables: list[Table]
    watch: "_Watch"


class _Watch:
    """Counts the rows below the header that go by; their number is known after the first time."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._done, self._open, self.header_line = 0, 0, 0
        self._total: int | None = None

    def over(self, table: Table) -> Table:
        """Return the same table, watched."""
        return replace(table, rows=lambda: self._pass(table.rows()))

    def ask(self) -> None:
        """Tell once more how far it is: so that it can be stopped."""
        self._told(self._done, self._total)

    def _pass(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Let rows go by; a pass within a pass looks something up, leaves, and counts nothing."""
        is_inner, count = bool(self._open), 0
        self._open += 1
        try:
            for row in rows:
                count += row.line > self.header_line
                if count and count % _TOLD_EVERY == 0:
                    self._done = self._done if is_inner else count
                    self.ask()
                yield row
            self._done = self._total = count
            self.ask()
        finally:
            self._open -= 1
