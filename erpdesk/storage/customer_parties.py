"""What of every customer tells whether two are one and the same: the name, and its numbers."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, select

from erpdesk.domain.customers.duplicates import Party
from erpdesk.storage import tables as t
from erpdesk.storage.customer_rows import field_of

_AT_ONCE: Final = 5000


def parties(connection: Connection) -> Iterator[tuple[str, Party]]:
    """Yield the code of every customer, and what of it is compared, as they were added."""
    customer = t.customer.c
    numbers = (field_of(connection, name) for name in ("phone", "bank_account"))
    found = connection.execute(
        select(customer.code, customer.id, customer.name, customer.tax_id, *numbers)
        .order_by(customer.n)
        .execution_options(yield_per=_AT_ONCE)
    )
    for code, *said in found:
        yield code, Party(*said)
