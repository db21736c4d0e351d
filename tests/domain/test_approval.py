from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.approval import (
    ApprovalFacts,
    CountedHereError,
    Decision,
    EndorsedAlreadyError,
    KeyMissingError,
    NeedsSecondPersonError,
    NobodyMayApproveError,
    NoRoleError,
    OverLimitError,
    OverWindowError,
    OwnerDelayError,
    OwnWorkError,
    ReasonTooShortError,
    SelfReview,
    SplittingError,
    Verb,
    WrongStateError,
    has_reason,
    why_not_approve,
    why_not_ask,
    why_not_decide,
    why_not_endorse,
    why_not_reject,
)
from erpdesk.domain.changes import Seen
from erpdesk.domain.ids import DocumentId, PersonName
from erpdesk.domain.people import Authority, Person, Role
from erpdesk.errors import UserError

MAKER, BOB, DORA = PersonName("maker"), PersonName("bob"), PersonName("dora")
FACTS = ApprovalFacts(
    state="submitted",
    made_by=frozenset({MAKER}),
    risk_minor=100,
    at=50,
    two_person_minor=1_000,
)


def a_person(
    name: PersonName = BOB,
    role: Role = Role.SUPERVISOR,
    *,
    limit: int = 1_000,
    window: int = 5_000,
    key: bytes | None = None,
) -> Person:
    row = Authority(name, role, 0, limit_minor=limit, window_minor=window)
    return Person(name, name, (row,), key)


def kind(why_not: UserError | None) -> type[UserError] | None:
    return type(why_not) if why_not else None


def test_that_another_person_with_role_and_limit_may_approve() -> None:
    assert why_not_approve(FACTS, a_person()) is None


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (replace(FACTS, state="draft"), WrongStateError),
        (replace(FACTS, state="posted"), WrongStateError),
        (replace(FACTS, made_by=frozenset({MAKER, BOB})), OwnWorkError),
        (replace(FACTS, counted_by=frozenset({BOB})), CountedHereError),
        (replace(FACTS, state="in_review", endorsed_by=frozenset({BOB})), EndorsedAlreadyError),
        (replace(FACTS, roles=frozenset({Role.DIRECTOR})), NoRoleError),
        (replace(FACTS, risk_minor=1_001), OverLimitError),
        (replace(FACTS, approved_in_window_minor=4_901), OverWindowError),
        (replace(FACTS, approved_for_customer_minor=901), SplittingError),
        (replace(FACTS, two_person_minor=99), NeedsSecondPersonError),
        (replace(FACTS, key_required=True), KeyMissingError),
    ],
)
def test_that_each_reason_against_approval_has_its_own_error(
    facts: ApprovalFacts, error: type[UserError]
) -> None:
    assert kind(why_not_approve(facts, a_person())) is error


def test_that_own_work_is_the_reason_whatever_role_one_has() -> None:
    facts = replace(FACTS, made_by=frozenset({BOB}), roles=frozenset({Role.DIRECTOR}))

    assert kind(why_not_approve(facts, a_person())) is OwnWorkError
    assert kind(why_not_reject(facts, a_person(), reason="错了错了错")) is OwnWorkError


def test_that_every_limit_may_be_reached_exactly() -> None:
    facts = replace(
        FACTS,
        risk_minor=1_000,
        approved_in_window_minor=4_000,
        approved_for_customer_minor=0,
    )

    assert why_not_approve(facts, a_person()) is None


def test_that_a_limit_of_zero_approves_no_amount() -> None:
    facts = replace(FACTS, risk_minor=1)

    assert kind(why_not_approve(facts, a_person(limit=0))) is OverLimitError


def test_that_kinds_without_limits_ask_for_none() -> None:
    facts = replace(FACTS, limited=False, risk_minor=10**9)

    assert why_not_approve(facts, a_person(limit=0, window=0)) is None


def test_that_the_role_with_the_highest_limit_counts() -> None:
    both = Person(
        BOB,
        "Bob",
        (
            Authority(BOB, Role.SUPERVISOR, 0, limit_minor=10, window_minor=10),
            Authority(BOB, Role.DIRECTOR, 0, limit_minor=1_000, window_minor=1_000),
        ),
    )

    assert why_not_approve(FACTS, both) is None


def test_that_a_large_amount_passes_after_the_endorsement_of_another() -> None:
    facts = replace(FACTS, state="in_review", two_person_minor=99, endorsed_by=frozenset({DORA}))

    assert why_not_approve(facts, a_person()) is None


def test_that_a_registered_key_has_to_be_at_hand() -> None:
    signer = a_person(key=b"k" * 32)

    assert kind(why_not_approve(replace(FACTS, key_at_hand=False), signer)) is KeyMissingError
    assert why_not_approve(replace(FACTS, key_required=True), signer) is None
    assert kind(why_not_endorse(replace(FACTS, key_at_hand=False), signer)) is KeyMissingError


