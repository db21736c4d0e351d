import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from erpdesk.standards.numbers import is_tax_id, tax_id_problem, with_check

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    "number",
    [
        "91110000600037341L",
        " 9111 0000 6000 3734 1l ",
        "９１１１００００６０００３７３４１Ｌ",
        "110108600037341",
        "11010860003734X",
        "11010519491231002X",
        "11010519491231002X01",
        "DE136695976",
        "GB 980 7806 84",
        "IE6388047V",
        "NL4495445B01",
        "12-3456789",
        "27AAPFU0939F1ZV",
    ],
)
def test_that_right_numbers_have_no_problem(number: str) -> None:
    assert tax_id_problem(number) is None
    assert is_tax_id(number)


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("911100006000373410", "check"),
        ("11010519491231002101", "check"),
        ("91110000600037341O", "letters"),
        ("91110000IIII37341L", "letters"),
        ("9111000060003734", "length"),
        ("", "letters"),
        ("税号未知", "letters"),
        ("ABCDEFGH", "length"),
        ("12345", "length"),
    ],
)
def test_that_a_wrong_number_says_what_is_wrong(number: str, problem: str) -> None:
    assert tax_id_problem(number) == problem
    assert not is_tax_id(number)


@given(st.text(LETTERS, min_size=8, max_size=8), st.integers(0, 16), st.sampled_from(LETTERS))
def test_that_any_single_wrong_character_shows(body: str, place: int, letter: str) -> None:
    right = with_check("91330100" + body + "5")
    wrong = right[:place] + letter + right[place + 1 :]

    assert tax_id_problem(right) is None
    assert (tax_id_problem(wrong) is None) == (wrong == right) == is_tax_id(wrong)


@given(st.text("0123456789", min_size=6, max_size=6), st.text(LETTERS, min_size=9, max_size=9))
def test_that_of_all_check_characters_one_is_right(area: str, rest: str) -> None:
    number = with_check(f"91{area}{rest}")

    right = [letter for letter in LETTERS if uscc.is_valid(number[:17] + letter)]
    found = [letter for letter in LETTERS if tax_id_problem(f"{number[:17]}{letter}") is None]
    assert right == [number[17]]
    assert set(right) <= set(found)
    assert len(found) <= 2  # an identity number may be of the same form
