"""What one cell says: nothing, a text, a number, a day; and what spreadsheets do to them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.importing import cells
from erpdesk.domain.importing.cells import (
    AmbiguousDayError,
    Habits,
    HabitsSeen,
    NotADayError,
    day,
    number,
    said,
    share,
)
from erpdesk.domain.money import AmbiguousAmountError, NotAnAmountError

POINT, COMMA, UNKNOWN = Habits("."), Habits(","), Habits()


@pytest.mark.parametrize(
    "cell", ["", "  ", "NULL", " null ", "\\N", "#N/A", "-", "—", "\u3000", "\ufeff", '=""', "nan"]
)
def test_that_nothing_is_nothing_in_any_spelling(cell: str) -> None:
    assert said(cell) == ""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("00123", "00123"),
        ('="00123"', "00123"),
        ('="a""b"', 'a"b'),
        ("'00123", "00123"),
        ("'=1+1", "=1+1"),
        ("=1+1", "=1+1"),
        ("'s-Gravenhage", "'s-Gravenhage"),
        ("'90s Diner", "'90s Diner"),
        ("Null", "Null"),
        ("\t 甲\u3000", "甲"),
    ],
)
def test_that_a_text_stays_what_it_is(cell: str, text: str) -> None:
    assert said(cell) == text


def test_that_a_text_comes_onto_one_line_in_composed_form() -> None:
    assert cells.one_line("plain") == "plain"
    assert cells.one_line("Cafe\u0301") == "Café"
    assert cells.one_line("上海 \r\n浦东\t1\xa0号") == "上海 浦东 1 号"


def test_that_codes_are_compared_in_compatible_form() -> None:
    assert cells.plain("Ａ１２　") == "A12"


def test_that_hidden_characters_are_named_and_can_be_taken_out() -> None:
    assert cells.hidden_in("甲乙") == ()
    assert cells.hidden_in("a\u202eb\u200b\u202e") == ("U+202E", "U+200B")
    assert cells.hidden_in("क्\u200dष") == ()
    assert cells.is_bidi("U+202E")
    assert cells.is_bidi("U+2067")
    assert cells.is_bidi("U+200F")
    assert not cells.is_bidi("U+200B")
    assert cells.is_control("U+0000")
    assert cells.without_hidden("ab") == "ab"
    assert cells.without_hidden("\u202d138\u202c") == "138"


@pytest.mark.parametrize("text", ["1.38E+10", "1.10101E+17", "1,38e+10", "####", "#REF!", "#NAME?"])
def test_that_lost_digits_are_seen(text: str) -> None:
    assert cells.digits_were_lost(text)


@pytest.mark.parametrize("text", ["1E10", "E-12", "#1", "A#3", "138", "EE"])
def test_that_codes_are_not_taken_for_lost_digits(text: str) -> None:
    assert not cells.digits_were_lost(text)


@pytest.mark.parametrize(
    ("text", "habits", "value"),
    [
        ("1572.83118746666657", POINT, "1572.83118746666657"),
        ("-12", POINT, "-12"),
        ("1,234.50", POINT, "1234.50"),
        ("1.234,50", COMMA, "1234.50"),
        ("1,500", POINT, "1500"),
        ("1,500", COMMA, "1.500"),
        ("￥１，２３４．５０", UNKNOWN, "1234.50"),
        ("(1,234.50)", UNKNOWN, "-1234.50"),
        ("¥ -100.00", UNKNOWN, "-100.00"),
        ("-¥100.00", UNKNOWN, "-100.00"),
        ("100.00-", UNKNOWN, "-100.00"),
        ("1 234,50 €", UNKNOWN, "1234.50"),
        ("12’345.50", UNKNOWN, "12345.50"),
        ("1,234.50元", UNKNOWN, "1234.50"),
        ("CNY 1.5", UNKNOWN, "1.5"),
        ("\u2212 5", UNKNOWN, "-5"),
        ("\u202d5.25\u202c", UNKNOWN, "5.25"),
    ],
)
def test_that_numbers_are_read_as_written(text: str, habits: Habits, value: str) -> None:
    assert number(text, habits) == Decimal(value)


@pytest.mark.parametrize("text", ["1.38E+10", "abc", "1,2,3", "40,23,", "--5", "１二"])
def test_that_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmountError):
        number(text, POINT)


def test_that_a_number_of_two_meanings_is_refused() -> None:
    with pytest.raises(AmbiguousAmountError):
        number("1,500", UNKNOWN)


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=4))
def test_that_any_plain_number_reads_back(value: Decimal) -> None:
    assert number(f"{value:f}", POINT) == value


@pytest.mark.parametrize(
    ("text", "percent", "value"),
    [("0.15", False, "0.15"), ("15%", False, "0.15"), ("15", True, "0.15"),
     ("１５％", True, "0.15"), ("0", False, "0"), ("1", False, "1"), ("1", True, "0.01")],
)  # fmt: skip
def test_that_a_share_is_a_fraction(text: str, percent: bool, value: str) -> None:  # noqa: FBT001
    assert share(text, POINT, percent=percent) == Decimal(value)


@pytest.mark.parametrize("text", ["15", "-0.1", "110%"])
def test_that_a_share_beyond_one_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmountError):
        share(text, POINT, percent=False)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-25",
        "2026/11/25",
        "2026.11.25",
        "20261125",
        "20261125.0",
        "20261125 080000",
        "2026年11月25日",
        "2026 年 11 月 25 日".replace(" 年 ", "年").replace(" 月 ", "月"),
        "２０２６－１１－２５",
        "2026-11-25 08:30:00.000",
        "2026-11-25T08:30:00Z",
        "2026/11/25 0:00",
        "2026‑11‑25",
        "2026–11–25",
        "2026年11月25日星期三",
        "2026-11-25 (周三)",
        "46351",
        "46351.354",
        "25.11.2026",
        "25/11/2026",
        "11/25/2026",
        "11/25/2026 8:30 PM",
        "25-Nov-2026",
        "25 November 2026",
        "Nov 25, 2026",
        "25-NOV-26",
    ],
)
def test_that_a_day_is_read_in_any_spelling(text: str) -> None:
    assert day(text, UNKNOWN) == date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    ["2026-13-25", "2026-02-30", "昨天", "0026-11-25", "9999-01-01", "25-Foo-2026", "12", "1/2"],
)
def test_that_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(NotADayError):
        day(text, UNKNOWN)


def test_that_two_digits_of_a_year_beside_a_named_month_are_understood() -> None:
    assert day("04-JUL-96", UNKNOWN) == date(1996, 7, 4)


def test_that_day_and_month_are_told_apart_by_the_other_cells() -> None:
    with pytest.raises(AmbiguousDayError):
        day("03/04/2026", UNKNOWN)
    assert day("04/04/2026", UNKNOWN) == date(2026, 4, 4)

    seen = HabitsSeen()
    seen.days(["03/04/2026", "25/04/2026", "01.02.2026", "x"])
    assert day("03/04/2026", seen.habits()) == date(2026, 4, 3)

    seen.days(["04/25/2026"])
    assert seen.habits().day_first is None


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%d %b %Y"]),
)
def test_that_any_day_reads_back(one: date, spelling: str) -> None:
    assert day(one.strftime(spelling), UNKNOWN) == one


@given(st.integers(20000, 79999))
def test_that_the_day_number_of_a_spreadsheet_is_counted_from_its_epoch(serial: int) -> None:
    assert day(str(serial), UNKNOWN) == date(1899, 12, 30) + timedelta(days=serial)
    assert cells.is_serial(str(serial))


@pytest.mark.parametrize(
    ("column", "mark"),
    [
        (["1,500", "22.5"], "."),
        (["1.500", "22,5"], ","),
        (["1,234,567"], "."),
        (["1.234.567"], ","),
        (["0.125"], "."),
        (["15%", "1.5%"], "."),
        (["1,500"], None),
        (["12", "abc", ""], None),
        (["1.5", "1,5"], None),
        (["1 234"], None),
    ],
)
def test_that_a_file_shows_its_decimal_mark(column: list[str], mark: str | None) -> None:
    seen = HabitsSeen()

    seen.numbers(column)

    assert seen.habits().decimal_mark == mark


def test_that_given_habits_win_over_seen_ones() -> None:
    assert POINT.or_else(Habits(",", day_first=True)) == Habits(".", day_first=True)
    assert Habits(None, day_first=False).or_else(Habits(",", day_first=True)) == Habits(
        ",", day_first=False
    )
