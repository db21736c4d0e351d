"""Campaigns: frozen once, every line decided, every difference handed in, nothing waved through."""

from dataclasses import replace
from datetime import timedelta

import pytest

from erpdesk.domain.accounts import Part
from erpdesk.domain.approval import (
    CountedHereError,
    NeedsSecondPersonError,
    ReasonTooShortError,
    Verb,
)
from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.opening import Opening
from erpdesk.domain.stocktake.campaign_gates import (
    BlindUndecidedError,
    CountersMissingError,
    CustomerElsewhereError,
    CutOffAheadError,
    EmptyScopeError,
    LinesInConflictError,
    LinesUndecidedError,
    NoSuchPeriodError,
    NotACounterError,
    ReportMissingError,
    ToleranceMissingError,
    UnexpectedOpenError,
    VariancesOpenError,
)
from erpdesk.domain.stocktake.count_line import (
    LineCountedError,
    NotCountedError,
    OtherLineError,
    ProofMissingError,
)
from erpdesk.errors import RefusedError, StaleError
from erpdesk.services.stocktake.campaign_status import Status, variances_of
from erpdesk.services.stocktake.campaigns import NotACampaignError, UnknownFilterError
from erpdesk.storage.checks import LookStoppedError
from erpdesk.storage.documents import Document
from tests.services.builders import Office, yuan


def _status(office: Office, campaign: Document) -> Status:
    return office.desk("chief").campaigns.status(office.look(campaign))


def _reviewed(office: Office, campaign: Document) -> Document:
    return office.desk("chief").campaigns.review(office.look(campaign)).value


REFUSED = [
    ({"customers": (CustomerId("0" * 36),)}, EmptyScopeError),
    ({"counters": ()}, CountersMissingError),
    ({"counters": (PersonName("chief"),)}, NotACounterError),
    ({"blind": None}, BlindUndecidedError),
    ({"tolerance": None}, ToleranceMissingError),
]


@pytest.mark.parametrize(("facts", "refusal"), REFUSED)
def test_that_an_unfinished_plan_is_not_frozen(
    office: Office, facts: dict[str, object], refusal: type[Exception]
) -> None:
    service = office.desk("chief").campaigns
    plan = service.plan(replace(office.plan("K1"), **facts)).value  # type: ignore[arg-type]

    with pytest.raises(refusal):
        service.freeze(plan)

    assert office.look(plan).state == "draft"


def test_that_a_freeze_is_stopped_while_its_lines_are_made(both: Office) -> None:
    service = both.desk("chief").campaigns
    plan = service.plan(both.plan("K1")).value

    def stop(*_: object) -> None:
        raise LookStoppedError

    with pytest.raises(LookStoppedError):
        service.freeze(plan, tell=stop)

    assert both.look(plan).state == "draft"


def test_that_a_cut_off_lies_in_the_books_and_not_ahead(office: Office) -> None:
    service = office.desk("chief").campaigns
    ahead = replace(office.plan("K1"), cut_off=office.today + timedelta(days=1))
    before = replace(office.plan("K1"), cut_off=office.today.replace(year=office.today.year - 9))

    for plan, refusal in ((ahead, CutOffAheadError), (before, NoSuchPeriodError)):
        drafted = service.plan(plan).value
        with pytest.raises(refusal):
            service.freeze(drafted)


def test_that_nobody_is_in_two_open_campaigns(both: Office) -> None:
    both.campaign("K1")

    with pytest.raises(CustomerElsewhereError):
        both.campaign("K1", "K2")


def test_that_customers_are_chosen_by_what_is_known_of_them(office: Office) -> None:
    service = office.desk("chief").campaigns

    def found(*filters: tuple[str, str]) -> list[str]:
        drafted = service.plan(office.plan(customers=(), filter=filters)).value
        frozen = service.freeze(drafted).value
        codes = [line.frozen.code for line in service.status(frozen).lines]
        office.decide_cancel(frozen)
        return codes

    assert found(("code", "K")) == ["K1", "K2", "K3"]
    assert found(("address", "津")) == ["K2"]
    assert found(("terms_days", "30")) == ["K1"]
    with pytest.raises(UnknownFilterError):
        found(("hair", "grey"))


