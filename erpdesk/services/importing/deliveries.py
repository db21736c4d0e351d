"""Uninvoiced deliveries from tables: the same again adds none, another text is a revision."""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, repeat

from typing_extensions import override

from erpdesk.domain.content import canonical_rows
from erpdesk.domain.importing.column_names import DELIVERIES, DELIVERY_HEADERS, DELIVERY_LINES
from erpdesk.domain.importing.delivery_cells import DeliveryRules
from erpdesk.domain.importing.delivery_lines import DeliveryLine, LineBook
from erpdesk.domain.importing.delivery_row import DeliveryRow
from erpdesk.domain.importing.delivery_rows import read_deliveries
from erpdesk.domain.importing.rows import BadRow, ImportReport, Other, Reason, Revised
from erpdesk.domain.importing.rows import Known as SameRow
from erpdesk.files.table_source import Table
from erpdesk.services.importing.lists import ListWriter
from erpdesk.services.importing.standings import Standing, beside_books
from erpdesk.services.importing.tables import Importing, ImportSource, Incoming, decimal_habit
from erpdesk.storage import customers, deliveries
from erpdesk.storage import tables as t
from erpdesk.storage.database import Connection
from erpdesk.storage.deliveries import Known
from erpdesk.storage.long_lists import LongList
from erpdesk.storage.unit_of_work import Unit

HERE_ALREADY = Reason(
    "账套里已有这张出库单，未重复导入", "this delivery is in the books already: left out"
)
USED = Reason(
    "这张出库单内容变了，但已被临时凭证使用",
    "this delivery has changed, but a voucher uses it already",
)
REVISED = Reason(
    "内容与账套里的不同，存为新版本", "differs from the books: stored as a new revision"
)


class ImportingDeliveries(Importing[DeliveryRow]):
    """Imports deliveries; each is one receivable to settle without an invoice."""

    @override
    def incoming(self, source: ImportSource, tables: Sequence[Table]) -> Incoming[DeliveryRow]:
        table, *second = tables
        columns = table.columns(DELIVERY_HEADERS if second else DELIVERIES, source.given)
        below = [lines.columns(DELIVERY_LINES, source.line_given) for lines in second]
        habits = decimal_habit(*tables)
        known: dict[str, Known] = {}

        def events() -> Generator[DeliveryRow | Other]:
            book = LineBook(second[0], below[0]) if second else None
            with self.company.database.reading() as connection:
                names = Names(connection)
                rules = DeliveryRules(names.find, names.look_up, habits=habits)
                read = read_deliveries(table, columns, rules, book)
                if deliveries.there_is_none(connection, source.system):
                    yield from read
                    return
                yield from beside_books(
                    read, table, columns.title("number"),
                    lambda rows: _standings(connection, source.system, known, rows),
                )  # fmt: skip

        def writer(unit: Unit) -> ListWriter[DeliveryRow]:
            writing = _Writing(source.system, known)
            return ListWriter(LongList(unit, "deliveries"), source, writing, lambda _: True)

        return Incoming(columns, events, writer)


@dataclass(slots=True)
class Names:
    """Whom the rows name, looked up many at once."""

    connection: Connection
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def look_up(self, references: Collection[str]) -> None:
        """Look some codes and names up together."""
        new = [one for one in map(str.strip, references) if one not in self.known]
        self.known |= dict.fromkeys(new, ()) | customers.called(self.connection, new)

    def find(self, reference: str) -> tuple[str, ...]:
        """Return the ids behind a code or name that was looked up."""
        return self.known[reference.strip()]


def _standings(
    connection: Connection, source: str, known: dict[str, Known], rows: Sequence[DeliveryRow]
) -> dict[int, Standing]:
    """Return what the books say of some rows, and keep of ``known`` what is written anew."""
    found = deliveries.known(connection, source, [row.number for row in rows])
    there = [row for row in rows if row.number in found]
    bodies = _bodies(there) if there else ()
    standings = {
        row.line: _standing(found[row.number], row, body)
        for row, body in zip(there, bodies, strict=True)
    }
    revised = (row.number for row in there if standings[row.line].what is Revised)
    known |= {number: found[number] for number in revised}
    return standings


def _standing(known: Known, row: DeliveryRow, body: str) -> Standing:
    """Say what becomes of a number the books know: nothing, a refusal, or a revision."""
    if (known.body, known.amount_minor, known.customer_id) == (
        body, row.amount.minor, row.customer,
    ):  # fmt: skip
        return Standing(SameRow, HERE_ALREADY)
    return Standing(BadRow, USED) if known.used_minor else Standing(Revised, REVISED)


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes deliveries; ``known`` are those whose next revision a row is."""

    source: str
    known: Mapping[str, Known]

    def append(self, listed: LongList, rows: Sequence[DeliveryRow]) -> int:
        before = [self.known.get(row.number) for row in rows]
        columns: list[Sequence[object]] = [
            listed.unit.new_ids(len(rows)),
            [self.source] * len(rows),
            [row.number for row in rows],
            [one.revision + 1 if one else 1 for one in before],
            [row.customer for row in rows],
            [row.day.isoformat() for row in rows],
            [row.currency for row in rows],
            [row.amount.minor for row in rows],
            [int(row.tax_included is not False) for row in rows],
            _bodies(rows),
        ]
        return listed.append(t.list_delivery, columns)

    def sums(self, _listed: LongList, report: ImportReport) -> dict[str, int]:
        return dict(report.totals)


def _bodies(rows: Sequence[DeliveryRow]) -> list[str]:
    """Return the lines of deliveries as they were read, decimals as text."""
    flat = [line for row in rows for line in row.lines]
    said = zip(*flat, strict=True) if flat else repeat((), len(DeliveryLine._fields))
    each = iter(canonical_rows(dict(zip(DeliveryLine._fields, map(_said, said), strict=True))))
    lines = [f"[{','.join(islice(each, len(row.lines)))}]" for row in rows]
    body: dict[str, Sequence[object]] = {
        "freight": _said([row.freight for row in rows]),
        "text": _said([row.text for row in rows]),
        "day": [row.day.isoformat() for row in rows],
    }
    return canonical_rows(body, {"lines": lines})


def _said(texts: Iterable[str]) -> list[str | None]:
    return [text or None for text in texts]
