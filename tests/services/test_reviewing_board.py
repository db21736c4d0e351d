"""The review of differences at a glance: when it may be seen, its rows, shares and grounds."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.stocktake.review import Standing
from erpdesk.services.stocktake.reviewing import Review, Said
from erpdesk.services.stocktake.reviewing_board import NoSuchLineError, NotReviewedError
from erpdesk.storage import counts
from tests.services.builders import Office, yuan
from tests.services.reviews import in_review, key, looked, part, say, shown

WHY = "数抄错了一位"


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


def test_that_what_agrees_after_a_recount_is_not_handed_in(both: Office) -> None:
    campaign = in_review(both, "K1", "K2", K1="30.00", K2="40.00")
    say(both, campaign, part("timing", "40.00", "carry"), code="K2")
    said = say(both, campaign, part("timing", "30.00", "carry"))
    again = both.desk("chief").reviewing.recount(said, (CustomerId(key(both)[0]),), WHY).value
    both.state(again, "K1", "0", by="second")
    both.desk("chief").campaigns.review(both.look(campaign))

    handed_in = both.desk("maker").reviewing.hand_in(both.look(campaign)).value

    assert [one["customer"] for one in handed_in.content["variances"]] == [key(both, "K2")[0]]


def _noted(read: list[str], made: Callable[[Any], Any], row: Any) -> Any:
    read.append(made.__name__)
    return made(row)


def test_that_what_is_said_of_a_line_reads_nothing_of_the_others(
    both: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = in_review(both, "K1", "K2", "K3", K1="30.00", K2="40.00")
    words = Said(shown(both, campaign), (part("timing", "30.00", "carry"),))
    read = list[str]()
    for name in ("_line", "event_from", "decision_from"):
        made = getattr(counts, name)
        monkeypatch.setattr(counts, name, partial(_noted, read, made))

    both.desk("maker").reviewing.say(campaign, (words,))

    assert sorted(read) == ["_line", "event_from"]


def test_that_a_review_that_is_watched_stands_as_one_that_is_looked_at_whole(both: Office) -> None:
    both.posted("服务1", "113.00", posting_date=both.ago(1))
    campaign = both.campaign("K1", "K2", "K3", cut_off=both.ago(1))
    for code in ("K1", "K2", "K3"):
        both.state(campaign, code, "30.00")
    both.desk("chief").campaigns.review(both.look(campaign))
    watch = both.desk("maker").reviewing.watch(both.look(campaign))

    def agree() -> Review:
        found, whole = watch.look(both.look(campaign)), looked(both, campaign)
        for name in ("state", "rows", "sums", "children", "wanted", "customers", "undecided"):
            assert getattr(found, name) == getattr(whole, name)
        assert [type(one) for one in found.blocks] == [type(one) for one in whole.blocks]
        return found

    first = agree()
    say(both, campaign, part("not_booked", "30.00", "voucher"), code="K2")
    said = agree()
    both.received("13.00")
    agree()
    say(both, campaign, part("timing", "-70.00", "carry"))
    say(both, campaign, part("timing", "30.00", "carry"), code="K3")
    both.received("7.00")
    agree()
    both.desk("maker").reviewing.hand_in(both.look(campaign))
    agree()

    assert [one is other for one, other in zip(said.rows, first.rows, strict=True)] == [
        True, False, True,
    ]  # fmt: skip


def test_that_a_watched_review_lists_lines_that_nobody_ever_reached(office: Office) -> None:
    campaign = office.campaign("K1", "K2")
    office.state(campaign, "K1", "30.00")
    office.desk("chief").campaigns._step(office.look(campaign), "review", None)  # past its checks

    found = office.desk("maker").reviewing.watch(campaign).look(office.look(campaign))

    assert [row.standing.value for row in found.rows] == ["open", "uncounted"]
