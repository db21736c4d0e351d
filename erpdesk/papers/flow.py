"""Blocks one under another over as many pages as they take; none is cut in two."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from erpdesk.papers.page import Sheet


class Block(NamedTuple):
    """Something with a height in points, drawn under a top.

    ``head`` is what comes first again where it begins a page; ``keeps_next`` says that it never
    stands last on one.
    """

    height: float
    draw: Callable[[Sheet, float], object]
    head: "Block | None" = None
    keeps_next: bool = False


def pages_of(blocks: Sequence[Block], *, first: float, following: float) -> list[list[Block]]:
    """Return what stands on each page, given the room of the first and of the others in points."""
    pages: list[list[Block]] = [[]]
    free = first
    for n, block in enumerate(blocks):
        if _needed(blocks, n) > free and pages[-1]:
            pages.append([block.head] if block.head else [])
            free = following - sum(one.height for one in pages[-1])
        pages[-1].append(block)
        free -= block.height
    return pages


def _needed(blocks: Sequence[Block], n: int) -> float:
    """Return the height of a block with all that has to follow it."""
    total = blocks[n].height
    while blocks[n].keeps_next and n + 1 < len(blocks):
        n += 1
        total += blocks[n].height
    return total
