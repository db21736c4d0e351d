"""Each reason allows some treatments only, and the parts of a difference are the difference."""

import pytest

from erpdesk.domain.kinds import KINDS
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.causes import (
    CAUSES,
    MAKES,
    RULES,
    SEVERAL,
    CauseDoesNotFitError,
    CauseMissingError,
    CauseProofMissingError,
    CauseSignError,
    NeedOpenError,
    PartsDoNotSumError,
    Treatment,
    TreatmentNotAllowedError,
    UnknownCauseError,
    causes_for,
    explained_by,
    needs_of,
    why_not_parts,
)
from erpdesk.domain.stocktake.count_line import LineState
from erpdesk.domain.stocktake.review import Standing
from erpdesk.domain.stocktake.variance import Cause, Judged, VarianceKind
from erpdesk.words.causes import CAUSES as CAUSE_WORDS
from erpdesk.words.causes import STANDINGS, TREATMENTS

BALANCE = frozenset({VarianceKind.BALANCE})


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def line(minor: int, *, moved: int = 0, kinds: frozenset[VarianceKind] = BALANCE) -> Judged:
    """Return a line whose customer states ``minor`` more than a book of 1,000.00."""
    return Judged(
        LineState.VARIANCE, cny(100_000), cny(moved), cny(100_000 + minor), cny(minor),
        cny(minor - moved), kinds,
    )  # fmt: skip


def part(kind: str, minor: int, action: str) -> Cause:
    return Cause(kind, cny(minor), action=action)


def test_that_one_reason_over_the_whole_difference_is_enough() -> None:
    assert why_not_parts(line(-113), [part("unbilled", -113, "confirm")]) is None


def test_that_what_was_posted_late_needs_no_reason_again() -> None:
    found = line(-113, moved=-100)

    assert why_not_parts(found, [part("in_transit", -13, "carry")]) is None
    assert isinstance(why_not_parts(found, [part("timing", -113, "carry")]), PartsDoNotSumError)


def test_that_the_parts_add_up_to_the_difference() -> None:
    parts = [part("unbilled", -100, "confirm"), part("bank_charge", -13, "charge")]

    assert why_not_parts(line(-113), parts) is None
    refusal = why_not_parts(line(-114), parts)
    assert isinstance(refusal, PartsDoNotSumError)
    assert refusal.facts["left"] == "\u22120.01"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ([], CauseMissingError),
        ([part("weather", -113, "carry")], UnknownCauseError),
        ([part("unbilled", -113, "voucher")], TreatmentNotAllowedError),
        ([Cause("unbilled", cny(-113))], TreatmentNotAllowedError),
        ([part("not_booked", -113, "voucher")], CauseSignError),
        ([part("unanswered", 0, "later")], CauseDoesNotFitError),
        ([part("discount", -113, "discount")], CauseProofMissingError),
    ],
)
def test_that_a_reason_that_does_not_hold_is_refused(
    said: list[Cause], refusal: type[Exception]
) -> None:
    assert isinstance(why_not_parts(line(-113), said), refusal)


def test_that_evidence_is_asked_only_where_the_reason_needs_it() -> None:
    said = [part("discount", -113, "discount")]

    assert why_not_parts(line(-113), said, has_evidence=True) is None


def test_that_everything_that_differs_on_a_line_gets_a_reason() -> None:
    found = line(-113, kinds=BALANCE | {VarianceKind.MASTER_DATA})
    balance = part("timing", -113, "carry")

    assert needs_of(found) == (VarianceKind.BALANCE, VarianceKind.MASTER_DATA)
    assert isinstance(why_not_parts(found, [balance]), NeedOpenError)
    assert why_not_parts(found, [balance, part("master_data", 0, "master")]) is None


def test_that_an_answer_that_is_missing_is_treated_without_an_amount() -> None:
    found = Judged(LineState.VARIANCE, cny(5), cny(0), kinds=frozenset({VarianceKind.UNANSWERED}))

    assert why_not_parts(found, [part("unanswered", 0, "later")]) is None


def test_that_what_is_disputed_is_named_and_stays_unexplained() -> None:
    parts = [part("denied", -100, "dispute"), part("small", -13, "small")]

    assert explained_by(parts, cny(-7)) == cny(-20)


def test_that_only_reasons_of_the_sign_are_offered() -> None:
    less = {one.code for one in causes_for(VarianceKind.BALANCE, cny(-1))}
    more = {one.code for one in causes_for(VarianceKind.BALANCE, cny(1))}

    assert less - more == {
        "unbilled", "in_transit", "bank_charge", "discount", "returned", "denied",
    }  # fmt: skip
    assert more - less == {"not_booked"}
    assert {one.code for one in causes_for(VarianceKind.UNANSWERED)} == {"unanswered"}


def test_that_each_reason_has_a_treatment_and_each_of_them_a_word() -> None:
    assert all(one.treatments for one in CAUSES)
    assert len(RULES) == len(CAUSES)
    assert {*RULES, SEVERAL} == CAUSE_WORDS.keys()
    assert {*(one.value for one in Treatment), SEVERAL} == TREATMENTS.keys()
    assert {one.value for one in Standing} == STANDINGS.keys()


def test_that_what_a_treatment_makes_is_a_kind_of_document() -> None:
    made = {kind for kinds in MAKES.values() for kind in kinds}

    assert made <= {kind.name for kind in KINDS}
