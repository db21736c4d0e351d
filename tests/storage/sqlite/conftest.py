"""Two companies that attacks are tried on: one being set up, one in full use."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest

from tests.fakes import FakeClock
from tests.services.builders import CUSTOMERS, Office, make_company
from tests.storage.books import Books
from tests.storage.sqlite.attacker import PRAGMAS, Attack, Attacker, opened
from tests.storage.sqlite.scene import furnish, set_up_books


@dataclass(frozen=True, slots=True)
class Target:
    """A company's file, its books, and the ids of what is in it."""

    path: Path
    books: Books
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Targets:
    """Where to try an attack."""

    setting_up: Target
    in_use: Target

    def of(self, attack: Attack) -> Target:
        """Return the company an attack is meant for."""
        return self.setting_up if attack.setting_up else self.in_use


def _furnished(path: Path) -> Target:
    books = set_up_books(path, FakeClock())
    connection = sqlite.connect(str(path), isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    attacker = Attacker(connection, books)
    furnish(attacker)
    connection.execute("COMMIT")
    connection.close()
    return Target(path, books, attacker.facts)


@pytest.fixture(scope="session")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Targets]:
    """Make both companies once: every attack is undone again."""
    folder = tmp_path_factory.mktemp("targets")
    founded = Target(folder / "new.erpdesk", set_up_books(folder / "new.erpdesk", FakeClock()), {})
    both = Targets(founded, _furnished(folder / "used.erpdesk"))
    yield both
    for target in (both.setting_up, both.in_use):
        target.books.database_of("alice").close()


@pytest.fixture(scope="session")
def copies(targets: Targets) -> Iterator[dict[bool, Any]]:
    """Open a copy of each company in memory."""
    both = {False: opened(targets.in_use.path), True: opened(targets.setting_up.path)}
    yield both
    for connection in both.values():
        connection.close()


@pytest.fixture(scope="session")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a firm with customers in a campaign once; every test copies it."""
    folder = tmp_path_factory.mktemp("firm")
    make_company(str(folder / "firm.erpdesk"))
    with closing(Office(str(folder / "firm.erpdesk"), folder)) as office:
        office.add_customers(*CUSTOMERS)
        office.campaign("K2", "K3")
    return folder / "firm.erpdesk"


@pytest.fixture
def place(firm: Path, tmp_path: Path) -> Path:
    """Give a copy of the firm to one test."""
    return Path(shutil.copyfile(firm, tmp_path / "firm.erpdesk"))
