from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.delivery import DeliveryUse, Use
from erpdesk.domain.entry_rules import check_content
from erpdesk.domain.goods import Goods, goods_of
from erpdesk.domain.ids import DocumentId
from erpdesk.domain.money import Money
from erpdesk.domain.posting import RateMissingError, UnbalancedError
from erpdesk.domain.tax import RATES
from erpdesk.domain.voucher import (
    Answers,
    IncompleteVoucherError,
    Known,
    Lack,
    Missing,
    NoEntryYetError,
    Voucher,
    content,
    missing,
    parked,
    rule_for,
)
from tests.domain.builders import (
    DUE,
    HAIHE,
    QINGHE,
    RATE,
    UNCONDITIONAL,
    a_delivery,
    a_heading,
    a_voucher,
    an_evidence,
    an_id,
    ids,
    journal,
    yuan,
)

TAX_POINT = replace(UNCONDITIONAL, tax_point=True)
CONDITIONAL = replace(UNCONDITIONAL, unconditional=False)
NOT_PASSED = replace(UNCONDITIONAL, passed=False)
PROOF = (an_evidence("acceptance", 1), an_evidence("contract", 2))
STORED = frozenset(one.hash for one in PROOF)


def test_that_p1a_books_the_tax_as_pending_before_the_tax_point() -> None:
    assert journal(content(a_voucher(), make_id=ids())) == [
        ("Dr", "1122.02", "113000.00"),
        ("Cr", "6001", "100000.00"),
        ("Cr", "2221.02", "13000.00"),
    ]


def test_that_p1b_books_the_output_tax_once_the_tax_point_is_reached() -> None:
    assert journal(content(a_voucher(answers=TAX_POINT), make_id=ids())) == [
        ("Dr", "1122.02", "113000.00"),
        ("Cr", "6001", "100000.00"),
        ("Cr", "2221.01", "13000.00"),
    ]


def test_that_p1c_books_a_conditional_right_as_a_contract_asset() -> None:
    assert journal(content(a_voucher(answers=CONDITIONAL), make_id=ids())) == [
        ("Dr", "1141", "113000.00"),
        ("Cr", "6001", "100000.00"),
        ("Cr", "2221.02", "13000.00"),
    ]
    assert journal(
        content(a_voucher(answers=replace(TAX_POINT, unconditional=False)), make_id=ids())
    )[2] == ("Cr", "2221.01", "13000.00")


def test_that_nothing_is_booked_before_anything_has_passed() -> None:
    with pytest.raises(NoEntryYetError):
        rule_for(NOT_PASSED)
    with pytest.raises(NoEntryYetError):
        content(a_voucher(answers=NOT_PASSED), make_id=ids())


def test_that_a_voucher_makes_one_open_item_with_its_due_day() -> None:
    made = content(a_voucher(), make_id=ids(41))

    assert made["items"] == [
        {
            "id": an_id(41),
            "customer": QINGHE,
            "account": "1122.02",
            "currency": "CNY",
            "amount": 11_300_000,
            "due": "2026-12-25",
        }
    ]
    assert (made["lines"][0]["customer"], made["lines"][0]["item"]) == (QINGHE, an_id(41))


def test_that_the_text_names_goods_deliveries_evidence_and_answers() -> None:
    uses = (DeliveryUse(an_id(701), yuan(113_000)),)
    heading = a_heading(contract="HT-7", memo="十一月", document_date=date(1996, 5, 1))

    made = content(a_voucher(heading=heading, deliveries=uses, evidence=PROOF), make_id=ids())

    assert (made["customer"], made["contract"], made["memo"]) == (QINGHE, "HT-7", "十一月")
    assert made["goods"][0]["gross"] == 11_300_000
    assert made["deliveries"] == [{"id": an_id(701), "amount": 11_300_000}]
    assert [one["kind"] for one in made["evidence"]] == ["acceptance", "contract"]
    assert made["answers"] == {"passed": 1, "unconditional": 1, "tax_point": 0}
    assert made["entry"]["document_date"] == "1996-05-01"


@pytest.mark.parametrize(
    "gap", [{"due": None}, {"answers": None}, {"goods": ()}, {"heading": a_heading(customer=None)}]
)
def test_that_a_text_that_lacks_what_an_entry_needs_is_parked_without_one(
    gap: dict[str, Any],
) -> None:
    voucher = a_voucher(**gap)

    with pytest.raises(IncompleteVoucherError):
        content(voucher, make_id=ids())
    assert not parked(voucher).keys() & {"entry", "lines", "items"}


def test_that_an_uneven_line_is_no_entry() -> None:
    line = Goods("a", yuan(1), yuan(1), yuan(3), RATE)

    with pytest.raises(UnbalancedError):
        content(a_voucher(goods=(line, goods_of("b", yuan(-3), RATE))), make_id=ids())


def test_that_a_foreign_voucher_needs_an_exchange_rate() -> None:
    voucher = a_voucher(goods=(goods_of("a", yuan(113, "USD"), RATE),), currency="USD")

    with pytest.raises(RateMissingError):
        content(voucher, make_id=ids())
    assert Missing(Lack.EXCHANGE_RATE, ("USD",)) in missing(voucher, Known())
    made = content(replace(voucher, rate=Decimal("7.10")), make_id=ids())
    assert [line["base"] for line in made["lines"]] == [80_230, 71_000, 9_230]


