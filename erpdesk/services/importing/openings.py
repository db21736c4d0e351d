"""Opening items from tables: one list, posted on the last day before the books begin."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from typing_extensions import override

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.importing.column_names import OPENINGS
from erpdesk.domain.importing.delivery_cells import DeliveryRules
from erpdesk.domain.importing.opening_rows import OpeningRow, read_openings
from erpdesk.domain.importing.rows import BadRow, ImportReport, Other, Reason
from erpdesk.domain.importing.rows import Known as SameRow
from erpdesk.domain.opening import MEMO, Opening
from erpdesk.files.table_source import Table
from erpdesk.services.importing.deliveries import Names
from erpdesk.services.importing.lists import fingerprint, named_in
from erpdesk.services.importing.opening_items import written
from erpdesk.services.importing.standings import Standing, beside_books
from erpdesk.services.importing.tables import Importing, ImportSource, Incoming, decimal_habit
from erpdesk.services.ports import Clock
from erpdesk.storage import describing, ledger
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Unit

HERE_ALREADY = Reason("账套里已有这一笔，未重复导入", "this item is in the books already: left out")
OTHER_AMOUNT = Reason(
    "账套里同一单号的金额不同，请核对", "the books know this number with another amount"
)


@dataclass(frozen=True)
class ImportingOpenings(Importing[OpeningRow]):
    """Imports what was open before the books began; the same item comes in once."""

    clock: Clock

    @override
    def incoming(self, source: ImportSource, tables: Sequence[Table]) -> Incoming[OpeningRow]:
        [table] = tables
        columns = table.columns(OPENINGS, source.given)

        def events() -> Generator[OpeningRow | Other]:
            with self.company.database.reading() as connection:
                names = Names(connection)
                rules = DeliveryRules(names.find, names.look_up, habits=decimal_habit(table))
                yield from beside_books(
                    read_openings(table, columns, rules), table, columns.title("number"),
                    lambda rows: _standings(connection, rows),
                )  # fmt: skip

        return Incoming(columns, events, lambda unit: _Items(unit, source, self.clock.today()))


@dataclass(slots=True)
class _Items:
    """Gathers the items of a file: they are one entry, which is written at the end."""

    unit: Unit
    source: ImportSource
    today: date
    openings: list[Opening] = field(default_factory=list)

    def append(self, rows: Sequence[OpeningRow]) -> int:
        self.openings.extend(
            Opening(CustomerId(one.customer), one.part, one.amount, one.due, one.number)
            for one in rows
        )
        return len(self.openings)

    def hand_in(self, _report: ImportReport) -> Document | None:
        if not self.openings:
            return None
        files = self.source.files
        memo = f"{MEMO}  {named_in(files)}  {fingerprint(files)}"
        day = day_before(self.unit.connection, self.today)
        return written(self.unit, self.openings, posting_date=day, memo=memo)


def day_before(connection: Connection, today: date) -> date:
    """Return the last day of the month before, or today where that month is locked."""
    day = today.replace(day=1) - timedelta(days=1)
    return today if f"{day:%Y-%m}" in describing.locked_months(connection) else day


def _standings(connection: Connection, rows: Sequence[OpeningRow]) -> dict[int, Standing]:
    known = ledger.labelled(connection, {row.number for row in rows})
    found: dict[int, Standing] = {}
    for row in rows:
        amounts = known.get((row.customer, row.number))
        if amounts is not None:
            is_same = row.adds() in amounts
            found[row.line] = (
                Standing(SameRow, HERE_ALREADY) if is_same else Standing(BadRow, OTHER_AMOUNT)
            )
    return found
