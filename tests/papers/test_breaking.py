"""Which rows stand on which page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.papers.breaking import PaperFullError, Room, break_rows

ROOM = Room(first=100, following=200, closing=60, carried=lambda count: 10 if count else 0)


@settings(deadline=None)
@given(st.lists(st.integers(6, 40), min_size=1, max_size=200))
def test_that_pages_hold_whole_rows_in_order_and_no_more_than_fits(heights: list[int]) -> None:
    pages = break_rows(heights, ROOM)

    assert [n for page in pages for n in range(page.start, page.end)] == list(range(len(heights)))
    assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]
    for page in pages:
        free = ROOM.following if page.start else ROOM.first
        used = sum(heights[page.start : page.end]) + ROOM.carried(page.start)
        assert used + (ROOM.closing if page.last else ROOM.carried(page.end)) <= free


@settings(deadline=None)
@given(st.lists(st.integers(6, 40), min_size=3, max_size=200))
def test_that_the_end_never_stands_without_two_rows(heights: list[int]) -> None:
    last = break_rows(heights, ROOM)[-1]

    assert last.end - last.start >= 2


def test_that_what_fits_on_one_page_stays_on_one_page() -> None:
    assert len(break_rows([10] * 4, ROOM)) == 1
    assert [page.end for page in break_rows([10] * 5, ROOM)] == [3, 5]


def test_that_an_end_taller_than_a_page_is_refused() -> None:
    room = Room(first=100, following=200, closing=190, carried=lambda count: 10 * (count > 0))

    with pytest.raises(PaperFullError):
        break_rows([10] * 5, room)
