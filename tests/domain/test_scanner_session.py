"""One check of a scanner: it goes on by itself, learns the profile, and books nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.codes.reading import Channel
from erpdesk.domain.codes.scanner_check import GOOD, TEST_CODES, Finding
from erpdesk.domain.codes.scanner_session import (
    ENDING,
    LAYOUT,
    STEPS,
    Arrived,
    Ending,
    Session,
    is_slow_run,
    last_run,
)

GERMAN = "ED%T3/aY09?&]><)q\\"


def typed(text: str, *, gap_ms: int = 11, ending: Ending = "enter") -> Arrived:
    times = tuple(1000 + n * gap_ms for n in range(len(text) + 1))
    return Arrived(text, Channel.WEDGE, times, ending)


def test_that_a_good_scanner_goes_through_all_steps_without_a_hand_on_the_keyboard() -> None:
    session = Session()

    for code in TEST_CODES:
        session = session.after(typed(code))

    assert session.is_done
    assert session.learnt.gap_ms == 30
    assert session.learnt.layout == ""
    assert session.learnt.endings == frozenset[Ending]({"enter"})


@given(st.permutations(range(STEPS)))
def test_that_a_card_may_be_scanned_in_any_order(order: list[int]) -> None:
    session = Session()

    for place in order:
        session = session.after(typed(TEST_CODES[place]))

    assert session.is_done


def test_that_a_damaged_code_stays_at_its_step_until_it_is_mended() -> None:
    session = Session().going_to(LAYOUT).after(typed(GERMAN))
    assert (session.step, session.last and session.last.finding) == (LAYOUT, Finding.SCANNER_LAYOUT)
    assert session.learnt.layout is None

    mended = session.after(typed(TEST_CODES[LAYOUT]))

    assert mended.step == LAYOUT + 1
    assert mended.learnt.layout == ""


def test_that_converting_holds_from_the_newest_code_on() -> None:
    session = Session().going_to(LAYOUT).after(typed(GERMAN)).converting()

    assert session.learnt.layout == "scanner:de"
    assert session.step == LAYOUT + 1
    again = session.after(typed(GERMAN))
    result = again.results[LAYOUT]
    assert result is not None
    assert result.finding in GOOD


def test_that_what_the_keys_of_a_scanner_cannot_tell_is_no_damage_once_it_is_converted() -> None:
    session = Session().going_to(LAYOUT).after(typed(GERMAN)).converting().going_to(LAYOUT)

    again = session.after(typed(GERMAN)).last
    worse = session.after(typed(GERMAN.replace("aY", "bX"))).last

    assert again is not None
    assert worse is not None
    assert (again.finding, again.different) == (Finding.CONVERTED, 1)
    assert (worse.finding, worse.different) == (Finding.OTHER, 3)


def test_that_the_code_to_be_scanned_is_the_one_of_the_step_and_nothing_goes_on_before_it() -> None:
    session = Session().going_to(ENDING)

    assert session.printed == TEST_CODES[ENDING]
    assert session.going_on() == session


def test_that_nothing_is_converted_where_no_layout_explains_it() -> None:
    session = Session().after(typed("6901234567892"))

    assert session.converting() == session


@pytest.mark.parametrize(("ending", "is_good"), [("enter", True), ("tab", True), ("none", False)])
def test_that_a_code_without_ending_is_a_finding(ending: Ending, is_good: bool) -> None:  # noqa: FBT001
    session = Session().after(typed(TEST_CODES[ENDING], ending=ending))

    assert session.last is not None
    assert (session.last.finding in GOOD) is is_good
    assert session.going_on().step == ENDING + 1


def test_that_a_serial_line_needs_neither_ending_nor_pace() -> None:
    session = Session().after(Arrived(TEST_CODES[ENDING], Channel.SERIAL))

    result = session.results[ENDING]
    assert result is not None
    assert result.finding is Finding.FITS
    assert session.learnt.gap_ms is None
    assert session.learnt.endings is None


def test_that_a_scanner_as_slow_as_fingers_is_a_finding() -> None:
    session = Session().after(typed(TEST_CODES[0], gap_ms=90))

    assert session.last is not None
    assert session.last.finding is Finding.SLOW


def test_that_the_beginning_of_keys_as_slow_as_fingers_is_a_slow_scanner_not_a_cut_code() -> None:
    session = Session().after(Arrived(TEST_CODES[0][:6], Channel.WEDGE, slow=True))

    assert session.last is not None
    assert session.last.finding is Finding.SLOW
    assert session.step == 0


def test_that_two_scanners_at_once_are_noticed() -> None:
    session = Session().after(typed(TEST_CODES[0]))
    assert not session.is_mixed

    assert session.after(Arrived(TEST_CODES[1], Channel.SERIAL)).is_mixed


def test_that_what_an_input_method_took_is_a_finding() -> None:
    session = Session().after(Arrived("你好", Channel.WEDGE, composed=True))

    assert session.last is not None
    assert session.last.finding is Finding.COMPOSED


@pytest.mark.parametrize(
    ("times", "count"), [((), 0), ((5,), 1), ((0, 500, 511, 522), 3), ((0, 10, 20), 3)]
)
def test_that_the_newest_keys_are_those_that_came_one_upon_the_other(
    times: tuple[int, ...], count: int
) -> None:
    assert last_run(times) == count


def test_that_a_slow_and_even_scanner_is_told_from_fingers() -> None:
    assert is_slow_run([n * 150 for n in range(8)])
    assert not is_slow_run([n * 50 for n in range(8)])
    assert not is_slow_run([0, 130, 390, 520, 890, 1010, 1400])
    assert not is_slow_run([0, 150, 300])
