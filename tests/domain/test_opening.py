from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.accounts import Part
from erpdesk.domain.entry_rules import check_content
from erpdesk.domain.money import Money
from erpdesk.domain.opening import NotAnOpeningError, Opening, entry, opened
from erpdesk.domain.posting import RateMissingError, broken_lines
from tests.domain.builders import HAIHE, QINGHE, a_heading, an_id, ids, shown, yuan

LONG_AGO = date(1996, 5, 1)


def an_opening(part: Part, amount: Money | int, label: str = "") -> Opening:
    return Opening(QINGHE, part, yuan(amount), LONG_AGO, label)


def test_that_opening_items_stand_against_the_opening_account() -> None:
    whole = opened(
        [
            an_opening(Part.BILLED, 100, "FP-1"),
            an_opening(Part.UNBILLED, 50),
            an_opening(Part.UNAPPLIED, 30),
        ],
        make_id=ids(),
    )

    assert shown(whole.lines) == [
        ("Dr", "1122.01", "100.00"),
        ("Dr", "1122.02", "50.00"),
        ("Cr", "2203", "30.00"),
        ("Cr", "4999", "150.00"),
        ("Dr", "4999", "30.00"),
    ]
    assert [item["amount"] for item in whole.items] == [10_000, 5_000, -3_000]
    assert whole.labels == ["FP-1", "", ""]
    assert whole.items[0]["due"] == "1996-05-01"


def test_that_every_currency_balances_by_itself_in_one_count_of_lines() -> None:
    openings = [an_opening(Part.BILLED, 100), an_opening(Part.BILLED, yuan("33.33", "USD"))]

    whole = opened(openings, make_id=ids(), rates={"USD": Decimal("7.101")})

    assert [line["n"] for line in whole.lines] == [1, 2, 3, 4]
    assert [line["base"] for line in whole.lines] == [10_000, 10_000, 23_668, 23_668]


def test_that_a_foreign_opening_without_a_rate_is_refused() -> None:
    with pytest.raises(RateMissingError):
        opened([an_opening(Part.BILLED, yuan(1, "USD"))], make_id=ids())


@pytest.mark.parametrize("amount", [0, -1])
def test_that_an_opening_has_no_sign(amount: int) -> None:
    with pytest.raises(NotAnOpeningError):
        opened([an_opening(Part.BILLED, amount)], make_id=ids())


def test_that_the_text_of_an_import_has_the_entry_alone() -> None:
    text = {
        "entry": entry(a_heading(customer=None), make_id=ids()),
        "list": {"id": an_id(5), "what": "items", "rows": 1},
    }

    check_content("import", text)
    assert text["entry"]["rule"] == "P0/1"


def test_that_nothing_opened_is_nothing() -> None:
    assert opened([], make_id=ids()).lines == []


@given(
    st.lists(
        st.builds(
            Opening,
            customer=st.sampled_from([QINGHE, HAIHE]),
            part=st.sampled_from(Part),
            amount=st.integers(1, 10**9).map(lambda minor: Money(minor, "CNY")),
            due=st.dates(date(1990, 1, 1), date(2030, 1, 1)),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_that_whatever_is_opened_balances_and_moves_its_items(openings: list[Opening]) -> None:
    whole = opened(openings, make_id=ids())

    assert not list(broken_lines(whole.lines))
    by_item = [line for line in whole.lines if line["account"] != "4999"]
    assert {line["item"]: line["side"] * line["amount"] for line in by_item} == {
        item["id"]: item["amount"] for item in whole.items
    }
