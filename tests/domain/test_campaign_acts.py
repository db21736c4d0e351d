"""Who may take a campaign which step: as the rules of the kind say, and whose a step is."""

import pytest

from erpdesk.domain.approval import ReasonTooShortError
from erpdesk.domain.kinds import kind_of
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.domain.stocktake.campaign_acts import (
    NEXT,
    AccountantOnlyError,
    OfficeOnlyError,
    OwnCampaignError,
    StepNotNowError,
    SupervisorOnlyError,
    why_not_cancel,
    why_not_rule_here,
    why_not_step,
)

CHIEF, MAKER, HEAD = (
    frozenset({role}) for role in (Role.SUPERVISOR, Role.ACCOUNTANT, Role.DIRECTOR)
)


@pytest.mark.parametrize(
    ("verb", "state", "roles", "refusal"),
    [
        ("ready", CampaignState.DRAFT, CHIEF, None),
        ("ready", CampaignState.DRAFT, MAKER, SupervisorOnlyError),
        ("ready", CampaignState.COUNTING, CHIEF, StepNotNowError),
        ("submit", CampaignState.REVIEW, MAKER, None),
        ("submit", CampaignState.REVIEW, CHIEF, AccountantOnlyError),
        ("cancel", CampaignState.COUNTING, MAKER, OfficeOnlyError),
        ("cancel", CampaignState.COUNTING, HEAD, None),
    ],
)
def test_that_a_step_belongs_to_a_state_and_a_role(
    verb: str, state: CampaignState, roles: frozenset[Role], refusal: type[Exception] | None
) -> None:
    found = why_not_step(verb, state, roles=roles)

    assert (found and type(found)) == refusal


def test_that_a_frozen_campaign_is_given_up_by_somebody_who_did_not_work_on_it() -> None:
    given_up = {
        state: why_not_step("cancel", state, roles=CHIEF, worked=True)
        for state in (CampaignState.DRAFT, CampaignState.COUNTING, CampaignState.REVIEW)
    }

    assert given_up[CampaignState.DRAFT] is None
    assert isinstance(given_up[CampaignState.COUNTING], OwnCampaignError)
    assert isinstance(given_up[CampaignState.REVIEW], OwnCampaignError)


def test_that_giving_up_takes_a_reason() -> None:
    def found(reason: str) -> Exception | None:
        state = CampaignState.DRAFT
        return why_not_cancel(state, roles=CHIEF, worked=True, reason=reason)

    assert isinstance(found("改天"), ReasonTooShortError)
    assert found("改成月底再盘") is None


def test_that_what_comes_next_is_a_step_of_the_kind() -> None:
    steps = {(one.from_state, one.verb) for one in kind_of("campaign").transitions}

    assert {(state.value, verb) for state, verb in NEXT.items()} <= steps


def test_that_a_campaign_is_begun_by_a_supervisor() -> None:
    assert why_not_step("draft", None, roles=CHIEF) is None
    assert isinstance(why_not_step("draft", None, roles=HEAD), SupervisorOnlyError)


@pytest.mark.parametrize("state", CampaignState)
def test_that_lines_are_decided_by_a_supervisor_until_the_review_is_over(
    state: CampaignState,
) -> None:
    is_open = state in {"counting", "recount", "review"}

    assert (why_not_rule_here(state, roles=CHIEF) is None) == is_open
    assert why_not_rule_here(state, roles=MAKER) is not None
