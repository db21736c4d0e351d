"""Which mask makes a QR code the easiest to read: what ISO/IEC 18004 counts, counted fast."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MASKS: Final = range(8)
_RUN: Final = 5
_LIKE_A_FINDER: Final = ("00001011101", "10111010000")


@dataclass(frozen=True, slots=True)
class Grid:
    """The modules of a code as two numbers, dark 1: row by row, and column by column.

    Each line ends with a light module more, which belongs to nothing.
    """

    size: int
    across: int
    down: int

    @classmethod
    def of(cls, modules: Sequence[Sequence[object]]) -> "Grid":
        """Return modules given as rows of what is true where it is dark."""
        columns = list(zip(*modules, strict=True))
        return cls(len(modules), _number(modules), _number(columns))

    def __xor__(self, other: "Grid") -> "Grid":
        """Return the code in which those modules are turned that are dark in the other."""
        return Grid(self.size, self.across ^ other.across, self.down ^ other.down)

    def rows(self) -> list[str]:
        """Return the rows from the top, a sign a module: 1 is dark."""
        size, step = self.size, self.size + 1
        signs = f"{self.across:0{size * step}b}"
        return [signs[at : at + size] for at in range(0, size * step, step)]


def lost_points(code: Grid) -> int:
    """Return the points a code loses by what readers stumble over; less is better."""
    lines = sum(_runs(line, code.size) for line in (code.across, code.down))
    return lines + 3 * _blocks(code) + 10 * _unbalance(code)


def _runs(line: int, size: int) -> int:
    """Return what is lost by modules alike side by side, and by what looks like a finder."""
    light = ~line & _inside(size)
    lost = 0
    for alike in (line, light):
        fives = alike & alike >> 1 & alike >> 2 & alike >> 3 & alike >> 4
        lost += fives.bit_count() + 2 * (fives & ~(fives >> 1)).bit_count()
    for finder in _LIKE_A_FINDER:
        found = -1
        for at, sign in enumerate(reversed(finder)):
            found &= (line if sign == "1" else light) >> at
        lost += 40 * found.bit_count()
    return lost


def _blocks(code: Grid) -> int:
    """Return how many squares of two by two are all dark or all light."""
    line, step, inside = code.across, code.size + 1, _inside(code.size)
    beside = line ^ line >> 1
    differs = beside | beside >> step | line ^ line >> step
    return (inside & inside >> 1 & inside >> step & ~differs).bit_count()


def _unbalance(code: Grid) -> int:
    """Return how many whole five per cent the share of dark is off one half."""
    return abs(100 * code.across.bit_count() // code.size**2 - 50) // 5


@functools.cache
def _inside(size: int) -> int:
    """Return the number of a code that is all dark."""
    return _number([[True] * size] * size)


def _number(lines: Sequence[Sequence[object]]) -> int:
    return int("".join("01"[bool(dark)] for line in lines for dark in (*line, False)), 2)
