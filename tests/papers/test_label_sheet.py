"""Labels: 24 places on a sheet, codes that are read back, and nothing that is nobody's business."""

from typing import Any

import pytest

from erpdesk.domain.codes.own_code import customer_code
from erpdesk.domain.labels import LabelsAsked
from erpdesk.papers.fonts import MissingCharacterError
from erpdesk.papers.label_sheet import Label, label_sheet
from tests.papers.reading import codes, picture, texts, where_is


def some(count: int, **facts: str) -> list[Label]:
    known = {"name": "青禾包装", "tax_tail": "…4C2Y", **facts}
    return [Label(code=customer_code(n), customer_code=f"K{n}", **known) for n in range(count)]


def drawn(count: int, **asked: Any) -> bytes:
    return label_sheet("澄湖机电", some(count), LabelsAsked(**asked), "zh")


def test_that_every_code_of_a_full_sheet_is_read_back() -> None:
    found = codes(picture(drawn(24)))

    assert found == {customer_code(n) for n in range(24)}


@pytest.mark.parametrize(
    ("count", "first", "pages"), [(1, 1, 1), (24, 1, 1), (25, 1, 2), (1, 24, 1), (2, 24, 2)]
)
def test_that_a_sheet_begins_at_its_first_free_place(count: int, first: int, pages: int) -> None:
    assert len(texts(drawn(count, first=first))) == pages


def test_that_a_place_is_where_the_printer_needs_it() -> None:
    plain, moved = (where_is(drawn(1, **off), "青禾") for off in ({}, {"right_tenths": 20}))
    fifth = where_is(drawn(1, first=5), "青禾")

    assert moved[0] - plain[0] == pytest.approx(2 * 72 / 25.4, abs=0.1)
    assert fifth[0] - plain[0] == pytest.approx(66 * 72 / 25.4, abs=0.1)
    assert plain[1] - fifth[1] == pytest.approx(33.9 * 72 / 25.4, abs=0.1)


def test_that_a_long_name_keeps_its_line_and_an_unknown_character_is_refused() -> None:
    long = label_sheet("澄湖机电", some(1, name="青禾包装" * 20), LabelsAsked(), "zh")

    assert "…" in texts(long)[0]
    with pytest.raises(MissingCharacterError):
        label_sheet("澄湖机电", some(1, name="𠮷"), LabelsAsked(), "zh")
