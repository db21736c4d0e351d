"""The count sheet: eight a page, codes that can be scanned, no figure where none may be."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PIL import Image

from erpdesk.domain.codes.own_code import line_code, sheet_code
from erpdesk.domain.money import Money
from erpdesk.papers.count_sheet import NothingToCountError, count_sheet, draw_count_sheet
from erpdesk.papers.count_sheet_view import CountSheetView, SheetLine, SheetPage
from erpdesk.papers.fonts import MissingCharacterError
from erpdesk.papers.page import Box
from tests.papers.examples import LONG_COMPANY
from tests.papers.reading import codes, picture, texts

BOOK = Money(27_182_819, "CNY")


def a_line(n: int, *, is_blind: bool = False, name: str = "") -> SheetLine:
    return SheetLine(
        code=line_code(17, n),
        name=name or f"客户{n:02d}有限公司",
        customer_code=f"K{n:06d}",
        tax_id="91320505MA1X7K4C2Y",
        contact="许慧 138 **** 5521",
        book=None if is_blind else BOOK,
    )


def a_sheet(count: int = 8, *, is_blind: bool = False, name: str = "") -> CountSheetView:
    lines = [a_line(n, is_blind=is_blind, name=name) for n in range(1, count + 1)]
    pages = [lines[at : at + 8] for at in range(0, count, 8)]
    return CountSheetView(
        company="澄湖机电有限公司",
        number="盘-0017",
        campaign="华南区 2026-11 应收盘点",
        cut_off=date(2026, 10, 31),
        is_blind=is_blind,
        list_hash="a3f077c9" + "0" * 56,
        printed_at="2026-11-24 17:40",
        pages=tuple(
            SheetPage(code=sheet_code(17, n), lines=tuple(page)) for n, page in enumerate(pages, 1)
        ),
    )


def expected(view: CountSheetView, page: int = 0) -> set[str]:
    found = view.pages[page]
    return {found.code, *(line.code for line in found.lines)}


def test_that_the_same_view_gives_the_same_bytes() -> None:
    assert count_sheet(a_sheet()) == count_sheet(a_sheet())


def aimed_at(pdf: bytes, box: Box) -> Image.Image:
    """Return the part of the printed page that a scanner sees when it is held on a code."""
    page, scale, aside = picture(pdf, box.page - 1), 200 / 72, 6
    left, right = round((box.left - aside) * scale), round((box.right + aside) * scale)
    top = page.height - round((box.top + aside) * scale)
    return page.crop((left, top, right, page.height - round((box.bottom - aside) * scale)))


@pytest.mark.slow
@pytest.mark.parametrize(("percent", "degrees"), [(100, 0), (100, 2), (97, 2), (97, -2)])
def test_that_every_code_is_read_from_the_printed_page(percent: int, degrees: float) -> None:
    view = a_sheet()
    pdf, boxes = draw_count_sheet(view)
    found = set()
    for box in boxes:
        if box.name == "code":
            seen = aimed_at(pdf, box)
            seen = seen.resize((seen.width * percent // 100, seen.height * percent // 100))
            turned = seen.rotate(
                degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC
            )
            found |= codes(turned)

    assert found == expected(view)


def test_that_a_second_page_has_its_own_code_and_its_own_lines() -> None:
    view = a_sheet(9)
    pdf = count_sheet(view)

    assert codes(picture(pdf, page=1)) == expected(view, 1)
    assert "第 2 张，共 2 张" in texts(pdf)[1]
    assert "第 2 页，共 2 页" in texts(pdf)[1]


def test_that_a_blind_sheet_has_neither_a_figure_nor_the_column_for_it() -> None:
    (said,) = texts(count_sheet(a_sheet(is_blind=True)))

    assert "盲盘" in said
    assert "账面" not in said
    assert not re.search(r"\d[\d,]*\.\d\d", said)


def test_that_an_open_sheet_has_what_the_books_say() -> None:
    (said,) = texts(count_sheet(a_sheet()))

    assert said.count(BOOK.grouped()) == 8
    assert "账面余额" in said


def boxes_of(view: CountSheetView, name: str) -> list[Box]:
    return [box for box in draw_count_sheet(view)[1] if box.name == name]


def test_that_lines_touch_neither_each_other_nor_the_foot() -> None:
    lines = boxes_of(a_sheet(), "line")
    (foot,) = boxes_of(a_sheet(), "foot")

    for upper, lower in pairwise(lines):
        assert upper.bottom >= lower.top - 0.01
    assert lines[-1].bottom > foot.top + 10


def test_that_a_long_name_takes_two_lines_and_nothing_is_cut_off() -> None:
    (said,) = texts(count_sheet(a_sheet(1, name=LONG_COMPANY)))

    assert LONG_COMPANY in re.sub(r"\s", "", said)


def test_that_an_english_sheet_says_so() -> None:
    (said,) = texts(count_sheet(replace(a_sheet(), language="en")))

    assert "Count sheet" in said
    assert "Stated balance" in said


def test_that_markup_in_a_name_is_printed_as_it_stands() -> None:
    (said,) = texts(count_sheet(a_sheet(1, name="<b>甲&乙</b>")))

    assert "<b>甲&乙</b>" in said


def test_that_what_the_font_cannot_draw_stops_the_print() -> None:
    with pytest.raises(MissingCharacterError):
        count_sheet(a_sheet(1, name="甲\U00013000公司"))


def test_that_nothing_to_count_is_no_sheet() -> None:
    with pytest.raises(NothingToCountError):
        count_sheet(replace(a_sheet(), pages=()))