def test_that_only_a_campaign_is_a_campaign(office: Office) -> None:
    voucher = office.submitted("服务1", "113.00")

    with pytest.raises(NotACampaignError):
        office.desk("chief").campaigns.status(voucher)


def test_that_only_a_supervisor_plans(both: Office) -> None:
    plan = both.plan("K1")

    with pytest.raises(RefusedError):
        both.desk("maker").campaigns.plan(plan)


def test_that_the_frozen_book_stays_whatever_is_posted_after(both: Office) -> None:
    both.posted("服务1", "113.00")
    campaign = both.campaign("K1", cut_off=both.today)

    both.posted("服务2", "1,000.00", posting_date=both.ago(1))
    both.state(campaign, "K1", "113.00", "phone")

    [line] = _status(both, campaign).lines
    assert line.frozen.book_minor == 11_300
    assert line.judged.state == "verified"
    assert both.balance() == ("0.00", "1113.00", "0.00")


def test_that_what_came_after_the_cut_off_explains_a_difference(office: Office) -> None:
    campaign = office.campaign("K1", cut_off=office.ago(1))
    office.posted("服务1", "113.00")
    office.state(campaign, "K1", "113.00", "phone")

    [line] = _status(office, campaign).lines

    assert (line.judged.book, line.judged.moved) == (yuan("0.00"), yuan("113.00"))
    assert line.judged.difference == yuan("113.00")
    assert line.judged.unexplained == yuan("0.00")
    assert line.judged.state == "verified"


def test_that_what_was_open_before_the_books_began_is_frozen_too(office: Office) -> None:
    customer = CustomerId(office.customer().id)
    opening = Opening(customer, Part.BILLED, yuan("50.00"), office.today, "应-1")
    office.desk("maker").opening_items.load([opening], posting_date=office.ago(1), memo="期初")

    lines = _status(office, office.campaign("K1")).lines

    assert [(line.frozen.currency, line.frozen.billed_minor) for line in lines] == [("CNY", 5_000)]


def test_that_every_line_is_decided_before_the_review(both: Office) -> None:
    campaign = both.campaign("K1", "K2", "K3")
    both.state(campaign, "K1", "0")
    service = both.desk("chief").campaigns
    with pytest.raises(LinesUndecidedError) as refused:
        service.review(campaign)
    assert refused.value.facts == {"lines": 2}

    both.rule(campaign, "defer", code="K2")
    both.rule(campaign, "not_found", code="K3", evidence=(both.proof("other").hash,))

    assert _reviewed(both, campaign).state == "review"
    states = [line.judged.state.value for line in _status(both, campaign).lines]
    assert states == ["verified", "deferred", "not_found"]


def test_that_a_conflict_is_settled_by_a_supervisor(both: Office) -> None:
    campaign = both.campaign("K1")
    both.state(campaign, "K1", "0")
    chosen = both.state(campaign, "K1", "9.00", by="second")
    with pytest.raises(LinesInConflictError):
        both.desk("chief").campaigns.review(campaign)

    both.rule(campaign, "choose", code="K1", event=chosen.id)

    [line] = _status(both, campaign).lines
    assert line.judged.stated == yuan("9.00")
    assert len(line.counted.events) == 2


def test_that_decisions_keep_the_rules_of_a_line(office: Office) -> None:
    campaign = office.campaign("K1", "K2")
    office.state(campaign, "K1", "0")

    with pytest.raises(LineCountedError):
        office.rule(campaign, "defer", code="K1")
    with pytest.raises(NotCountedError):
        office.rule(campaign, "recount", code="K2")
    with pytest.raises(ProofMissingError):
        office.rule(campaign, "not_found", code="K2")
    with pytest.raises(OtherLineError):
        office.rule(campaign, "choose", code="K1", event=office.desk("chief").company.new_id())
    with pytest.raises(ReasonTooShortError):
        office.rule(campaign, "defer", code="K2", reason="改 天")


def test_that_a_scan_linked_to_a_customer_counts_for_their_line(both: Office) -> None:
    campaign = both.campaign("K1", "K2")
    unknown = both.scan(campaign, "NEW-CODE").event
    both.rule(campaign, "alias", code="K1", event=unknown.id)

    status = _status(both, campaign)

    assert status.unexpected == ()
    assert [event.id for event in status.lines[0].counted.events] == [unknown.id]
    both.rule(campaign, "defer", code="K1")
    assert _status(both, campaign).lines[0].judged.state == "deferred"


