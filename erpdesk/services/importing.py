"""What every import shares: a long list goes in, a document names it, and it is posted or waits."""

import hashlib
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from erpdesk.domain.cells import Habits
from erpdesk.domain.columns import Columns
from erpdesk.domain.import_rows import (
    BadRow,
    Good,
    ImportReport,
    Known,
    LeftOut,
    Other,
    Problem,
    Reason,
    Revised,
    Row,
    Tally,
    checked,
)
from erpdesk.errors import UserError
from erpdesk.files.refusals import FileNotThereError
from erpdesk.files.table_source import Table
from erpdesk.services.submitting import must_be_ready
from erpdesk.storage import documents, people
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.long_lists import LongList
from erpdesk.storage.unit_of_work import Unit

CHUNK = 2000
"""How many rows are looked up in the books at once."""

WRITTEN_AT_ONCE = 1000
"""How many rows are written before somebody may stop the work: a tenth of a second."""

Progress = Callable[[int], None]
"""Told how many rows were written; what it raises stops the import, and nothing is stored."""

G = TypeVar("G", bound=Good)
W_contra = TypeVar("W_contra", bound=Good, contravariant=True)


class BadRowsError(UserError):
    """Some rows are bad, and all or none was asked for."""


class NothingToImportError(UserError):
    """There is no good row in the file."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: the counts, the bad rows as they came, and the posted document.

    ``document`` is None where nothing new was in the file.
    """

    report: ImportReport
    bad: tuple[BadRow, ...]
    document: Document | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the books say of something they know: it is there just so, revised, or in the way."""

    what: type[Known | Revised | BadRow]
    reason: Reason


class Writing(Protocol[W_contra]):
    """How rows of a kind become a list."""

    def append(self, listed: LongList, rows: Sequence[W_contra]) -> int:
        """Write rows after those that are there; return how many there are now."""
        ...

    def sums(self, listed: LongList, report: ImportReport) -> Mapping[str, int]:
        """Return what the text says of the list besides its count."""
        ...


@dataclass(frozen=True)
class Incoming(Generic[G]):
    """A table on its way in: its rows beside the books, and how they become a list.

    ``files`` are what it is read from, ``what`` is the sort of list; ``alone`` says whether one
    person may post it.
    """

    files: tuple[Path, ...]
    table: Table
    columns: Columns
    what: str
    events: Callable[[], Generator[G | Other]]
    writing: Writing[G]
    alone: Callable[[Unit], bool]

    def check(self) -> ImportReport:
        """Return what an import would do; nothing is stored."""
        with closing(self.events()) as events:
            return checked(events)

    def load(self, unit: Unit, *, all_or_none: bool, progress: Progress) -> Imported:
        """Write the good rows as one list, and the document that names it.

        Raises:
            BadRowsError: there are bad rows, and all or none was asked for.
        """
        unit.take_time()
        tally: Tally[G] = Tally()
        listed, done = LongList(unit, self.what), 0
        with closing(self.events()) as events:
            good = tally.good_of(events)
            while chunk := list(islice(good, WRITTEN_AT_ONCE)):
                done = self.writing.append(listed, chunk)
                progress(done)
        report = tally.report()
        if all_or_none and report.bad_rows:
            raise BadRowsError(bad=report.bad_rows, rows=report.rows)
        document = None
        if done:
            with unit.asked(lambda: progress(done)):
                document = self._post(listed, done, report)
        return Imported(report, tuple(tally.bad), document)

    def _post(self, listed: LongList, rows: int, report: ImportReport) -> Document:
        named = listed.named(rows=rows, sums=self.writing.sums(listed, report))
        content = {"list": named, "memo": f"{_names(self.files)}  {fingerprint(self.files)}"}
        return post_list(listed.unit, content, alone=self.alone(listed.unit))


def fingerprint(files: Sequence[Path]) -> str:
    """Return what files are known again by: ``sha256:`` and the hash of their hashes.

    Raises:
        FileNotThereError: one of them cannot be opened.
    """
    whole = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as fault:
            raise FileNotThereError(path=path) from fault
    return f"sha256:{whole.hexdigest()}"


def _names(files: Sequence[Path]) -> str:
    return "、".join(path.name for path in files)


def post_list(unit: Unit, content: dict[str, Any], *, alone: bool) -> Document:
    """Write the document that names a list: posted where one person may decide, else submitted.

    Raises:
        NobodyMayApproveError: a second person has to decide, and there is none who may.
    """
    document_id = unit.new_id()
    seen = documents.draft(unit, "import", document_id, content, step_id=unit.new_id())
    if not alone:
        must_be_ready(unit, document_id)
    for verb in ("submit", "load", "post") if alone else ("submit",):
        seen = documents.take_step(unit, NextStep(unit.new_id(), document_id, "import", seen, verb))
    return documents.look(unit.connection, document_id)


def is_set_up(unit: Unit) -> bool:
    """Say whether masters may still be imported by one person."""
    return people.in_set_up(unit.connection)


def beside_books(
    events: Iterable[G | Other],
    table: Table,
    column: str,
    standings: Callable[[Sequence[G]], Mapping[int, Standing]],
) -> Generator[G | Other]:
    """Yield what becomes of rows that the books may know, looked up many at a time.

    ``standings`` gives by line what the books say, ``column`` is the heading it is said under.
    """
    source = iter(events)
    while chunk := list(islice(source, CHUNK)):
        known = standings([one for one in chunk if isinstance(one, Good)])
        if not known:
            yield from chunk
            continue
        in_the_way = {line for line, one in known.items() if one.what is BadRow}
        raw = _rows_at(table, in_the_way)
        for one in chunk:
            if isinstance(one, Good) and one.line in known:
                standing = known[one.line]
                problem = Problem(one.line, column, standing.reason)
                yield from _told(one, standing, problem, raw.get(one.line))
            else:
                yield one


def _told(one: G, standing: Standing, problem: Problem, raw: Row | None) -> Iterator[G | Other]:
    if standing.what is Revised:
        yield Revised(problem)
        yield one
        return
    yield Known(one.line, problem, one) if raw is None else BadRow(raw, problem)
    for _ in range(one.rows - 1):
        yield LeftOut(one.line)


def _rows_at(table: Table, lines: Collection[int]) -> dict[int, Row]:
    """Return the rows of some lines as they stand in the file, gone through once."""
    found: dict[int, Row] = {}
    for row in table if lines else ():
        if row.line in lines:
            found[row.line] = row
            if len(found) == len(lines):
                break
    return found


def decimal_habit(*tables: Table) -> Habits:
    """Return the decimal mark that the kind of file decides; files of two kinds decide none."""
    marks = {table.decimal_mark for table in tables}
    return Habits(marks.pop() if len(marks) == 1 else None)
