"""The count sheet: which lines of a campaign stand on which page, and what of a number is shown."""

from collections.abc import Sequence
from typing import Final, TypeVar

LINES_A_SHEET: Final = 8
"""How many lines stand on one page: printed so, and looked for so when its code is scanned."""

_Line = TypeVar("_Line")


def sheets_of(lines: Sequence[_Line]) -> tuple[tuple[_Line, ...], ...]:
    """Return the lines of each page, in the order of the campaign."""
    starts = range(0, len(lines), LINES_A_SHEET)
    return tuple(tuple(lines[start : start + LINES_A_SHEET]) for start in starts)
