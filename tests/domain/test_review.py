"""Where a line stands in the review, what is summed, who may say what, and what is still owed."""

from dataclasses import replace

import pytest

from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.domain.stocktake.campaign_acts import (
    AccountantOnlyError,
    StepNotNowError,
    SupervisorOnlyError,
)
from erpdesk.domain.stocktake.count_line import LineState
from erpdesk.domain.stocktake.review import (
    Child,
    Figures,
    Standing,
    as_said,
    figures_of,
    open_children,
    parts_of,
    standing_of,
    sums_of,
    wanted_children,
    why_not_ask_recount,
    why_not_assign,
    why_not_say,
    with_parts,
)
from erpdesk.domain.stocktake.variance import (
    Cause,
    Judged,
    Variance,
    VarianceKind,
    variance_from,
    variance_section,
)

K1 = CustomerId("00000000-0000-0000-0000-000000000001")
K2 = CustomerId("00000000-0000-0000-0000-000000000002")
REVIEW, COUNTING = CampaignState.REVIEW, CampaignState.COUNTING


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


LINE = Judged(
    LineState.VARIANCE, cny(1000), cny(0), cny(900), cny(-100), cny(-100),
    frozenset({VarianceKind.BALANCE}),
)  # fmt: skip
BARE = Variance(K1, cny(1000), -100, cny(900), kinds=(VarianceKind.BALANCE,))


def said(*parts: tuple[str, int, str], line: Variance = BARE) -> Variance:
    made = tuple(Cause(kind, cny(minor), action=action) for kind, minor, action in parts)
    return with_parts(line, made, moved=cny(0))


def child(kind: str, state: str, *, is_linked: bool = True) -> Child:
    return Child("d", kind, state, K1, is_linked=is_linked)


def test_that_a_difference_of_one_reason_carries_it_and_one_of_several_its_parts() -> None:
    one = said(("timing", -100, "carry"))
    two = said(("unbilled", -60, "confirm"), ("denied", -40, "dispute"))

    assert (one.reason, one.action, one.explained_minor) == ("timing", "carry", -100)
    assert (two.reason, two.action, two.explained_minor) == ("several", "several", -60)
    assert [part.kind for part in parts_of(two)] == ["unbilled", "denied"]


def test_that_what_is_said_comes_back_from_the_text() -> None:
    whole = replace(
        said(("unbilled", -60, "confirm"), ("timing", -40, "carry")),
        note="电话核对", owner=PersonName("maker"), recount="数抄错了", evidence=("ab",),
    )  # fmt: skip

    assert variance_from(variance_section(whole)) == whole


def test_that_an_older_text_without_parts_is_one_part() -> None:
    old = replace(BARE, reason="timing", action="carry")

    assert parts_of(old) == (Cause("timing", cny(-100), action="carry"),)
    assert parts_of(BARE) == ()


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        (None, Standing.OPEN),
        (BARE, Standing.OPEN),
        (said(("timing", -100, "carry")), Standing.CLEAR),
        (said(("unbilled", -60, "confirm"), ("denied", -40, "dispute")), Standing.DISPUTED),
        (said(("unanswered", 0, "later")), Standing.LATER),
        (replace(said(("timing", -100, "carry")), recount="数抄错了"), Standing.RECOUNT),
        (replace(said(("timing", -100, "carry")), stated=cny(901)), Standing.OPEN),
    ],
)
def test_that_a_line_stands_where_what_was_said_puts_it(
    words: Variance | None, standing: Standing
) -> None:
    assert standing_of(LINE, words) is standing


def test_that_a_line_without_difference_needs_no_words() -> None:
    agreed = replace(LINE, state=LineState.VERIFIED)

    assert standing_of(agreed, None) is Standing.AGREED
    assert standing_of(replace(LINE, state=LineState.PENDING), None) is Standing.UNCOUNTED
    assert standing_of(replace(LINE, state=LineState.CONFLICT), None) is Standing.CONFLICT


def test_that_what_was_said_of_other_figures_explains_nothing() -> None:
    words = said(("timing", -100, "carry"))

    assert figures_of(LINE, words).unexplained == cny(0)
    assert figures_of(LINE, replace(words, stated=cny(901))).unexplained == cny(-100)
    assert figures_of(LINE, None).explained == cny(0)


