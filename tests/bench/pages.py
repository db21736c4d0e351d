"""What pages read at a million ledger lines, on both engines; at most 50 ms in 99 of 100.

On a server the totals of the customers' list after a customer changed are near their bar: who lacks
something is counted then, among 10,000 records, of which only those are read that do not plainly
have what is asked. An index of it would cost each customer that is imported 4 µs. Every other look
at the totals, such as after a posting, has that count kept.
"""

import gc
import random
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from sqlalchemy import text

from erpdesk.services.customers import Asked, Customers, kept_records
from erpdesk.services.looking import Looking
from erpdesk.services.ports import SystemClock
from erpdesk.storage import ledger
from erpdesk.storage.database import Database
from erpdesk.storage.unit_of_work import Company
from tests.bench.company import CREW, PEOPLE, a_company_with_ledger, opened
from tests.bench.figures import Figure, part, times_ms
from tests.bench.server import a_server, copied, joining, there

MOST_MS: Final = 50.0
TRIES: Final = 200
FEW: Final = 5
CUSTOMERS: Final = 10_000


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield p99 of each page: on a file, then on a server with the same rows."""
    place = a_company_with_ledger(cache, size, customers=min(CUSTOMERS, size))
    company = opened(place)
    yield from _measured(company, "SQLite", size)
    company.database.close()
    with a_server() as server:
        copied(server, place, tuple(joining(one.name, *one.grants) for one in PEOPLE))
        company = there(server, CREW.maker)
        yield from _measured(company, "PostgreSQL", size)
        company.database.close()


def _measured(company: Company, engine: str, size: int) -> Iterator[Figure]:
    gc.freeze()  # as the program does with what a start has loaded
    for name, (ask, tries) in _pages(company).items():
        ask()
        taken = times_ms(ask, tries)
        shown = f"{name}, p99, {engine}"
        yield Figure(shown, part(taken, 0.99), MOST_MS, "ms", 1.0, size=size)


def _pages(company: Company) -> dict[str, tuple[Callable[[], object], int]]:
    database = company.database
    customers = _anew(company)
    with database.reading() as connection:
        ids = [
            str(one) for (one,) in connection.execute(text("SELECT id FROM customer ORDER BY n"))
        ]
    chance = random.Random(1)  # noqa: S311 - no secret
    drawn = chain.from_iterable(iter(lambda: chance.sample(ids, len(ids)), None))
    often = ids[0]

    def any_one(ask: Callable[[str], object]) -> Callable[[], object]:
        return lambda: ask(next(drawn))

    owing = Asked(kind="owing", sort="balance", is_descending=True)
    return {
        "customer balance": (any_one(partial(_balance, database)), TRIES),
        "balance of the busiest": (partial(_balance, database, often), TRIES),
        "open items of a customer": (any_one(partial(_items, database)), TRIES),
        "page of a customer": (any_one(customers.card), TRIES),
        "page of the busiest": (partial(customers.card, often), FEW),
        "statement of a customer": (any_one(customers.history), TRIES),
        "statement of the busiest": (partial(customers.history, often), FEW),
        "ageing, worst first": (partial(customers.listed, owing), FEW * 4),
        "ageing, every customer": (partial(_balances, database), FEW * 4),
        "customers list": (partial(customers.listed, Asked()), FEW * 4),
        "totals of the list": (partial(customers.whole, Asked()), FEW),
        "totals after a customer changed": (lambda: _anew(company).whole(Asked()), FEW),
        "trial balance": (Looking(company, SystemClock()).totals, FEW * 4),
    }


def _anew(company: Company) -> Customers:
    """Return the reader of customers as it is when nothing is kept."""
    return Customers(company, SystemClock(), kept_records(company))


def _balance(database: Database, customer: str) -> object:
    with database.reading() as connection:
        return ledger.balances(connection, customer)


def _balances(database: Database) -> object:
    with database.reading() as connection:
        return ledger.balances(connection)


def _items(database: Database, customer: str) -> object:
    with database.reading() as connection:
        return ledger.open_items(connection, customer)
