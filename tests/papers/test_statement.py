"""The statement of account: the same bytes from the same view, sums that add up, nothing cut."""

import re
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from erpdesk.domain.statement import Sort, Stated
from erpdesk.papers.fonts import MissingCharacterError
from erpdesk.papers.page import HEIGHT, Box
from erpdesk.papers.statement import draw_statement, statement
from erpdesk.papers.statement_view import StatementView
from tests.domain.statements import a_line, a_move, of_moves, of_open, some_moves, some_open
from tests.papers.examples import COMPANY, CUSTOMER, a_long_notice, named
from tests.papers.reading import codes, picture, texts

COUNTS = [1, 2, 26, 27, 28, 40]


def a_statement(*parts: Stated, sort: Sort = Sort.OPEN_ITEMS, **facts: Any) -> StatementView:
    known = {
        "number": "账-202611-0087", "code": "EDS2026110087L", "as_of": date(2026, 11, 25),
        "first": None if sort is Sort.OPEN_ITEMS else date(2026, 11, 1),
        "object_by": date(2026, 12, 5), "company": COMPANY, "customer": CUSTOMER,
        "customer_code": "K001183", "made_by": "陈静", "content_hash": "81be04f2" * 8,
        "printed_at": "2026-11-25 11:02",
    }  # fmt: skip
    return StatementView(sort=sort, parts=parts, **{**known, **facts})


def views(count: int) -> tuple[StatementView, ...]:
    long = a_long_notice(1, "en")
    return (
        a_statement(some_open(count)),
        a_statement(
            some_open(count), some_open(2, "USD"), language="en", draft=True,
            company=long.company, customer=long.customer, made_by=long.made_by,
        ),
        a_statement(some_moves(count), sort=Sort.ACTIVITY),
        a_statement(some_moves(count), some_moves(1, "USD"), sort=Sort.ACTIVITY, copy=2),
    )  # fmt: skip


def test_that_the_same_view_gives_the_same_bytes() -> None:
    first = statement(a_statement(some_open(5)))

    assert first == statement(a_statement(some_open(5)))
    assert first != statement(a_statement(some_open(5), copy=1))


@pytest.mark.parametrize("count", COUNTS)
def test_that_no_block_is_cut_no_total_stands_alone_and_every_page_is_numbered(count: int) -> None:
    for view in views(count):
        pdf, boxes = draw_statement(view)

        _must_be_apart([box for box in boxes if box.name not in {"code", "mark"}])
        for total in (box for box in boxes if box.name == "total"):
            before = [box for box in boxes if box.page == total.page and box.bottom >= total.top]
            assert len([box for box in before if box.name == "row"]) >= min(2, count)
        pages = texts(pdf)
        for n, page in enumerate(pages, 1):
            assert re.search(rf"(?:第|Page) {n} (?:页，共|of) {len(pages)}", page)
            assert page.count(view.number) >= 2


def _must_be_apart(blocks: list[Box]) -> None:
    for one, other in combinations(blocks, 2):
        is_apart = one.page != other.page or one.bottom >= other.top - 0.01
        assert is_apart or other.bottom >= one.top - 0.01, (one, other)
    assert all(0 <= box.bottom <= box.top <= HEIGHT for box in blocks)


@pytest.mark.parametrize("sort", list(Sort))
def test_that_sums_are_carried_and_the_last_is_what_the_ledger_has(sort: Sort) -> None:
    is_open = sort is Sort.OPEN_ITEMS
    stated = some_open(70) if is_open else some_moves(70)
    pages = texts(statement(a_statement(stated, sort=sort)))

    carried = [re.findall(r"^转下页 (.+)$", page, re.MULTILINE) for page in pages]
    brought = [re.findall(r"^承前页 (.+)$", page, re.MULTILINE) for page in pages]
    assert carried[:-1] == brought[1:]
    assert all(len(found) == 1 for found in carried[:-1])
    total = stated.total.grouped()
    assert re.search(rf"^合计 70 笔 .* {total}$", pages[-1], re.MULTILINE)
    assert f"¥{total}" in pages[-1]
    if is_open:
        assert pages[0].count(total) == 1  # in the ageing strip, over the rows


def test_that_each_currency_has_its_strip_its_sum_and_its_total() -> None:
    [text] = texts(statement(a_statement(some_open(3), some_open(2, "USD"))))

    assert (text.count("180 天以上"), text.count("未清合计（大写）")) == (2, 2)
    for part in (some_open(3), some_open(2, "USD")):
        assert text.count(part.total.grouped()) >= 3  # strip, sum, total
    assert "人民币、美元" in text


def test_that_what_the_customer_paid_too_much_is_called_so() -> None:
    stated = of_moves(a_move(-5_000, kind="receipt"), opening=2_000)

    [text] = texts(statement(a_statement(stated, sort=Sort.ACTIVITY)))

    assert "贵方多付（大写）" in text
    assert "多付 −¥30.00" in text


def test_that_only_what_is_listed_is_explained() -> None:
    [plain] = texts(statement(a_statement(of_open(a_line()))))
    [mixed] = texts(statement(a_statement(some_open(4))))

    assert ("标「暂估」者" in plain, "「未核销」是" in plain) == (False, False)
    assert ("标「暂估」者" in mixed, "「未核销」是" in mixed) == (True, True)
    assert "2026-12-05" in plain


def test_that_the_codes_of_a_print_are_read_back() -> None:
    view = a_statement(some_open(2))

    found = codes(picture(statement(view)))

    total = view.parts[0].total.plain()
    assert found == {view.code, f"{view.code}|{total}|CNY|20261125"}


def test_that_markup_is_printed_as_it_is_and_an_unknown_character_is_refused() -> None:
    hostile = named("<b>青禾</b> & <img src=x>").customer
    [text] = texts(statement(a_statement(some_open(1), customer=hostile)))

    assert "<b>青禾</b> & <img src=x>" in text
    with pytest.raises(MissingCharacterError):
        statement(a_statement(of_open(a_line(basis="𠮷"))))
