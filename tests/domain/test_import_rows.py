"""Rows are fitted to their header, totals and footers left out, and everything is counted."""

import pytest

from erpdesk.domain.importing import rows as import_rows
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.rows import (
    SHIFTED,
    TOO_FEW,
    TOO_MANY,
    BadRow,
    Good,
    LeftOut,
    Noted,
    Other,
    Problem,
    Reason,
    Row,
    Tally,
    checked,
    data_rows,
    fitted,
    is_no_record,
    together,
)

WHY = Reason("坏", "bad")


class Thing(Good):
    rows = 2


def a_row(*cells: str, line: int = 9) -> Row:
    return Row(line, cells)


def test_that_a_comma_without_quotes_is_put_back() -> None:
    row = fitted(a_row("B", "24", " place Kléber", "Lyon"), 3)

    assert row.row.cells == ("B", "24, place Kléber", "Lyon")
    assert row.note == SHIFTED


def test_that_rows_of_other_widths_are_padded_cut_or_refused() -> None:
    assert fitted(a_row("a", "b"), 2).note is None
    assert fitted(a_row("a"), 3).row.cells == ("a", "", "")
    assert fitted(a_row("a"), 3).note == TOO_FEW
    assert fitted(a_row("a", "b", "", " "), 2).row.cells == ("a", "b")
    assert fitted(a_row("a", "b", "c", "d"), 2).wrong == TOO_MANY
    assert fitted(a_row(" a", "b", " c", "d", " e"), 2).wrong == TOO_MANY


@pytest.mark.parametrize(
    ("cells", "lacking", "is_none"),
    [
        (("合 计：", "", "100"), False, True),
        (("", "", "总计", "100"), True, True),
        (("总计公司", "x"), False, False),
        (("Total", "x"), False, False),
        (("Total", "100"), True, True),
        (("A1", "x"), True, False),
        (("制表人：张三", "", ""), True, True),
        (("制表人：张三", "a", "b", "c"), True, False),
        (("第 1 页 共 3 页",), True, True),
        (("共 91 条记录",), True, True),
        (("甲公司", ""), True, False),
    ],
)
def test_that_totals_and_footers_are_no_records(
    cells: tuple[str, ...],
    lacking: bool,  # noqa: FBT001
    is_none: bool,  # noqa: FBT001
) -> None:
    assert is_no_record(a_row(*cells), lacking=lacking) is is_none


def test_that_blank_rows_and_repeated_headers_are_passed_over() -> None:
    columns = Columns(("编码", "名称 "), {}, header_line=2)
    rows = [
        a_row("标题", "", line=1),
        a_row("编码", "名称 ", line=2),
        a_row("A", "甲", line=3),
        a_row("", " ", line=4),
        a_row("编码", "名称", line=5),
        a_row("编码", "别的", line=6),
        a_row("", "乙", line=7),
    ]

    assert [row.line for row in data_rows(rows, columns)] == [3, 6, 7]


def test_that_everything_is_counted_and_told_in_order() -> None:
    events: list[Thing | Other] = [
        Noted(Problem(5, "x", WHY)),
        BadRow(a_row(line=4), Problem(4, "", WHY)),
        Thing(),
        LeftOut(3, Problem(3, "", WHY)),
        LeftOut(6),
        BadRow(a_row(line=2), Problem(2, "", WHY)),
    ]

    report = checked(events)

    assert (report.rows, report.good, report.bad_rows, report.skipped, report.made) == (
        6,
        2,
        2,
        2,
        1,
    )
    assert [p.line for p in report.bad] == [2, 4]
    assert [p.line for p in report.warnings] == [3, 5]
    assert report.totals == ()


def test_that_lists_have_an_end_and_counts_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_rows, "PROBLEMS_MAX", 1)
    tally: Tally[Thing] = Tally()
    problem = Problem(1, "", WHY)

    good = list(tally.good_of([BadRow(a_row(), problem)] * 2 + [Noted(problem)] * 2))

    assert good == []
    report = tally.report()
    assert (report.bad_rows, len(report.bad), len(report.warnings)) == (2, 1, 1)


def test_that_a_problem_is_printed_in_one_language() -> None:
    problem = together(7, [("编码", WHY), ("", Reason("缺", "none")), ("电话", WHY)])

    assert problem.plain() == {"line": 7, "column": "编码", "reason": "坏；缺；电话：坏"}
    assert problem.plain("en_GB")["reason"] == "bad; none; 电话: bad"
