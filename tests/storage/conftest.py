"""A company of one's own for every test of the storage."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.storage.books import Books, sqlite_books


@pytest.fixture
def books(tmp_path: Path, clock: FakeClock) -> Iterator[Books]:
    """Make the company with its people and customers."""
    made = sqlite_books(tmp_path / "books.erpdesk", clock)
    yield made
    made.database_of("alice").close()
