"""Text that fits: nothing lost, nothing too wide, no sign where it may not stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.papers.fonts import missing_characters
from erpdesk.papers.text import BODY, SMALLEST, DoesNotFitError, fit, wrap
from erpdesk.papers.wording import CHINESE, ENGLISH, said

TEXTS = st.text("甲乙丙，。（）「」 ab1-,.()", max_size=120)


@settings(deadline=None)
@given(TEXTS, st.floats(60, 300))
def test_that_breaking_loses_nothing_but_blanks_at_the_breaks(text: str, width: float) -> None:
    lines = list(wrap(text, BODY, width))

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(BODY.width(line) <= width + 1e-6 for line in lines)


def test_that_no_line_begins_with_a_closing_or_ends_with_an_opening_sign() -> None:
    text = "已签收（苏州），「暂估」者。" * 9

    for width in range(60, 200, 3):
        for line in wrap(text, BODY, width):
            assert line[0] not in "，。）」"
            assert line[-1] not in "（「"


def test_that_no_text_is_one_empty_line() -> None:
    assert list(wrap("", BODY, 80)) == [""]


def test_that_words_and_numbers_stay_whole() -> None:
    lines = list(wrap("送货单 SH-20260924-07 已签收", BODY, 80))

    assert "SH-20260924-07" in " ".join(lines)


def test_that_a_long_text_gets_smaller_before_it_is_refused() -> None:
    short = fit("甲" * 10, BODY, 100, where="name")
    smaller = fit("甲" * 12, BODY, 100, where="name")

    assert (short.style.size, smaller.style.size) == (9, 8)
    with pytest.raises(DoesNotFitError) as refusal:
        fit("甲" * 15, BODY, 100, where="name")
    assert refusal.value.facts == {"text": "甲" * 15, "where": "name"}


def test_that_two_lines_are_taken_when_one_is_far_too_short() -> None:
    fitted = fit("甲" * 18, BODY, 100, where="name", lines=2)

    assert len(fitted.lines) == 2
    assert fitted.style.size == 9


def test_that_a_marked_break_is_taken_only_when_needed() -> None:
    text = "Qinghe Packaging\n(青禾包装有限公司)"

    assert fit(text, BODY, 400, where="name", lines=2).lines == (text.replace("\n", " "),)
    assert fit(text, BODY, 100, where="name", lines=2).lines == tuple(text.split("\n"))


@settings(deadline=None, max_examples=40)
@given(
    st.text(st.characters(max_codepoint=0x9FFF), max_size=60), st.floats(20, 400), st.integers(1, 4)
)
def test_that_whatever_fits_is_inside_its_place(text: str, width: float, lines: int) -> None:
    drawn = "".join(c for c in text if not missing_characters(c))
    try:
        fitted = fit(drawn, BODY, width, where="name", lines=lines)
    except DoesNotFitError:
        return

    assert len(fitted.lines) <= lines
    assert fitted.style.size >= SMALLEST
    assert all(fitted.style.width(line) <= width for line in fitted.lines)


def test_that_facts_are_never_read_as_templates() -> None:
    assert said("{a} 与 {b} {c", a="{b}", b="{0.__class__}") == "{b} 与 {0.__class__} {c"
    assert said("{unknown} 收", a="1") == "{unknown} 收"


def test_that_both_languages_say_everything() -> None:
    for words in (CHINESE, ENGLISH):
        said_empty = [name for name in words.__dataclass_fields__ if not getattr(words, name)]
        assert said_empty == []
