"""What somebody types about a customer is read field by field, or told what is wrong."""

from dataclasses import replace
from decimal import Decimal

import pytest

from erpdesk.domain.customers.customer import Contact, CustomerCode, CustomerRecord
from erpdesk.domain.importing.customer_cells import CustomerRules
from erpdesk.domain.importing.customer_typed import (
    NEEDED,
    NOT_DAYS,
    NOT_LANGUAGE,
    TOO_LARGE,
    TYPED,
    UNKNOWN,
    BadCustomerFieldError,
    must_be_readable,
    said_of,
    typed_over,
)

RECORD = CustomerRecord("K1", "青禾", address="杭州", codes=(CustomerCode("690"),), terms_days=30)
CONTACT = Contact("王敏", "0571-1")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("name", " 青禾包装 ", "青禾包装"),
        ("tax_id", "9133 0100ma2cfru57l", "91330100MA2CFRU57L"),
        ("id_number", "3301 0419", "3301 0419"),
        ("terms_days", "账期60天", 60),
        ("tax_rate", "13%", Decimal("0.13")),
        ("tax_rate", "0.06", Decimal("0.06")),
        ("currency", "usd", "USD"),
        ("credit_limit", "50,000.00", 50_000_00),
        ("language", "英文", "en"),
        ("address", "", None),
    ],
)
def test_that_a_field_of_the_record_is_read_as_people_write_it(
    name: str, text: str, value: object
) -> None:
    typed = typed_over(RECORD, CONTACT, {name: text})

    assert typed.wrong == {}
    assert typed.record == replace(RECORD, **{name: value})  # type: ignore[arg-type]
    assert typed.contact == CONTACT


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("person", "李强", "李强"), ("phone", "138 0000", "138 0000"), ("email", "a@b.cn", "a@b.cn")],
)
def test_that_a_field_of_the_contact_is_read(name: str, text: str, value: str) -> None:
    typed = typed_over(RECORD, CONTACT, {name: text})

    assert typed.contact == replace(CONTACT, **{name: value})
    assert typed.record == RECORD


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("name", "  ", NEEDED),
        ("terms_days", "三十", NOT_DAYS),
        ("language", "法语", NOT_LANGUAGE),
        ("shoe", "43", UNKNOWN),
        ("credit_limit", "9" * 20, TOO_LARGE),
    ],
)
def test_that_what_cannot_be_read_leaves_the_field_and_says_why(
    name: str, text: str, why: object
) -> None:
    typed = typed_over(RECORD, CONTACT, {name: text, "address": "宁波"})

    assert typed.wrong == {name: why}
    assert typed.record == replace(RECORD, address="宁波")
    with pytest.raises(BadCustomerFieldError):
        must_be_readable(typed)


@pytest.mark.parametrize("name", ["tax_rate", "credit_limit", "currency", "phone"])
def test_that_nonsense_is_wrong_in_every_field_that_has_a_form(name: str) -> None:
    assert name in typed_over(RECORD, CONTACT, {name: "1.38E+10"}).wrong


def test_that_a_wrong_tax_id_is_kept_with_a_note() -> None:
    rules = CustomerRules(tax_id_is_right=lambda _: False)

    typed = typed_over(RECORD, CONTACT, {"tax_id": "123"}, rules)

    assert typed.record.tax_id == "123"
    assert typed.notes.keys() == {"tax_id"}
    must_be_readable(typed)


def test_that_a_credit_limit_is_in_the_currency_typed_with_it() -> None:
    said = {"currency": "JPY", "credit_limit": "50000"}

    assert typed_over(RECORD, CONTACT, said).record.credit_limit == 50_000


def test_that_what_is_shown_can_be_typed_back() -> None:
    whole = replace(
        RECORD, tax_rate=Decimal("0.130"), credit_limit=5_000_00, currency="CNY", language="zh"
    )
    said = said_of(whole, CONTACT)

    typed = typed_over(CustomerRecord("K1", "", codes=whole.codes), Contact(), said)

    assert set(said) == set(TYPED)
    assert (said["tax_rate"], said["credit_limit"], said["bank_name"]) == ("13%", "5000.00", "")
    assert (typed.record, typed.contact) == (whole, CONTACT)
