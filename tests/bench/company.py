"""Companies for benchmarks: customers by the seeded generator, in through the import; a ledger."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import pysqlite3.dbapi2 as sqlite

from erpdesk import keys, storage
from erpdesk.files.safe_cells import Value, write_rows
from erpdesk.services.companies import Companies, Joining, first_person
from erpdesk.services.customers import Customers, kept_records
from erpdesk.services.importing.customers import ImportingCustomers
from erpdesk.services.importing.tables import ImportSource
from erpdesk.services.ports import SystemClock
from erpdesk.services.sample_data import firms
from erpdesk.services.sampling import CUSTOMER_HEADER, FIRM, customer_cells
from erpdesk.services.signing_in import SigningIn
from erpdesk.standards.numbers import with_check
from erpdesk.storage.database import Database, open_database
from erpdesk.storage.founding import Grant
from erpdesk.storage.guards import drop_guards, install_guards
from erpdesk.storage.set_up import end_set_up
from erpdesk.storage.unit_of_work import Company
from tests.bench.ledger import COLUMNS, Crew, Ledger
from tests.fakes import FakeClock

BRANDS: Final = 8000
"""How many different firms the generator can make of one seed."""

MADE_AS: Final = 4
"""Grows when companies are made differently, so that kept ones are made anew."""
_STORAGE: Final = Path(storage.__path__[0])
_SCHEMA: Final = crc32(
    (_STORAGE / "migrations/versions/0001_sqlite.sql").read_bytes()
    + (_STORAGE / "guards_sqlite.sql").read_bytes()
)
"""Differs when the tables or guards do: what was kept before has other ones."""

CREW: Final = Crew("anna", "kate", "bob")
HIGH: Final = 10**12
_AT_ONCE: Final = 20_000
PEOPLE: Final = (
    Joining(CREW.maker, "安娜", (Grant("accountant", 0, HIGH), Grant("counter"))),
    Joining(CREW.cashier, "凯特", (Grant("cashier"),)),
    Joining(CREW.approver, "鲍勃", (Grant("supervisor", HIGH, 0, 10 * HIGH),)),
)


def customer_rows(size: int) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of a customer list of this size."""
    made = firms(1, min(size, BRANDS), with_check=with_check)
    for n in range(size):
        cells = list(customer_cells(made[n % len(made)]))
        cells[0], cells[1], cells[-1] = code_of(n), f"{cells[1]}{n // len(made) or ''}", ""
        yield tuple(cells)


def code_of(n: int) -> str:
    """Return the code of a generated customer, counted from 0."""
    return f"KH{n + 1:07d}"


def customer_file(path: Path, size: int) -> list[str]:
    """Write a customer list of this size and return the codes."""
    write_rows(path, CUSTOMER_HEADER, customer_rows(size))
    return [code_of(n) for n in range(size)]


def a_company(folder: Path) -> tuple[Company, SystemClock]:
    """Make an empty company with one person."""
    clock = SystemClock()
    place = str(folder / "bench.erpdesk")
    Companies(clock, keys.CHEAP).make(place, (first_person("bench"),), said=FIRM)
    return SigningIn(open_database(place), clock).sign_in("bench", None), clock


def a_company_of_customers(cache: Path, customers: int) -> Path:
    """Return a company of the crew with so many customers and no ledger; made once."""
    return kept(cache, f"customers-{customers}", lambda place: _with_customers(place, customers))


def a_company_with_ledger(cache: Path, lines: int, *, customers: int) -> Path:
    """Return a company with so many ledger lines; made once, in minutes for a million."""

    def make(place: Path) -> None:
        copied(a_company_of_customers(cache, customers), place)
        _end_set_up(place)
        fill(place, lines)

    return kept(cache, f"books-{customers}-{lines}", make)


def opened(place: Path, person: str = CREW.maker) -> Company:
    """Open a company as one of the crew."""
    return SigningIn(open_database(str(place)), SystemClock()).sign_in(person, None)


def copied(place: Path, to: Path) -> Path:
    """Copy a company's file that nobody has open, and return the copy."""
    shutil.copy(place, to)
    return to


def kept(cache: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Return what is made at a place in the cache, where it is not there already."""
    place = cache / f"{name}-{MADE_AS}-{_SCHEMA:08x}.erpdesk"
    if not place.exists():
        making = place.with_suffix(".making")
        for tail in ("", "-wal", "-shm"):
            Path(f"{making}{tail}").unlink(missing_ok=True)
        make(making)
        making.rename(place)
    return place


def _with_customers(place: Path, size: int) -> None:
    """Make the crew two years ago, so that a year of postings lies behind today.

    Every customer is in the index of the search, as it is a while after an import.
    """
    clock = FakeClock()
    clock.advance(days=-730)
    Companies(clock, keys.CHEAP).make(str(place), PEOPLE, said=FIRM)
    table = place.with_suffix(".csv")
    customer_file(table, size)
    company = opened(place)
    ImportingCustomers(company).load(ImportSource(table))
    customers = Customers(company, clock, kept_records(company))
    while customers.make_findable():
        pass
    company.database.close()
    table.unlink()


def _end_set_up(place: Path) -> None:
    """Let everybody of the crew be here once; each keeps what stands, as a first posting would."""
    for person in PEOPLE:
        company = opened(place, person.name)
        company.run(end_set_up)
        company.database.close()


def fill(place: Path, lines: int) -> None:
    """Write a ledger into a company that has customers: guards out, rows in, guards back."""
    database = open_database(str(place))
    with database.engine.begin() as connection:
        drop_guards(connection)
    database.close()
    with closing(sqlite.connect(str(place))) as raw:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-524288"):
            raw.execute(f"PRAGMA {pragma}")
        _write(raw, lines)
        raw.commit()
        raw.execute("PRAGMA journal_mode=WAL")
    with closing_database(place) as database, database.engine.begin() as connection:
        install_guards(connection)


def closing_database(place: Path) -> "closing[Database]":
    """Open a company's file for a block."""
    return closing(open_database(str(place)))


def _write(raw: Any, lines: int) -> None:
    ids = [one for (one,) in raw.execute("SELECT id FROM customer ORDER BY n")]
    waiting: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}

    def put(table: str, row: tuple[Any, ...]) -> None:
        waiting[table].append(row)
        if len(waiting["step"]) >= _AT_ONCE:
            _flush(raw, waiting)

    clock = FakeClock()
    clock.advance(days=-1)
    ledger = Ledger(ids, CREW, clock.now_us(), put)
    ledger.heads = {
        actor: (seq, bytes(last))
        for actor, seq, last in raw.execute("SELECT actor, seq, hash FROM chain_head")
    }
    ledger.write(lines)
    _flush(raw, waiting)
    raw.executemany(
        "UPDATE chain_head SET seq = ?, hash = ? WHERE actor = ?",
        [(seq, last, actor) for actor, (seq, last) in ledger.heads.items()],
    )
    raw.executemany(
        "INSERT INTO number_series VALUES (?, ?, ?)",
        [(*key, last) for key, last in ledger.numbers.items()],
    )
    raw.executemany(
        "INSERT INTO period_total VALUES (?, ?, ?, 'CNY', ?, ?, ?, ?, ?)",
        [(*key, *total, *total[1:]) for key, total in ledger.totals.items()],
    )


def _flush(raw: Any, waiting: dict[str, list[tuple[Any, ...]]]) -> None:
    for table, rows in waiting.items():
        names = COLUMNS[table].split()
        marks = ", ".join("?" * len(names))
        raw.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)  # noqa: S608 - names of our own tables
        rows.clear()
