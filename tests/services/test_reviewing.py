"""The review of differences: said, asked about, handed in, and what comes of it."""

from dataclasses import replace

import pytest

from erpdesk.domain.approval import ReasonTooShortError
from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.stocktake.campaign_acts import (
    AccountantOnlyError,
    StepNotNowError,
    SupervisorOnlyError,
)
from erpdesk.domain.stocktake.campaign_gates import ChildrenOpenError, VariancesOpenError
from erpdesk.domain.stocktake.causes import CauseProofMissingError, PartsDoNotSumError
from erpdesk.domain.stocktake.count_line import NotCountedError
from erpdesk.domain.stocktake.review import NothingDiffersError, Standing
from erpdesk.errors import StaleError
from erpdesk.services.stocktake.reviewing import Said
from erpdesk.services.stocktake.reviewing_board import NoSuchLineError
from erpdesk.services.stocktake.reviewing_children import NothingToBookError
from erpdesk.storage.documents import Document
from erpdesk.storage.evidence import NoSuchEvidenceError
from tests.services.builders import PASSED, Office, yuan
from tests.services.reviews import in_review, key, looked, part, say, shown

WHY = "数抄错了一位"


def test_that_differences_are_listed_with_their_sums(both: Office) -> None:
    both.posted("服务1", "113.00")
    campaign = in_review(both, "K1", "K2", "K3", K1="100.00", K2="30.00")

    review = looked(both, campaign)

    rows = [(row.code, row.standing.value, row.figures.difference) for row in review.rows]
    assert rows == [
        ("K1", "open", yuan("-13.00")), ("K2", "open", yuan("30.00")), ("K3", "agreed", yuan("0")),
    ]  # fmt: skip
    [sums] = review.sums
    assert (sums.book, sums.off, sums.unexplained) == (yuan("113"), yuan("43"), yuan("43"))
    assert (review.customers, review.undecided, review.row(key(both)).counted_by) == (
        3, 2, ("counter",),
    )  # fmt: skip


def test_that_a_reason_and_a_treatment_settle_a_difference(both: Office) -> None:
    both.posted("服务1", "113.00")
    campaign = in_review(both, "K1", K1="100.00")

    said = say(both, campaign, part("timing", "-13.00", "carry"), note="电话问过会计")

    review = looked(both, campaign)
    row = review.row(key(both))
    assert row.standing is Standing.CLEAR
    assert (row.figures.explained, row.figures.unexplained) == (yuan("-13"), yuan("0"))
    assert row.said is not None
    assert row.said.note == "电话问过会计"
    assert (review.undecided, review.blocks, said.state) == (0, (), "review")