def test_that_an_owner_alone_approves_own_work_after_the_delay_only() -> None:
    facts = replace(FACTS, made_by=frozenset({BOB}), two_person_minor=1)
    early = replace(facts, self_review=SelfReview(waited_us=9, delay_us=10))
    late = replace(facts, self_review=SelfReview(waited_us=10, delay_us=10))

    assert kind(why_not_approve(early, a_person())) is OwnerDelayError
    assert why_not_approve(late, a_person()) is None


def test_that_endorsing_is_for_submitted_documents_and_asks_for_no_limit() -> None:
    facts = replace(FACTS, two_person_minor=1, risk_minor=10**9)

    assert why_not_endorse(facts, a_person(limit=0)) is None
    assert kind(why_not_endorse(replace(facts, state="in_review"), a_person())) is WrongStateError


def test_that_rejecting_needs_a_reason_and_somebody_else() -> None:
    own = replace(FACTS, made_by=frozenset({BOB}))

    assert why_not_reject(FACTS, a_person(), reason="no delivery note") is None
    assert kind(why_not_reject(FACTS, a_person(), reason="no")) is ReasonTooShortError
    assert kind(why_not_reject(own, a_person(), reason="no delivery note")) is OwnWorkError


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        (None, False),
        ("", False),
        ("abcd", False),
        ("abcde", True),
        ("缺送货单", False),
        ("缺少送货单", True),
        ("a b c d", False),
        ("ab\u200b\u200b\u200b\u3000", False),
        (" 金额 不 对 吧 ", True),
    ],
)
def test_that_only_visible_characters_make_a_reason(text: str | None, enough: bool) -> None:  # noqa: FBT001
    assert has_reason(text) is enough


@pytest.mark.parametrize("verb", Verb)
def test_that_a_decision_is_judged_by_its_verb(verb: Verb) -> None:
    decision = Decision(DocumentId("d"), Seen(2, b"h"), verb, "reason enough")

    assert why_not_decide(FACTS, a_person(), decision) is None
    assert why_not_decide(FACTS, a_person(MAKER), decision) is not None


def test_that_rejecting_without_reason_is_refused_as_a_decision_too() -> None:
    decision = Decision(DocumentId("d"), Seen(2, b"h"), Verb.RETURN)

    assert kind(why_not_decide(FACTS, a_person(), decision)) is ReasonTooShortError


def test_that_a_document_nobody_may_approve_cannot_be_submitted() -> None:
    assert kind(why_not_ask(FACTS, [])) is NobodyMayApproveError
    assert kind(why_not_ask(FACTS, [a_person(MAKER)])) is NobodyMayApproveError
    assert kind(why_not_ask(FACTS, [a_person(limit=99)])) is NobodyMayApproveError
    assert kind(why_not_ask(FACTS, [a_person(role=Role.COUNTER)])) is NobodyMayApproveError
    assert why_not_ask(FACTS, [a_person(MAKER), a_person()]) is None
    assert why_not_ask(replace(FACTS, limited=False), [a_person(limit=0)]) is None


def test_that_a_large_amount_needs_two_people_at_submission() -> None:
    large = replace(FACTS, two_person_minor=1)

    assert kind(why_not_ask(large, [a_person()])) is NobodyMayApproveError
    assert why_not_ask(large, [a_person(), a_person(DORA, limit=0)]) is None


def test_that_an_owner_alone_may_submit() -> None:
    facts = replace(FACTS, self_review=SelfReview(0, 10))

    assert why_not_ask(facts, [a_person(MAKER)]) is None


NAMES = st.sampled_from([MAKER, BOB, DORA])
FEW = st.frozensets(NAMES, max_size=2)
AMOUNTS = st.integers(0, 30)
ANY_FACTS = st.builds(
    ApprovalFacts,
    state=st.sampled_from(["draft", "submitted", "in_review", "rejected", "posted"]),
    made_by=FEW,
    risk_minor=AMOUNTS,
    at=st.just(1),
    two_person_minor=AMOUNTS,
    approved_in_window_minor=AMOUNTS,
    approved_for_customer_minor=AMOUNTS | st.none(),
    counted_by=FEW,
    endorsed_by=FEW,
    roles=st.sampled_from([frozenset({Role.SUPERVISOR}), frozenset({Role.DIRECTOR})]),
)


@given(ANY_FACTS, NAMES, AMOUNTS, AMOUNTS)
def test_that_approval_is_refused_exactly_when_a_rule_is_broken(
    facts: ApprovalFacts, name: PersonName, limit: int, window: int
) -> None:
    allowed = why_not_approve(facts, a_person(name, limit=limit, window=window)) is None

    risk, customer = facts.risk_minor, facts.approved_for_customer_minor
    assert allowed == (
        facts.state in {"submitted", "in_review"}
        and Role.SUPERVISOR in facts.roles
        and name not in facts.made_by | facts.counted_by | facts.endorsed_by
        and risk <= limit
        and risk + facts.approved_in_window_minor <= window
        and (customer is None or risk + customer <= limit)
        and (facts.state == "in_review" or risk <= facts.two_person_minor)
    )
