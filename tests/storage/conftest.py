"""A company of one's own for every test of the storage."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from erpdesk.storage.database import open_database
from tests.fakes import FakeClock
from tests.storage.books import Books, sqlite_books
from tests.storage.second_revision import made_up


@pytest.fixture(scope="session")
def model_books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Make the company once; its file is closed and only copied."""
    made = sqlite_books(tmp_path_factory.mktemp("model") / "books.erpdesk", FakeClock())
    made.database_of("alice").close()
    return made


@pytest.fixture
def books(model_books: Books, tmp_path: Path, clock: FakeClock) -> Iterator[Books]:
    """Return a copy of the company with its people and customers."""
    path = tmp_path / "books.erpdesk"
    shutil.copyfile(model_books.database_of("alice").place, path)
    database = open_database(str(path))
    yield Books(lambda _name: database, clock, dict(model_books.customers))
    database.close()


@pytest.fixture
def revisions(tmp_path: Path) -> Path:
    """Return a folder with a made-up second revision."""
    return made_up(tmp_path / "revisions")