def test_that_nobody_s_balance_is_no_zero() -> None:
    silent = Judged(LineState.VARIANCE, cny(1000), cny(0))

    assert figures_of(silent, None) == Figures(cny(1000))


def test_that_what_is_posted_after_the_approval_changes_no_figure_of_it() -> None:
    words = said(("timing", -100, "carry"))
    later = replace(
        LINE, moved=cny(-100), unexplained=cny(0), state=LineState.VERIFIED, kinds=frozenset()
    )

    found = as_said(later, words)

    assert (found.state, found.moved, found.unexplained) == (
        LineState.VARIANCE, cny(0), cny(-100),
    )  # fmt: skip
    assert as_said(later, None) is later


def test_that_differences_are_summed_by_their_absolute_amounts_a_currency_each() -> None:
    up = Figures(cny(10), cny(40), cny(30), cny(0), cny(30))
    down = Figures(cny(100), cny(70), cny(-30), cny(-10), cny(-20))
    small = Figures(cny(5), cny(6), cny(1), cny(0), cny(1))
    dollars = Figures(Money(7, "USD"))

    found = sums_of([(up, True), (down, True), (small, False), (dollars, True)], first="CNY")

    sums = [(one.currency, one.book.minor, one.off.minor, one.unexplained.minor) for one in found]
    assert sums == [("CNY", 115, 60, 50), ("USD", 7, 0, 0)]


def test_that_an_accountant_says_why_in_the_review_alone() -> None:
    books, chief = frozenset({Role.ACCOUNTANT}), frozenset({Role.SUPERVISOR})

    assert why_not_say(REVIEW, roles=books) is None
    assert isinstance(why_not_say(REVIEW, roles=chief), AccountantOnlyError)
    assert isinstance(why_not_say(COUNTING, roles=books), StepNotNowError)
    assert why_not_assign(REVIEW, roles=chief) is None
    assert isinstance(why_not_assign(REVIEW, roles=books), SupervisorOnlyError)
    assert isinstance(why_not_assign(COUNTING, roles=chief), StepNotNowError)
    assert why_not_ask_recount(REVIEW, roles=books) is None
    assert why_not_ask_recount(REVIEW, roles=chief) is None
    assert why_not_ask_recount(REVIEW, roles=frozenset({Role.CASHIER})) is not None
    assert isinstance(why_not_ask_recount(COUNTING, roles=chief), StepNotNowError)


VOUCHER = said(("not_booked", 100, "voucher"), line=replace(BARE, stated=cny(1100), base_minor=100))


def test_that_a_treatment_waits_for_its_document() -> None:
    assert [one.treatment for one in wanted_children([VOUCHER], ())] == ["voucher"]
    assert wanted_children([VOUCHER], [child("voucher", "posted")]) == ()
    assert wanted_children([VOUCHER], [child("voucher", "voided")]) == ()
    assert len(wanted_children([VOUCHER], [child("voucher", "draft")])) == 1
    assert len(wanted_children([VOUCHER], [child("reversal", "posted")])) == 1
    assert len(wanted_children([VOUCHER], [replace(child("voucher", "posted"), customer=K2)])) == 1
    assert wanted_children([said(("timing", -100, "carry"))], ()) == ()


def test_that_a_document_under_way_is_open_once_and_one_not_made_as_well() -> None:
    assert open_children([VOUCHER], ()) == 1
    assert open_children([VOUCHER], [child("voucher", "submitted")]) == 1
    assert open_children([VOUCHER], [child("voucher", "posted"), child("voucher", "draft")]) == 1
    assert open_children([VOUCHER], [child("voucher", "posted")]) == 0
    assert open_children([], [child("voucher", "rejected")]) == 1


def test_that_a_document_that_does_not_name_the_campaign_holds_nothing_up() -> None:
    small = said(("small", -100, "small"))

    assert open_children([small], [child("allocation", "posted", is_linked=False)]) == 0
    assert open_children([], [child("allocation", "draft", is_linked=False)]) == 0
    assert open_children([small], [child("allocation", "voided", is_linked=False)]) == 1
