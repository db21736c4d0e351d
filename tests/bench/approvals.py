"""Approvals, on either engine: a look at all that waits, then each decision with its posting."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.ids import DocumentId
from erpdesk.domain.money import Money
from erpdesk.services.approving import Approving
from erpdesk.services.ports import SystemClock
from erpdesk.services.receipts import MoneyIn, Receipts
from erpdesk.storage import customers
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company
from tests.bench.company import CREW, PEOPLE, a_company_of_customers, copied, opened
from tests.bench.figures import Figure, part, times_ms
from tests.bench.server import a_server, joining, there
from tests.bench.server import copied as copied_there

CUSTOMERS: Final = 50
A_MINUTE_LEAST: Final = 1200.0
"""Twenty a second: a person who only agrees is slower by far."""


LOOKS: Final = 9
LOOK_MS_MOST: Final = 500.0
"""However many wait; it is met with two thousand (``--size 2000``)."""


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield approvals a minute: look at the text again, decide, post."""
    template = a_company_of_customers(cache, CUSTOMERS)
    with TemporaryDirectory() as folder:
        place = copied(template, Path(folder) / "approvals.erpdesk")
        cashier, approver = opened(place, CREW.cashier), opened(place, CREW.approver)
        yield from _measured(cashier, approver, "SQLite", size)
    with a_server() as server:
        copied_there(server, template, tuple(joining(one.name, *one.grants) for one in PEOPLE))
        cashier, approver = there(server, CREW.cashier), there(server, CREW.approver)
        yield from _measured(cashier, approver, "PostgreSQL", size)


def _measured(cashier: Company, approver: Company, engine: str, size: int) -> Iterator[Figure]:
    waiting = iter(_submitted(cashier, size))
    approving = Approving(approver, SystemClock())
    approving.inbox()
    look = part(times_ms(approving.inbox, LOOKS), 0.5)
    yield Figure(f"look of the inbox, {engine}", look, LOOK_MS_MOST, "ms", 1.0, size=size)

    def approve() -> None:
        document = next(waiting)
        approving.decide(Decision(DocumentId(document.id), document.seen, Verb.APPROVE))

    taken = times_ms(approve, size)
    for company in (cashier, approver):
        company.database.close()
    rate = 60_000 / part(taken, 0.5)
    yield Figure(f"approvals, {engine}", rate, A_MINUTE_LEAST, "per minute", 1.0, "more", size)


def _submitted(cashier: Company, size: int) -> Iterator[Document]:
    with cashier.database.reading() as connection:
        known = tuple(customers.every(connection))
    receipts = Receipts(cashier, SystemClock())
    made = [receipts.record(_money(n, known), submit=True).value for n in range(size)]
    return iter(made)


def _money(n: int, known: Sequence[CustomerRow]) -> MoneyIn:
    return MoneyIn(Money(100_00 + n, "CNY"), known[n % len(known)])
