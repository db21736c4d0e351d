"""Rows as they are printed, a page at a time: as a table for people, as JSON for machines."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final

from erpdesk.commands.help import display_width, padded

PAGE_ROWS: Final = 1000
"""So many rows are in memory at once; those of the first page make the columns as wide."""
_FIGURE: Final = re.compile(r"[-−]?[\d,]+(\.\d+)?|∞")
Cells = Sequence[str]


def as_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the pieces of a list in JSON, as it would be written whole."""
    mark = "["
    for row in rows:
        yield mark + json.dumps(row, ensure_ascii=False)
        mark = ", "
    yield "[]\n" if mark == "[" else "]\n"


def as_table(heads: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    """Yield the lines of a table; figures stand under one another."""
    each = iter(rows)
    first = list(islice(each, PAGE_ROWS))
    columns = [_width(column) for column in zip(heads, *first, strict=True)]
    for cells in chain([heads], first, each):
        said = (_fill(cell, *column) for cell, column in zip(cells, columns, strict=True))
        yield "  ".join(said).rstrip() + "\n"


def pages(pieces: Iterable[str]) -> Iterator[str]:
    """Yield text in pages of so many pieces."""
    each = iter(pieces)
    while page := "".join(islice(each, PAGE_ROWS)):
        yield page


def _width(cells: Cells) -> tuple[int, bool]:
    """Return how wide a column is, and whether its cells are figures."""
    figures = [cell for cell in cells[1:] if cell != "—"]
    is_figures = bool(figures) and all(_FIGURE.fullmatch(cell) for cell in figures)
    return max(map(display_width, cells)), is_figures


def _fill(cell: str, width: int, is_figures: bool) -> str:  # noqa: FBT001 - a pair of _width
    return " " * (width - display_width(cell)) + cell if is_figures else padded(cell, width)
