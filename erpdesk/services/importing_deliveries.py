"""Uninvoiced deliveries from tables: the same again adds none, another text is a revision."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

from erpdesk.domain.column_names import DELIVERIES, DELIVERY_HEADERS, DELIVERY_LINES
from erpdesk.domain.columns import Columns, Given
from erpdesk.domain.content import canonical
from erpdesk.domain.delivery_cells import DeliveryRules
from erpdesk.domain.delivery_lines import LineBook
from erpdesk.domain.delivery_rows import DeliveryRow, read_deliveries
from erpdesk.domain.import_rows import (
    BadRow,
    ImportReport,
    LeftOut,
    Noted,
    Other,
    Problem,
    Reason,
    Row,
    Tally,
    checked,
)
from erpdesk.files.table_source import Table, open_table
from erpdesk.services.importing import Imported, Progress, must_go_on, post_list
from erpdesk.storage import customers, deliveries, long_lists
from erpdesk.storage import tables as t
from erpdesk.storage.deliveries import Known
from erpdesk.storage.unit_of_work import Company, Unit

CHUNK = 2000
SOURCE = "erp"
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


@dataclass(frozen=True, slots=True)
class Source:
    """Where deliveries come from: one table, or headers with lines in a second one."""

    headers: Path
    lines: Path | None = None
    mapping: Given | None = None
    line_mapping: Given | None = None
    name: str = SOURCE


@dataclass(frozen=True, slots=True)
class ImportingDeliveries:
    """Imports deliveries; each is one receivable to settle without an invoice."""

    company: Company

    def check(self, source: Source) -> ImportReport:
        """Return what an import would do; nothing is stored.

        Raises:
            FileRefusedError, ColumnsNotFoundError: a file as a whole cannot be read.
        """
        with open_table(source.headers) as table:
            return checked(self._events(table, source))

    def columns(self, source: Source) -> Columns:
        """Return which column is what in the table of headers."""
        with open_table(source.headers) as table:
            return _columns(table, source)

    def load(
        self,
        source: Source,
        *,
        all_or_none: bool = False,
        progress: Progress = lambda _: None,
    ) -> Imported:
        """Import the good ones, or none when one is bad and all or none was asked for.

        Raises:
            FileRefusedError, ColumnsNotFoundError: a file as a whole cannot be read.
            BadRowsError: there are bad rows; nothing was stored.
        """
        with open_table(source.headers) as table:
            return self.company.run(
                lambda unit: self._load(
                    unit, table, source, all_or_none=all_or_none, progress=progress
                )
            )

    def _load(
        self, unit: Unit, table: Table, source: Source, *, all_or_none: bool, progress: Progress
    ) -> Imported:
        unit.take_time()
        tally: Tally[DeliveryRow] = Tally()
        known = deliveries.known(unit.connection, source.name)
        good = tally.good_of(self._events(table, source))
        list_id, done = unit.new_id(), 0
        while chunk := list(islice(good, CHUNK)):
            rows = [_row(unit, row, source, known) for row in chunk]
            done = long_lists.append_rows(unit, t.list_delivery, list_id, done, rows)
            progress(done)
        report = tally.report()
        must_go_on(report, all_or_none=all_or_none)
        if not done:
            return Imported(report, tuple(tally.bad), None)
        sums = dict(report.totals)
        named = long_lists.named(unit, "deliveries", list_id, rows=done, sums=sums)
        document = post_list(unit, {"list": named, "memo": table.path.name}, alone=True)
        return Imported(report, tuple(tally.bad), document)

    def _events(self, table: Table, source: Source) -> Iterator[DeliveryRow | Other]:
        columns = _columns(table, source)
        with self.company.database.reading() as connection:
            names = customers.references(connection)
            known = deliveries.known(connection, source.name)
        rules = DeliveryRules(find_customer=lambda text: names.get(text.strip(), ()))
        lines = _lines(source)
        for event in read_deliveries(table, columns, rules, lines):
            if isinstance(event, DeliveryRow) and event.number in known:
                yield from _again(event, known[event.number], table, columns)
            else:
                yield event


def _columns(table: Table, source: Source) -> Columns:
    kind = DELIVERIES if source.lines is None else DELIVERY_HEADERS
    return table.columns(kind, source.mapping)


def _lines(source: Source) -> LineBook | None:
    if source.lines is None:
        return None
    with open_table(source.lines) as table:
        return LineBook(table, table.columns(DELIVERY_LINES, source.line_mapping))


def _again(
    row: DeliveryRow, known: Known, table: Table, columns: Columns
) -> Iterator[DeliveryRow | Other]:
    """Yield what becomes of a number the books know: nothing, a revision, or a refusal."""
    same = (known.body, known.amount_minor, known.customer_id) == (
        _body(row), row.amount.minor, row.customer,
    )  # fmt: skip
    reason = HERE_ALREADY if same else USED if known.used_minor else REVISED
    problem = Problem(row.line, columns.title("number"), reason)
    if reason is REVISED:
        yield row
        yield Noted(problem)
        return
    yield LeftOut(row.line, problem) if same else BadRow(_row_at(table, row.line), problem)
    for _ in range(row.rows - 1):
        yield LeftOut(row.line)


def _row_at(table: Table, line: int) -> Row:
    return next(row for row in table if row.line == line)


def _row(unit: Unit, row: DeliveryRow, source: Source, known: dict[str, Known]) -> dict[str, Any]:
    before = known.get(row.number)
    return {
        "id": unit.new_id(),
        "source": source.name,
        "number": row.number,
        "revision": before.revision + 1 if before else 1,
        "customer_id": row.customer,
        "day": row.day,
        "currency": row.currency,
        "amount_minor": row.amount.minor,
        "tax_included": int(row.tax_included is not False),
        "body": _body(row),
    }


def _body(row: DeliveryRow) -> str:
    """Return the delivery's lines as they were read, decimals as text."""
    lines = [
        {f.name: text for f in fields(line) if (text := getattr(line, f.name))}
        for line in row.lines
    ]
    body = {"freight": row.freight, "text": row.text, "day": row.day.isoformat()}
    return canonical({key: text for key, text in body.items() if text} | {"lines": lines})
