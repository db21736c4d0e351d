from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.content import NotCanonicalError, canonical, parse
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.count_line import CountLine, LineState
from erpdesk.domain.stocktake.counting import CountEvent, Source, Verified
from erpdesk.domain.stocktake.variance import (
    Bridge,
    Cause,
    Judged,
    Terms,
    Tolerance,
    Variance,
    VarianceKind,
    exact_hits,
    explain,
    judged,
    variance_from,
    variance_section,
)

STRICT = Terms(Tolerance(0))
QINGHE = CustomerId("qinghe")


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def a_line(
    stated: int | None = None, *fields: Verified, state: LineState = LineState.COUNTED
) -> CountLine:
    event = CountEvent(
        id=EventId("e"),
        campaign=DocumentId("c"),
        customer=QINGHE,
        raw=b"A",
        source=Source.WEDGE,
        by=PersonName("wang"),
        device="d",
        device_seq=1,
        received_at=1,
        stated=None if stated is None else cny(stated),
        verified=fields,
    )
    return CountLine(state, (event,), standing=(event,))


@pytest.mark.parametrize(
    ("off", "book", "tolerance", "covered"),
    [
        (100, 0, Tolerance(100), True),
        (101, 0, Tolerance(100), False),
        (-101, 0, Tolerance(100, 1000), False),
        (100, 0, Tolerance(100, 1), True),
        (10, 10_000, Tolerance(100, 1), True),
        (-11, 10_000, Tolerance(100, 1), False),
        (11, -10_000, Tolerance(100, 1), False),
        (101, 10_000_000, Tolerance(100, 1), False),
        (0, 0, Tolerance(0, 0), True),
    ],
)
def test_that_both_limits_hold_and_a_zero_book_uses_the_absolute_one(
    off: int,
    book: int,
    tolerance: Tolerance,
    covered: bool,  # noqa: FBT001
) -> None:
    assert tolerance.covers(cny(off), book=cny(book)) is covered


def test_that_an_equal_balance_is_verified() -> None:
    assert judged(a_line(100), cny(100), STRICT) == Judged(
        LineState.VERIFIED, cny(100), cny(0), cny(100), cny(0), cny(0)
    )


def test_that_a_counted_zero_is_the_largest_difference() -> None:
    result = judged(a_line(0), cny(100), Terms(Tolerance(50, 500)))

    assert result.state is LineState.VARIANCE
    assert result.difference == cny(-100)
    assert result.kinds == {VarianceKind.BALANCE}


def test_that_a_balance_beside_a_zero_book_is_a_variance() -> None:
    result = judged(a_line(800_000), cny(0), Terms(Tolerance(100, 10)))

    assert (result.state, result.difference) == (LineState.VARIANCE, cny(800_000))


def test_that_no_answer_is_no_zero() -> None:
    result = judged(a_line(None, Verified("name")), cny(0), STRICT)

    assert result.state is LineState.VARIANCE
    assert result.kinds == {VarianceKind.UNANSWERED}
    assert result.stated is None
    assert result.difference is None
    assert result.unexplained is None


def test_that_a_plan_may_ask_for_fields_only() -> None:
    terms = Terms(Tolerance(0), required=("name", "phone"), asks_balance=False)

    whole = judged(a_line(None, Verified("name"), Verified("phone")), cny(5), terms)
    part = judged(a_line(None, Verified("name")), cny(5), terms)

    assert whole.state is LineState.VERIFIED
    assert part.kinds == {VarianceKind.UNVERIFIED}


def test_that_a_corrected_field_is_a_variance_of_master_data() -> None:
    terms = Terms(Tolerance(0), required=("name",))

    result = judged(a_line(5, Verified("name", "B")), cny(5), terms)

    assert result.kinds == {VarianceKind.MASTER_DATA}


def test_that_movement_after_the_cut_off_explains_and_the_difference_stays() -> None:
    result = judged(a_line(130), cny(100), STRICT, moved=cny(30))

    assert (result.difference, result.unexplained) == (cny(30), cny(0))
    assert result.state is LineState.VERIFIED


def test_that_a_variance_whose_documents_are_final_is_resolved() -> None:
    assert judged(a_line(1), cny(2), STRICT, final=True).state is LineState.RESOLVED
    assert judged(a_line(2), cny(2), STRICT, final=True).state is LineState.VERIFIED


@pytest.mark.parametrize("state", [LineState.CONFLICT, LineState.PENDING, LineState.DEFERRED])
def test_that_a_line_not_in_hand_keeps_its_state(state: LineState) -> None:
    result = judged(a_line(1, state=state), cny(2), STRICT)

    assert (result.state, result.kinds) == (state, frozenset())


def test_that_another_currency_is_another_line() -> None:
    assert judged(a_line(1), Money(1, "USD"), STRICT).stated is None


@given(st.integers(-500, 500), st.integers(-500, 500), st.integers(-500, 500), st.integers(0, 99))
def test_that_a_counted_line_is_verified_exactly_within_tolerance(
    stated: int, book: int, moved: int, limit: int
) -> None:
    result = judged(a_line(stated), cny(book), Terms(Tolerance(limit)), moved=cny(moved))

    within = abs(stated - book - moved) <= limit
    assert (result.state is LineState.VERIFIED) is within


def test_that_a_bridge_leads_from_book_to_stated() -> None:
    causes = (Cause("unbilled", cny(-60), "临-1"), Cause("moved", cny(-30)))

    bridge = explain(cny(100), cny(0), causes)

    assert bridge == Bridge(cny(100), cny(0), causes, cny(-10))
    assert explain(cny(1), cny(3)).unexplained == cny(2)


def test_that_only_exact_hits_are_named() -> None:
    hit = Cause("voucher", cny(-60), "临-1")

    assert exact_hits(cny(-60), [hit, Cause("voucher", cny(60)), Cause("item", cny(-61))]) == (hit,)


WHOLE = Variance(
    customer=QINGHE,
    book=cny(100),
    base_minor=-100,
    stated=cny(0),
    explained_minor=-60,
    kinds=(VarianceKind.BALANCE, VarianceKind.UNBILLED),
    reason="unbilled",
    action="voucher",
    evidence=("ab",),
)


@pytest.mark.parametrize("variance", [WHOLE, Variance(QINGHE, cny(5), 5)])
def test_that_a_variance_survives_its_canonical_text(variance: Variance) -> None:
    text = canonical({"variances": [variance_section(variance)]})

    assert variance_from(parse(text)["variances"][0]) == variance


def test_that_a_stated_zero_stands_in_the_text() -> None:
    assert variance_section(WHOLE)["stated"] == 0


@pytest.mark.parametrize(
    "change",
    [
        {"book": "1"},
        {"kinds": ["none"]},
        {"kinds": 5},
        {"evidence": "ab"},
        {"colour": "red"},
    ],
)
def test_that_a_variance_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotCanonicalError):
        variance_from(variance_section(WHOLE) | change)
    with pytest.raises(NotCanonicalError):
        variance_from({})
