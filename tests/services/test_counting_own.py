"""What a counter does about their own records, and what they may look at, on both engines."""

from dataclasses import replace

import pytest

from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.stocktake.campaign import CampaignClosedError
from erpdesk.domain.stocktake.count_line import LineDecision, LineVerb, NotCountedError
from erpdesk.domain.stocktake.counting import Fate, Finding, Proposal
from erpdesk.domain.stocktake.own_words import NotUnexpectedError, NotYourRecordError
from erpdesk.services.keeping.verifying import Speed
from erpdesk.services.stocktake.counting import Counting, NoSuchRecordError, UnexpectedStaysError
from erpdesk.storage.documents import Document
from tests.services.builders import Office


def counting(office: Office, name: str = "counter") -> Counting:
    return office.desk(name).counting


def test_that_a_scan_taken_back_is_not_counted_and_may_be_counted_again(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    scanned = both.scan(campaign, "K1")

    undone = counting(both).take_back(campaign, scanned.event.id).value

    assert undone.supersedes == scanned.event.id
    assert len(counting(both).progress(campaign).uncounted) == 2
    status = both.desk("chief").campaigns.status(both.look(campaign))
    assert [line.judged.state for line in status.lines] == ["pending", "pending"]
    assert both.scan(campaign, "K1", by="second").judgement.finding is Finding.COUNTED
    assert both.desk("chief").verifying.verify(Speed.RULES).is_clean


def test_that_a_statement_taken_back_leaves_the_scan_and_can_be_made_anew(both: Office) -> None:
    campaign = both.campaign("K1")
    scanned = both.scan(campaign, "K1")
    stated = both.state(campaign, "K1", "100.00")

    counting(both).take_back(campaign, stated.id)
    again = both.state(campaign, "K1", None, "phone")

    assert again.supersedes == scanned.event.id
    assert again.stated is None
    assert counting(both).progress(campaign).uncounted == ()


def test_that_the_same_taking_back_sent_twice_is_one(both: Office) -> None:
    campaign = both.campaign("K1")
    scanned = both.scan(campaign, "K1")
    name = both.desk("counter").company.new_id()

    made = [
        counting(both).take_back(campaign, scanned.event.id, event_id=name).value for _ in range(2)
    ]

    assert made[0].id == made[1].id
    assert len(counting(both).mine(campaign).mine) == 2


def test_that_nobody_takes_back_what_another_recorded(office: Office) -> None:
    campaign = office.campaign("K1", "K2")
    theirs = office.scan(campaign, "K1", by="second")

    with pytest.raises(NotYourRecordError):
        counting(office).take_back(campaign, theirs.event.id)
    with pytest.raises(NoSuchRecordError):
        counting(office).take_back(campaign, "no id")


def test_that_a_server_does_not_even_show_it(both: Office) -> None:
    campaign = both.campaign("K1")
    theirs = both.scan(campaign, "K1", by="second")

    with pytest.raises((NotYourRecordError, NoSuchRecordError)):
        counting(both).take_back(campaign, theirs.event.id)


def test_that_an_unexpected_scan_is_not_taken_back(office: Office) -> None:
    campaign = office.campaign("K1")
    unknown, outside = office.scan(campaign, "NO-17"), office.scan(campaign, "K2")

    for one in (unknown, outside):
        with pytest.raises(UnexpectedStaysError):
            counting(office).take_back(campaign, one.event.id)


def test_that_nothing_is_taken_back_after_counting_ended(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    [event] = counting(office).mine(campaign).mine
    office.desk("chief").campaigns.review(campaign)

    with pytest.raises(CampaignClosedError):
        counting(office).take_back(campaign, event.id)


def test_that_a_counter_asks_for_a_recount_and_a_supervisor_decides_it(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    for code in ("K1", "K2"):
        both.state(campaign, code, "0")
    customer = CustomerId(both.customer("K1").id)

    counting(both, "second").ask_recount(campaign, customer, "看着不像这家的数")

    chief = both.desk("chief").campaigns
    [asked] = chief.board(both.look(campaign)).asked
    assert (asked.frozen.code, asked.judged.state) == ("K1", "verified")
    assert [(one.by, one.asks) for one in asked.counted.asked] == [("second", "看着不像这家的数")]
    chief.decide(
        LineDecision(
            both.desk("chief").company.new_id(), DocumentId(campaign.id), LineVerb.RECOUNT,
            "请王芳以外的人盘", PersonName("chief"), 0, customer,
        )
    )  # fmt: skip
    assert chief.board(both.look(campaign)).asked == ()
    states = [line.judged.state for line in chief.status(both.look(campaign)).lines]
    assert states == ["recount_required", "verified"]


def test_that_a_request_nobody_decided_stays_in_sight_and_holds_up_no_review(both: Office) -> None:
    campaign = both.campaign("K1")
    both.state(campaign, "K1", "0")
    counting(both, "second").ask_recount(
        campaign, CustomerId(both.customer("K1").id), "看着不像这家的数"
    )
    chief = both.desk("chief").campaigns

    counted = chief.board(both.look(campaign))
    chief.review(both.look(campaign))
    reviewed = chief.board(both.look(campaign))

    assert counted.blocks == ()
    assert [one.frozen.code for one in (*counted.asked, *reviewed.asked)] == ["K1", "K1"]


def test_that_no_recount_is_asked_of_what_nobody_counted(office: Office) -> None:
    campaign = office.campaign("K1", "K2")
    office.state(campaign, "K1", "0")

    for code in ("K2", "K3"):
        with pytest.raises(NotCountedError):
            counting(office).ask_recount(
                campaign, CustomerId(office.customer(code).id), "看着不像这家的数"
            )


def test_that_a_proposal_waits_for_the_supervisor_and_changes_nothing(both: Office) -> None:
    campaign = both.campaign("K1")
    scanned = both.scan(campaign, "OLD-1")
    proposal = Proposal(scanned.event.id, Fate.ALIAS, CustomerId(both.customer("K1").id), "旧标签")

    counting(both).propose(campaign, proposal)

    chief = both.desk("chief")
    [open_scan] = chief.campaigns.status(both.look(campaign)).unexpected
    assert open_scan.id == scanned.event.id
    about = chief.campaigns.watch(both.look(campaign)).look().proposals[scanned.event.id]
    assert (about.proposal, about.by) == (proposal, "counter")
    decide(both, campaign, LineVerb.ALIAS, scanned.event.id)
    assert chief.campaigns.status(both.look(campaign)).unexpected == ()
    assert counting(both).mine(campaign).unexpected == ()


def decide(office: Office, campaign: Document, verb: LineVerb, event: str) -> None:
    chief = office.desk("chief")
    made = LineDecision(
        id=chief.company.new_id(), campaign=DocumentId(campaign.id), verb=verb,
        reason="与标签照片相符", by=chief.company.person, at=chief.clock.now_us(),
        customer=CustomerId(office.customer("K1").id) if verb is LineVerb.ALIAS else None,
        event=EventId(event),
    )  # fmt: skip
    chief.campaigns.decide(made)


def test_that_what_is_on_the_list_is_not_proposed_about(office: Office) -> None:
    campaign = office.campaign("K1")
    counted = office.scan(campaign, "K1")

    with pytest.raises(NotUnexpectedError):
        counting(office).propose(campaign, Proposal(counted.event.id, Fate.JUNK))


def test_that_a_counter_sees_the_campaigns_that_run(both: Office) -> None:
    both.desk("chief").campaigns.plan(both.plan("K2"))
    campaign = both.campaign("K1")

    [running] = counting(both).running()

    assert (running.head.id, running.head.number) == (campaign.id, campaign.number)
    assert running.plan.name == both.plan("K1").name


def test_that_a_counter_sees_figures_of_an_open_count_and_none_of_a_blind_one(
    both: Office,
) -> None:
    both.posted("服务1", "98,765.43")
    open_count = both.campaign("K1")
    blind = both.campaign("K2", blind=True)

    shown = counting(both).card(open_count, both.customer("K1").id)
    hidden = counting(both).card(blind, both.customer("K2").id)

    assert shown is not None
    assert [one.book_minor for one in shown.figures] == [98_765_43]
    assert (shown.name, shown.contact["person"]) == ("青禾包装", "王敏")
    assert hidden is not None
    assert hidden.figures == ()
    assert "minor" not in repr(counting(both).mine(blind).cards)


def test_that_a_counter_sees_who_counted_and_their_own_words_alone(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    both.scan(campaign, "NO-17", by="second")
    both.state(campaign, "K2", "97531086.42", by="second")
    mine = both.scan(campaign, "NO-18")
    both.scan(campaign, "K1")

    found = counting(both).mine(campaign)

    assert [one.customer.code for one in found.counted] == ["K1", "K2"]
    assert [one.id for one in found.unexpected] == [mine.event.id]
    assert {one.by for one in found.mine} == {"counter"}
    assert "9753108642" not in repr(found)


@pytest.mark.parametrize("words", ["青禾", "K1", "91330100MA2CFRU57", "13800000001", "qinghe"])
def test_that_a_counter_finds_a_customer_whose_label_is_damaged(both: Office, words: str) -> None:
    campaign = both.campaign("K1", "K2")

    assert [one.code for one in counting(both).find(campaign, words)] == ["K1"]


def test_that_a_customer_outside_is_found_by_name_and_a_sign_of_search_is_a_letter(
    office: Office,
) -> None:
    campaign = office.campaign("K1")

    assert [one.code for one in counting(office).find(campaign, "海河")] == ["K2"]
    assert counting(office).find(campaign, "%") == ()


def test_that_a_shift_is_summed_from_what_is_stored(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    scanned = both.scan(campaign, "K1")
    both.state(campaign, "K1", "5.00")
    both.scan(campaign, "K2")
    unknown = both.scan(campaign, "NO-17")
    both.scan(campaign, "NO-18", by="second")
    counting(both).propose(campaign, Proposal(unknown.event.id, Fate.JUNK))
    last = counting(both).mine(campaign).mine[1]
    counting(both).take_back(campaign, last.id)

    found = counting(both).shift(campaign)
    later = counting(both).shift(campaign, since=scanned.event.received_at + 10**9)

    assert (found.scans, found.statements, found.taken_back, found.unexpected) == (3, 1, 1, 1)
    assert replace(later, since=0) == replace(later, scans=0, since=0, unexpected=0, statements=0,
                                              taken_back=0)  # fmt: skip
    line = both.desk("chief").campaigns.status(both.look(campaign)).lines[0]
    assert (line.judged.stated, line.counted.counters) == (None, frozenset({PersonName("counter")}))
