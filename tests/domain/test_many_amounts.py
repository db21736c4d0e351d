# ruff: noqa: S311 - no secrets
"""Properties of money, fifty thousand times each; at each commit they are tried on the corners.

Amounts come by chance, of any size: a short one is as likely as a long one. What was tried is in
the failure, and the seed in the head of the run.
"""

from random import choice, choices, randint, randrange

import pytest

from erpdesk.domain.money import DECIMALS, LIMIT_MINOR
from tests.domain import test_capitals, test_money, test_receipt

pytestmark = [pytest.mark.nightly, pytest.mark.timeout(300)]
TIMES = 50_000


def up_to(most: int) -> int:
    """Return a number from one to a power of ten; each count of digits is as likely."""
    return randrange(10 ** randint(0, len(str(most)) - 1)) + 1


def any_amount() -> int:
    return choice((-1, 0, 1)) * up_to(LIMIT_MINOR)


def test_that_no_split_makes_or_loses_a_cent() -> None:
    once = test_money.test_that_a_split_loses_nothing_and_invents_nothing
    for _ in range(TIMES):
        weights = choices(range(1, 1001), k=randint(1, 9))
        once.hypothesis.inner_test(any_amount(), weights)  # type: ignore[attr-defined]


def test_that_every_amount_is_read_back_from_its_capitals() -> None:
    once = test_capitals.test_that_a_reader_gets_the_amount_back
    for _ in range(TIMES):
        once.hypothesis.inner_test(any_amount(), choice([*DECIMALS]))  # type: ignore[attr-defined]


def test_that_every_receipt_is_applied_to_the_cent() -> None:
    once = test_receipt.test_that_a_receipt_of_any_size_pays_any_items_to_the_cent
    for _ in range(TIMES):
        charged = [(up_to(10**9), choice((True, False))) for _ in range(randint(0, 6))]
        just_all = sum(minor for minor, _ in charged) or 1
        amount = choice((up_to(10**10), just_all))
        once.hypothesis.inner_test(amount, charged)  # type: ignore[attr-defined]
