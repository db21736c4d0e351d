"""Customers and their codes, as frozen rows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from erpdesk.domain.customers.customer_search import search_key
from erpdesk.errors import UserError
from erpdesk.storage import customer_search
from erpdesk.storage import tables as t
from erpdesk.storage.among import among

_AT_ONCE: Final = 500
FIRST: Final = 20_000
"""Among so many customers what many have is found in a moment, by looking."""


class NoSuchCustomerError(UserError):
    """There is no customer with this code, name or number."""


class SeveralCustomersError(UserError):
    """More than one customer fits; give the code."""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as posted: number of the label, record and contact as their text says."""

    id: str
    n: int
    code: str
    name: str
    tax_id: str | None
    record: dict[str, Any]
    contact: dict[str, Any]
    document_id: str


def by_id(connection: Connection, customer_id: str) -> CustomerRow:
    """Return a customer by id.

    Raises:
        NoSuchCustomerError: there is none.
    """
    row = connection.execute(select(t.customer).where(t.customer.c.id == customer_id)).one_or_none()
    if row is None:
        raise NoSuchCustomerError(reference=customer_id)
    return row_of(row)


def by_ids(connection: Connection, ids: Iterable[str]) -> dict[str, CustomerRow]:
    """Return those customers of these ids that there are, by id."""
    wanted, found = sorted(set(ids)), dict[str, CustomerRow]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = t.customer.c.id.in_(wanted[start : start + _AT_ONCE])
        found |= {row.id: row_of(row) for row in connection.execute(select(t.customer).where(some))}
    return found


def by_code(connection: Connection, code: str) -> CustomerRow | None:
    """Return the customer one of whose codes this is, retired ones too, or None."""
    row = connection.execute(
        select(t.customer)
        .join(t.customer_code, t.customer_code.c.customer_id == t.customer.c.id)
        .where(t.customer_code.c.code == code)
    ).one_or_none()
    return None if row is None else row_of(row)


def named(connection: Connection, reference: str) -> CustomerRow:
    """Return the one customer with this code, else this exact name.

    Raises:
        NoSuchCustomerError: none fits.
        SeveralCustomersError: more than one has this name.
    """
    found = by_code(connection, reference)
    if found is not None:
        return found
    rows = connection.execute(select(t.customer).where(t.customer.c.name == reference)).all()
    if not rows:
        raise NoSuchCustomerError(reference=reference)
    if len(rows) > 1:
        raise SeveralCustomersError(reference=reference, codes=tuple(r.code for r in rows))
    return row_of(rows[0])


def search(connection: Connection, words: str, *, limit: int = 50) -> tuple[CustomerRow, ...]:
    """Return customers whose name, code, tax number or pinyin contains the words.

    Many have what is common: that is found among the first customers. What is rare a file finds
    by its index of three letters.
    """
    number, fits = t.customer.c.n, _fits(connection, words)
    first = _found(connection, fits, number <= FIRST, limit=limit)
    sought = list(dict.fromkeys(filter(None, (search_key(words), words.casefold()))))
    asked = [customer_search.found(connection, sought, "", [fits])] if sought else []
    rest = limit - len(first)
    further = _found(connection, fits, number > FIRST, *asked, limit=rest) if rest else ()
    return first + further


def _found(
    connection: Connection, *asked: ColumnElement[bool], limit: int
) -> tuple[CustomerRow, ...]:
    query = select(t.customer).where(*asked).order_by(t.customer.c.n).limit(limit)
    return tuple(map(row_of, connection.execute(query)))


def _fits(connection: Connection, words: str) -> ColumnElement[bool]:
    """Return that a customer has the words; what is searched says all of it of plain letters."""
    customer, key = t.customer.c, search_key(words)
    columns: list[ColumnElement[Any]] = [customer.code, customer.search]
    is_small = words.isascii() or words == words.casefold()  # a file's LIKE knows ASCII's letters
    is_server = connection.dialect.name == "postgresql"
    if is_server or not is_small or key != words.casefold():
        columns += [customer.name, customer.tax_id]
    return or_(*(one.contains(words, autoescape=True) for one in columns))


def there_is_none(connection: Connection) -> bool:
    """Say whether there is no customer yet."""
    return connection.execute(select(t.customer.c.n).limit(1)).first() is None


def every(connection: Connection) -> tuple[CustomerRow, ...]:
    """Return every customer in the order of their numbers."""
    return tuple(
        row_of(row) for row in connection.execute(select(t.customer).order_by(t.customer.c.n))
    )


def codes_of(connection: Connection, customer_id: str) -> tuple[str, ...]:
    """Return the live codes of a customer, the main one first."""
    rows = connection.execute(
        select(t.customer_code.c.code, t.customer_code.c.kind)
        .where(t.customer_code.c.customer_id == customer_id)
        .where(t.customer_code.c.retired_at.is_(None))
    ).all()
    return tuple(r.code for r in sorted(rows, key=lambda r: (r.kind != "main", r.code)))


def called(connection: Connection, references: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the ids behind those of these texts that are a code, else a name."""
    wanted = set(references)
    codes = taken_codes(connection, wanted)
    found: dict[str, tuple[str, ...]] = {code: (one,) for code, one in codes.items()}
    customer = t.customer.c
    named = among(connection, customer.name, wanted - codes.keys())
    for name, one in connection.execute(select(customer.name, customer.id).where(named)):
        found[name] = (*found.get(name, ()), one)
    return found


def taken_codes(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Return which of these codes belong to a customer already, with the customer's id."""
    code = t.customer_code.c
    rows = connection.execute(
        select(code.code, code.customer_id).where(among(connection, code.code, codes))
    )
    return {row.code: row.customer_id for row in rows.all()}


def row_of(row: Row[Any]) -> CustomerRow:
    """Return a row of the table of customers as it is handed on."""
    return CustomerRow(
        row.id, row.n, row.code, row.name, row.tax_id,
        json.loads(row.record), json.loads(row.contact), row.document_id,
    )  # fmt: skip
