"""Bank statements: what came in, each line once, and what all other rows are."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from erpdesk.domain.importing import bank_rows as b
from erpdesk.domain.importing.bank_rows import BankLine, StatementRules, read_statement
from erpdesk.domain.importing.column_names import STATEMENTS
from erpdesk.domain.importing.columns import Columns, find_header
from erpdesk.domain.importing.rows import BadRow, LeftOut, Noted, Other, Row
from erpdesk.domain.money import Money

KNOWN = {"青禾包装": ("k1",), "同名": ("k2", "k3")}
HEAD = ("交易日期", "贷方发生额", "借方发生额", "对方户名", "对方账号", "摘要", "附言", "流水号")
ONE = ("交易日期", "金额", "借贷标志", "对方户名", "币种", "余额")


def columns_of(head: Sequence[str]) -> Columns:
    found = find_header([(1, head)], STATEMENTS)
    assert isinstance(found, Columns), found
    return found


def read(*rows: Sequence[str], head: Sequence[str] = HEAD) -> list[BankLine | Other]:
    table = [Row(1, tuple(head)), *(Row(n, tuple(row)) for n, row in enumerate(rows, 2))]
    rules = StatementRules(lambda name, _: KNOWN.get(name, ()))
    return list(read_statement(table, columns_of(head), rules))


def a_row(**said: str) -> tuple[str, ...]:
    known = {"交易日期": "2026-11-20", "贷方发生额": "1,130.00", "对方户名": "青禾包装", **said}
    return tuple(known.get(name, "") for name in HEAD)


def lines(found: list[BankLine | Other]) -> list[BankLine]:
    return [one for one in found if isinstance(one, BankLine)]


def why(found: list[BankLine | Other]) -> list[tuple[type, str]]:
    return [
        (type(one), one.problem.reason.zh)
        for one in found
        if isinstance(one, BadRow | LeftOut | Noted) and one.problem
    ]


def test_that_what_came_in_is_read_with_its_payer_text_and_reference() -> None:
    (one,) = lines(read(a_row(对方账号="3300 1616", 摘要="货款", 附言="SH1", 流水号="B001")))

    assert (one.day, one.amount, one.customer) == (date(2026, 11, 20), Money(113_000, "CNY"), "k1")
    assert (one.payer, one.account, one.text) == ("青禾包装", "3300 1616", "货款 SH1")
    assert one.key == "B001"
    assert one.adds() == ("CNY", 113_000)
    assert one.subject() == "2026-11-20  青禾包装  货款 SH1"
    assert one.facts() == {
        "key": "B001", "reference": "B001", "payer": "青禾包装",
        "account": "3300 1616",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["无人", "同名"])
def test_that_a_payer_who_is_nobody_or_several_is_told_and_kept_apart(name: str) -> None:
    found = read(a_row(对方户名=name))

    assert [one.customer for one in lines(found)] == [""]
    assert why(found) == [(Noted, b.UNKNOWN_PAYER.zh)]


def test_that_the_same_reference_counts_once_and_another_amount_is_refused() -> None:
    found = read(
        a_row(流水号="B1"), a_row(流水号="B1"), a_row(流水号="B1", 贷方发生额="5.00"),
        a_row(流水号="B1", 交易日期="2026-11-21"),
    )  # fmt: skip

    assert [one.line for one in lines(found)] == [2]
    assert why(found) == [
        (LeftOut, b.TWICE.zh), (BadRow, b.SAME_REFERENCE.zh), (LeftOut, b.TWICE.zh),
    ]  # fmt: skip


def test_that_a_short_number_is_counted_anew_every_day() -> None:
    one, other = lines(read(a_row(流水号="17"), a_row(流水号="17", 交易日期="2026-11-21")))

    assert (one.key, other.key) == ("2026-11-20 17", "2026-11-21 17")


def test_that_lines_alike_without_a_reference_are_two_and_the_same_in_another_file() -> None:
    first, again = lines(read(a_row(), a_row())), lines(read(a_row(), a_row()))

    assert len({one.key for one in first}) == 2
    assert [one.key for one in first] == [one.key for one in again]
    assert "reference" not in first[0].facts()


def test_that_what_went_out_is_no_receipt() -> None:
    found = read(a_row(贷方发生额="", 借方发生额="8.00"), a_row(贷方发生额="0.00", 借方发生额="9"))

    assert why(found) == [(LeftOut, b.WENT_OUT.zh)] * 2


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"贷方发生额": ""}, b.NO_AMOUNT),
        ({"贷方发生额": "-5.00"}, b.REVERSED),
        ({"贷方发生额": "0.001"}, b.TOO_FINE),
        ({"贷方发生额": "100000000000"}, b.TOO_LARGE),
        ({"交易日期": ""}, b.NO_DAY),
    ],
)
def test_that_a_line_that_cannot_be_taken_says_why(said: dict[str, str], reason: Any) -> None:
    found = read(a_row(**said))

    assert [one.problem.reason for one in found if isinstance(one, BadRow)] == [reason]
    assert lines(found) == []


def test_that_a_reference_whose_digits_a_spreadsheet_lost_is_refused() -> None:
    (bad,) = read(a_row(流水号="1.38E+10"))

    assert isinstance(bad, BadRow)
    assert bad.problem.column == "流水号"


@pytest.mark.parametrize(
    ("amount", "direction", "comes_in"),
    [
        ("10.00", "贷", True), ("10.00", "收入", True), ("10.00", "CR", True),
        ("10.00", "借", False), ("10.00", "支出", False),
        ("10.00", "", True), ("-10.00", "", False),
    ],
)  # fmt: skip
def test_that_one_amount_comes_in_by_its_direction_or_sign(
    amount: str,
    direction: str,
    comes_in: bool,  # noqa: FBT001
) -> None:
    found = read(("2026-11-20", amount, direction, "青禾包装", "", "1"), head=ONE)

    assert bool(lines(found)) is comes_in
    assert comes_in or why(found) == [(LeftOut, b.WENT_OUT.zh)]


def test_that_a_direction_nobody_understands_is_asked_about() -> None:
    found = read(("2026-11-20", "10.00", "？？", "青禾包装", "", ""), head=ONE)

    assert why(found) == [(BadRow, b.NO_DIRECTION.zh)]


def test_that_a_negative_amount_that_came_in_is_a_correction() -> None:
    found = read(("2026-11-20", "-10.00", "贷", "青禾包装", "", ""), head=ONE)

    assert why(found) == [(BadRow, b.REVERSED.zh)]


def test_that_a_currency_is_read_and_an_unknown_one_refused() -> None:
    found = read(
        ("2026-11-20", "10.00", "贷", "青禾包装", "美元", ""),
        ("2026-11-20", "10.00", "贷", "青禾包装", "贝壳", ""), head=ONE,
    )  # fmt: skip

    assert [one.amount for one in lines(found)] == [Money(1000, "USD")]
    assert [type(one) for one in found if not isinstance(one, BankLine)] == [BadRow]


def test_that_totals_and_rows_with_too_many_cells_are_no_lines() -> None:
    found = read(("合计", "", "", "", "", "", "", ""), (*a_row(), "多"))

    assert [type(one) for one in found] == [LeftOut, BadRow]


def test_that_a_day_read_from_a_spreadsheets_number_is_noted() -> None:
    found = read(a_row(交易日期="46346"))

    assert [type(one) for one in found] == [Noted, BankLine]


@pytest.mark.parametrize(
    "head",
    [
        ("交易日", "收入金额", "支出金额", "对方名称", "用途", "交易流水号"),
        ("记账日期", "交易金额", "收支类型", "付款人名称", "附言", "明细编号"),
        ("Date", "Credit", "Debit", "Counterparty", "Description", "Reference"),
        ("Transaction Date", "Amount", "Dr/Cr", "Payee", "Narrative", "Transaction ID"),
    ],
)
def test_that_columns_are_found_by_their_names_in_both_languages(head: tuple[str, ...]) -> None:
    assert {"day", "payer", "text", "reference"} <= set(columns_of(head).places)
