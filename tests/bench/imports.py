"""Importing customers, every field checked, beside a plain load of the same rows."""

import csv
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pysqlite3.dbapi2 as sqlite

from erpdesk.services.importing_customers import ImportingCustomers
from tests.bench.company import a_company, customer_file
from tests.bench.figures import Figure, seconds


def figures(size: int) -> Iterator[Figure]:
    """Yield rows a second of a checked import and of a plain one."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        customer_file(folder / "customers.csv", size)
        company, _ = a_company(folder)
        importing = ImportingCustomers(company)
        checked = seconds(lambda: importing.check(folder / "customers.csv"))
        taken = seconds(lambda: importing.load(folder / "customers.csv"))
        company.database.close()
        plain = seconds(lambda: _plain(folder))
    limit = size / plain
    yield Figure("customers checked", size / checked, limit, "rows/s", 0.4, "more", size)
    yield Figure("customers imported", size / taken, limit, "rows/s", 0.4, "more", size)


def _plain(folder: Path) -> None:
    connection = sqlite.connect(str(folder / "plain.db"))
    with (folder / "customers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        connection.execute(f"CREATE TABLE t ({', '.join(f'c{n} TEXT' for n in range(len(head)))})")
        marks = ", ".join("?" * len(head))
        connection.executemany(f"INSERT INTO t VALUES ({marks})", rows)  # noqa: S608 - our own marks
    connection.commit()
    connection.close()
