"""Reading a workbook beside openpyxl, which reads the same cells.

Over half of the time is calamine's own reading in the child, a fifth the gate before it (a third of
that is unpacking, two fifths looking for far cells), a tenth printing the rows there, a tenth
reading them here. The first two alone take a ninth of what openpyxl takes, and neither can begin
before the other is done: nothing opens a workbook that the gate has not passed. Rows parted by a
sign instead of as CSV would save a twelfth.
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
