"""What a plan will freeze, shown before; a campaign given up, counted again, opened again."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Row

from erpdesk.domain.approval import ReasonTooShortError
from erpdesk.domain.ids import CustomerId, DocumentId, PersonName
from erpdesk.domain.stocktake.campaign import CampaignExpiredError
from erpdesk.domain.stocktake.campaign_acts import OwnCampaignError, StepNotNowError
from erpdesk.domain.stocktake.campaign_gates import (
    CoverageTooLowError,
    CustomerElsewhereError,
    LinesUndecidedError,
    UnexpectedOpenError,
    VariancesOpenError,
)
from erpdesk.domain.stocktake.campaign_recount import NothingToRecountError
from erpdesk.domain.stocktake.campaign_scope import Book, FilterValueError
from erpdesk.domain.stocktake.count_line import LineCountedError, LineDecision, LineVerb
from erpdesk.domain.stocktake.counting import Finding
from erpdesk.errors import StaleError
from erpdesk.services.stocktake.campaign_board import crew_of
from erpdesk.storage import counts
from erpdesk.storage.counts import last_event_at
from tests.services.builders import Office

REASON = "改成月底再盘"


def test_that_the_list_shown_is_the_list_frozen(both: Office) -> None:
    both.posted("服务1", "113.00")
    both.foreign("20.00", rate="7.10")
    service = both.desk("chief").campaigns
    plan = both.plan("K1", "K2", cut_off=both.today)

    shown = service.preview(plan)
    frozen = service.freeze(service.plan(plan).value, shown=shown).value

    assert frozen.content["list"]["hash"] == shown.snapshot.hex()
    assert (shown.rows, shown.chosen) == (3, 2)
    assert shown.sums == (Book("CNY", 0, 11_300), Book("USD", 0, 2_000))
    lines = service.status(frozen).lines
    assert sum(line.frozen.book_minor for line in lines) == 13_300


def test_that_a_list_whose_books_moved_since_it_was_shown_is_not_frozen(office: Office) -> None:
    service = office.desk("chief").campaigns
    plan = office.plan("K1")
    drafted, shown = service.plan(plan).value, service.preview(plan)
    office.posted("服务1", "113.00")

    with pytest.raises(StaleError):
        service.freeze(drafted, shown=shown)

    assert office.look(drafted).state == "draft"


def test_that_who_is_left_out_is_said_with_the_reason(both: Office) -> None:
    both.posted("服务1", "113.00")
    service = both.desk("chief").campaigns
    whole = both.plan(customers=(), filter=(("balance_min", "100"), ("code", "K")))
    taken = replace(both.plan(customers=()), without=(CustomerId(both.customer("K2").id),))

    assert service.preview(whole).left_out == (("balance_min", 2),)
    found = service.preview(taken)
    assert found.left_out == (("taken_out", 1),)
    assert [one.code for one in found.choices if not one.is_chosen] == ["K2"]
    assert service.preview(both.plan("K1")).left_out == (("not_listed", 2),)


def test_that_customers_are_chosen_by_when_they_were_counted_last(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    both.state(campaign, "K1", "0")
    both.scan(campaign, "NOBODY")
    service = both.desk("chief").campaigns

    def found(day: str) -> list[str]:
        plan = both.plan(customers=(), filter=(("not_counted_since", day),))
        return [one.code for one in service.preview(plan).choices if one.is_chosen]

    assert found(both.today.isoformat()) == ["K2", "K3"]
    assert found(both.ago(-1).isoformat()) == ["K1", "K2", "K3"]
    with pytest.raises(FilterValueError):
        found("soon")


def test_that_another_campaign_is_named_that_holds_a_customer(office: Office) -> None:
    number = office.campaign("K1").number
    found = office.desk("chief").campaigns.preview(office.plan("K1", "K2"))

    assert [(one.code, one.held_by) for one in found.choices] == [("K1", number), ("K2", None)]
    assert found.held == (office.customer("K1").id,)
    assert [type(one) for one in found.problems] == [CustomerElsewhereError]


def test_that_a_draft_is_written_anew(both: Office) -> None:
    service = both.desk("chief").campaigns
    drafted = service.plan(both.plan("K1")).value

    edited = service.edit(drafted, both.plan("K2", due=both.today)).value

    assert service.preview(service.status(edited).plan).choices[0].code == "K2"
    assert service.status(edited).plan.due == both.today
    with pytest.raises(StaleError):
        service.edit(drafted, both.plan("K3"))


def test_that_a_blind_list_says_nothing_of_the_books_to_counters(office: Office) -> None:
    office.posted("服务1", "113.00")
    plan = office.plan(customers=(), filter=(("balance_min", "100"), ("code", "K")), blind=True)
    service = office.desk("chief").campaigns

    frozen = service.freeze(service.plan(plan).value).value

    assert frozen.content["scope"]["filter"] == {"code": "K"}
    assert [line.frozen.code for line in service.status(frozen).lines] == ["K1"]


def test_that_a_frozen_campaign_is_given_up_by_a_second_person(both: Office) -> None:
    campaign = both.campaign("K1")
    with pytest.raises(OwnCampaignError):
        both.desk("chief").campaigns.cancel(campaign, REASON)
    with pytest.raises(ReasonTooShortError):
        both.desk("director").campaigns.cancel(campaign, "改天")

    assert both.desk("director").campaigns.cancel(campaign, REASON).value.state == "cancelled"
    assert both.campaign("K1").state == "counting"


def test_that_a_draft_is_given_up_by_whoever_wrote_it(office: Office) -> None:
    service = office.desk("chief").campaigns
    drafted = service.plan(office.plan("K1")).value

    assert service.cancel(drafted, REASON).value.state == "cancelled"
    with pytest.raises(StepNotNowError):
        service.cancel(office.look(drafted), REASON)


def test_that_a_recount_takes_those_over_tolerance_and_another_counter(both: Office) -> None:
    both.posted("服务1", "113.00")
    campaign = both.campaign("K1", "K2", cut_off=both.today, coverage_permille=1000)
    both.state(campaign, "K1", "100.00")
    service = both.desk("chief").campaigns
    with pytest.raises(CoverageTooLowError):
        service.recount(both.look(campaign), "超容差复盘")
    both.state(campaign, "K2", "0")

    recounting = service.recount(both.look(campaign), "超容差复盘").value

    first, second = service.status(recounting).lines
    assert recounting.state == "recount"
    assert (first.judged.state, second.judged.state) == ("recount_required", "verified")
    assert [one.to_person for one in first.counted.decisions] == ["second"]
    with pytest.raises(LinesUndecidedError):
        service.review(recounting)
    both.state(recounting, "K1", "113.00", by="second")
    assert service.status(recounting).lines[0].judged.state == "verified"


def test_that_there_is_no_recount_of_nothing(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")

    with pytest.raises(NothingToRecountError):
        office.desk("chief").campaigns.recount(campaign, "超容差复盘")

    assert office.look(campaign).state == "counting"


def test_that_only_the_chosen_lines_are_opened_again(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    for code in ("K1", "K2"):
        both.state(campaign, code, "0")
    service = both.desk("chief").campaigns
    reviewed = service.review(both.look(campaign)).value

    again = service.reopen(reviewed, "数抄错了一位", (CustomerId(both.customer("K2").id),)).value

    states = [line.judged.state.value for line in service.status(again).lines]
    assert (again.state, states) == ("counting", ["verified", "pending"])
    assert len(service.status(again).lines[1].counted.events) == 1


def test_that_several_lines_are_decided_together_or_not_at_all(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    both.state(campaign, "K1", "0")
    service = both.desk("chief").campaigns

    def decision(code: str) -> LineDecision:
        return LineDecision(
            both.desk("chief").company.new_id(), DocumentId(campaign.id), LineVerb.DEFER,
            "月底再去一趟", PersonName("chief"), 0, CustomerId(both.customer(code).id),
        )  # fmt: skip

    with pytest.raises(LineCountedError):
        service.decide_each((decision("K2"), decision("K1")))
    assert service.status(campaign).lines[1].judged.state == "pending"

    service.decide_each((decision("K2"),))
    assert service.status(campaign).lines[1].judged.state == "deferred"


def test_that_a_board_says_who_counted_and_what_blocks(both: Office) -> None:
    campaign = both.campaign("K1", "K2", "K3")
    both.state(campaign, "K1", "0")
    both.state(campaign, "K2", "5.00", by="second")
    both.state(campaign, "K2", "6.00")
    assert both.scan(campaign, "NOBODY", by="second").judgement.finding is Finding.UNKNOWN

    board = both.desk("chief").campaigns.board(both.look(campaign))

    assert [(one.person, one.given, one.counted, one.scans) for one in board.tallies] == [
        ("counter", 0, 2, 2), ("second", 0, 1, 2),
    ]  # fmt: skip
    assert [type(one).__name__ for one in board.blocks] == [
        "LinesInConflictError", "LinesUndecidedError",
    ]  # fmt: skip
    assert (board.customers, board.uncounted.count, len(board.conflicts)) == (3, 1, 1)
    assert [one.frozen.code for one in board.done.lines] == ["K1"]
    assert (board.owner, board.worked, board.next_verb) == ("chief", True, "review")
    assert not both.desk("maker").campaigns.board(both.look(campaign)).worked


def test_that_with_one_counter_every_line_is_theirs(office: Office) -> None:
    campaign = office.campaign("K1", "K2", counters=(PersonName("counter"),))

    [tally] = office.desk("chief").campaigns.board(campaign).tallies

    assert (tally.given, tally.counted) == (2, 0)


def test_that_a_board_in_review_names_the_differences_and_scans_that_are_open(
    office: Office,
) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "9.00")
    office.scan(campaign, "NOBODY")
    service = office.desk("chief").campaigns
    reviewed = service.review(office.look(campaign)).value

    board = service.board(reviewed)

    assert [type(one) for one in board.blocks] == [VariancesOpenError, UnexpectedOpenError]
    assert (board.next_verb, board.differences, board.withheld) == ("submit", 1, False)


def test_that_what_is_said_stands_in_the_text_that_is_handed_in(both: Office) -> None:
    campaign = both.campaign("K1")
    both.state(campaign, "K1", "9.00")
    reviewed = both.desk("chief").campaigns.review(both.look(campaign)).value
    service = both.desk("maker").campaigns
    with pytest.raises(VariancesOpenError):
        service.hand_in(reviewed)

    both.explain(reviewed)
    handed_in = service.hand_in(reviewed).value
    back = both.desk("director").approving
    assert "variances" not in reviewed.content
    assert [one["reason"] for one in handed_in.content["variances"]] == ["timing"]
    assert back.inbox()[0].risk_minor == 900


def test_that_a_counter_who_reads_the_books_is_known(office: Office) -> None:
    desk = office.desk("chief")

    crew = crew_of(desk.signing_in.everybody(), at=office.clock.now_us())

    found = {str(one.person): one.reads_books for one in crew}
    assert found["counter"] is False
    assert found["maker"] is True
    assert "cashier" not in found


def test_that_a_campaign_nobody_counts_expires_and_is_resumed(office: Office) -> None:
    campaign = office.campaign("K1", "K2", idle_hours=0)
    kept = office.campaign("K3", idle_hours=72)
    chief = office.desk("chief").campaigns

    numbers = chief.expire_idle().value

    expired = office.look(campaign)
    assert (numbers, expired.state) == ((campaign.number,), "expired")
    assert office.look(kept).state == "counting"
    with pytest.raises(CampaignExpiredError):
        office.scan(campaign, "K1")
    assert chief.expire_idle().value == ()
    assert chief.resume(expired).value.state == "counting"
    assert office.scan(campaign, "K1").judgement.finding is Finding.COUNTED


def test_that_a_count_keeps_a_campaign_alive(office: Office) -> None:
    campaign = office.campaign("K1", idle_hours=1)
    chief = office.desk("chief").campaigns
    office.clock.advance(seconds=3)
    office.state(campaign, "K1", "0")
    with office.desk("chief").company.database.reading() as connection:
        last = last_event_at(connection, campaign.id)

    assert last > campaign.made_at
    assert chief.expire_idle().value == ()


def test_that_a_campaign_whose_customers_went_elsewhere_is_not_resumed(office: Office) -> None:
    campaign = office.campaign("K1", "K2", idle_hours=0)
    chief = office.desk("chief").campaigns
    chief.expire_idle()
    office.campaign("K2")

    with pytest.raises(CustomerElsewhereError):
        chief.resume(office.look(campaign))

    assert office.look(campaign).state == "expired"


def test_that_who_is_only_decided_about_was_not_counted(office: Office) -> None:
    campaign = office.campaign("K1", "K2", "K3")
    office.state(campaign, "K1", "0")
    office.rule(campaign, "defer", code="K2")

    board = office.desk("chief").campaigns.board(campaign)

    assert (board.counted, board.customers) == (1, 3)
    assert [line.frozen.code for line in board.uncounted.lines] == ["K3"]


def test_that_where_somebody_else_decides_first_no_step_is_next_and_nothing_blocks_it(
    office: Office,
) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    office.scan(campaign, "NOBODY")
    chief = office.desk("chief").campaigns
    reviewed = chief.review(office.look(campaign)).value
    assert [type(one) for one in chief.board(reviewed).blocks] == [UnexpectedOpenError]
    scan = chief.status(reviewed).unexpected[0]
    office.rule(reviewed, "junk", event=scan.id)
    submitted = office.desk("maker").campaigns.hand_in(reviewed).value

    board = chief.board(submitted)

    assert (board.state, board.next_verb, board.blocks) == ("submitted", "", ())


def test_that_a_step_taken_twice_decides_about_its_lines_once(both: Office) -> None:
    campaign = both.campaign("K1")
    both.state(campaign, "K1", "0")
    service = both.desk("chief").campaigns
    reviewed = service.review(both.look(campaign)).value
    whom, once = (CustomerId(both.customer("K1").id),), both.desk("chief").company.new_id()

    first = service.reopen(reviewed, "数抄错了一位", whom, step_id=once).value
    again = service.reopen(reviewed, "数抄错了一位", whom, step_id=once).value

    assert again.seen == first.seen
    [line] = service.status(again).lines
    assert len(line.counted.decisions) == 1


def test_that_a_decision_reads_what_was_decided_about_its_line_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = office.campaign("K1", "K2", "K3")
    unknown = office.scan(campaign, "NEW-CODE").event
    office.rule(campaign, "alias", code="K1", event=unknown.id)
    office.rule(campaign, "defer", code="K2")
    read, made = list[LineDecision](), counts.decision_from

    def noted(row: Row[Any]) -> LineDecision:
        read.append(made(row))
        return read[-1]

    monkeypatch.setattr(counts, "decision_from", noted)
    office.rule(campaign, "defer", code="K3")

    assert read == []
