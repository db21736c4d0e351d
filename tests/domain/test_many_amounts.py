"""Properties of money, fifty thousand times each; the quick suite tries them a hundred times."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.domain.money import DECIMALS, LIMIT_MINOR
from tests.domain import test_capitals, test_money, test_receipt

pytestmark = [pytest.mark.nightly, pytest.mark.timeout(1200)]
MANY = settings(max_examples=50_000, deadline=None)
AMOUNTS = st.integers(-LIMIT_MINOR, LIMIT_MINOR)


@MANY
@given(AMOUNTS, st.lists(st.integers(1, 1000), min_size=1, max_size=9))
def test_that_no_split_makes_or_loses_a_cent(minor: int, weights: list[int]) -> None:
    once = test_money.test_that_a_split_loses_nothing_and_invents_nothing
    once.hypothesis.inner_test(minor, weights)  # type: ignore[attr-defined]


@MANY
@given(AMOUNTS, st.sampled_from(sorted(DECIMALS)))
def test_that_every_amount_is_read_back_from_its_capitals(minor: int, currency: str) -> None:
    once = test_capitals.test_that_a_reader_gets_the_amount_back
    once.hypothesis.inner_test(minor, currency)  # type: ignore[attr-defined]


@MANY
@given(
    st.integers(1, 10**10),
    st.lists(st.tuples(st.integers(1, 10**9), st.booleans()), max_size=6),
)
def test_that_every_receipt_is_applied_to_the_cent(
    amount: int, charged: list[tuple[int, bool]]
) -> None:
    once = test_receipt.test_that_a_receipt_of_any_size_pays_any_items_to_the_cent
    once.hypothesis.inner_test(amount, charged)  # type: ignore[attr-defined]
