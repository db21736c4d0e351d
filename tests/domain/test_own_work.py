"""What a maker may do with a document of their own: by its state, its kind and their roles."""

import pytest

from erpdesk.domain.kinds import KINDS
from erpdesk.domain.own_work import (
    MakersOnlyError,
    NotInHandError,
    OthersDocumentError,
    Own,
    PastWithdrawalError,
    verbs_to_submit,
    why_not_submit,
    why_not_void,
    why_not_withdraw,
)
from erpdesk.domain.people import Role

EVERY = frozenset(Role)
STATES = ("draft", "submitted", "in_review", "rejected", "posted", "voided")


def own(kind: str, state: str, *, roles: frozenset[Role] = EVERY, is_mine: bool = True) -> Own:
    return Own(kind, state, is_mine, roles)


def possible(state: str, roles: frozenset[Role] = EVERY) -> tuple[bool, bool, bool]:
    """Return whether a receipt can be withdrawn, handed in, given up."""
    one = own("receipt", state, roles=roles)
    return not why_not_withdraw(one), not why_not_submit(one), not why_not_void(one)


def test_that_only_what_waits_is_taken_back_and_only_what_is_in_hand_goes_on() -> None:
    assert {state: possible(state) for state in STATES} == {
        "draft": (False, True, True),
        "submitted": (True, False, False),
        "in_review": (False, False, False),
        "rejected": (False, True, True),
        "posted": (False, False, False),
        "voided": (False, False, False),
    }


def test_that_nobody_takes_back_what_is_not_theirs() -> None:
    theirs = own("receipt", "submitted", is_mine=False)

    for ask in (why_not_withdraw, why_not_submit, why_not_void):
        assert type(ask(theirs)) is OthersDocumentError


@pytest.mark.parametrize("role", sorted(Role))
def test_that_a_role_that_was_taken_away_takes_its_steps_along(role: Role) -> None:
    roles, makes = frozenset({role}), role in {Role.CASHIER, Role.ACCOUNTANT}

    assert possible("submitted", roles=roles)[0] is makes
    assert possible("rejected", roles=roles)[1:] == (makes, makes or role is Role.SUPERVISOR)
    if not makes:
        assert type(why_not_withdraw(own("receipt", "submitted", roles=roles))) is MakersOnlyError


def test_that_a_refusal_names_whether_it_is_too_late_or_not_in_hand() -> None:
    assert type(why_not_withdraw(own("receipt", "in_review"))) is PastWithdrawalError
    assert type(why_not_withdraw(own("campaign", "submitted"))) is PastWithdrawalError
    assert type(why_not_submit(own("receipt", "submitted"))) is NotInHandError
    assert type(why_not_void(own("receipt", "posted"))) is NotInHandError


def test_that_a_rejected_text_begins_a_new_round_before_it_is_handed_in() -> None:
    assert verbs_to_submit("rejected") == ("edit", "submit")
    assert verbs_to_submit("draft") == ("submit",)


def test_that_whatever_can_be_sent_back_can_be_handed_in_again_and_given_up() -> None:
    ends = {
        (kind.name, rule.to_state)
        for kind in KINDS
        for rule in kind.transitions
        if rule.verb in {"return", "reject"} and rule.to_state in {"draft", "rejected"}
    }

    stuck = [end for end in ends if why_not_submit(own(*end)) or why_not_void(own(*end))]
    assert len(ends) >= 2 * 9
    assert stuck == []
