"""Rows of opening items: a part, an amount without sign, a due date; or why not."""

from datetime import date

import pytest

from erpdesk.domain.accounts import Part
from erpdesk.domain.importing.column_names import OPENINGS
from erpdesk.domain.importing.columns import Columns, find_columns
from erpdesk.domain.importing.delivery_cells import DeliveryRules
from erpdesk.domain.importing.opening_rows import OpeningRow, read_openings
from erpdesk.domain.importing.rows import BadRow, LeftOut, Noted, Other, Row
from tests.domain.builders import yuan

HEADER = ("单号", "客户", "类别", "未收金额", "到期日", "单据日期", "币种")


def read(*cells: str) -> list[OpeningRow | Other]:
    columns = find_columns(HEADER, OPENINGS)
    assert isinstance(columns, Columns)
    rules = DeliveryRules(lambda one: ("k1",) if one == "K1" else ())
    row = cells + ("",) * (len(HEADER) - len(cells))
    return list(read_openings([Row(1, HEADER), Row(2, row)], columns, rules))


@pytest.mark.parametrize(
    ("kind", "amount", "part", "signed"),
    [
        ("", "100", Part.BILLED, 100_00),
        ("已开票", "1,200.50", Part.BILLED, 1200_50),
        ("暂估应收", "100", Part.UNBILLED, 100_00),
        ("未开票", "100", Part.UNBILLED, 100_00),
        ("预收", "100", Part.UNAPPLIED, -100_00),
        ("预收", "-100", Part.UNAPPLIED, -100_00),
    ],
)
def test_that_a_row_is_an_item_of_its_kind(kind: str, amount: str, part: Part, signed: int) -> None:
    [one] = read("应-1", "K1", kind, amount, "2026-12-01")

    assert isinstance(one, OpeningRow)
    assert (one.part, one.adds(), one.due) == (part, ("CNY", signed), date(2026, 12, 1))


def test_that_below_zero_without_a_kind_is_paid_ahead_and_said_so() -> None:
    note, one = read("应-1", "K1", "", "-20", "", "2026-11-03")

    assert isinstance(note, Noted)
    assert note.problem.reason.zh == "负数：记为预收"
    assert one == OpeningRow(2, "应-1", "k1", "K1", Part.UNAPPLIED, yuan(20), date(2026, 11, 3))


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("应-1", "K9", "", "1", "2026-12-01"), "没有这个客户「K9」"),
        (("应-1", "", "", "1", "2026-12-01"), "缺少客户"),
        (("", "K1", "", "1", "2026-12-01"), "缺少单号"),
        (("应-1", "K1", "别的", "1", "2026-12-01"), "看不懂类别"),
        (("应-1", "K1", "", "", "2026-12-01"), "没有金额"),
        (("应-1", "K1", "", "一百", "2026-12-01"), "不是数字"),
        (("应-1", "K1", "", "0.001", "2026-12-01"), "金额比分还细"),
        (("应-1", "K1", "", "1", ""), "没有到期日"),
        (("应-1", "K1", "", "1", "2026-13-01"), "不是日期"),
        (("应-1", "K1", "", "1", "2026-12-01", "", "贝壳"), "不认识的币种"),
    ],
)
def test_that_a_row_that_is_no_item_says_why(cells: tuple[str, ...], why: str) -> None:
    [one] = read(*cells)

    assert isinstance(one, BadRow)
    assert why in one.problem.reason.zh


@pytest.mark.parametrize("cells", [("应-1", "K1", "", "0", "2026-12-01"), ("合计", "", "", "9")])
def test_that_what_is_settled_and_a_total_are_left_out(cells: tuple[str, ...]) -> None:
    [one] = read(*cells)

    assert isinstance(one, LeftOut)
