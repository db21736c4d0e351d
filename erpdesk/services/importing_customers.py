"""Customers from a table: checked row by row, then in as one list that one document names."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
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
from erpdesk.domain.import_rows import BadRow, ImportReport, Known, Other, Reason
from erpdesk.domain.own_code import is_reserved
from erpdesk.files.table_source import Table, open_table
from erpdesk.services.importing import (
    Imported,
    Incoming,
    Progress,
    Standing,
    beside_books,
    decimal_habit,
    is_set_up,
)
from erpdesk.standards.numbers import tax_id_problem
from erpdesk.standards.pinyin import pinyin_keys
from erpdesk.storage import customers, long_lists
from erpdesk.storage import tables as t
from erpdesk.storage.database import Connection
from erpdesk.storage.unit_of_work import Company, Unit

HERE_ALREADY = Reason(
    "账套里已有这个客户，未重复导入", "the customer is in the books already: left out"
)


def _taken(code: str, name: str) -> Reason:
    return Reason(
        f"编码“{code}”已属于账套里的客户“{name}”", f"code {code} belongs to {name} in the books"
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
            return self.incoming(table, given).check()

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
            return self.company.run(
                lambda unit: self.incoming(table, given).load(
                    unit, all_or_none=all_or_none, progress=progress
                )
            )

    def incoming(self, table: Table, given: Given | None = None) -> Incoming[CustomerRow]:
        """Return a table's customers on their way in.

        Raises:
            ColumnsNotFoundError: a column that is needed is not there, or not one alone.
        """
        columns = table.columns(CUSTOMERS, given)
        return Incoming(
            (table.path,), table, columns, "customers",
            lambda: self._events(table, columns), _Writing(), is_set_up,
        )  # fmt: skip

    def _events(self, table: Table, columns: Columns) -> Generator[CustomerRow | Other]:
        """Yield a file's customers; who is in the books already is left out or stands against."""
        rules = CustomerRules(
            tax_id_is_right=lambda text: tax_id_problem(text) is None,
            is_reserved=is_reserved,
            habits=decimal_habit(table),
        )
        with self.company.database.reading() as connection:
            yield from beside_books(
                read_customers(table, columns, rules), table, columns.title("code"),
                lambda rows: _standings(connection, rows),
            )  # fmt: skip


def _standings(connection: Connection, rows: Sequence[CustomerRow]) -> dict[int, Standing]:
    owners = customers.taken_codes(connection, [code for one in rows for code in _codes(one)])
    found: dict[int, Standing] = {}
    for one in rows:
        known = {owners[code] for code in _codes(one) if code in owners}
        if known:
            owner = customers.by_id(connection, min(known))
            is_same = (one.code, one.name) == (owner.code, owner.name)
            found[one.line] = (
                Standing(Known, HERE_ALREADY)
                if is_same
                else Standing(BadRow, _taken(one.code, owner.name))
            )
    return found


def _codes(one: CustomerRow) -> tuple[str, ...]:
    return (one.code, *one.barcodes)


@dataclass(slots=True)
class _Writing:
    """Writes customers and, in a list of their own, all their codes."""

    codes: int = 0

    def append(self, unit: Unit, list_id: str, after: int, rows: Sequence[CustomerRow]) -> int:
        made = [(unit.new_id(), _record(row), row) for row in rows]
        whole = [{"id": name, **_row(record, row)} for name, record, row in made]
        further = [_code(name, code) for name, record, _ in made for code in record.all_codes]
        self.codes = long_lists.append_rows(unit, t.list_code, list_id, self.codes, further)
        return long_lists.append_rows(unit, t.list_customer, list_id, after, whole)

    def sums(self, _report: ImportReport) -> dict[str, int]:
        return {"codes": self.codes}


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
