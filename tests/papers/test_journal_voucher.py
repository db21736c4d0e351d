"""Journal vouchers: two on a page, whole entries, red ones marked."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from erpdesk.domain.money import Money
from erpdesk.papers.journal_voucher import (
    ROWS,
    JournalVoucher,
    Line,
    draw_vouchers,
    journal_vouchers,
)
from tests.papers.reading import texts


def a_line(minor: int, side: int = 1, **facts: Any) -> Line:
    known = {"text": "SH-1 签收单", "account": "1122.02 应收账款—暂估 青禾包装", **facts}
    return Line(side=side, base=Money(minor, "CNY"), **known)


def a_voucher(*lines: Line, **facts: Any) -> JournalVoucher:
    known = {
        "company": "澄湖机电有限公司", "series": "记", "number": "202611-0001",
        "day": date(2026, 11, 25), "document": "临-202611-0001", "attachments": 2,
        "made_by": "陈静", "decided_by": "林涛", "posted_by": "林涛",
    }  # fmt: skip
    return JournalVoucher(lines=lines or (a_line(11_300), a_line(11_300, -1)), **{**known, **facts})


def test_that_two_stand_on_a_page_with_sum_in_words_and_who_answers() -> None:
    first, second = texts(journal_vouchers([a_voucher()] * 3, "zh"))

    assert first.count("记字第 202611-0001 号") == 2
    assert second.count("记字第 202611-0001 号") == 1
    for word in (
        "人民币壹佰壹拾叁元整",
        "附单据 2 张",
        "制单 陈静",
        "审核 林涛",
        "2026 年 11 月 25 日",
    ):
        assert first.count(word) == 2
    assert "红字" not in first


def test_that_a_long_entry_goes_on_on_the_next_slip_and_is_summed_on_the_last() -> None:
    lines = [a_line(100) for _ in range(ROWS + 1)] + [a_line(100 * (ROWS + 1), -1)]

    [page] = texts(journal_vouchers([a_voucher(*lines)], "zh"))

    assert ("第 1/2 张" in page, "第 2/2 张" in page) == (True, True)
    assert (page.count("转下张"), page.count("人民币柒元整")) == (1, 1)


def test_that_a_red_entry_says_so_and_a_foreign_amount_stands_beside_its_own() -> None:
    red = a_voucher(a_line(-500, foreign=Money(-70, "USD")), a_line(-500, -1))

    [page] = texts(journal_vouchers([red], "zh"))

    assert "〔红字〕" in page
    assert "USD −0.70" in page
    assert page.count("−5.00") == 4


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_long_texts_end_in_a_sign_and_stay_on_their_slip(language: Any) -> None:
    long = a_line(1, text="货物" * 90, account="应收账款 " * 40)
    pdf, boxes = draw_vouchers([a_voucher(*[long] * ROWS)] * 2, language)

    assert "…" in texts(pdf)[0]
    slips = [box for box in boxes if box.name == "slip"]
    inside = [box for box in boxes if box.name in {"row", "sum"}]
    assert len(slips) == 2
    for box in inside:
        assert any(one.bottom <= box.bottom and box.top <= one.top for one in slips)
    rows = sorted(((box.bottom, box.top) for box in inside), reverse=True)
    assert all(over[0] >= under[1] - 0.01 for over, under in pairwise(rows))
