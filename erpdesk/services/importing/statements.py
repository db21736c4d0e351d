"""Bank statements from tables: what came in becomes receipts, each line once, however often."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from typing_extensions import override

from erpdesk.domain import receipt as receipts_of
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.importing.bank_rows import BankLine, StatementRules, read_statement
from erpdesk.domain.importing.column_names import STATEMENTS
from erpdesk.domain.importing.rows import BadRow, ImportReport, Other, Reason
from erpdesk.domain.importing.rows import Known as SameRow
from erpdesk.domain.posting import Heading
from erpdesk.domain.receipt import Receipt
from erpdesk.errors import UserError
from erpdesk.files.table_source import Table
from erpdesk.services.exchange_rates import rate_for
from erpdesk.services.importing.standings import Standing, beside_books
from erpdesk.services.importing.tables import Importing, ImportSource, Incoming, decimal_habit
from erpdesk.services.submitting import must_be_ready
from erpdesk.storage import bank_lines, documents, evidence
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.unit_of_work import Unit

HERE_ALREADY = Reason(
    "账套里已有这笔流水，未重复导入", "this line is in the books already: left out"
)
OTHER_AMOUNT = Reason(
    "账套里同一流水号的金额不同，请核对", "the books know this reference with another amount"
)
AT_ONCE = 50
"""How many receipts are written before somebody may stop the work."""


class ImportedMeanwhileError(UserError):
    """Somebody else imported some of these lines while they were read; nothing was stored."""


class ImportingStatements(Importing[BankLine]):
    """Imports bank statements; each line that came in waits as a receipt for a second person."""

    @override
    def incoming(self, source: ImportSource, tables: Sequence[Table]) -> Incoming[BankLine]:
        [table] = tables
        columns = table.columns(STATEMENTS, source.given)

        def events() -> Generator[BankLine | Other]:
            with self.company.database.reading() as connection:
                known = bank_lines.known_lines(connection)
                payers = bank_lines.payers(connection)
            rules = StatementRules(
                partial(bank_lines.payer_of, payers), habits=decimal_habit(table)
            )
            yield from beside_books(
                read_statement(table, columns, rules), table, columns.title("reference"),
                lambda rows: _standings(known, rows),
            )  # fmt: skip

        return Incoming(columns, events, lambda unit: _Receipts(unit, source.path), AT_ONCE)


@dataclass(slots=True)
class _Receipts:
    """Hands in a receipt a line, with the statement as evidence; the last one is answered."""

    unit: Unit
    path: Path
    proof: tuple[Evidence, ...] = ()
    done: int = 0
    last: Document | None = None
    keys: set[str] = field(default_factory=set)

    def append(self, rows: Sequence[BankLine]) -> int:
        self.proof = self.proof or (self._kept(),)
        for line in rows:
            self.last = _handed_in(self.unit, line, self.proof)
            self.keys.add(line.key)
        self.done += len(rows)
        return self.done

    def hand_in(self, _report: ImportReport) -> Document | None:
        """Return the last receipt, unless lines of it came in beside.

        What was known was asked before the first number was taken. From then on nobody else on a
        server takes one of that series until this is stored, so who is second sees the first.
        """
        if self.unit.is_server and (count := bank_lines.doubled(self.unit.connection, self.keys)):
            raise ImportedMeanwhileError(count=count)
        return self.last

    def _kept(self) -> Evidence:
        data, kind = self.path.read_bytes(), "application/octet-stream"
        digest = evidence.keep(self.unit, data, name=self.path.name, media_type=kind)
        return Evidence(digest.hex(), "bank_slip")


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
        Heading(line.day, owner, memo=memo or None),
        line.amount,
        proof,
        bank=line.facts(),
        rate=rate_for(unit.connection, line.amount.currency, line.day),
    )
    make = receipts_of.unallocated if owner else receipts_of.suspense
    text, document = make(receipt, make_id=unit.new_id), unit.new_id()
    seen = documents.draft(unit, "receipt", document, dict(text), step_id=unit.new_id())
    must_be_ready(unit, document)
    documents.take_step(unit, NextStep(unit.new_id(), document, "receipt", seen, "submit"))
    return documents.look(unit.connection, document)
