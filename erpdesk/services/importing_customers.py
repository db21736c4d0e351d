"""Customers from a table: checked row by row, then in as one list that one document names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from erpdesk.domain.column_names import CUSTOMERS
from erpdesk.domain.columns import Columns, Given
from erpdesk.domain.content import canonical
from erpdesk.domain.customer import (
    Contact,
    CustomerCode,
    CustomerRecord,
    contact_section,
    record_section,
)
from erpdesk.domain.customer_cells import CustomerRules
from erpdesk.domain.customer_rows import CustomerRow, read_customers
from erpdesk.domain.customer_search import search_text
from erpdesk.domain.import_rows import (
    BadRow,
    ImportReport,
    LeftOut,
    Other,
    Problem,
    Reason,
    Row,
    Tally,
    checked,
)
from erpdesk.domain.own_code import is_reserved
from erpdesk.files.table_source import Table, open_table
from erpdesk.services.importing import Imported, Progress, is_set_up, must_go_on, post_list
from erpdesk.standards.numbers import tax_id_problem
from erpdesk.standards.pinyin import pinyin_keys
from erpdesk.storage import customers, long_lists
from erpdesk.storage import tables as t
from erpdesk.storage.unit_of_work import Company, Unit

CHUNK = 2000
HERE_ALREADY = Reason(
    "账套里已有这个客户，未重复导入", "the customer is in the books already: left out"
)


def _taken(code: str, name: str) -> Reason:
    return Reason(
        f"编码“{code}”已属于账套里的客户“{name}”", f"code {code} belongs to {name} in the books"
    )


def _rules() -> CustomerRules:
    return CustomerRules(
        tax_id_is_right=lambda text: tax_id_problem(text) is None, is_reserved=is_reserved
    )


@dataclass(frozen=True, slots=True)
class ImportingCustomers:
    """Imports customer lists; the same file again adds nobody."""

    company: Company

    def columns(self, path: Path, given: Given | None = None) -> Columns:
        """Return which column is what in a file."""
        with open_table(path) as table:
            return table.columns(CUSTOMERS, given)

    def check(self, path: Path, given: Given | None = None) -> ImportReport:
        """Return what an import would do; nothing is stored.

        Raises:
            FileRefusedError, ColumnsNotFoundError: the file as a whole cannot be read.
        """
        with open_table(path) as table:
            return checked(self._events(table, table.columns(CUSTOMERS, given)))

    def load(
        self,
        path: Path,
        given: Given | None = None,
        *,
        all_or_none: bool = False,
        progress: Progress = lambda _: None,
    ) -> Imported:
        """Import the good rows, or none when one is bad and all or none was asked for.

        Raises:
            FileRefusedError, ColumnsNotFoundError: the file as a whole cannot be read.
            BadRowsError: there are bad rows; nothing was stored.
        """
        with open_table(path) as table:
            columns = table.columns(CUSTOMERS, given)
            return self.company.run(
                lambda unit: self._load(
                    unit, table, columns, all_or_none=all_or_none, progress=progress
                )
            )

    def _load(
        self, unit: Unit, table: Table, columns: Columns, *, all_or_none: bool, progress: Progress
    ) -> Imported:
        unit.take_time()
        tally: Tally[CustomerRow] = Tally()
        list_id = unit.new_id()
        good = tally.good_of(self._events(table, columns))
        rows, codes = _write(unit, list_id, good, progress)
        report = tally.report()
        must_go_on(report, all_or_none=all_or_none)
        if not rows:
            return Imported(report, tuple(tally.bad), None)
        named = long_lists.named(unit, "customers", list_id, rows=rows, sums={"codes": codes})
        document = post_list(unit, {"list": named, "memo": table.path.name}, alone=is_set_up(unit))
        return Imported(report, tuple(tally.bad), document)

    def _events(self, table: Table, columns: Columns) -> Iterator[CustomerRow | Other]:
        """Yield a file's customers; who is in the books already is left out or stands against."""
        events = iter(read_customers(table, columns, _rules()))
        with self.company.database.reading() as connection:
            while chunk := list(islice(events, CHUNK)):
                wanted = [code for one in chunk for code in _codes(one)]
                owners = customers.taken_codes(connection, wanted)
                for one in chunk:
                    known = {owners[code] for code in _codes(one) if code in owners}
                    if isinstance(one, CustomerRow) and known:
                        owner = customers.by_id(connection, min(known))
                        yield from _known(one, owner.code, owner.name, table, columns)
                    else:
                        yield one


def _known(
    row: CustomerRow, code: str, name: str, table: Table, columns: Columns
) -> Iterator[Other]:
    same = (row.code, row.name) == (code, name)
    if same:
        problem = Problem(row.line, columns.title("code"), HERE_ALREADY)
        yield LeftOut(row.line, problem)
    else:
        problem = Problem(row.line, columns.title("code"), _taken(row.code, name))
        yield BadRow(_row_at(table, row.line), problem)
    for _ in range(row.rows - 1):
        yield LeftOut(row.line)


def _row_at(table: Table, line: int) -> Row:
    return next(row for row in table if row.line == line)


def _codes(one: CustomerRow | Other) -> tuple[str, ...]:
    return (one.code, *one.barcodes) if isinstance(one, CustomerRow) else ()


def _write(
    unit: Unit, list_id: str, rows: Iterable[CustomerRow], progress: Progress
) -> tuple[int, int]:
    """Write customers and their codes in chunks; return how many of each."""
    source, done, codes = iter(rows), 0, 0
    while chunk := list(islice(source, CHUNK)):
        made = [(unit.new_id(), _record(row), row) for row in chunk]
        whole = [{"id": name, **_row(record, row)} for name, record, row in made]
        further = [_code(name, code) for name, record, _ in made for code in record.all_codes]
        done = long_lists.append_rows(unit, t.list_customer, list_id, done, whole)
        codes = long_lists.append_rows(unit, t.list_code, list_id, codes, further)
        progress(done)
    return done, codes


def _code(customer: str, code: CustomerCode) -> dict[str, Any]:
    return {"customer_id": customer, "code": code.code, "kind": code.kind.value}


def _record(row: CustomerRow) -> CustomerRecord:
    plain = CustomerRecord(
        code=row.code,
        name=row.name,
        tax_id=row.tax_id or None,
        bank_name=row.bank_name or None,
        bank_account=row.bank_account or None,
        address=row.address or None,
        terms_days=row.terms_days,
        credit_limit=row.credit_limit.minor if row.credit_limit else None,
        currency=row.currency or None,
        tax_rate=row.tax_rate,
        language=row.language or None,
        codes=tuple(CustomerCode(code) for code in row.barcodes if code != row.code),
    )
    return with_search(plain)


def with_search(record: CustomerRecord) -> CustomerRecord:
    """Return a record with what finds it by letters, pinyin too."""
    return replace(record, search=search_text(record, pinyin_keys(record.name)))


def _row(record: CustomerRecord, row: CustomerRow) -> dict[str, Any]:
    contact = Contact(row.contact_person or None, row.phone or None, row.email or None)
    return {
        "code": record.code,
        "name": record.name,
        "tax_id": record.tax_id,
        "search": record.search or "",
        "record": canonical(record_section(record)),
        "contact": canonical(contact_section(contact)),
    }