def test_that_a_foreign_voucher_is_judged_by_its_worth_in_base() -> None:
    voucher = a_voucher(
        goods=(goods_of("a", yuan(900, "USD"), RATE),), currency="USD", rate=Decimal(7),
        evidence=(an_evidence("chat"),),
    )  # fmt: skip

    assert Lack.EVIDENCE in {one.what for one in missing(voucher, Known())}


def test_that_nothing_stands_against_a_complete_voucher() -> None:
    voucher = a_voucher(evidence=PROOF, deliveries=(DeliveryUse(an_id(701), yuan(113_000)),))
    delivery = a_delivery()

    assert missing(voucher, Known(stored=STORED, deliveries={delivery.id: delivery})) == ()


def test_that_everything_missing_is_said_at_once() -> None:
    voucher = Voucher(a_heading(customer=None), evidence=(an_evidence("photo", 9),))

    assert [one.what for one in missing(voucher, Known())] == [
        Lack.CUSTOMER,
        Lack.ANSWERS,
        Lack.DUE,
        Lack.GOODS,
        Lack.EVIDENCE_NOT_STORED,
    ]


def test_that_the_fields_a_customer_lacks_are_named() -> None:
    voucher = a_voucher(answers=NOT_PASSED, evidence=PROOF)

    assert missing(voucher, Known(customer_lacks=("tax_id", "address"), stored=STORED)) == (
        Missing(Lack.CUSTOMER_FIELDS, ("tax_id", "address")),
        Missing(Lack.NOT_PASSED),
    )


def test_that_lines_which_do_not_add_up_are_numbered() -> None:
    lines = (
        goods_of("a", yuan(1), RATE),
        Goods("b", yuan(1), yuan(1), yuan(3), RATE),
        goods_of("c", yuan(1, "USD"), RATE),
    )

    assert missing(a_voucher(goods=lines), Known()) == (Missing(Lack.UNEVEN, ("2", "3")),)


def test_that_the_evidence_an_amount_asks_for_is_named() -> None:
    assert missing(a_voucher(), Known()) == (
        Missing(Lack.EVIDENCE, ("contract", "order")),
        Missing(Lack.EVIDENCE, ("acceptance",)),
    )


@pytest.mark.parametrize(
    ("delivery", "lack"),
    [
        (None, Missing(Lack.DELIVERY_UNKNOWN, (an_id(701),))),
        (a_delivery(customer=HAIHE), Missing(Lack.DELIVERY_FOREIGN, ("SH-1",))),
        (a_delivery(amount=yuan(113_000, "USD")), Missing(Lack.DELIVERY_FOREIGN, ("SH-1",))),
        (a_delivery("112999.99"), Missing(Lack.DELIVERY_USED, ("SH-1", "112999.99"))),
        (
            a_delivery(200_000, Use(DocumentId(an_id(9)), yuan(100_000))),
            Missing(Lack.DELIVERY_USED, ("SH-1", "100000.00")),
        ),
    ],
)
def test_that_a_delivery_is_never_used_beyond_what_is_free(delivery: object, lack: Missing) -> None:
    voucher = a_voucher(evidence=PROOF, deliveries=(DeliveryUse(an_id(701), yuan(113_000)),))
    there = {an_id(701): delivery} if delivery else None

    assert missing(voucher, Known(stored=STORED, deliveries=there)) == (lack,)  # type: ignore[arg-type]


def test_that_two_halves_of_a_delivery_are_judged_together() -> None:
    uses = (DeliveryUse(an_id(701), yuan(60)), DeliveryUse(an_id(701), yuan(60)))
    voucher = a_voucher(120, evidence=PROOF, deliveries=uses)
    known = Known(stored=STORED, deliveries={an_id(701): a_delivery(100)})

    assert missing(voucher, known) == (Missing(Lack.DELIVERY_USED, ("SH-1", "100.00")),)


def test_that_the_last_cent_of_a_delivery_can_be_used() -> None:
    voucher = a_voucher(evidence=PROOF, deliveries=(DeliveryUse(an_id(701), yuan("0.01")),))
    known = Known(stored=STORED, deliveries={an_id(701): a_delivery("0.01")})

    assert missing(voucher, known) == ()


def test_that_a_use_in_another_currency_or_of_nothing_is_refused() -> None:
    known = Known(stored=STORED, deliveries={an_id(701): a_delivery()})
    other = a_voucher(evidence=PROOF, deliveries=(DeliveryUse(an_id(701), yuan(1, "USD")),))
    nothing = a_voucher(evidence=PROOF, deliveries=(DeliveryUse(an_id(701), yuan(0)),))

    assert missing(other, known) == (Missing(Lack.DELIVERY_FOREIGN, ("SH-1",)),)
    assert [one.what for one in missing(nothing, known)] == [Lack.DELIVERY_USED]


@given(
    grosses=st.lists(st.integers(1, 10**11), min_size=1, max_size=8),
    rate=st.sampled_from(RATES),
    answers=st.builds(
        Answers, passed=st.just(value=True), unconditional=st.booleans(), tax_point=st.booleans()
    ),
)
def test_that_every_voucher_balances_and_moves_its_item(
    grosses: list[int], rate: str, answers: Answers
) -> None:
    goods = tuple(goods_of("x", Money(gross, "CNY"), Decimal(rate)) for gross in grosses)

    made = content(a_voucher(goods=goods, answers=answers, due=DUE), make_id=ids())

    check_content("voucher", made, {})
    assert made["items"][0]["amount"] == sum(grosses)