def test_that_every_difference_is_handed_in(both: Office) -> None:
    both.posted("服务1", "113.00")
    campaign = both.campaign("K1", "K2")
    both.state(campaign, "K1", "100.00")
    both.state(campaign, "K2", "0")
    reviewed = _reviewed(both, campaign)
    service = both.desk("maker").campaigns
    found = variances_of(_status(both, reviewed))
    assert [(one.base_minor, one.explained_minor) for one in found] == [(-1_300, 0)]

    with pytest.raises(VariancesOpenError):
        service.hand_in(reviewed)
    both.explain(reviewed)
    handed_in = service.hand_in(reviewed).value
    assert handed_in.content["variances"][0]["difference"] == -1_300
    assert both.desk("director").approving.inbox()[0].risk_minor == 1_300


def test_that_what_was_said_of_other_figures_is_not_handed_in(office: Office) -> None:
    office.posted("服务1", "113.00")
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "100.00")
    reviewed = _reviewed(office, campaign)
    office.explain(reviewed)
    again = office.desk("chief").campaigns.reopen(
        reviewed, "数抄错了一位", (CustomerId(office.customer("K1").id),)
    )
    office.state(again.value, "K1", "90.00", by="second")

    with pytest.raises(StaleError):
        office.desk("maker").campaigns.hand_in(_reviewed(office, campaign))


def test_that_an_open_scan_holds_up_the_end(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    office.scan(campaign, "0815")
    reviewed = _reviewed(office, campaign)

    with pytest.raises(UnexpectedOpenError):
        office.desk("maker").campaigns.hand_in(reviewed)


def test_that_a_scan_left_open_keeps_a_campaign_from_closing(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    office.scan(campaign, "0815")

    with pytest.raises(UnexpectedOpenError):
        office.desk("chief").campaigns.close(campaign, report="00")


def test_that_a_campaign_ends_only_with_its_report_kept_and_the_books_proved(
    office: Office,
) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    handed_in = office.desk("maker").campaigns.hand_in(_reviewed(office, campaign)).value
    adjusting = (
        office.desk("maker").campaigns.adjust(office.approve(handed_in, by="director")).value
    )
    chief = office.desk("chief")
    with pytest.raises(ReportMissingError):
        chief.campaigns.close(adjusting, report="00" * 32)

    report = chief.reporting.archive(adjusting, language="zh")
    closed = chief.campaigns.close(adjusting, report=report).value

    assert closed.state == "closed"


def test_that_large_differences_are_looked_at_by_two(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "600,000.00")
    reviewed = _reviewed(office, campaign)
    office.explain(reviewed)
    handed_in = office.desk("maker").campaigns.hand_in(reviewed).value
    with pytest.raises(NeedsSecondPersonError):
        office.approve(handed_in, by="director")

    endorsed = office.decide(handed_in, Verb.ENDORSE, by="director")

    status = _status(office, endorsed)
    assert (endorsed.state, status.shown_state) == ("in_review", "in_review")


def test_that_whoever_counted_does_not_approve(both: Office) -> None:
    campaign = both.campaign("K1", counters=(PersonName("chair"),))
    both.state(campaign, "K1", "0", by="chair")
    handed_in = both.desk("maker").campaigns.hand_in(_reviewed(both, campaign)).value

    with pytest.raises(CountedHereError):
        both.approve(handed_in, by="chair")

    assert both.approve(handed_in, by="director").state == "approved"


def test_that_a_rejected_campaign_goes_back_to_review(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    handed_in = office.desk("maker").campaigns.hand_in(_reviewed(office, campaign)).value

    back = office.decide(handed_in, Verb.REJECT, by="director", reason="还差一张回函")

    assert back.state == "review"
    assert office.desk("maker").campaigns.hand_in(back).value.state == "submitted"


def test_that_a_line_without_an_answer_differs(office: Office) -> None:
    campaign = office.campaign("K1")
    office.scan(campaign, "K1")

    [found] = variances_of(_status(office, campaign))

    assert (found.stated, found.base_minor, [kind.value for kind in found.kinds]) == (
        None, 0, ["unanswered"],
    )  # fmt: skip
    assert found.book == Money(0, "CNY")
