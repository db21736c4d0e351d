"""Deliveries without an invoice: exact, each once, and whatever is none told with its reason.

Over 400 lines because every way a delivery is written stands in one table.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.domain.importing import rows as import_rows
from erpdesk.domain.importing.cells import Habits
from erpdesk.domain.importing.checked_cells import LOST_DIGITS
from erpdesk.domain.importing.column_names import DELIVERIES, DELIVERY_HEADERS, DELIVERY_LINES
from erpdesk.domain.importing.columns import Columns, Kind, find_columns
from erpdesk.domain.importing.delivery_cells import DeliveryRules
from erpdesk.domain.importing.delivery_lines import TWO_WAYS, DeliveryLine, LineBook
from erpdesk.domain.importing.delivery_row import DeliveryRow
from erpdesk.domain.importing.delivery_rows import read_deliveries
from erpdesk.domain.importing.delivery_worth import OTHER_CURRENCY
from erpdesk.domain.importing.rows import ImportReport, Row, Tally
from erpdesk.domain.money import Money


def known(ref: str) -> Sequence[str]:
    return {"nobody": [], "two": ["1", "2"]}.get(ref, [f"id-{ref}"])


RULES = DeliveryRules(known)


def table(kind: Kind, lines: Sequence[str]) -> tuple[list[Row], Columns]:
    rows = [Row(n, tuple(line.split("|"))) for n, line in enumerate(lines, 1)]
    columns = find_columns(rows[0].cells, kind)
    assert isinstance(columns, Columns), columns
    return rows, Columns(columns.header, columns.places, 1)


def read(
    *lines: str, details: Sequence[str] = (), rules: DeliveryRules = RULES
) -> tuple[list[DeliveryRow], ImportReport]:
    rows, columns = table(DELIVERY_HEADERS if details else DELIVERIES, lines)
    book = LineBook(*table(DELIVERY_LINES, details)) if details else None
    tally: Tally[DeliveryRow] = Tally()
    good = list(tally.good_of(read_deliveries(rows, columns, rules, book)))
    report = tally.report()
    assert report.rows == report.good + report.bad_rows + report.skipped
    return good, report


def bad(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(p.line, p.column, p.reason.en) for p in report.bad]


def told(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(p.line, p.column, p.reason.en) for p in report.warnings]


def test_that_headers_and_lines_make_a_delivery_rounded_once() -> None:
    good, report = read(
        "orderID|customerID|shippedDate|freight",
        "1|A|1996-07-16 00:00:00.000|0.335",
        "2|A|NULL|9",
        details=(
            "orderID|productID|unitPrice|quantity|discount",
            "1|x|0.335|1|0",
            "1|y|0.67|1|0.5",
            "2|z|1.00|1|0",
        ),
    )

    assert good == [
        DeliveryRow(
            line=2,
            number="1",
            customer="id-A",
            customer_ref="A",
            day=date(1996, 7, 16),
            amount=Money(101, "CNY"),
            freight="0.335",
            lines=(
                DeliveryLine("x", "1", "", "0.335", "0"),
                DeliveryLine("y", "1", "", "0.67", "0.5"),
            ),
        )
    ]
    assert good[0].currency == "CNY"
    assert told(report) == [(3, "", "no delivery date: not shipped yet")]
    assert report.totals == (("CNY", 101),)
    assert (report.rows, report.good, report.skipped) == (2, 1, 1)


def test_that_single_amounts_are_taken_as_they_stand() -> None:
    good, report = read(
        "出库单号|客户|出库日期|价税合计|币种|备注|运费",
        "1|甲|2026-11-25|￥1,234.505|人民币|急|",
        "2|甲|2026年11月25日|1.5|美元||3",
    )

    assert [(d.number, d.amount, d.tax_included, d.text) for d in good] == [
        ("1", Money(123451, "CNY"), True, "急"),
        ("2", Money(150, "USD"), True, ""),
    ]
    assert told(report) == [
        (2, "价税合计", "more decimals than money has: 1234.51 counts"),
        (3, "运费", "the stated amount counts, freight is not added to it"),
    ]
    assert report.totals == (("CNY", 123451), ("USD", 150))


def test_that_rows_of_one_number_are_its_lines_even_far_apart() -> None:
    good, report = read(
        "日期|单据编号|购货单位|产品名称|数量|单价|金额|备注",
        "2026-11-25|X1|甲|螺丝|1,000|1.25|1,250.00|首",
        "|||螺母|10|2.5|25|",
        "||小计||||1,275.00|",
        "2026/11/25|X2|乙|垫片|３|1.5||",
        "2026-11-25|X1|甲|螺母|10|2.5|25|",
        "|X1||螺母|10|2.5|25|",
        "||||13|||",
        "合计|||||||",
    )

    assert [(d.number, d.amount.minor, d.rows, d.text) for d in good] == [
        ("X2", 450, 1, ""),
        ("X1", 132500, 4, "首"),
    ]
    assert good[1].lines[0] == DeliveryLine("螺丝", "1000", "", "1.25", "", "1250.00")
    assert report.skipped == 3
    assert told(report) == [
        (2, "", "line 6: the same as the line above: both count"),
        (2, "", "line 7: the same as the line above: both count"),
        (4, "", "a total or a footer, left out"),
        (8, "", "a total or a footer, left out"),
        (9, "", "a total or a footer, left out"),
    ]


def test_that_a_stated_line_amount_that_differs_is_told() -> None:
    good, report = read(
        "单号|客户|日期|数量|单价|金额", "1|甲|2026-11-25|2|1.5|3.50", "2|甲|2026-11-25|||3.50"
    )

    assert [d.amount.minor for d in good] == [300, 350]
    assert told(report) == [
        (
            2,
            "",
            "the amount of the line is not quantity × price × (1 − discount): the latter counts",
        )
    ]


def test_that_an_amount_with_tax_wins_over_price_without() -> None:
    good, _ = read("单号|客户|日期|数量|不含税单价|价税合计", "1|甲|2026-11-25|2|100|226.00")

    assert (good[0].amount.minor, good[0].tax_included) == (22600, True)


@pytest.mark.parametrize(
    ("heading", "cell", "included"),
    [
        ("不含税单价", "", False),
        ("含税单价", "", True),
        ("单价", "", None),
        ("单价", "否", False),
        ("单价", "是", True),
        ("单价", "也许", None),
    ],
)
def test_that_the_table_says_whether_tax_is_in_it(
    heading: str,
    cell: str,
    included: bool | None,  # noqa: FBT001
) -> None:
    good, report = read(f"单号|客户|日期|数量|{heading}|是否含税", f"1|甲|2026-11-25|2|1.5|{cell}")

    assert good[0].tax_included is included
    assert bool(report.warnings) == (cell == "也许")


def test_that_percent_headings_count_in_hundredths() -> None:
    good, _ = read("单号|客户|日期|数量|单价|折扣率(%)", "1|甲|2026-11-25|2|1.5|15")

    assert good[0].amount.minor == 255


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("|甲|2026-11-25|1", "单号", "the number is missing"),
        ("1||2026-11-25|1", "客户", "the customer is missing"),
        ("1|nobody|2026-11-25|1", "客户", "no such customer: nobody"),
        ("1|two|2026-11-25|1", "客户", "several customers are called two: use the code"),
        ("1|甲|2026-13-25|1", "日期", "not a day"),
        ("1|甲|03/04/2026|1", "日期", "day and month cannot be told apart"),
        ("1|甲|2026-11-25|", "金额", "no amount, and no quantity with a price"),
        ("1|甲|2026-11-25|abc", "金额", "not a number"),
        ("1|甲|2026-11-25|1.38E+10", "金额", LOST_DIGITS.en),
        ("1|甲|2026-11-25|1,500", "金额", TWO_WAYS.en),
        ("1|甲|2026-11-25|-5", "金额", "negative (a return): not to be settled so"),
        ("1|甲|2026-11-25|999999999999999", "金额", "the amount is too large"),
        (f"1|甲|2026-11-25|{'1' * 30}", "金额", "the amount is too large"),
        ("1|甲|2026-11-25|①", "金额", "not a number"),
        ("1|甲|2026-11-25|US$5", "金额", OTHER_CURRENCY.en),
        ("1|甲|2026-11-25|5 EUR", "金额", OTHER_CURRENCY.en),
        ("1.38E+10|甲|2026-11-25|1", "单号", LOST_DIGITS.en),
        ("1|甲\u202e|2026-11-25|1", "客户", "characters nobody sees: U+202E"),
        ("1|甲|2026-11-25|1|2|3", "", "more cells than the header has columns"),
    ],
)  # fmt: skip
def test_that_a_bad_row_says_why(line: str, column: str, reason: str) -> None:
    good, report = read("单号|客户|日期|金额", line)

    assert good == []
    assert bad(report) == [(2, column, reason)]


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("运费", "x", "not a number"),
        ("币种", "XYZ", "unknown currency"),
        ("开票状态", "部分开票", "partly invoiced: state the amount without an invoice"),
    ],
)
def test_that_a_bad_detail_makes_the_row_bad(heading: str, cell: str, reason: str) -> None:
    _, report = read(f"单号|客户|日期|金额|{heading}", f"1|甲|2026-11-25|1|{cell}")

    assert bad(report) == [(2, heading, reason)]


def test_that_the_part_without_an_invoice_can_be_stated() -> None:
    good, _ = read("单号|客户|日期|未开票金额|开票状态|发票号", "1|甲|2026-11-25|1|部分开票|123")

    assert good[0].amount.minor == 100


def test_that_other_states_leave_nothing_out() -> None:
    good, _ = read("单号|客户|日期|金额|开票状态|单据状态", "1|甲|2026-11-25|1|未开票|已审核")

    assert [one.number for one in good] == ["1"]


@pytest.mark.parametrize("heading", ["开票状态", "单据状态", "发票号"])
def test_that_a_control_sign_in_a_state_makes_the_row_bad(heading: str) -> None:
    good, report = read(f"单号|客户|日期|金额|{heading}", "1|甲|2026-11-25|1|开\x01票")

    assert good == []
    assert bad(report) == [(2, heading, "characters nobody sees: U+0001")]


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("发票号", "12345678", "already invoiced"),
        ("开票状态", "已开票", "already invoiced"),
        ("Invoice Status", "Fully Invoiced", "already invoiced"),
        ("单据状态", "已作废", "cancelled, a draft or not approved: left out"),
        ("Status", "Cancelled", "cancelled, a draft or not approved: left out"),
    ],
)
def test_that_what_is_no_uninvoiced_delivery_is_left_out(
    heading: str, cell: str, reason: str
) -> None:
    good, report = read(f"单号|客户|日期|金额|{heading}", f"1|甲|2026-11-25|1|{cell}", "2|甲||1|")

    assert good == []
    assert (report.bad_rows, report.skipped) == (0, 2)
    assert told(report)[0] == (2, "", reason)


def test_that_a_number_stands_once() -> None:
    good, report = read(
        "单号|客户|日期|金额",
        "1|甲|2026-11-25|1",
        "1|甲|2026-11-25|1",
        "2|甲|2026-11-25|1",
        "1|乙|2026-11-25|9",
    )

    assert [d.number for d in good] == ["1", "2"]
    assert bad(report) == [
        (3, "单号", "the number stands already in line 2"),
        (5, "单号", "the number stands already in line 2"),
    ]


def test_that_a_number_twice_running_stands_once() -> None:
    good, report = read("单号|客户|日期|总额", "S1|甲|2026-01-05|1", "S1|甲|2026-01-05|1")

    assert [one.line for one in good] == [2]
    assert bad(report) == [(3, "单号", "the number stands already in line 2")]


def test_that_rows_are_read_alike_however_many_are_checked_together() -> None:
    lines = (
        "单号|客户|日期|品名|数量|单价|运费", "S1|甲|2026-01-05|a|1|2|", "|||b|1|3|5",
        "S2|乙|2026-01-06|c|x|1|", "S1|甲|2026-01-05|d|1|1|", "S3|甲|13/01/2026|e|1,5|1|",
        "合计||||||", "S4|乙|01/02/2026|f|1|1|", "S5|甲|2026-01-05|g|1|1|9|9|9", "S6|甲",
    )  # fmt: skip
    together = read(*lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_rows, "AT_ONCE", 1)
        alone = read(*lines)

    assert together == alone
    assert [one.number for one in together[0]] == ["S3", "S4", "S1"]


def test_that_a_bad_line_makes_its_whole_delivery_bad() -> None:
    good, report = read(
        "单号|客户|日期|商品|数量|单价|折扣",
        "1|甲|2026-11-25|a|1|1.5|",
        "1|甲|2026-11-25|b|x|1.5|",
        "2|甲|2026-11-25|a|1|1.5|15",
        "3|甲|2026-11-25|a|1|1.5|",
        "3|乙|2026-11-25|a|1|1.5|",
        "4|甲|2026-11-25|a|1|1.5|",
        "4|甲|2026-13-25|a|1|1.5|",
    )

    assert good == []
    assert bad(report) == [
        (2, "", "line 3 of the same delivery is bad"),
        (3, "数量", "line 3: not a number"),
        (4, "折扣", "a discount is from 0 to 1, or from 0 % to 100 %"),
        (5, "", "line 6 of the same delivery is bad"),
        (6, "客户", "customer, day or currency differ within one number"),
        (7, "", "line 8 of the same delivery is bad"),
        (8, "日期", "not a day"),
    ]


def test_that_freight_of_several_rows_counts_once() -> None:
    header = "单号|客户|日期|商品|数量|单价|运费|单据总额"
    good, report = read(
        header, "1|甲|2026-11-25|a|1|1.5|5|11.50", "1|甲|2026-11-25|b|1|1.5|5|11.50"
    )
    assert good[0].amount.minor == 800
    assert told(report) == [
        (2, "运费", "the same freight in each row counts once"),
        (2, "单据总额", "the grand total is not lines plus freight: those count"),
    ]

    _, report = read(header, "1|甲|2026-11-25|a|1|1.5|5|", "1|甲|2026-11-25|b|1|1.5|6|")

    assert bad(report)[0] == (2, "运费", "the freight differs within one number")


def test_that_a_grand_total_alone_is_the_amount() -> None:
    good, _ = read("单号|客户|日期|单据总额", "1|甲|2026-11-25|8.50")

    assert good[0].amount.minor == 850


def test_that_orders_without_lines_need_an_amount() -> None:
    details = ("单号|数量|单价", "9|1|1.5", "9|1|1.5", "|1|1.5", "合计||", "|2|2", "8|1|1|1|1")
    good, report = read(
        "单号|客户|日期|金额|运费",
        "1|甲|2026-11-25|5.00|",
        "2|甲|2026-11-25||",
        "8|甲|2026-11-25|x|",
        details=details,
    )

    assert [(d.number, d.amount.minor) for d in good] == [("1", 500)]
    assert bad(report) == [(3, "单号", "no lines and no amount"), (4, "金额", "not a number")]
    assert told(report) == [
        (2, "单号", "no lines: the stated amount counts"),
        (2, "单号", "4 lines of number 9 have no delivery"),
        (7, "单号", "a line without a number, or with too many cells"),
    ]


def test_that_lines_are_named_by_their_own_line() -> None:
    details = (
        "单号|商品|数量|单价|金额",
        "1|a|1|1.5|",
        "1|a|1|1.5|",
        "2|b\u200b|x|1.5|",
        "3|c|1|1.5|9",
    )
    good, report = read(
        "单号|客户|日期", "1|甲|2026-11-25", "2|甲|2026-11-25", "3|甲|2026-11-25", details=details
    )

    assert [d.number for d in good] == ["1", "3"]
    assert bad(report) == [(3, "数量", "line 4 of the lines: not a number")]
    assert told(report)[0] == (2, "", "line 3 of the lines: the same as the line above: both count")
    assert told(report)[1][2].startswith("line 5 of the lines: the amount of the line")


def test_that_lines_of_bad_and_left_out_orders_are_no_orphans() -> None:
    _, report = read(
        "单号|客户|日期",
        "1|nobody|2026-11-25",
        "2|甲|",
        details=("单号|数量|单价", "1|1|1.5", "2|1|1.5"),
    )

    assert [w for w in told(report) if "have no delivery" in w[2]] == []


def test_that_lines_before_any_number_are_told() -> None:
    _, report = read(
        "单号|客户|日期", "1|甲|2026-11-25", details=("单号|数量|单价", "|1|1.5", "1|1|1.5")
    )

    assert told(report) == [(2, "单号", "a line without a number, or with too many cells")]


def test_that_a_customer_is_found_by_code_then_by_name() -> None:
    good, _ = read(
        "单号|客户编码|客户名称|日期|金额", "1|nobody|甲|2026-11-25|1", "2||乙|2026-11-25|1"
    )

    assert [(d.customer, d.customer_ref) for d in good] == [("id-甲", "甲"), ("id-乙", "乙")]


def test_that_zero_and_day_numbers_are_told() -> None:
    good, report = read("单号|客户|日期|金额", "1|甲|46351|0.00")

    assert good[0].day == date(2026, 11, 25)
    assert [w[1] for w in told(report)] == ["日期", "金额"]


def test_that_short_rows_are_told_and_habits_can_be_given() -> None:
    rules = DeliveryRules(known, habits=Habits(",", day_first=True))
    good, report = read("单号|客户|日期|金额|备注", "1|甲|03/04/2026|1.500", rules=rules)

    assert (good[0].day, good[0].amount.minor) == (date(2026, 4, 3), 150000)
    assert len(report.warnings) == 1


def test_that_left_out_rows_of_one_number_are_all_left_out() -> None:
    _, report = read("单号|客户|日期|商品|金额", "1|甲||a|1.5", "1|甲||b|1.5")

    assert (report.skipped, len(report.warnings)) == (2, 1)


LINE = st.tuples(
    st.integers(0, 10**6), st.decimals(0, 10**4, places=4), st.sampled_from(["0", "0.05", "0.15"])
)


@settings(max_examples=40)
@given(st.lists(LINE, min_size=1, max_size=6), st.decimals(0, 10**3, places=3))
def test_that_a_delivery_is_the_exact_sum_rounded_once(
    lines: list[tuple[int, Decimal, str]], freight: Decimal
) -> None:
    details = [f"1|{q}|{p:f}|{d}" for q, p, d in lines]
    rules = DeliveryRules(known, habits=Habits("."))

    good, _ = read(
        "orderID|customer|day|freight",
        f"1|A|2026-11-25|{freight:f}",
        details=["orderID|quantity|unitPrice|discount", *details],
        rules=rules,
    )

    exact = sum((q * p * (1 - Decimal(d)) for q, p, d in lines), freight)
    assert Decimal(good[0].amount.plain()) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_that_an_amount_may_name_the_currency_of_its_row() -> None:
    good, report = read(
        "单号|客户|日期|币种|金额",
        "1|甲|2026-11-25|USD|$5",
        "2|甲|2026-11-25|JPY|¥5",
        "3|甲|2026-11-25||¥5.00",
        "4|甲|2026-11-25|USD|5元",
    )

    assert [(one.amount.minor, one.amount.currency) for one in good] == [
        (500, "USD"), (5, "JPY"), (500, "CNY"),
    ]  # fmt: skip
    assert bad(report) == [(5, "金额", OTHER_CURRENCY.en)]


def test_that_a_price_of_the_lines_in_another_currency_makes_the_delivery_bad() -> None:
    good, report = read("单号|客户|日期", "1|甲|2026-11-25", details=("单号|数量|单价", "1|2|$5"))

    assert good == []
    assert bad(report) == [(2, "单价", f"line 2 of the lines: {OTHER_CURRENCY.en}")]


def test_that_the_rounding_of_a_stated_amount_is_shown_and_that_of_lines_is_not() -> None:
    stated, report = read("单号|客户|日期|金额", "1|甲|2026-11-25|1572.83118746666657")
    summed, silent = read("单号|客户|日期|数量|单价", "1|甲|2026-11-25|3|0.335")

    assert (stated[0].amount.minor, summed[0].amount.minor) == (157283, 101)
    assert told(report) == [(2, "金额", "more decimals than money has: 1572.83 counts")]
    assert told(silent) == []


@pytest.mark.parametrize("state", ["未审核", "待审核", "审核中", "已驳回", "草稿", "作废"])
def test_that_a_document_nobody_approved_is_no_delivery(state: str) -> None:
    good, report = read("单号|客户|日期|金额|单据状态", f"1|甲|2026-11-25|5|{state}")

    assert (good, report.skipped) == ([], 1)


def test_that_a_customer_is_found_by_a_code_in_full_width_too() -> None:
    rules = DeliveryRules(lambda ref: ["1"] if ref == "C1" else [])

    good, _ = read("单号|客户|日期|金额", "1|Ｃ１|2026-11-25|5", rules=rules)

    assert [one.customer for one in good] == ["1"]
