from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.delivery import DeliveryUse
from erpdesk.domain.entry_rules import broken_rules
from erpdesk.domain.goods import Goods, goods_of
from erpdesk.domain.kept_voucher import voucher_from
from erpdesk.domain.money import Money
from erpdesk.domain.posting import Heading
from erpdesk.domain.voucher import Answers, Voucher, content, parked
from tests.domain.builders import (
    DUE,
    QINGHE,
    RATE,
    TODAY,
    a_heading,
    a_voucher,
    an_evidence,
    an_id,
    ids,
    yuan,
)

OTHER_DAY = date(2027, 1, 1)
WHOLE = a_voucher(
    heading=a_heading(
        document_date=date(1996, 5, 1),
        origin_period="1996-05",
        reverse_on=date(2026, 12, 1),
        batch="月末",
        contract="HT-7",
        memo="十一月",
    ),
    goods=(
        Goods("纸箱", yuan(100), yuan(13), yuan(113), RATE, Decimal("2.5"), "箱", Decimal("45.2")),
        goods_of("运费", yuan(9), Decimal("0.09")),
    ),
    deliveries=(DeliveryUse(an_id(701), yuan(122)),),
    evidence=(an_evidence("contract", 4),),
)


def test_that_a_voucher_is_read_back_as_it_was_written() -> None:
    assert voucher_from(content(WHOLE, make_id=ids()), posting_date=OTHER_DAY) == WHOLE


def test_that_a_parked_voucher_keeps_its_days() -> None:
    voucher = replace(WHOLE, answers=None)

    assert voucher_from(parked(voucher, make_id=ids()), posting_date=OTHER_DAY) == voucher


@pytest.mark.parametrize(
    "voucher",
    [
        Voucher(a_heading()),
        Voucher(a_heading(), due=DUE),
        Voucher(a_heading(), due=DUE, goods=(Goods("a", yuan(1), yuan(1), yuan(3), RATE),)),
        Voucher(a_heading(customer=None)),
    ],
)
def test_that_however_little_is_known_can_be_parked(voucher: Voucher) -> None:
    back = voucher_from(parked(voucher, make_id=ids()), posting_date=TODAY)

    assert (back.heading, back.goods) == (voucher.heading, voucher.goods)


def test_that_a_parked_voucher_is_never_approved() -> None:
    assert broken_rules("voucher", parked(WHOLE, make_id=ids()))
    assert broken_rules("voucher", parked(WHOLE))


def test_that_a_text_without_days_takes_the_day_it_is_given() -> None:
    assert voucher_from({"customer": QINGHE}, posting_date=TODAY) == Voucher(Heading(TODAY, QINGHE))


@pytest.mark.parametrize(("currency", "rate"), [("USD", "7.1"), ("JPY", "0.0479"), ("KWD", "23")])
def test_that_the_rate_of_a_foreign_voucher_is_read_back(currency: str, rate: str) -> None:
    goods = (goods_of("a", yuan(11_300, currency), RATE),)
    voucher = a_voucher(goods=goods, currency=currency, rate=Decimal(rate))

    assert voucher_from(content(voucher, make_id=ids()), posting_date=TODAY) == voucher


def test_that_a_parked_foreign_voucher_still_needs_its_rate() -> None:
    voucher = a_voucher(
        goods=(goods_of("a", yuan(113, "USD"), RATE),), currency="USD", rate=Decimal(7)
    )

    back = voucher_from(parked(voucher, make_id=ids()), posting_date=TODAY)

    assert (back.currency, back.rate) == ("USD", None)


@given(
    grosses=st.lists(st.integers(1, 10**9), min_size=1, max_size=4),
    answers=st.builds(
        Answers, passed=st.just(value=True), unconditional=st.booleans(), tax_point=st.booleans()
    ),
    due=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
)
def test_that_reading_back_loses_nothing(grosses: list[int], answers: Answers, due: date) -> None:
    goods = tuple(goods_of("x", Money(gross, "CNY"), RATE) for gross in grosses)
    voucher = a_voucher(goods=goods, answers=answers, due=due)

    assert voucher_from(content(voucher, make_id=ids()), posting_date=OTHER_DAY) == voucher
