"""Which rows stand on which page: rows whole, sums carried, the end never without two rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from erpdesk.errors import UserError


class PaperFullError(UserError):
    """The paper cannot be laid out: what belongs together is taller than a page."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows ``start`` to ``end`` (not included) stand on a page; the last page has the end."""

    start: int
    end: int
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Heights in points: of the room on a first and a following page, of what rows share it with.

    ``carried`` gives the height of the sums after so many rows; ``closing`` is the height of what
    follows the last row.
    """

    first: float
    following: float
    closing: float
    carried: Callable[[int], float]


def break_rows(heights: Sequence[float], room: Room) -> tuple[Slice, ...]:
    """Return the pages in order.

    Raises:
        PaperFullError: the end of the paper with its last two rows is taller than a page.
    """
    pages: list[Slice] = []
    start, free = 0, room.first
    while sum(heights[start:]) + room.closing > free:
        end = _end_of_page(heights, start, free, room)
        if end == start and pages:
            raise PaperFullError
        pages.append(Slice(start, end, last=False))
        start, free = end, room.following - room.carried(end)
    return (*pages, Slice(start, len(heights), last=True))


def _end_of_page(heights: Sequence[float], start: int, free: float, room: Room) -> int:
    """Return how far the rows of a page go that is not the last; two rows are kept for that."""
    most = len(heights) - min(2, len(heights) - 1)
    end, used = start, 0.0
    while end < most and used + heights[end] + room.carried(end + 1) <= free:
        used += heights[end]
        end += 1
    return end
