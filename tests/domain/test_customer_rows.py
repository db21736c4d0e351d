"""A customer list in rows: folded, checked, and every bad row told with its reason."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.domain.currencies import currency_of
from erpdesk.domain.importing import rows as import_rows
from erpdesk.domain.importing.cells import Habits
from erpdesk.domain.importing.checked_cells import LEFT_EMPTY, LOST_DIGITS
from erpdesk.domain.importing.column_names import CUSTOMERS
from erpdesk.domain.importing.columns import Columns, find_columns
from erpdesk.domain.importing.customer_cells import CustomerRules
from erpdesk.domain.importing.customer_rows import CustomerRow, read_customers
from erpdesk.domain.importing.rows import ImportReport, Row, Tally

LOST_AND_EMPTY = (LOST_DIGITS + LEFT_EMPTY).en
RULES = CustomerRules(
    tax_id_is_right=lambda t: not t.endswith("X"), is_reserved=lambda c: c.startswith("EDC")
)


def read(
    header: str, *lines: str, rules: CustomerRules | None = RULES
) -> tuple[list[CustomerRow], ImportReport]:
    rows = [Row(n, tuple(line.split(","))) for n, line in enumerate((header, *lines), 1)]
    columns = find_columns(rows[0].cells, CUSTOMERS)
    assert isinstance(columns, Columns)
    columns = Columns(columns.header, columns.places, 1)
    tally: Tally[CustomerRow] = Tally()
    good = list(tally.good_of(read_customers(rows, columns, rules)))
    report = tally.report()
    assert report.rows == report.good + report.bad_rows + report.skipped
    return good, report


def reasons(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(p.line, p.column, p.reason.en) for p in report.bad]


def warnings(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(p.line, p.column, p.reason.en) for p in report.warnings]


def test_that_a_customer_has_all_that_the_table_says() -> None:
    header = (
        "编码,名称,税号,联系人,电话,邮箱,地址,城市,开户行,账号,账期,信用额度,条码,税率,币种,语言"
    )
    line = "00123,甲公司,91310000ma,张三,021-1,a@b.cn,某路1号,上海,某行,6222,30天,5000.5,A|B|A"
    line += ",13%,美元,中文"

    good, report = read(header, line)

    assert report.warnings == ()
    one = good[0]
    assert (one.line, one.code, one.name, one.tax_id) == (2, "00123", "甲公司", "91310000MA")
    assert (one.address, one.bank_account, one.terms_days) == ("某路1号 上海", "6222", 30)
    assert one.credit_limit is not None
    assert (one.credit_limit.minor, one.credit_limit.currency) == (500050, "USD")
    assert (one.barcodes, one.tax_rate, one.currency, one.language) == (
        ("A", "B"), Decimal("0.13"), "USD", "zh",
    )  # fmt: skip


def test_that_rows_of_one_customer_fold_wherever_they_stand() -> None:
    good, report = read(
        "编码,名称,条码,电话",
        "A,甲,A1,",
        ",,A2,",
        "A,,A3,",
        "B,乙,,1",
        "A,甲 ,A1,021",
        "A,甲,A|A4,022",
    )

    assert [(c.code, c.barcodes, c.phone, c.rows) for c in good] == [
        ("B", (), "1", 1),
        ("A", ("A1", "A2", "A3", "A4"), "021", 5),
    ]
    assert (report.good, report.made) == (6, 2)
    assert warnings(report) == [
        (7, "电话", "not what line 2 says of the same customer: 021 is kept")
    ]


def test_that_a_row_twice_is_one_customer_and_told() -> None:
    good, report = read("编码,名称,信用额度", "A,甲,10.00", "A,甲,10.00", "A,甲,12.00")

    assert len(good) == 1
    assert warnings(report) == [
        (3, "", "the row stands twice: taken once"),
        (4, "信用额度", "not what line 2 says of the same customer: 10.00 is kept"),
    ]


def test_that_a_code_belongs_to_one_customer() -> None:
    good, report = read(
        "编码,名称,条码", "A,甲,X", "A,乙,", "B,乙,X", "C,丙,A", "X,丁,", "D,戊,D|Y", "E,己,Y"
    )

    assert {c.code for c in good} == {"A", "D"}
    assert reasons(report) == [
        (3, "编码", "code A belongs to the customer of line 2"),
        (4, "条码", "code X belongs to the customer of line 2"),
        (5, "条码", "code A belongs to the customer of line 2"),
        (6, "编码", "code X belongs to the customer of line 2"),
        (8, "条码", "code Y belongs to the customer of line 7"),
    ]


def test_that_code_and_name_are_needed() -> None:
    good, report = read("编码,名称,电话", "A,,1", ",甲,1", ",,1", "B,乙,1", "C,,1", ",,2")

    assert [c.code for c in good] == ["B"]
    assert reasons(report) == [
        (2, "名称", "the customer name is missing"),
        (3, "编码", "the customer code is missing"),
        (4, "", "neither code nor name, and no customer above to join"),
        (6, "名称", "the customer name is missing"),
        (7, "", "neither code nor name, and no customer above to join"),
    ]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (
            "1.38E+10,甲,",
            "编码",
            "the spreadsheet replaced the digits (1.38E+10, ####): they are lost",
        ),
        ("EDC0001,甲,", "编码", "this form is kept for the program's own codes"),
        ("A,甲,B|EDC1", "条码", "this form is kept for the program's own codes"),
        ("A\u200bB,甲,", "编码", "characters nobody sees: U+200B"),
        ("A\x00,甲,", "编码", "characters nobody sees: U+0000"),
        ("A" * 65 + ",甲,", "编码", "longer than 64 characters"),
        ("A,甲\u202e乙,", "名称", "characters nobody sees: U+202E"),
        ("A,甲\x07,", "名称", "characters nobody sees: U+0007"),
        ("A," + "甲" * 201 + ",", "名称", "longer than 200 characters"),
        ("A,甲,B,C", "", "more cells than the header has columns"),
    ],
)
def test_that_hostile_codes_and_names_are_bad(line: str, column: str, reason: str) -> None:
    good, report = read("编码,名称,条码", line)

    assert good == []
    assert reasons(report) == [(2, column, reason)]


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "=1+1", "'; drop table--", "甲\u200b乙"]
)
def test_that_odd_names_are_kept_letter_for_letter(name: str) -> None:
    good, report = read("编码,名称", f"A,{name}")

    assert good[0].name == name
    assert bool(report.warnings) == ("\u200b" in name)


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("税号", "9131X", "the check character of the tax ID is wrong"),
        ("税号", "1.38E+17", LOST_AND_EMPTY),
        ("电话", "1.38E+10", LOST_AND_EMPTY),
        ("电话", "\u202d１３８\u202c", "characters nobody sees: U+202D U+202C"),
        ("邮箱", "nobody", "does not look like an e-mail address"),
        ("邮箱", "1.38E+10", LOST_AND_EMPTY),
        ("账期", "月结", "no number of days: left empty"),
        ("语言", "Klingon", "unknown language: left empty"),
        ("地址", "某路\u200b1号", "characters nobody sees: U+200B"),
    ],
)  # fmt: skip
def test_that_doubtful_cells_are_told_and_the_row_taken(
    heading: str, cell: str, reason: str
) -> None:
    good, report = read(f"编码,名称,{heading}", f"A,甲,{cell}")

    assert len(good) == 1
    assert warnings(report) == [(2, heading, reason)]


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("信用额度", "1.500", "one separator before three digits can be read in two ways"),
        ("信用额度", "abc", "not an amount"),
        ("信用额度", "-1", "may not be negative"),
        ("信用额度", "999999999999999", "the amount is too large"),
        ("税率", "abc", "not a rate from 0 to 1 (0 % to 100 %)"),
        ("税率", "0.5", "a rate that can be read in two ways: write it as 13 % or 0.13"),
        ("信用额度", "$5", "the amount is written in another currency"),
        ("税率", "300%", "not a rate from 0 to 1 (0 % to 100 %)"),
        ("币种", "XYZ", "unknown currency"),
        ("地址", "a\x00b", "characters nobody sees: U+0000"),
        ("地址", "路" * 501, "longer than 500 characters"),
        ("电话", "1" * 101, "longer than 100 characters"),
        ("账号", "6" * 64 + "，", "longer than 64 characters"),
    ],
)
def test_that_wrong_cells_make_the_row_bad(heading: str, cell: str, reason: str) -> None:
    good, report = read(f"编码,名称,{heading}", f"A,甲,{cell}")

    assert good == []
    assert reasons(report) == [(2, heading, reason)]


def test_that_a_tax_rate_is_a_fraction_in_any_spelling() -> None:
    good, _ = read("编码,名称,税率", "A,甲,13", "B,乙,0.13", "C,丙,１３％")
    percent, _ = read("编码,名称,税率(%)", "A,甲,1")
    one, _ = read("编码,名称,税率", "A,甲,1", "B,乙,1%", "C,丙,0.01")
    exempt, report = read("编码,名称,税率", "A,甲,免税")

    assert {c.tax_rate for c in good} == {Decimal("0.13")}
    assert percent[0].tax_rate == Decimal("0.01")
    assert {c.tax_rate for c in one} == {Decimal("0.01")}
    assert exempt[0].tax_rate is None
    assert warnings(report) == [
        (2, "税率", "tax exempt is no rate: left empty, to be said with the voucher")
    ]


def test_that_the_sign_of_the_customers_own_currency_may_stand_at_a_limit() -> None:
    good, report = read("编码,名称,币种,信用额度", "A,甲,USD,$5", "B,乙,CNY,¥5")

    assert [str(one.credit_limit and one.credit_limit.minor) for one in good] == ["500", "500"]
    assert reasons(report) == []


def test_that_a_name_of_which_nothing_is_seen_is_missing() -> None:
    good, report = read("编码,名称", "A,\u200b")

    assert good == []
    assert reasons(report) == [(2, "名称", "the customer name is missing")]


def test_that_the_file_decides_what_a_comma_is_unless_told() -> None:
    good, _ = read("编码,名称,信用额度", "A,甲,1.500", "B,乙,2.25")
    told, _ = read("编码,名称,信用额度", "A,甲,1.500", rules=CustomerRules(habits=Habits(",")))

    assert [c.credit_limit.minor for c in good if c.credit_limit] == [150, 225]
    assert [c.credit_limit.minor for c in told if c.credit_limit] == [150000]


def test_that_totals_short_and_split_rows_are_told() -> None:
    good, report = read(
        "编码,名称,电话,地址",
        "A,甲",
        "B,乙,1,24, place Kléber",
        "合计,2,,",
        "制表：张三",
        rules=None,
    )

    assert [(c.code, c.address) for c in good] == [("A", ""), ("B", "24, place Kléber")]
    assert report.skipped == 2
    assert [line for line, _, _ in warnings(report)] == [2, 3, 4, 5, 5]


def test_that_names_of_currencies_are_known() -> None:
    assert currency_of("人民币") == currency_of("cny") == currency_of("RMB") == "CNY"
    assert currency_of("人民币元(CNY)") == "CNY"
    assert currency_of("ＵＳＤ") == "USD"
    assert currency_of("gold") is None


def test_that_languages_are_known() -> None:
    good, _ = read("编码,名称,语言", "A,甲,zh_CN", "B,乙,English")

    assert [c.language for c in good] == ["zh", "en"]


def test_that_a_bad_row_between_two_of_one_customer_makes_no_second_customer() -> None:
    good, report = read("编码,名称,信用额度", "1,甲,", "1,乙,", "1,甲,abc", "1,甲,5")

    assert [(one.code, one.rows) for one in good] == [("1", 2)]
    assert len(report.bad) == 2


CODE = st.text("ABC12", min_size=1, max_size=2)


@settings(max_examples=40)
@given(st.lists(st.tuples(CODE, st.sampled_from("甲乙"), st.lists(CODE, max_size=2)), max_size=12))
def test_that_no_code_ever_belongs_to_two_customers(
    lines: list[tuple[str, str, list[str]]],
) -> None:
    good, report = read("编码,名称,条码", *(f"{c},{n},{'|'.join(b)}" for c, n, b in lines))

    owned = [code for one in good for code in (one.code, *one.barcodes)]
    assert len(owned) == len(set(owned))
    assert report.rows == len(lines)
    assert sum(one.rows for one in good) == report.good


LINES = (
    "A,甲,", "A,甲,", "B,乙,B1", "C,丙,C", ",,B2", "A,,", "D,丁\u200b,", "合计,,", "E,戊,1,2", "F",
    "EDC1,己,", "G,庚,\u202e", ",辛,", "C,别,", "合计,壬,",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=12))
def test_that_rows_are_read_alike_however_many_are_checked_together(lines: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        together = read("编码,名称,条码", *lines)
        patch.setattr(import_rows, "AT_ONCE", 1)
        alone = read("编码,名称,条码", *lines)

    assert together == alone
