"""Blocks one under another over as many pages as they take; none is cut in two."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from erpdesk.papers.page import Sheet
from erpdesk.papers.table import Row, Table


class Block(NamedTuple):
    """Something with a height in points, drawn under a top.

    ``head`` is what comes first again where it begins a page; ``keeps_next`` says that it never
    stands last on one. ``carried`` stand, where a page ends after it, last on that page and, under
    the head, first on the next.
    """

    height: float
    draw: Callable[[Sheet, float], object]
    head: "Block | None" = None
    keeps_next: bool = False
    carried: "tuple[Block, Block] | None" = None

    @property
    def with_carried(self) -> float:
        """Return the height with what is carried from it."""
        return self.height + (self.carried[0].height if self.carried else 0)


def pages_of(blocks: Sequence[Block], *, first: float, following: float) -> list[list[Block]]:
    """Return what stands on each page, given the room of the first and of the others in points."""
    pages: list[list[Block]] = [[]]
    free = first
    for n, block in enumerate(blocks):
        if _needed(blocks, n) > free and pages[-1]:
            pages.append(_turned(pages[-1], block))
            free = following - sum(one.height for one in pages[-1])
        pages[-1].append(block)
        free -= block.height
    return pages


def _needed(blocks: Sequence[Block], n: int) -> float:
    """Return the height of a block with all that has to follow it."""
    total = 0.0
    while blocks[n].keeps_next and n + 1 < len(blocks):
        total += blocks[n].height
        n += 1
    return total + blocks[n].with_carried


def _turned(page: list[Block], block: Block) -> list[Block]:
    """End a page and return how the next begins, before a block that does not fit any more."""
    if block.head is None:
        return []
    carried = page[-1].carried
    if carried is None or page[-1].head is not block.head:
        return [block.head]
    page.append(carried[0])
    return [block.head, carried[1]]


def row_block(table: Table, row: Row, head: Block, *, name: str = "row") -> Block:
    """Return a row of a table as a block under the head of that table."""
    return Block(row.height, lambda sheet, top: table.draw_row(sheet, row, top, name=name), head)


def together(blocks: Sequence[Block], head: Block) -> Block:
    """Return blocks one under another as one."""

    def draw(sheet: Sheet, top: float) -> None:
        for block in blocks:
            block.draw(sheet, top)
            top -= block.height

    return Block(sum(block.height for block in blocks), draw, head)


def draw_blocks(sheet: Sheet, page: Sequence[Block], top: float) -> None:
    """Draw the blocks of a page; where a table or its part ends, its rule is drawn."""
    end = Block(0, lambda _sheet, _top: None)
    for block, after in pairwise((*page, end)):
        block.draw(sheet, top)
        top -= block.height
        if block.head and after.head is not block.head:
            sheet.rule(top, 0.9)
