"""Which mask makes a QR code the easiest to read: what ISO/IEC 18004 counts, counted fast."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

MASKS: Final = range(8)
_RUN: Final = re.compile("0{5,}|1{5,}")
_LIKE_A_FINDER: Final = re.compile("(?=00001011101|10111010000)")
_SIGNS: Final = ("0", "1")

Modules = Sequence[Sequence[object]]


def lost_points(modules: Modules) -> int:
    """Return the points a code loses by what readers stumble over; less is better."""
    rows = ["".join(_SIGNS[bool(dark)] for dark in row) for row in modules]
    lines = "|".join((*rows, *map("".join, zip(*rows, strict=True))))
    runs = _RUN.findall(lines)
    return (
        sum(map(len, runs))
        - 2 * len(runs)
        + 3 * _blocks(rows)
        + 40 * len(_LIKE_A_FINDER.findall(lines))
        + 10 * _unbalance(rows)
    )


def _blocks(rows: Sequence[str]) -> int:
    """Return how many squares of two by two are all dark or all light."""
    inside = (1 << len(rows) - 1) - 1
    count = 0
    for one, other in pairwise(int(row, 2) for row in rows):
        differs = one ^ other
        count += (~(differs | differs >> 1 | one ^ one >> 1) & inside).bit_count()
    return count


def _unbalance(rows: Sequence[str]) -> int:
    """Return how many whole five per cent the share of dark is off one half."""
    dark = sum(row.count("1") for row in rows)
    return abs(100 * dark // len(rows) ** 2 - 50) // 5