def test_that_a_difference_is_split_over_several_causes(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    with pytest.raises(PartsDoNotSumError):
        say(both, campaign, part("not_booked", "20.00", "voucher"))

    say(both, campaign, part("not_booked", "20.00", "voucher"), part("price", "10.00", "dispute"))

    row = looked(both, campaign).row(key(both))
    assert (row.standing, row.figures.unexplained) == (Standing.DISPUTED, yuan("10"))


def test_that_evidence_that_a_reason_needs_is_kept_with_it(both: Office) -> None:
    both.posted("服务1", "113.00")
    campaign = in_review(both, "K1", K1="100.00")
    words = part("discount", "-13.00", "discount")
    with pytest.raises(CauseProofMissingError):
        say(both, campaign, words)
    with pytest.raises(NoSuchEvidenceError):
        say(both, campaign, words, evidence=("ab" * 32,))

    proof = both.proof().hash
    say(both, campaign, words, evidence=(proof,))

    assert looked(both, campaign).row(key(both)).proof == (proof,)


def test_that_two_people_may_explain_different_lines_at_once(both: Office) -> None:
    campaign = in_review(both, "K1", "K2", K1="30.00", K2="40.00")
    same = Said(shown(both, campaign), (part("their_error", "30.00", "theirs"),))
    other = Said(shown(both, campaign, "K2"), (part("timing", "40.00", "carry"),))
    say(both, campaign, part("timing", "30.00", "carry"))

    both.desk("helper").reviewing.say(campaign, (other,))

    assert looked(both, campaign).undecided == 0
    with pytest.raises(StaleError):
        both.desk("helper").reviewing.say(campaign, (same,))


def test_that_only_what_differs_is_explained_and_only_by_an_accountant(office: Office) -> None:
    campaign = in_review(office, "K1", "K2", K1="30.00")
    words = Said(shown(office, campaign), (part("timing", "30.00", "carry"),))

    with pytest.raises(NothingDiffersError):
        say(office, campaign, part("timing", "0", "carry"), code="K2")
    with pytest.raises(AccountantOnlyError):
        office.desk("chief").reviewing.say(campaign, (words,))


def test_that_a_recount_that_was_asked_for_holds_up_the_approval(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    service = both.desk("maker").reviewing
    with pytest.raises(ReasonTooShortError):
        service.ask_recount(campaign, (shown(both, campaign),), "再数")

    service.ask_recount(campaign, (shown(both, campaign),), WHY)

    review = looked(both, campaign)
    assert (review.row(key(both)).standing, review.undecided) == (Standing.RECOUNT, 1)
    with pytest.raises(VariancesOpenError):
        service.hand_in(both.look(campaign))
    say(both, campaign, part("timing", "30.00", "carry"))
    assert looked(both, campaign).undecided == 0


def test_that_a_supervisor_sends_a_line_to_somebody_who_has_not_counted_it(both: Office) -> None:
    campaign = in_review(both, "K1", "K2", K1="30.00")
    with pytest.raises(SupervisorOnlyError):
        both.desk("maker").reviewing.recount(campaign, (CustomerId(key(both)[0]),), WHY)

    again = both.desk("chief").reviewing.recount(campaign, (CustomerId(key(both)[0]),), WHY).value

    status = both.desk("chief").campaigns.status(again)
    assert (again.state, [line.judged.state.value for line in status.lines]) == (
        "counting", ["recount_required", "verified"],
    )  # fmt: skip
    both.state(again, "K1", "0", by="second")
    both.desk("chief").campaigns.review(both.look(campaign))
    assert looked(both, campaign).row(key(both)).standing is Standing.AGREED


def test_that_what_was_said_before_a_recount_is_not_said_of_the_new_count(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    said = say(both, campaign, part("timing", "30.00", "carry"))
    again = both.desk("chief").reviewing.recount(said, (CustomerId(key(both)[0]),), WHY).value
    both.state(again, "K1", "20.00", by="second")
    both.desk("chief").campaigns.review(both.look(campaign))

    row = looked(both, campaign).row(key(both))

    assert (row.standing, row.said, row.figures.explained) == (Standing.OPEN, None, yuan("0"))
    say(both, campaign, part("timing", "20.00", "carry"))
    assert both.desk("maker").reviewing.hand_in(both.look(campaign)).value.state == "submitted"


def test_that_a_supervisor_names_who_sees_to_a_line(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    with pytest.raises(SupervisorOnlyError):
        both.desk("maker").reviewing.assign(
            campaign, (shown(both, campaign),), PersonName("helper")
        )

    both.desk("chief").reviewing.assign(campaign, (shown(both, campaign),), PersonName("helper"))
    say(both, campaign, part("timing", "30.00", "carry"))

    row = looked(both, campaign).row(key(both))
    assert row.said is not None
    assert (row.said.owner, row.standing) == ("helper", Standing.CLEAR)


def test_that_what_is_open_and_what_was_posted_late_are_the_grounds(both: Office) -> None:
    both.posted("服务1", "113.00", posting_date=both.ago(1))
    both.delivered(("SH7", "K1", "30.00"))
    campaign = both.campaign("K1", cut_off=both.ago(1))
    both.received("13.00")
    both.state(campaign, "K1", "130.00")
    both.desk("chief").campaigns.review(both.look(campaign))

    found = both.desk("maker").reviewing.grounds(looked(both, campaign), key(both)).found

    assert [(one.kind, one.amount, one.is_exact) for one in found] == [
        ("delivery", yuan("30.00"), True), ("unbilled", yuan("-113.00"), False),
        ("late", yuan("-13.00"), False),
    ]  # fmt: skip
    with pytest.raises(NoSuchLineError):
        both.desk("maker").reviewing.grounds(looked(both, campaign), key(both, "K2"))


def test_that_a_voucher_over_a_difference_takes_the_delivery_that_is_exactly_it(
    both: Office,
) -> None:
    both.delivered(("SH7", "K1", "30.00"), ("SH8", "K1", "5.00"))
    campaign = in_review(both, "K1", "K2", K1="30.00", K2="40.00")
    review, children = looked(both, campaign), both.desk("maker").reviewing_children

    exact = children.voucher_for(campaign, review.row(key(both)))
    by_hand = children.voucher_for(campaign, review.row(key(both, "K2")))

    sh7 = both.desk("maker").vouchers.delivery("SH7").id
    assert (exact.deliveries, exact.entered, exact.batch) == ((sh7,), (), campaign.id)
    assert [one.amount for one in by_hand.entered] == [yuan("40.00")]
    assert by_hand.deliveries == ()


def test_that_all_free_deliveries_together_may_be_the_difference(office: Office) -> None:
    office.delivered(("SH7", "K1", "30.00"), ("SH8", "K1", "5.00"))
    campaign = in_review(office, "K1", K1="35.00")
    row = looked(office, campaign).row(key(office))

    draft = office.desk("maker").reviewing_children.voucher_for(campaign, row)

    assert len(draft.deliveries) == 2


def test_that_nothing_is_booked_where_the_customer_states_less(office: Office) -> None:
    office.posted("服务1", "113.00")
    campaign = in_review(office, "K1", K1="100.00")

    with pytest.raises(NothingToBookError):
        office.desk("maker").reviewing_children.voucher_for(
            campaign, looked(office, campaign).row(key(office))
        )


def approved(office: Office, campaign: Document) -> Document:
    """Hand the differences in, have them approved and begin to treat them."""
    office.desk("maker").reviewing.hand_in(office.look(campaign))
    office.approve(office.look(campaign), by="director")
    return office.desk("maker").campaigns.adjust(office.look(campaign)).value


def closed(office: Office, campaign: Document) -> Document:
    report = office.proof().hash
    return office.desk("chief").campaigns.close(office.look(campaign), report=report).value


def test_that_a_campaign_closes_when_the_documents_of_its_differences_are_final(
    both: Office,
) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    say(both, campaign, part("not_booked", "30.00", "voucher"))
    row = looked(both, campaign).row(key(both))
    adjusting = approved(both, campaign)
    with pytest.raises(ChildrenOpenError):
        closed(both, adjusting)
    board = both.desk("chief").campaigns.board(adjusting)
    assert [type(one) for one in board.blocks] == [ChildrenOpenError]

    draft = both.desk("maker").reviewing_children.voucher_for(campaign, row)
    whole = replace(draft, answers=PASSED, evidence=(both.proof(),), due=both.today)
    voucher = both.desk("maker").vouchers.write(whole, submit=True).value
    with pytest.raises(ChildrenOpenError):
        closed(both, adjusting)
    both.approve(voucher)

    review = looked(both, campaign)
    assert [(one.number, one.is_final) for one in review.children] == [(voucher.number, True)]
    assert review.wanted == ()
    assert closed(both, adjusting).state == "closed"


def test_that_a_voucher_of_another_matter_is_no_child(office: Office) -> None:
    campaign = in_review(office, "K1", K1="30.00")
    say(office, campaign, part("not_booked", "30.00", "voucher"))
    adjusting = approved(office, campaign)
    office.posted("服务1", "30.00")

    assert looked(office, campaign).children == ()
    with pytest.raises(ChildrenOpenError):
        closed(office, adjusting)


def test_that_figures_stay_as_handed_in_whatever_is_posted_afterwards(office: Office) -> None:
    campaign = office.campaign("K1", cut_off=office.ago(1))
    office.state(campaign, "K1", "30.00")
    office.desk("chief").campaigns.review(office.look(campaign))
    say(office, campaign, part("price", "30.00", "dispute"))
    approved(office, campaign)
    office.posted("服务1", "30.00")

    row = looked(office, campaign).row(key(office))

    assert (row.standing, row.figures.unexplained) == (Standing.DISPUTED, yuan("30.00"))


def test_that_a_document_that_is_not_made_after_all_is_waived_with_a_reason(both: Office) -> None:
    campaign = in_review(both, "K1", K1="30.00")
    say(both, campaign, part("not_booked", "30.00", "voucher"))
    adjusting = approved(both, campaign)
    children, owner = both.desk("maker").reviewing_children, CustomerId(key(both)[0])
    with pytest.raises(ReasonTooShortError):
        children.waive(adjusting, owner, "不做")

    waived = children.waive(adjusting, owner, "对方同意下月再记").value

    assert waived.state == "voided"
    assert closed(both, adjusting).state == "closed"


def test_that_a_match_made_since_is_what_the_treatment_asked_for(office: Office) -> None:
    office.posted("服务1", "113.00")
    campaign = in_review(office, "K1", K1="100.00")
    say(office, campaign, part("in_transit", "-13.00", "receipt"))
    adjusting = approved(office, campaign)
    with pytest.raises(ChildrenOpenError):
        closed(office, adjusting)

    office.received("13.00")

    assert closed(office, adjusting).state == "closed"


def test_that_nothing_is_said_once_it_is_handed_in(office: Office) -> None:
    campaign = in_review(office, "K1", K1="30.00")
    say(office, campaign, part("timing", "30.00", "carry"))
    office.desk("maker").reviewing.hand_in(office.look(campaign))

    with pytest.raises(StepNotNowError):
        say(office, campaign, part("timing", "30.00", "carry"))


def test_that_the_report_says_why_each_line_differs(both: Office) -> None:
    campaign = in_review(both, "K1", "K2", K1="30.00", K2="40.00")
    parts = (part("not_booked", "20.00", "voucher"), part("price", "10.00", "dispute"))
    say(both, campaign, *parts, note="电话核对过")
    path = both.folder / "report.csv"

    desk = both.desk("maker")
    desk.exporting.campaign(desk.campaigns.status(both.look(campaign)), path, language="zh")

    first, second = path.read_text("utf-8-sig").splitlines()[1:]
    assert first.endswith(",10.00,counter,账外应收、价格争议,补临时凭证、立争议,电话核对过")
    assert second.endswith(",40.00,counter,,,")


def test_that_the_same_recount_twice_sends_a_line_back_once(both: Office) -> None:
    campaign, chief = in_review(both, "K1", K1="30.00"), both.desk("chief")
    whom, once = (CustomerId(key(both)[0]),), chief.company.new_id()

    first = chief.reviewing.recount(campaign, whom, WHY, step_id=once).value
    again = chief.reviewing.recount(campaign, whom, WHY, step_id=once).value

    assert again.seen == first.seen
    [line] = chief.campaigns.status(again).lines
    assert [one.reason for one in line.counted.decisions] == [WHY]


def test_that_where_one_line_was_never_counted_none_is_sent_back(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    both.state(campaign, "K1", "30.00")
    both.rule(campaign, "defer", code="K2")
    chief = both.desk("chief")
    reviewed = chief.campaigns.review(both.look(campaign)).value
    whom = tuple(CustomerId(both.customer(code).id) for code in ("K1", "K2"))

    with pytest.raises(NotCountedError):
        chief.reviewing.recount(reviewed, whom, WHY)

    assert both.look(campaign).state == "review"
    assert looked(both, campaign).row(key(both)).standing is Standing.OPEN
