from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.content import NotCanonicalError, canonical, parse
from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.campaign import (
    HOLDS_CUSTOMERS,
    REVIEWED,
    TAKES_COUNTS,
    CampaignClosedError,
    CampaignExpiredError,
    CampaignPlan,
    CampaignState,
    accuracy,
    coverage,
    has_expired,
    must_take_counts,
    plan_from,
    sampled,
    scope_section,
    shown_state,
)
from erpdesk.domain.stocktake.campaign_gates import (
    BlindUndecidedError,
    BooksUnprovedError,
    CampaignUnnamedError,
    ChildrenOpenError,
    CountersMissingError,
    CoverageTooLowError,
    CustomerElsewhereError,
    CutOffAheadError,
    EmptyScopeError,
    FreezeFacts,
    LinesInConflictError,
    LinesUndecidedError,
    NoSuchPeriodError,
    NotACounterError,
    ReportMissingError,
    ToleranceMissingError,
    UnexpectedOpenError,
    UnsyncedDevicesError,
    VariancesOpenError,
    close_problems,
    freeze_problems,
    review_problems,
    submit_problems,
    why_not_recount,
)
from erpdesk.domain.stocktake.count_line import LineState
from erpdesk.domain.stocktake.variance import Terms, Tolerance, Variance
from erpdesk.errors import UserError

WANG, LI = PersonName("wang"), PersonName("li")
QINGHE = CustomerId("qinghe")
TODAY = date(2026, 11, 25)
PLAN = CampaignPlan(
    name="年末盘点",
    cut_off=TODAY,
    currency="CNY",
    blind=False,
    tolerance=Tolerance(0),
    counters=(WANG,),
)
WHOLE = replace(
    PLAN,
    blind=True,
    tolerance=Tolerance(100, 5),
    recounters=(LI,),
    customers=(QINGHE,),
    filter=(("class", "A"), ("region", "华东")),
    without=(CustomerId("linjiang"),),
    due=date(2026, 12, 5),
    required=("name", "tax_id"),
    asks_balance=False,
    sample_permille=50,
    reason="补充",
)
FACTS = FreezeFacts(customers=1, today=TODAY, counters=frozenset({WANG, LI}))


def kinds(problems: tuple[UserError, ...]) -> list[type[UserError]]:
    return [type(problem) for problem in problems]


@pytest.mark.parametrize("plan", [PLAN, WHOLE, CampaignPlan("n", TODAY, "CNY")])
def test_that_a_plan_survives_its_canonical_text(plan: CampaignPlan) -> None:
    text = canonical({"scope": scope_section(plan)})

    assert plan_from(parse(text)["scope"]) == plan


def test_that_the_sample_of_a_whole_plan_has_every_field() -> None:
    assert all(getattr(WHOLE, field.name) not in {None, ()} for field in fields(WHOLE))


def test_that_what_the_database_reads_stands_where_it_looks() -> None:
    section = scope_section(WHOLE)

    assert (section["cut_off"], section["blind"]) == ("2026-11-25", 1)
    assert scope_section(PLAN)["blind"] == 0
    assert "blind" not in scope_section(replace(PLAN, blind=None))


@pytest.mark.parametrize(
    "change",
    [
        {"cut_off": "soon"},
        {"blind": 2},
        {"tolerance": {"relative": 5}},
        {"filter": ["A"]},
        {"counters": 5},
        {"colour": "red"},
    ],
)
def test_that_a_scope_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotCanonicalError):
        plan_from(scope_section(WHOLE) | change)


def test_that_a_plan_names_its_terms_once_the_tolerance_is_set() -> None:
    assert WHOLE.terms == Terms(Tolerance(100, 5), ("name", "tax_id"), asks_balance=False)


def test_that_a_whole_plan_can_be_frozen() -> None:
    assert freeze_problems(PLAN, FACTS) == ()
    assert freeze_problems(WHOLE, FACTS) == ()


@pytest.mark.parametrize(
    ("plan", "facts", "error"),
    [
        (PLAN, replace(FACTS, customers=0), EmptyScopeError),
        (PLAN, replace(FACTS, today=date(2026, 11, 24)), CutOffAheadError),
        (PLAN, replace(FACTS, has_period=False), NoSuchPeriodError),
        (PLAN, replace(FACTS, elsewhere=frozenset({QINGHE})), CustomerElsewhereError),
        (replace(PLAN, counters=()), FACTS, CountersMissingError),
        (replace(PLAN, recounters=(PersonName("chen"),)), FACTS, NotACounterError),
        (replace(PLAN, blind=None), FACTS, BlindUndecidedError),
        (replace(PLAN, tolerance=None), FACTS, ToleranceMissingError),
    ],
)
def test_that_each_thing_against_a_freeze_has_its_error(
    plan: CampaignPlan, facts: FreezeFacts, error: type[UserError]
) -> None:
    assert kinds(freeze_problems(plan, facts)) == [error]


def test_that_everything_against_a_freeze_is_said_at_once() -> None:
    empty = CampaignPlan(" ", TODAY, "CNY")

    assert kinds(freeze_problems(empty, replace(FACTS, customers=0))) == [
        CampaignUnnamedError,
        EmptyScopeError,
        CountersMissingError,
        BlindUndecidedError,
        ToleranceMissingError,
    ]


