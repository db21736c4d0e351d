"""The review of differences at a glance: when it may be seen, its rows, shares and grounds."""

from fractions import Fraction

import pytest

from erpdesk.domain.review import Standing
from erpdesk.services.reviewing import Review
from erpdesk.services.reviewing_board import NoSuchLineError, NotReviewedError
from erpdesk.storage.documents import Document
from tests.services.builders import Office, yuan


def key(office: Office, code: str = "K1") -> tuple[str, str]:
    return office.customer(code).id, "CNY"


def looked(office: Office, campaign: Document) -> Review:
    return office.desk("maker").reviewing.review(office.look(campaign))


def test_that_nothing_is_seen_before_the_counting_is_over(office: Office) -> None:
    campaign = office.campaign("K1", blind=True)
    office.state(campaign, "K1", "9.00")
    service = office.desk("maker").reviewing

    with pytest.raises(NotReviewedError):
        service.review(office.look(campaign))

    assert service.campaigns() == ()
    office.desk("chief").campaigns.review(office.look(campaign))
    assert [one.id for one in service.campaigns()] == [campaign.id]


def test_that_a_scan_that_belongs_to_nobody_is_a_row_without_figures(office: Office) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    office.scan(campaign, "0815")
    office.desk("chief").campaigns.review(office.look(campaign))

    last = looked(office, campaign).rows[-1]

    assert (last.standing, last.name, last.key[0]) == (Standing.UNEXPECTED, "0815", "")
    with pytest.raises(NoSuchLineError):
        looked(office, campaign).row(("nobody", "CNY"))


def test_that_a_review_says_what_was_planned_and_how_much_of_it_was_counted_and_agreed(
    office: Office,
) -> None:
    campaign = office.campaign("K1", "K2", "K3")
    office.state(campaign, "K1", "0")
    office.state(campaign, "K2", "30.00")
    office.rule(campaign, "defer", code="K3")
    office.desk("chief").campaigns.review(office.look(campaign))

    review = looked(office, campaign)

    assert review.document.id == campaign.id
    assert (review.plan.name, review.plan.cut_off) == ("年末盘点", office.today)
    assert review.shares == (Fraction(2, 3), Fraction(1, 2))
    assert [row.customer for row in review.rows] == [
        office.customer(code).id for code in ("K1", "K2", "K3")
    ]


@pytest.mark.parametrize("stated", ["113.00", None])
def test_that_where_nothing_is_left_to_explain_no_ground_is_exactly_it(
    office: Office, stated: str | None
) -> None:
    office.posted("服务1", "113.00")
    campaign = office.campaign("K1")
    office.state(campaign, "K1", stated, "contact")
    office.desk("chief").campaigns.review(office.look(campaign))

    found = office.desk("maker").reviewing.grounds(looked(office, campaign), key(office)).found

    assert [(one.kind, one.amount, one.is_exact) for one in found] == [
        ("unbilled", yuan("-113.00"), False)
    ]
