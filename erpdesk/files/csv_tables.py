"""CSV tables as offices have them: separator found, quotes minded, each row with its line."""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import StringIO
from itertools import chain, count, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Final

from erpdesk.domain.importing.rows import Row
from erpdesk.files.refusals import LineTooLongError, UnclosedQuoteError

SEPARATORS: Final = (",", ";", "\t", "|")
LINE_MAX: Final = 4_000_000
"""Longest line in characters."""
_SAMPLE_LINES: Final = 400
_AT_ONCE: Final = 1 << 17
"""How many characters are read together: some hundreds of lines, or one that is long."""
_CELL_MAX: Final = csv.field_size_limit()
_ROW: Final = partial(tuple.__new__, Row)
"""As ``Row._make``, which looks at every length."""
_END: Final = "\x00end of table\x00"
"""Handed to the reader after the last line: a row that swallows it was never closed."""


def find_separator(path: Path, encoding: str) -> tuple[str, bool]:
    """Return the separator, and whether the first line (``sep=;``) only says so.

    It is the one that cuts most rows into the same, large number of cells.
    """
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice(_whole(_pieces(file)), _SAMPLE_LINES))
    first = lines[0].strip() if lines else ""
    if first.casefold().strip('"').startswith("sep=") and len(first.strip('"')) <= 5:
        return first.strip('"')[4:] or "\t", True
    best = max(SEPARATORS, key=partial(_evenness, lines))
    return best, False


def _evenness(lines: list[str], separator: str) -> int:
    rows = csv.reader(lines, delimiter=separator)
    try:
        widths = Counter(len(row) for row in rows if len(row) > 1)
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def csv_rows(path: Path, encoding: str, separator: str, *, skip_first: bool) -> Iterator[Row]:
    """Yield the rows that are not blank, each with the physical line on which it begins.

    Raises:
        UnclosedQuoteError: a quote swallows the rest of the file (``line``).
        LineTooLongError: a cell or line longer than any table has (``line``).
    """
    with path.open(encoding=encoding, newline="") as file:
        line = 1 + skip_first
        if skip_first:
            file.readline(LINE_MAX)
        while text := file.read(_AT_ONCE) + file.readline(LINE_MAX):
            rows = _rows_of(text, separator)
            if rows is None:
                yield from _row_by_row(chain(_lines(text), _pieces(file)), separator, line)
                return
            numbered = zip(count(line), map(tuple, rows), strict=False)
            yield from map(_ROW, numbered if all(rows) else filter(itemgetter(1), numbered))
            line += len(rows)


def _rows_of(text: str, separator: str) -> list[list[str]] | None:
    """Return the rows of whole lines, one a line; None where a row may go on in the next."""
    if '"' not in text:
        bare = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        if max(map(len, bare)) < _CELL_MAX:
            return [line.split(separator) if line else [] for line in bare]
    lines = _lines(text)
    if max(map(len, lines)) >= LINE_MAX:
        return None
    try:
        *rows, last = csv.reader([*lines, _END], delimiter=separator)
    except csv.Error:
        return None
    return rows if len(rows) == len(lines) and last == [_END] else None


def _lines(text: str) -> list[str]:
    return list(StringIO(text, newline=""))


def _row_by_row(pieces: Iterator[str], separator: str, line: int) -> Iterator[Row]:
    """Yield rows that may have several lines; the first begins on ``line``."""
    reader = csv.reader(chain(_whole(pieces), (_END,)), delimiter=separator)
    begins = line
    try:
        for cells in reader:
            if cells and cells[-1].endswith(_END):
                if len(cells) > 1 or cells[0] != _END:
                    raise _unclosed(begins)
                return
            if cells:
                yield Row(begins, tuple(cells))
            begins = reader.line_num + line
    except csv.Error as broken:
        raise _unclosed(begins) from broken
    except LineTooLongError as long:
        message = f"The line after {begins - 1} is longer than {LINE_MAX:,} characters."
        raise LineTooLongError(message, line=begins) from long


def _unclosed(line: int) -> UnclosedQuoteError:
    return UnclosedQuoteError(
        f"A quotation mark opened in line {line} is never closed, or a cell there is too long.",
        line=line,
    )


def _pieces(file: IO[str]) -> Iterator[str]:
    """Yield physical lines; a file without line ends must not fill the memory."""
    return iter(partial(file.readline, LINE_MAX), "")


def _whole(pieces: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(pieces, 1):
        if len(line) > LINE_MAX or (len(line) == LINE_MAX and line[-1] not in "\r\n"):
            raise LineTooLongError(line=number)
        yield line
