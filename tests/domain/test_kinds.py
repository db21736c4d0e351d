from erpdesk.domain.kinds import JOURNAL_SERIES, KINDS, Transition, kind_of

STEPS = [row for kind in KINDS for row in kind.transitions]


def after(kind: str, verb: str) -> set[str]:
    return {row.to_state for row in kind_of(kind).transitions if row.verb == verb}


def test_that_every_kind_has_a_mark_of_its_own() -> None:
    assert len({kind.mark for kind in KINDS}) == len(KINDS)


def test_that_no_step_is_listed_twice() -> None:
    keys = [(row.kind, row.from_state, row.verb, row.role) for row in STEPS]

    assert len(keys) == len(set(keys))


def test_that_everybody_else_decides_on_a_document_with_four_eyes() -> None:
    decided = [row for row in STEPS if row.verb in {"approve", "endorse", "reject", "return"}]

    assert decided
    assert all(row.four_eyes for row in decided)


def test_that_refusing_giving_up_and_sending_back_need_a_reason() -> None:
    verbs = {"reject", "return", "void", "cancel", "reopen"}

    assert all(row.reason for row in STEPS if row.verb in verbs)


def test_that_what_moves_money_is_approved_within_limits() -> None:
    for kind in ("voucher", "receipt", "allocation", "reversal", "import", "campaign"):
        approved = [row for row in kind_of(kind).transitions if row.verb == "approve"]

        assert approved
        assert all(row.limited for row in approved)


def test_that_posting_follows_a_decision_alone() -> None:
    deciding = {(row.kind, row.to_state) for row in STEPS if row.decides}
    posting = {(row.kind, row.from_state) for row in STEPS if row.verb == "post"}

    assert posting <= deciding


def test_that_nobody_administers_and_decides() -> None:
    assert not [row for row in STEPS if row.role == "admin" and row.four_eyes]


def test_that_a_posted_document_has_no_further_step() -> None:
    assert not [row for row in STEPS if row.from_state == "posted"]


def test_that_a_campaign_never_posts_and_never_goes_back_to_draft() -> None:
    rows = kind_of("campaign").transitions

    assert not [row for row in rows if row.verb == "post"]
    assert {row.from_state for row in rows if row.to_state == "draft"} <= {"none", "draft"}


def test_that_an_edit_begins_from_a_draft_or_a_rejected_one() -> None:
    assert after("voucher", "edit") == {"draft"}
    assert isinstance(kind_of("voucher").transitions[0], Transition)


def test_that_every_kind_that_posts_has_a_journal_series() -> None:
    posting = {row.kind for row in STEPS if row.verb == "post"} - {"customer", "authority"}

    assert posting == JOURNAL_SERIES.keys()
