"""What explains a payment: sure only without a rival, proposed otherwise, the likeliest first."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.matching import (
    MOST,
    TOO_MANY,
    Claim,
    Payment,
    Suggestion,
    Why,
    is_whole,
    spelled,
    suggest,
)

TOLERANCE = 200_00


def claim(n: int, minor: int, *names: str, customer: str = "K1", currency: str = "CNY") -> Claim:
    return Claim(f"i{n}", customer, currency, minor, (f"应-{n:03d}", *names))


def paid(
    minor: int, text: str = "", n: int = 1, *, customer: str = "K1", currency: str = "CNY"
) -> Payment:
    return Payment(f"p{n}", customer, currency, minor, text)


def said(*payments: Payment, claims: Sequence[Claim]) -> list[Suggestion]:
    found = {one.payment: one for one in suggest(payments, claims, tolerances={"CNY": TOLERANCE})}
    return [found[payment.id] for payment in payments]


def only(*payments: Payment, claims: Sequence[Claim]) -> list[tuple[Why, tuple[str, ...]]]:
    """Return the explanations of the first payment."""
    return [(one.why, one.claims) for one in said(*payments, claims=claims)[0].explanations]


def test_that_what_is_named_and_adds_up_is_sure() -> None:
    claims = [claim(1, 70_000), claim(2, 113_000), claim(3, 70_000)]

    (found,) = said(paid(183_000, "货款应-001、应-002"), claims=claims)

    assert found.is_sure
    assert [(one.why, one.claims) for one in found.explanations] == [(Why.NAMED, ("i1", "i2"))]


def test_that_a_name_shared_by_all_items_names_the_one_that_adds_up() -> None:
    claims = [claim(n, 10_001 * n, "HT-2026") for n in (1, 2, 3, 4)]

    assert only(paid(30_003, "合同HT-2026"), claims=claims) == [
        (Why.NAMED, ("i3",)),
        (Why.NAMED, ("i1", "i2")),
    ]
    assert only(paid(100_010, "合同HT-2026"), claims=claims) == [
        (Why.NAMED, ("i1", "i2", "i3", "i4"))
    ]


def test_that_the_only_item_of_an_amount_is_sure_and_one_of_two_is_not() -> None:
    one, two = claim(1, 60_775), claim(2, 60_775)

    assert said(paid(60_775), claims=[one])[0].is_sure
    assert not said(paid(60_775), claims=[one, two])[0].is_sure
    assert only(paid(60_775), claims=[one, two]) == [(Why.EXACT, ("i1",)), (Why.EXACT, ("i2",))]


def test_that_an_item_two_payments_could_use_is_sure_for_neither() -> None:
    one, two = paid(60_775), paid(60_775, n=2)

    assert [x.is_sure for x in said(one, two, claims=[claim(1, 60_775)])] == [False, False]


def test_that_a_payment_that_names_its_item_beats_one_that_only_fits() -> None:
    one, two = paid(60_775, "应-001"), paid(60_775, n=2)

    assert [x.is_sure for x in said(one, two, claims=[claim(1, 60_775)])] == [True, False]


def test_that_two_payments_that_name_one_item_are_both_shown_to_a_person() -> None:
    one, two = paid(60_775, "应-001"), paid(20_000, "应-001 首付", n=2)

    assert [x.is_sure for x in said(one, two, claims=[claim(1, 60_775)])] == [False, False]


def test_that_a_sum_that_is_also_one_item_is_not_sure() -> None:
    claims = [claim(1, 10_011), claim(2, 20_022), claim(3, 30_033)]

    assert only(paid(30_033), claims=claims) == [(Why.EXACT, ("i3",)), (Why.SUM, ("i1", "i2"))]
    assert not said(paid(30_033), claims=claims)[0].is_sure


def test_that_the_only_sum_is_sure_unless_its_amount_is_round() -> None:
    assert said(paid(30_033), claims=[claim(1, 10_011), claim(2, 20_022)])[0].is_sure
    assert not said(paid(300_00), claims=[claim(1, 100_00), claim(2, 200_00)])[0].is_sure


def test_that_three_of_a_few_items_are_put_together_and_all_of_many() -> None:
    few = [claim(n, minor) for n, minor in enumerate((10_011, 20_025, 30_090, 44_444))]
    many = [claim(n, 10_000 + 3**n) for n in range(14)]

    assert only(paid(60_126), claims=few) == [(Why.SUM, ("i0", "i1", "i2"))]
    assert only(paid(sum(x.minor for x in many)), claims=many) == [
        (Why.SUM, tuple(f"i{n}" for n in range(14)))
    ]
    assert only(paid(10_001 * 3 + 12), claims=many) == []


@pytest.mark.parametrize(
    ("minor", "why", "short"),
    [
        (112_900, Why.SHORT, 100),
        (40_000, Why.PART, 73_000),
        (120_000, Why.OVER, -7_000),
    ],
)
def test_that_what_is_named_and_does_not_add_up_says_by_how_much(
    minor: int, why: Why, short: int
) -> None:
    (found,) = said(paid(minor, "应-001"), claims=[claim(1, 113_000)])

    assert [(one.why, one.short_minor) for one in found.explanations] == [(why, short)]
    assert found.is_sure is (why is Why.SHORT)


def test_that_what_fits_stands_before_what_is_named_and_does_not_add_up() -> None:
    claims = [claim(1, 113_000), claim(2, 40_000)]

    assert only(paid(40_000, "应-001"), claims=claims) == [
        (Why.EXACT, ("i2",)),
        (Why.PART, ("i1",)),
    ]


def test_that_an_item_that_is_a_little_more_is_proposed_but_not_sure() -> None:
    claims = [claim(1, 20_000 + TOLERANCE), claim(2, 20_001 + TOLERANCE)]
    (found,) = said(paid(20_000), claims=claims)

    assert [(one.claims, one.short_minor) for one in found.explanations] == [(("i1",), TOLERANCE)]
    assert not found.is_sure


def test_that_money_of_others_and_in_other_currencies_explains_nothing() -> None:
    claims = [claim(1, 60_775, customer="K2"), claim(2, 60_775, currency="USD")]

    assert only(paid(60_775, "应-001"), claims=claims) == []
    assert only(paid(60_775), claims=[]) == []


def test_that_too_many_ways_are_cut_and_every_item_counts_as_used() -> None:
    odd = claim(999, 1_000_07)
    claims = [*(claim(n, 1_000_00) for n in range(30)), odd]
    many, one = said(paid(2_000_00), paid(1_000_07, n=2), claims=claims)

    assert len(many.explanations) == MOST
    assert TOO_MANY < 30 * 29 // 2
    assert [x.claims for x in one.explanations] == [("i999",)]
    assert not one.is_sure


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("应-1", "货款应-1", True),
        ("应-1", "货款应-12", False),
        ("应-1", "应-12 和 应-1", True),
        ("SH-1", "XSH-1", False),
        ("SH-1", "付SH-1款", True),
        ("07", "0307", False),
        ("07", "付07", False),
        ("应-1", "", False),
    ],
)
def test_that_a_name_counts_only_by_itself(name: str, text: str, stands: bool) -> None:  # noqa: FBT001
    assert is_whole(name, text) is stands


def test_that_width_and_case_say_nothing() -> None:
    assert spelled("ｈｔ－２０２６") == spelled("HT-2026") == "HT-2026"
    assert spelled("sh-1") == "SH-1"


AMOUNTS = st.integers(1, 12).map(lambda n: n * 50_00)


@given(st.lists(AMOUNTS, max_size=7), st.lists(AMOUNTS, max_size=5))
def test_that_what_is_sure_adds_up_and_is_used_once(opens: list[int], sums: list[int]) -> None:
    claims = [claim(n, minor) for n, minor in enumerate(opens)]
    of = {one.id: one.minor for one in claims}
    payments = [paid(minor, n=n) for n, minor in enumerate(sums)]

    sure = [
        (payment, one.explanations[0])
        for payment, one in zip(payments, said(*payments, claims=claims), strict=True)
        if one.is_sure
    ]

    assert all(sum(of[x] for x in why.claims) == payment.minor for payment, why in sure)
    used = [x for _, why in sure for x in why.claims]
    assert len(used) == len(set(used))
