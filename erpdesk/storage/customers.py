"""Customers and their codes, as frozen rows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from erpdesk.errors import UserError
from erpdesk.storage import tables as t
from erpdesk.storage.among import among

_AT_ONCE: Final = 500


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
    """Return customers whose name, code, tax number or pinyin contains the words."""
    like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    columns: Iterable[ColumnElement[str]] = (
        t.customer.c.name, t.customer.c.code, t.customer.c.tax_id, t.customer.c.search,
    )  # fmt: skip
    fits = or_(*(column.like(like, escape="\\") for column in columns))
    rows = connection.execute(select(t.customer).where(fits).order_by(t.customer.c.n).limit(limit))
    return tuple(row_of(row) for row in rows)


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
    return {row.code: row.customer_id for row in rows}


def row_of(row: Row[Any]) -> CustomerRow:
    """Return a row of the table of customers as it is handed on."""
    return CustomerRow(
        row.id, row.n, row.code, row.name, row.tax_id,
        json.loads(row.record), json.loads(row.contact), row.document_id,
    )  # fmt: skip
