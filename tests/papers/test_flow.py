"""Blocks over pages: in order, whole, with their heads, sums carried and no heading left behind."""

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.papers.flow import Block, pages_of

FIRST, FOLLOWING = 60.0, 100.0


def nothing(_sheet: object, _top: float) -> None:
    """Draw nothing: only heights matter here."""


def a_block(height: float, head: Block | None = None, *, keeps_next: bool = False) -> Block:
    return Block(height, nothing, head, keeps_next)


def a_table(heights: list[float]) -> Iterator[Block]:
    """Yield a heading, a head, and rows that carry their sums."""
    yield a_block(10, keeps_next=True)
    head = a_block(6, keeps_next=True)
    yield head
    for height in heights:
        yield a_block(height, head)._replace(carried=(a_block(7, head), a_block(7, head)))


TABLES = st.lists(st.lists(st.floats(6, 30), min_size=1, max_size=12), min_size=1, max_size=5)


@settings(deadline=None)
@given(TABLES)
def test_that_everything_stands_once_and_whole_and_no_heading_last(
    tables: list[list[float]],
) -> None:
    blocks = [block for rows in tables for block in a_table(rows)]

    pages = pages_of(blocks, first=FIRST, following=FOLLOWING)

    own = {id(block) for block in blocks}
    rows = [block for page in pages for block in page if id(block) in own and block.carried]
    assert rows == [block for block in blocks if block.carried]
    for room, page in zip((FIRST, *[FOLLOWING] * len(pages)), pages, strict=False):
        assert sum(block.height for block in page) <= room
        assert not page[-1].keeps_next


@settings(deadline=None)
@given(TABLES)
def test_that_a_table_that_goes_on_has_its_head_and_its_sums_again(
    tables: list[list[float]],
) -> None:
    blocks = [block for rows in tables for block in a_table(rows)]

    pages = pages_of(blocks, first=FIRST, following=FOLLOWING)

    for before, after in pairwise(pages):
        if after[0].height == 10:  # a new table
            assert before[-1].carried
            continue
        last = next(block for block in reversed(before) if block.carried)
        assert last.carried == (before[-1], after[1])
        assert after[0] is last.head
