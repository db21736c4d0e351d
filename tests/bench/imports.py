"""Importing customers and deliveries, every field checked, beside a plain load of the same rows.

In µs of a processor a row. The plain load takes 3, for one table without an index. Checking takes
11: the table is cut into cells twice (1.5 each), since what comes back further down is only known
at its end; a seventh of the rest are tax numbers. Importing takes 65: 11 to check, 7 for the rows
of the list and their hash, 19 to unfold them, 6 for pinyin and the words that are searched, 7 for
canonical texts, 5 to commit; the rest are ids, codes and columns. Guards are half of unfolding: a
row is looked up in the list that was approved, and its columns in its record. One INSERT … SELECT a
table, with no guard and no Python at all, takes 10 for the three tables with their nine indexes:
over three plain loads, so that no bar above a third can be met while customers are stored so.

A delivery takes 40: 12 to check it, by columns where nothing is the matter with a row, 5 for its
text and hash, 6 for the list, 10 to unfold, 2 to commit. Where no two have a price or an amount in
common it takes 10 more. Of a server's work for a customer a third goes into the table of customers
with its five indexes, a quarter into their codes, a sixth into references, a tenth into the hash.
"""

import csv
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psycopg
import pysqlite3.dbapi2 as sqlite

from erpdesk.files.safe_cells import write_rows
from erpdesk.services.companies import first_person
from erpdesk.services.importing.customers import ImportingCustomers
from erpdesk.services.importing.deliveries import ImportingDeliveries
from erpdesk.services.importing.tables import ImportSource
from erpdesk.storage.unit_of_work import Company
from tests.bench.company import a_company, code_of, customer_file
from tests.bench.figures import Figure, seconds
from tests.bench.server import DATABASE, a_company_there, a_server, joining, there

BAR: Final = 0.4
BAR_DELIVERIES: Final = 0.3
_HEADER: Final = ("送货单号", "日期", "客户编码", "品名", "数量", "单价", "金额")


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield rows a second of what is checked, and of what is only loaded."""
    del cache
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "customers.csv"
        customer_file(path, size)
        limit = size / seconds(lambda: _plain(folder, path))
        company, _ = a_company(folder)
        yield from _customers(company, path, size, limit, "SQLite")
        yield from _deliveries(company, folder, size)
        company.database.close()
        yield from _on_server(path, size)


def _customers(
    company: Company, path: Path, size: int, limit: float, engine: str
) -> Iterator[Figure]:
    importing = ImportingCustomers(company)
    checked = size / seconds(lambda: importing.check(ImportSource(path)))
    yield Figure(f"customers checked, {engine}", checked, limit, "rows/s", BAR, "more", size)
    loaded = size / seconds(lambda: importing.load(ImportSource(path)))
    yield Figure(f"customers imported, {engine}", loaded, limit, "rows/s", BAR, "more", size)


def _deliveries(company: Company, folder: Path, size: int) -> Iterator[Figure]:
    path = folder / "deliveries.csv"
    day = date(2026, 1, 5)
    write_rows(
        path, _HEADER,
        (
            (f"SH-{n:07d}", day + timedelta(days=n % 300), code_of(n % size), "轴承", 2, 50, 100)
            for n in range(size)
        ),
    )  # fmt: skip
    limit = size / seconds(lambda: _plain(folder, path))
    importing = ImportingDeliveries(company)
    loaded = size / seconds(lambda: importing.load(ImportSource(path)))
    yield Figure("deliveries imported", loaded, limit, "rows/s", BAR_DELIVERIES, "more", size)


def _plain(folder: Path, path: Path) -> None:
    """Load the texts into one table: by SQLite's own shell where it is here."""
    place = folder / f"{path.stem}.db"
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = next(csv.reader(file))
    columns = ", ".join(f"c{n} TEXT" for n in range(len(head)))
    make = f"CREATE TABLE t ({columns})"
    if (shell := shutil.which("sqlite3")) is not None:
        script = f"{make};\n.mode csv\n.import --skip 1 '{path}' t\n"
        subprocess.run([shell, str(place)], input=script, text=True, check=True)
        return
    _plain_here(place, path, make, len(head))


def _plain_here(place: Path, path: Path, make: str, width: int) -> None:
    connection = sqlite.connect(str(place))
    connection.execute(make)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        marks = ", ".join("?" * width)
        connection.executemany(f"INSERT INTO t VALUES ({marks})", rows)  # noqa: S608 - our own marks
    connection.commit()
    connection.close()


def _on_server(path: Path, size: int) -> Iterator[Figure]:
    with a_server() as server:
        grants = first_person("bench").grants
        a_company_there(server, (joining("bench", *grants),))
        with psycopg.connect(server.admin_url(DATABASE), autocommit=True) as admin:
            limit = size / seconds(lambda: _copied(admin, path))
        company = there(server, "bench")
        yield from _customers(company, path, size, limit, "PostgreSQL")
        company.database.close()


def _copied(admin: psycopg.Connection[tuple[object, ...]], path: Path) -> None:
    with path.open("rb") as file:
        width = file.readline().count(b",") + 1
        columns = ", ".join(f"c{n} text" for n in range(width))
        admin.execute(f"CREATE TABLE public.plain ({columns})")
        with admin.cursor().copy("COPY public.plain FROM STDIN (FORMAT csv)") as copy:
            while block := file.read(1 << 16):
                copy.write(block)
