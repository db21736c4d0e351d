"""Bank statements from tables: what came in becomes receipts, each line once, however often."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from erpdesk.domain import receipt as receipts_of
from erpdesk.domain.bank_rows import BankLine, StatementRules, read_statement
from erpdesk.domain.column_names import STATEMENTS
from erpdesk.domain.columns import Columns, Given
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.import_rows import BadRow, ImportReport, Other, Reason, Tally, checked
from erpdesk.domain.import_rows import Known as SameRow
from erpdesk.domain.posting import Heading
from erpdesk.domain.receipt import Receipt
from erpdesk.files.table_source import Table, open_table
from erpdesk.services.importing import (
    BadRowsError,
    Imported,
    Progress,
    Standing,
    beside_books,
    decimal_habit,
)
from erpdesk.services.submitting import must_be_ready
from erpdesk.storage import bank_lines, documents, evidence
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.unit_of_work import Company, Unit

HERE_ALREADY = Reason(
    "账套里已有这笔流水，未重复导入", "this line is in the books already: left out"
)
OTHER_AMOUNT = Reason(
    "账套里同一流水号的金额不同，请核对", "the books know this reference with another amount"
)
AT_ONCE = 50
"""How many receipts are written before somebody may stop the work."""


@dataclass(frozen=True, slots=True)
class IncomingStatement:
    """A statement on its way in: its lines beside the books, and how they become receipts."""

    table: Table
    columns: Columns
    events: Callable[[], Generator[BankLine | Other]]

    def check(self) -> ImportReport:
        """Return what an import would do; nothing is stored."""
        with closing(self.events()) as events:
            return checked(events)

    def load(self, unit: Unit, *, all_or_none: bool, progress: Progress) -> Imported:
        """Hand in a receipt a line, with the statement as evidence.

        Raises:
            BadRowsError: there are bad rows, and all or none was asked for.
            UserError: nobody may approve a receipt, or a period is closed.
        """
        unit.take_time()
        tally: Tally[BankLine] = Tally()
        done, last = 0, None
        proof: tuple[Evidence, ...] = ()
        with closing(self.events()) as events:
            good = tally.good_of(events)
            while chunk := list(islice(good, AT_ONCE)):
                proof = proof or (self._kept(unit),)
                for line in chunk:
                    last = _handed_in(unit, line, proof)
                done += len(chunk)
                progress(done)
        report = tally.report()
        if all_or_none and report.bad_rows:
            raise BadRowsError(bad=report.bad_rows, rows=report.rows)
        return Imported(report, tuple(tally.bad), last)

    def _kept(self, unit: Unit) -> Evidence:
        path = self.table.path
        data, kind = path.read_bytes(), "application/octet-stream"
        digest = evidence.keep(unit, data, name=path.name, media_type=kind)
        return Evidence(digest.hex(), "bank_slip")


@dataclass(frozen=True, slots=True)
class ImportingStatements:
    """Imports bank statements; each line that came in waits as a receipt for a second person."""

    company: Company

    def check(self, path: Path, mapping: Given | None = None) -> ImportReport:
        """Return what an import would do; nothing is stored.

        Raises:
            FileRefusedError, ColumnsNotFoundError: the file as a whole cannot be read.
        """
        with open_table(path) as table:
            return self.incoming(table, mapping).check()

    def load(
        self,
        path: Path,
        mapping: Given | None = None,
        *,
        all_or_none: bool = False,
        progress: Progress = lambda _: None,
    ) -> Imported:
        """Hand in the good lines, or none when one is bad and all or none was asked for.

        Raises:
            FileRefusedError, ColumnsNotFoundError: the file as a whole cannot be read.
            BadRowsError: there are bad rows; nothing was stored.
        """
        with open_table(path) as table:
            return self.company.run(
                lambda unit: self.incoming(table, mapping).load(
                    unit, all_or_none=all_or_none, progress=progress
                )
            )

    def incoming(self, table: Table, given: Given | None) -> IncomingStatement:
        """Return a statement on its way in.

        Raises:
            ColumnsNotFoundError: a column that is needed is not there, or not one alone.
        """
        columns = table.columns(STATEMENTS, given)
        with self.company.database.reading() as connection:
            known = bank_lines.known_lines(connection)
            payers = bank_lines.payers(connection)
        rules = StatementRules(partial(bank_lines.payer_of, payers), habits=decimal_habit(table))

        def events() -> Generator[BankLine | Other]:
            return beside_books(
                read_statement(table, columns, rules), table, columns.title("reference"),
                lambda rows: _standings(known, rows),
            )  # fmt: skip

        return IncomingStatement(table, columns, events)


def _standings(known: Mapping[str, int], rows: Sequence[BankLine]) -> dict[int, Standing]:
    return {
        row.line: Standing(SameRow, HERE_ALREADY)
        if known[row.key] == row.amount.minor
        else Standing(BadRow, OTHER_AMOUNT)
        for row in rows
        if row.key in known
    }


def _handed_in(unit: Unit, line: BankLine, proof: tuple[Evidence, ...]) -> Document:
    """Write the receipt of a line, and ask for a decision."""
    owner = CustomerId(line.customer) if line.customer else None
    memo = " ".join(filter(None, ("" if owner else line.payer, line.text)))
    receipt = Receipt(
        Heading(line.day, owner, memo=memo or None), line.amount, proof, bank=line.facts()
    )
    make = receipts_of.unallocated if owner else receipts_of.suspense
    text, document = make(receipt, make_id=unit.new_id), unit.new_id()
    seen = documents.draft(unit, "receipt", document, dict(text), step_id=unit.new_id())
    must_be_ready(unit, document)
    documents.take_step(unit, NextStep(unit.new_id(), document, "receipt", seen, "submit"))
    return documents.look(unit.connection, document)
