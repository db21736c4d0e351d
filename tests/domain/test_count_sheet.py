"""Which lines stand on which page of a count sheet, and what of a number may be seen."""

from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.stocktake.count_sheet import LINES_A_SHEET, sheets_of


@given(st.lists(st.integers()))
def test_that_every_line_stands_on_one_page_in_its_order(lines: list[int]) -> None:
    pages = sheets_of(lines)

    assert [line for page in pages for line in page] == lines
    assert all(len(page) == LINES_A_SHEET for page in pages[:-1])
    assert all(0 < len(page) <= LINES_A_SHEET for page in pages)
