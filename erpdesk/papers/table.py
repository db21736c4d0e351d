"""Tables: rules only, amounts to the right, rows that are never cut in two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.fonts import Weight
from erpdesk.papers.page import GROUND, HAIR, INNER, LEFT, RIGHT, Align, Sheet
from erpdesk.papers.text import DIM, INK, RED, Fitted, Style, fit

ROW: Final = 6.1 * mm
"""Height of a row with one line."""

_BASE: Final = 4.1 * mm
_PAD: Final = 1.2 * mm
_HEAD: Final = Style(Weight.MEDIUM, 8, DIM)
CELL: Final = Style(Weight.REGULAR, 8.5)
CARRY: Final = Style(Weight.MEDIUM, 8.5)
NEGATIVE: Final = Style(Weight.REGULAR, 8.5, RED)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, width in points, alignment, and how many lines a cell may take."""

    head: str
    width: float
    align: Align
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and its look."""

    text: str
    style: Style = CELL


@dataclass(frozen=True, slots=True)
class Row:
    """Cells that fit their columns; ``ground`` sets a row of sums apart."""

    cells: tuple[Fitted, ...]
    ground: bool = False

    @property
    def height(self) -> float:
        """Return the height in points."""
        return ROW + max(cell.drop for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns over the whole width between the margins."""

    columns: tuple[Column, ...]

    def row(self, cells: Sequence[Cell], *, where: str, ground: bool = False) -> Row:
        """Return a row whose cells fit.

        Raises:
            DoesNotFitError: a cell is too long for its column.
        """
        return Row(
            tuple(
                fit(
                    cell.text,
                    cell.style,
                    column.width - 2 * _PAD,
                    where=f"{where}: {column.head}",
                    lines=column.lines,
                )
                for column, cell in zip(self.columns, cells, strict=True)
            ),
            ground,
        )

    def draw_head(self, sheet: Sheet, top: float) -> float:
        """Draw the heads of the columns and return where the first row begins."""
        sheet.stamp(self.columns, lambda: self._heads(sheet), up=top)
        return top - ROW

    def _heads(self, sheet: Sheet) -> None:
        sheet.rule(0, 0.9)
        for column, x in self._places():
            sheet.text(x, -_BASE, column.head, _HEAD, align=column.align)
        sheet.rule(-ROW, 0.5)

    def draw_row(self, sheet: Sheet, row: Row, top: float, *, name: str = "row") -> float:
        """Draw a row and return where the next begins."""
        bottom = top - row.height
        if row.ground:
            sheet.fill((LEFT, bottom, INNER, row.height), GROUND)
        for (column, x), cell in zip(self._places(), row.cells, strict=True):
            sheet.lines(x, top - _BASE, cell, align=column.align)
        sheet.rule(bottom, 0.3, ink=HAIR)
        sheet.mark(name, bottom=bottom, top=top)
        return bottom

    def close(self, sheet: Sheet, y: float) -> None:
        """Draw the rule under the table."""
        sheet.rule(y, 0.9, left=LEFT, right=RIGHT, ink=INK)

    def _places(self) -> Iterator[tuple[Column, float]]:
        x = LEFT
        for column in self.columns:
            shift = {"left": _PAD, "centre": column.width / 2, "right": column.width - _PAD}
            yield column, x + shift[column.align]
            x += column.width


def amount_width(texts: Sequence[str], head: str, *, least: float, most: float) -> float:
    """Return the width of a column of amounts: as wide as its widest text, within bounds."""
    widest = max((*(CARRY.width(text) for text in texts), _HEAD.width(head)))
    return min(max(least, widest + 2 * _PAD), most)
