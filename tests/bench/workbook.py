"""Reading a workbook beside openpyxl, which reads the same cells.

Over half of the time is calamine's own reading in the child, a sixth the gate before it (a third
of that is unpacking once more), a sixth printing the rows there, a tenth reading them here. The
first two alone take a tenth of what openpyxl takes.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from erpdesk.files.safe_cells import write_rows
from erpdesk.files.table_source import open_table
from erpdesk.services.sampling import CUSTOMER_HEADER
from tests.bench.company import customer_rows
from tests.bench.figures import Figure, seconds


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield rows a second, the whole sheet gone through once."""
    del cache
    with TemporaryDirectory() as folder:
        path = Path(folder) / "customers.xlsx"
        write_rows(path, CUSTOMER_HEADER, customer_rows(size))
        product = seconds(lambda: _read(path, size))
        limit = seconds(lambda: _plain(path, size))
    yield Figure("workbook read", size / product, size / limit, "rows/s", 8.0, "more", size)


def _read(path: Path, size: int) -> None:
    with open_table(path) as table:
        assert sum(1 for _ in table) == size + 1


def _plain(path: Path, size: int) -> None:
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        sheet = book.active
        assert sheet is not None
        assert sum(1 for _ in sheet.iter_rows(values_only=True)) == size + 1
