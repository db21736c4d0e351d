"""Who may take a campaign which step further, and what stands against it."""

from typing import Final

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.kinds import kind_of
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.errors import UserError


class StepNotNowError(UserError):
    """From where this campaign stands the step cannot be taken."""


class SupervisorOnlyError(UserError):
    """Only a supervisor may do this."""


class AccountantOnlyError(UserError):
    """Only an accountant may do this."""


class OfficeOnlyError(UserError):
    """Only a supervisor or a director may do this."""


class OwnCampaignError(UserError):
    """Whoever worked on a frozen campaign cannot cancel it."""


NEXT: Final[dict[CampaignState, str]] = {
    CampaignState.DRAFT: "ready",
    CampaignState.COUNTING: "review",
    CampaignState.RECOUNT: "review",
    CampaignState.REVIEW: "submit",
    CampaignState.APPROVED: "adjust",
    CampaignState.ADJUSTING: "close",
    CampaignState.EXPIRED: "resume",
}
"""The verb that takes a campaign on, by where it stands; elsewhere somebody else decides first."""


def why_not_step(
    verb: str, state: CampaignState | None, *, roles: frozenset[Role], worked: bool = False
) -> UserError | None:
    """Return what stands against a step; ``worked`` says that this person worked on the campaign.

    ``state`` is None before there is a campaign. The rules are those of the kind: from which state,
    by which role, by whom it was not made.
    """
    steps = [one for one in kind_of("campaign").transitions if one.verb == verb]
    start = state.value if state else "none"
    steps = [one for one in steps if one.from_state == start]
    if not steps:
        return StepNotNowError(state=start)
    mine = [one for one in steps if Role(one.role) in roles]
    if not mine:
        return _only(frozenset(Role(one.role) for one in steps))
    return OwnCampaignError() if worked and all(one.four_eyes for one in mine) else None


def why_not_cancel(
    state: CampaignState, *, roles: frozenset[Role], worked: bool, reason: str
) -> UserError | None:
    """Return what stands against giving a campaign up: once frozen it takes a second person."""
    refusal = why_not_step("cancel", state, roles=roles, worked=worked)
    return refusal or why_not_reason(reason)


DECIDES_LINES: Final = frozenset(
    {CampaignState.COUNTING, CampaignState.RECOUNT, CampaignState.REVIEW}
)
"""Lines and scans are decided."""


def why_not_rule_here(state: CampaignState, *, roles: frozenset[Role]) -> UserError | None:
    """Return what stands against deciding about any line or scan of a campaign."""
    if state not in DECIDES_LINES:
        return StepNotNowError(state=state.value)
    return None if Role.SUPERVISOR in roles else SupervisorOnlyError()


def _only(roles: frozenset[Role]) -> UserError:
    if roles == {Role.ACCOUNTANT}:
        return AccountantOnlyError()
    return SupervisorOnlyError() if roles == {Role.SUPERVISOR} else OfficeOnlyError()
