import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.domain.codes.keyboard_layouts import _KEYS, _ROWS, retyped
from erpdesk.domain.codes.own_code import customer_code

ROWS = {line[:2]: line[3:] for line in _ROWS.strip().splitlines()}


def typed(text: str, layout: str) -> str:
    """Return what a scanner set to the American keyboard types under a layout."""
    return "".join(ROWS[layout][_KEYS.index(key)] for key in text)


@settings(deadline=None)
@given(st.integers(1, 999_999), st.sampled_from(sorted(ROWS)))
def test_that_our_codes_are_found_again_under_every_layout(number: int, layout: str) -> None:
    code = customer_code(number)
    wrong = typed(code, layout)

    assert wrong == code or code in [one.text for one in retyped(wrong)]


@pytest.mark.parametrize("layout", ["de", "fr", "es", "it", "pt", "se", "ch", "be", "cz"])
def test_that_a_code_with_letters_and_a_hyphen_is_found_again(layout: str) -> None:
    wrong = typed("QZ-157Y", layout)

    assert "QZ-157Y" in [one.text for one in retyped(wrong)]


@settings(deadline=None)
@given(st.integers(1, 999_999))
def test_that_our_codes_pass_unharmed_where_digits_stay(number: int) -> None:
    code = customer_code(number)

    assert {typed(code, layout) for layout in ("de", "es", "it", "pt", "se", "uk")} == {code}


def test_that_the_digits_alone_may_have_moved() -> None:
    assert [one.text for one in retyped("HA&&é")][:2] == ["HA112", "HQ112"]
    assert next(one.text for one in retyped("HQ&&é")) == "HA112"
    assert "HQ112" in [one.text for one in retyped("HQ&&é")]


def test_that_a_plain_digit_speaks_against_moved_digits() -> None:
    assert "QC4157" not in [one.text for one in retyped("QC'157")]


def test_that_a_character_of_no_key_is_of_no_layout() -> None:
    assert retyped("QC½157") == ()
