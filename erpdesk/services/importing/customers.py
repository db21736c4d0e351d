"""Customers from a table: checked row by row, then in as one list that one document names."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from typing_extensions import override

from erpdesk.domain.codes.own_code import is_reserved
from erpdesk.domain.content import canonical_rows
from erpdesk.domain.customers.customer import CodeKind, CustomerCode, record_texts
from erpdesk.domain.customers.customer_search import search_of
from erpdesk.domain.importing.column_names import CUSTOMERS
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.customer_cells import CustomerRules
from erpdesk.domain.importing.customer_rows import CustomerRow, read_customers
from erpdesk.domain.importing.rows import BadRow, ImportReport, Known, Other, Reason
from erpdesk.files.table_source import Table
from erpdesk.services.importing.lists import ListWriter, is_set_up
from erpdesk.services.importing.standings import Standing, beside_books
from erpdesk.services.importing.tables import Importing, ImportSource, Incoming, decimal_habit
from erpdesk.standards.numbers import is_tax_id
from erpdesk.standards.pinyin import pinyin_keys
from erpdesk.storage import customers
from erpdesk.storage import tables as t
from erpdesk.storage.database import Connection
from erpdesk.storage.long_lists import LongList

HERE_ALREADY = Reason(
    "账套里已有这个客户，未重复导入", "the customer is in the books already: left out"
)


def _unlike(titles: Iterable[str]) -> Reason:
    named = "、".join(titles)
    return Reason(
        f"账套里已有这个客户，没有改它：{named}与账套不同，要改请到客户页",
        f"in the books already and left as it is: {named} differs there; change it on its page",
    )


def _taken(code: str, name: str) -> Reason:
    return Reason(
        f"编码「{code}」已属于账套里的客户「{name}」", f"code {code} belongs to {name} in the books"
    )


class ImportingCustomers(Importing[CustomerRow]):
    """Imports customer lists; the same file again adds nobody."""

    @override
    def incoming(self, source: ImportSource, tables: Sequence[Table]) -> Incoming[CustomerRow]:
        [table] = tables
        columns = table.columns(CUSTOMERS, source.given)
        return Incoming(
            columns,
            lambda: self._events(table, columns),
            lambda unit: ListWriter(LongList(unit, "customers"), source, _Writing(), is_set_up),
        )

    def _events(self, table: Table, columns: Columns) -> Generator[CustomerRow | Other]:
        """Yield a file's customers; who is in the books already is left out or stands against."""
        rules = CustomerRules(
            tax_id_is_right=is_tax_id,
            is_reserved=is_reserved,
            habits=decimal_habit(table),
        )
        read = read_customers(table, columns, rules)
        with self.company.database.reading() as connection:
            if customers.there_is_none(connection):
                yield from read
                return
            yield from beside_books(
                read, table, columns.title("code"),
                lambda rows: _standings(connection, rows, columns),
            )  # fmt: skip


def _standings(
    connection: Connection, rows: Sequence[CustomerRow], columns: Columns
) -> dict[int, Standing]:
    owners = customers.taken_codes(connection, [code for one in rows for code in _codes(one)])
    known = customers.by_ids(connection, owners.values())
    found: dict[int, Standing] = {}
    for one in rows if owners else ():
        theirs = {owners[code] for code in _codes(one) if code in owners}
        if theirs:
            owner = known[min(theirs)]
            is_same = (one.code, one.name) == (owner.code, owner.name)
            found[one.line] = (
                Standing(Known, _unchanged(one, owner, columns))
                if is_same
                else Standing(BadRow, _taken(one.code, owner.name))
            )
    return found


def _unchanged(one: CustomerRow, owner: customers.CustomerRow, columns: Columns) -> Reason:
    """Return that a customer stays as it is, and what the file says otherwise."""
    unlike = [columns.title(name) for name in _otherwise(one, owner)]
    return _unlike(unlike) if unlike else HERE_ALREADY


def _otherwise(one: CustomerRow, owner: customers.CustomerRow) -> Iterator[str]:
    rate, limit = owner.record.get("tax_rate"), one.credit_limit
    for name in _PLAIN:
        said = getattr(one, name)
        if said not in {"", None} and said != owner.record.get(name):
            yield name
    for name, key in _CONTACT.items():
        if getattr(one, name) not in {"", owner.contact.get(key)}:
            yield name
    if one.tax_rate is not None and (rate is None or Decimal(rate) != one.tax_rate):
        yield "tax_rate"
    if limit is not None and limit.minor != owner.record.get("credit_limit"):
        yield "credit_limit"


def _codes(one: CustomerRow) -> tuple[str, ...]:
    return (one.code, *one.barcodes)


class _Writing:
    """Writes customers: what is approved of each, and whom to call."""

    def append(self, listed: LongList, rows: Sequence[CustomerRow]) -> int:
        record, codes = _columns(rows), list(map(_all_codes, rows))
        record["search"] = list(map(_search, rows, codes))
        contact = {key: record.pop(name) for name, key in _CONTACT.items()}
        ids = listed.unit.new_ids(len(rows))
        columns = [ids, record_texts(record, codes), canonical_rows(contact)]
        return listed.append(t.list_customer, columns)

    def sums(self, _listed: LongList, _report: ImportReport) -> dict[str, int]:
        return {}


_CONTACT: Final = {"contact_person": "person", "phone": "phone", "email": "email"}
_PLAIN: Final = (
    "tax_id", "address", "bank_name", "bank_account", "terms_days", "currency", "language",
)  # fmt: skip
_NO_FIELDS: Final = {"line", "barcodes", "rows"}


def _columns(rows: Sequence[CustomerRow]) -> dict[str, Sequence[Any]]:
    """Return what rows say by field, as a record holds it: None where one says nothing."""
    said = dict(zip(CustomerRow._fields, zip(*rows, strict=True), strict=True))
    found: dict[str, Sequence[Any]] = {
        name: [None if value == "" else value for value in values]
        for name, values in said.items()
        if name not in _NO_FIELDS
    }
    limits = (row.credit_limit for row in rows)
    return found | {"credit_limit": [limit and limit.minor for limit in limits]}


def _all_codes(row: CustomerRow) -> tuple[CustomerCode, ...]:
    """Return every code of a customer, the main one first, as ``CustomerRecord`` orders them."""
    main = CustomerCode(row.code, CodeKind.MAIN)
    if not row.barcodes:
        return (main,)
    return (main, *sorted(CustomerCode(code) for code in row.barcodes if code != row.code))


def _search(row: CustomerRow, codes: Sequence[CustomerCode]) -> str:
    plain = [one.code for one in codes]
    return search_of(row.name, plain, row.tax_id, pinyin_keys(row.name))
