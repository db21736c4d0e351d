"""Whom a plan counts: each filter, those taken out by hand, and what a blind count keeps."""

from dataclasses import replace
from datetime import date

import pytest

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.campaign_scope import (
    FILTERS,
    NOT_LISTED,
    TAKEN_OUT,
    Book,
    Candidate,
    FilterValueError,
    UnknownFilterError,
    as_frozen,
    left_out,
    must_be_filters,
)

QINGHE = CustomerId("qinghe")
PLAN = CampaignPlan("年末盘点", date(2026, 11, 25), "CNY")
ONE = Candidate(
    QINGHE,
    {
        "code": "KH7",
        "name": "青禾包装",
        "tax_id": "9133",
        "address": "浙江杭州",
        "currency": "CNY",
        "language": "zh",
        "bank_name": "建行",
        "terms_days": 30,
    },
    (Book("CNY", 70_000, 0, 20_000), Book("USD", 0, 9)),
    date(2026, 6, 30),
)


@pytest.mark.parametrize(
    ("field", "hit", "miss"),
    [
        ("code", "KH", "H7"),
        ("name", "青", "禾"),
        ("tax_id", "91", "33"),
        ("address", "杭州", "宁波"),
        ("currency", "CNY", "USD"),
        ("language", "zh", "en"),
        ("bank_name", "建行", "建"),
        ("terms_days", "30", "3"),
        ("balance_min", "50000", "50001"),
        ("not_counted_since", "2026-07-01", "2026-06-30"),
    ],
)
def test_that_a_filter_chooses_and_names_itself_when_it_misses(
    field: str, hit: str, miss: str
) -> None:
    assert left_out(replace(PLAN, filter=((field, hit),)))(ONE) is None
    assert left_out(replace(PLAN, filter=((field, miss),)))(ONE) == field


def test_that_unbilled_of_any_currency_counts() -> None:
    plan = replace(PLAN, filter=(("unbilled", "1"),))

    assert left_out(plan)(ONE) is None
    assert left_out(plan)(replace(ONE, books=(Book("CNY", 5),))) == "unbilled"


def test_that_somebody_never_counted_is_not_counted_since_any_day() -> None:
    plan = replace(PLAN, filter=(("not_counted_since", "1996-01-01"),))

    assert left_out(plan)(replace(ONE, counted_on=None)) is None


def test_that_every_filter_has_to_fit() -> None:
    plan = replace(PLAN, filter=(("address", "宁波"), ("code", "KH")))

    assert left_out(plan)(ONE) == "address"


def test_that_who_is_taken_out_stays_out_however_they_were_chosen() -> None:
    for plan in (PLAN, replace(PLAN, customers=(QINGHE,)), replace(PLAN, filter=(("code", "K"),))):
        assert left_out(plan)(ONE) is None
        assert left_out(replace(plan, without=(QINGHE,)))(ONE) == TAKEN_OUT


def test_that_a_list_of_customers_is_the_whole_scope() -> None:
    plan = replace(PLAN, customers=(CustomerId("linjiang"),), filter=(("code", "K"),))

    assert left_out(plan)(ONE) == NOT_LISTED


@pytest.mark.parametrize(
    "filters",
    [(("balance_min", "many"),), (("not_counted_since", "soon"),), (("unbilled", "0"),)],
)
def test_that_a_value_nobody_can_read_is_refused(filters: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(FilterValueError):
        must_be_filters(filters)


def test_that_an_unknown_field_is_refused_and_a_known_one_is_not() -> None:
    with pytest.raises(UnknownFilterError):
        must_be_filters((("hair", "grey"),))
    must_be_filters((("balance_min", "-5"), ("not_counted_since", "2026-01-01"), ("unbilled", "1")))


def test_that_a_blind_list_keeps_no_filter_that_tells_of_the_books() -> None:
    whole = replace(
        PLAN, filter=(("balance_min", "1"), ("code", "K"), ("unbilled", "1")), blind=True
    )

    assert as_frozen(whole).filter == (("code", "K"),)
    assert as_frozen(replace(whole, blind=False)).filter == whole.filter
    assert {"balance_min", "unbilled"} < FILTERS.keys()
