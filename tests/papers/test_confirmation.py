"""The balance confirmation: what each method shows and asks, on one page, and nothing else."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from erpdesk.domain.accounts import Part
from erpdesk.domain.confirmation import Confirmed, Method
from erpdesk.domain.money import Money
from erpdesk.papers.breaking import PaperFullError
from erpdesk.papers.confirmation import confirmation, draw_confirmation
from erpdesk.papers.confirmation_view import ConfirmationView
from erpdesk.papers.text import DoesNotFitError
from tests.papers.examples import COMPANY, CUSTOMER, a_long_notice, named
from tests.papers.reading import codes, picture, texts


def a_balance(currency: str, *minors: int) -> Confirmed:
    parts = {part: Money(minor, currency) for part, minor in zip(Part, minors, strict=True)}
    return Confirmed(currency, parts)


YUAN = a_balance("CNY", 45_172_001, 5_843_695, -1_203_350)
DOLLARS = a_balance("USD", 100_000, 0, -30_000)


def a_confirmation(
    method: Method = Method.POSITIVE, *balances: Confirmed, **facts: Any
) -> ConfirmationView:
    asked = balances or (YUAN,)
    known = {
        "number": "通-202611-0214", "code": "EDN2026110214F", "reply_code": "EDR2026110214H",
        "as_of": date(2026, 11, 25), "reply_by": date(2026, 12, 10), "company": COMPANY,
        "customer": CUSTOMER, "made_by": "陈静", "content_hash": "81be04f2" * 8,
        "printed_at": "2026-11-25 11:02", "currencies": tuple(one.currency for one in asked),
        "balances": () if method is Method.BLANK else asked,
    }  # fmt: skip
    return ConfirmationView(method=method, **{**known, **facts})


def longest(method: Method) -> ConfirmationView:
    long = a_long_notice(1, "en")
    return a_confirmation(
        method, YUAN, DOLLARS, language="en", draft=True, company=long.company,
        customer=long.customer, made_by=long.made_by,
    )  # fmt: skip


@pytest.mark.parametrize("method", list(Method))
def test_that_it_stands_on_one_page_and_nothing_overlaps(method: Method) -> None:
    for view in (a_confirmation(method), a_confirmation(method, YUAN, DOLLARS), longest(method)):
        pdf, boxes = draw_confirmation(view)

        blocks = [box for box in boxes if box.name not in {"code", "mark"}]
        for one, other in combinations(blocks, 2):
            assert one.bottom >= other.top - 0.01 or other.bottom >= one.top - 0.01, (one, other)
        assert len(texts(pdf)) == 1
        assert pdf == confirmation(view)


def test_that_a_blank_one_holds_no_figure_of_ours_in_text_or_code() -> None:
    pdf = confirmation(a_confirmation(Method.BLANK))
    [text] = texts(pdf)

    figures = [money.grouped() for money in (*YUAN.parts.values(), YUAN.total)]
    assert not [figure for figure in figures if figure in text or figure.encode() in pdf]
    assert codes(picture(pdf)) == {"EDN2026110214F", "EDR2026110214H"}
    assert "我方账面余额" in text
    assert "信息证明无误" not in text


@pytest.mark.parametrize("method", [Method.POSITIVE, Method.NEGATIVE])
def test_that_the_others_show_ours_and_a_negative_one_asks_for_differences_alone(
    method: Method,
) -> None:
    [text] = texts(confirmation(a_confirmation(method)))

    assert YUAN.total.grouped() in text
    assert "−12,033.50" in text
    assert ("信息证明无误" in text) is (method is Method.POSITIVE)
    assert "信息不符" in text


def test_that_it_is_no_demand_and_says_nothing_of_paying() -> None:
    for method in Method:
        [text] = texts(confirmation(a_confirmation(method)))

        assert "并非催款结算" in text
        assert COMPANY.account.number not in text.replace(" ", "")


def test_that_more_than_a_page_holds_and_names_too_long_are_refused() -> None:
    many = [a_balance(code, 1, 1, -1) for code in ("CNY", "USD", "EUR", "JPY", "GBP")]
    endless = named("青禾包装材料" * 60).customer

    with pytest.raises(PaperFullError):
        confirmation(a_confirmation(Method.POSITIVE, *many))
    with pytest.raises(DoesNotFitError):
        confirmation(a_confirmation(customer=endless))