@pytest.mark.parametrize("state", CampaignState)
def test_that_counts_are_taken_while_counting_and_in_the_recount_only(
    state: CampaignState,
) -> None:
    if state in TAKES_COUNTS:
        must_take_counts(state)
        return
    error = CampaignExpiredError if state == "expired" else CampaignClosedError
    with pytest.raises(error):
        must_take_counts(state)


def test_that_states_mean_what_they_say() -> None:
    assert {"counting", "recount"} == TAKES_COUNTS
    assert TAKES_COUNTS | {"review", "submitted", "approved", "adjusting"} <= HOLDS_CUSTOMERS
    assert not HOLDS_CUSTOMERS & {"draft", "closed", "cancelled", "expired"}
    assert not REVIEWED & (TAKES_COUNTS | {"draft", "cancelled", "expired"})


def test_that_counting_without_an_event_reads_ready() -> None:
    assert shown_state(CampaignState.COUNTING, has_events=False) == "ready"
    assert shown_state(CampaignState.COUNTING, has_events=True) == "counting"
    assert shown_state(CampaignState.REVIEW, has_events=False) == "review"


def test_that_a_campaign_expires_after_its_idle_hours() -> None:
    hour = 3_600_000_000

    assert has_expired(last_event_at=0, now=72 * hour, idle_hours=72)
    assert not has_expired(last_event_at=1, now=72 * hour, idle_hours=72)


def test_that_a_recount_waits_for_coverage() -> None:
    lines = [LineState.COUNTED] * 9 + [LineState.PENDING]

    assert why_not_recount(PLAN, lines) is None
    assert isinstance(why_not_recount(PLAN, [*lines, LineState.PENDING]), CoverageTooLowError)
    assert isinstance(why_not_recount(PLAN, []), CoverageTooLowError)


def test_that_review_waits_for_devices_conflicts_and_uncounted_lines() -> None:
    states = [LineState.CONFLICT, LineState.PENDING, LineState.LEASED, LineState.RECOUNT_REQUIRED]

    problems = review_problems(iter(states), unsynced={"phone": 12, "desk": 0})

    assert kinds(problems) == [UnsyncedDevicesError, LinesInConflictError, LinesUndecidedError]
    assert problems[0].facts["devices"] == {"phone": 12}
    assert [p.facts.get("lines") for p in problems[1:]] == [1, 3]


def test_that_review_goes_on_when_all_is_decided_or_waived() -> None:
    states = [LineState.COUNTED, LineState.DEFERRED, LineState.NOT_FOUND, LineState.EXCLUDED]

    assert review_problems(states, unsynced={"desk": 0}) == ()
    assert review_problems(states, unsynced={"phone": 12}, waived=True) == ()


TREATED = Variance(QINGHE, Money(1, "CNY"), 1, reason="unbilled", action="voucher")


@pytest.mark.parametrize(
    ("variance", "open_"),
    [
        (TREATED, False),
        (replace(TREATED, reason=None), True),
        (replace(TREATED, action=None), True),
        (replace(TREATED, reason="error"), True),
        (replace(TREATED, reason="error", evidence=("ab",)), False),
    ],
)
def test_that_each_variance_needs_reason_action_and_its_evidence(
    variance: Variance,
    open_: bool,  # noqa: FBT001
) -> None:
    problems = submit_problems([variance], evidence_for=frozenset({"error"}))

    assert kinds(problems) == ([VariancesOpenError] if open_ else [])


def test_that_submitting_waits_for_unexpected_scans() -> None:
    problems = submit_problems([], unexpected=1)

    assert kinds(problems) == [UnexpectedOpenError]


def test_that_closing_waits_for_children_books_and_report() -> None:
    problems = close_problems(
        open_children=1, books_proved=False, report_archived=False, unexpected=2
    )

    assert kinds(problems) == [
        ChildrenOpenError,
        UnexpectedOpenError,
        BooksUnprovedError,
        ReportMissingError,
    ]
    assert close_problems(open_children=0, books_proved=True, report_archived=True) == ()


def test_that_shares_are_exact_and_nothing_is_not_zero() -> None:
    states = [LineState.VERIFIED, LineState.VARIANCE, LineState.RESOLVED, LineState.PENDING]

    assert coverage([*states, LineState.UNEXPECTED]) == Fraction(3, 4)
    assert accuracy(states) == Fraction(1, 3)
    assert coverage([LineState.UNEXPECTED]) is None
    assert accuracy([LineState.COUNTED]) is None
    assert coverage([LineState.PENDING]) == 0


@given(st.lists(st.sampled_from(LineState), min_size=1))
def test_that_shares_lie_between_none_and_all(states: list[LineState]) -> None:
    for share in (coverage(states), accuracy(states)):
        assert share is None or 0 <= share <= 1


def test_that_a_sample_can_be_drawn_again_and_has_about_its_size() -> None:
    customers = [CustomerId(f"c{n}") for n in range(2_000)]

    drawn = sampled(customers, permille=100, salt=b"list hash")

    assert drawn == sampled(customers, permille=100, salt=b"list hash")
    assert drawn != sampled(customers, permille=100, salt=b"other")
    assert 120 <= len(drawn) <= 280
    assert sampled(customers, permille=0, salt=b"") == ()
    assert sampled(customers, permille=1000, salt=b"") == tuple(customers)
