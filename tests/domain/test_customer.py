from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.content import NotCanonicalError, canonical, parse
from erpdesk.domain.customers.customer import (
    BadCodeError,
    BadTermsError,
    CodeKind,
    CodeTwiceError,
    Contact,
    CustomerCode,
    CustomerRecord,
    NameMissingError,
    ReservedCodeError,
    clean_code,
    contact_from,
    contact_section,
    missing_fields,
    record_from,
    record_section,
    record_texts,
    why_not_code,
    why_not_record,
)
from erpdesk.domain.customers.customer_search import (
    digits_of,
    folded_name,
    plain_name,
    search_key,
    search_text,
)

QINGHE = CustomerRecord("C-001", "杭州青禾包装材料有限公司")
WHOLE = CustomerRecord(
    code="C-001",
    name="杭州青禾包装材料有限公司",
    tax_id="91330106MA2AQH0A1B",
    id_number="11010519491231002X",
    bank_name="工商银行",
    bank_account="1202 0218",
    address="杭州",
    terms_days=0,
    credit_limit=0,
    currency="CNY",
    tax_rate=Decimal("0.13"),
    language="zh",
    codes=(CustomerCode("6901", CodeKind.BARCODE), CustomerCode("旧-7", CodeKind.OLD)),
    search="杭州青禾",
)


def test_that_many_records_have_the_texts_that_each_has_alone() -> None:
    records = (QINGHE, WHOLE, replace(WHOLE, tax_rate=Decimal("0.130"), codes=()), QINGHE)
    names = (field.name for field in fields(CustomerRecord))
    columns = {name: [getattr(record, name) for record in records] for name in names}

    texts = record_texts(columns, [record.all_codes for record in records])

    assert texts == [canonical(record_section(record)) for record in records]


def test_that_a_section_leaves_out_what_is_unknown_but_keeps_zero() -> None:
    section = record_section(replace(QINGHE, terms_days=0))

    assert section == {
        "code": "C-001",
        "name": "杭州青禾包装材料有限公司",
        "terms_days": 0,
        "codes": [{"code": "C-001", "kind": "main"}],
    }


@pytest.mark.parametrize("record", [QINGHE, WHOLE])
def test_that_a_record_survives_its_canonical_text(record: CustomerRecord) -> None:
    text = canonical({"record": record_section(record)})

    assert record_from(parse(text)["record"]) == record


def test_that_the_sample_of_a_whole_record_has_every_field() -> None:
    assert all(getattr(WHOLE, field.name) not in {None, ()} for field in fields(WHOLE))


def test_that_a_contact_survives_its_section() -> None:
    contact = Contact(person="王磊", email="w@example.cn")

    assert contact_section(contact) == {"person": "王磊", "email": "w@example.cn"}
    assert contact_from(contact_section(contact)) == contact
    assert contact_from({}) == Contact()


def test_that_the_same_codes_in_another_order_are_the_same_text() -> None:
    turned = replace(WHOLE, codes=WHOLE.codes[::-1])

    assert record_section(turned) == record_section(WHOLE)


def test_that_rates_have_one_spelling() -> None:
    assert record_section(replace(QINGHE, tax_rate=Decimal("0.130")))["tax_rate"] == "0.13"
    assert record_section(replace(QINGHE, tax_rate=Decimal(0)))["tax_rate"] == "0"


CODES = [{"code": "A", "kind": "main"}]


@pytest.mark.parametrize(
    "section",
    [
        {},
        {"code": "A", "codes": CODES},
        {"code": "A", "name": "B"},
        {"code": "A", "name": "B", "codes": []},
        {"code": "B", "name": "B", "codes": CODES},
        {"code": "A", "name": "B", "codes": CODES, "colour": "red"},
        {"code": "A", "name": 7, "codes": CODES},
        {"code": "A", "name": "B", "codes": CODES, "terms_days": "30"},
        {"code": "A", "name": "B", "codes": "A"},
        {"code": "A", "name": "B", "codes": [*CODES, "B"]},
        {"code": "A", "name": "B", "codes": [*CODES, {"code": "B", "kind": "new"}]},
        {"code": "A", "name": "B", "codes": [*CODES, {"code": "B", "kind": "old", "x": 1}]},
        {"code": "A", "name": "B", "codes": CODES, "tax_rate": "some"},
    ],
)
def test_that_a_section_of_another_shape_is_refused(section: dict[str, Any]) -> None:
    with pytest.raises(NotCanonicalError):
        record_from(section)


def test_that_a_contact_of_another_shape_is_refused() -> None:
    with pytest.raises(NotCanonicalError):
        contact_from({"phone": 571})
    with pytest.raises(NotCanonicalError):
        contact_from({"fax": "571"})


@pytest.mark.parametrize("code", ["C-001", "ALFKI", "客户 7", "EDEKA-1", "0", "½", "x" * 64])
def test_that_firms_choose_their_codes_freely(code: str) -> None:
    assert why_not_code(code) is None


@pytest.mark.parametrize(
    "code",
    ["", " ", " A", "A ", "A  B", "A\tB", "A\u00a0B", "A\nB", "A\u200bB", "x" * 65, "e\u0301"],
)
def test_that_a_code_is_printable_in_one_spelling(code: str) -> None:
    assert isinstance(why_not_code(code), BadCodeError)


@pytest.mark.parametrize("code", ["EDC004175D", "EDC004175A", "edc004175d", "ED%7"])
def test_that_codes_of_our_own_form_are_reserved(code: str) -> None:
    assert isinstance(why_not_code(code), ReservedCodeError)


def test_that_a_cleaned_code_may_be_kept() -> None:
    assert clean_code(" e\u0301 ") == "é"


def test_that_a_right_record_has_nothing_against_it() -> None:
    assert why_not_record(QINGHE) is None
    assert why_not_record(WHOLE) is None


@pytest.mark.parametrize(
    ("record", "error"),
    [
        (replace(QINGHE, name=" "), NameMissingError),
        (replace(QINGHE, code=""), BadCodeError),
        (replace(QINGHE, codes=(CustomerCode("ED%1"),)), ReservedCodeError),
        (replace(QINGHE, codes=(CustomerCode("C-001"),)), CodeTwiceError),
        (replace(QINGHE, codes=(CustomerCode("B"), CustomerCode("B"))), CodeTwiceError),
        (replace(QINGHE, terms_days=-1), BadTermsError),
        (replace(QINGHE, terms_days=3651), BadTermsError),
        (replace(QINGHE, credit_limit=-1), BadTermsError),
        (replace(QINGHE, tax_rate=Decimal(13)), BadTermsError),
    ],
)
def test_that_each_fault_of_a_record_has_its_error(
    record: CustomerRecord, error: type[Exception]
) -> None:
    assert type(why_not_record(record)) is error


def test_that_settling_asks_for_name_number_address_and_a_way_to_reach() -> None:
    assert missing_fields(QINGHE, Contact()) == ("tax_id/id_number", "address", "phone/email")
    assert missing_fields(WHOLE, Contact(email="a@b.cn")) == ()
    person = replace(QINGHE, id_number="1", address="杭州")
    assert missing_fields(person, Contact(phone="0571")) == ()


def test_that_white_space_is_no_address_and_zero_days_are_terms() -> None:
    blank = replace(QINGHE, address=" ", terms_days=0)

    assert missing_fields(blank, Contact(), ("address", "terms_days", "credit_limit")) == (
        "address",
        "credit_limit",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州青禾包装材料有限公司", "杭州青禾包装材料"),
        ("杭州青禾包装材料有限公司", "杭州青禾包装材料股份有限公司"),
        ("杭州 青禾 包装材料有限责任公司", "杭州青禾包装材料有限公司"),
        ("青禾（杭州）有限公司", "青禾(杭州)有限公司"),
        ("Greenfield Trading Co., Ltd.", "GREENFIELD TRADING"),
        ("Müller GmbH & Co. KG", "müller"),
        ("Alfreds S.A.", "Alfreds SA"),
        ("Ｇｒｅｅｎ Ｌｔｄ", "green"),
        ("株式会社青木", "青木株式会社"),
    ],
)
def test_that_one_firm_written_in_two_ways_folds_alike(one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize("name", ["有限公司", "Limited", "Co. Ltd", "株式会社"])
def test_that_a_name_that_is_only_a_legal_form_is_not_folded_away(name: str) -> None:
    assert folded_name(name)


def test_that_a_legal_form_inside_a_name_stays() -> None:
    assert folded_name("Limited Edition Shop") == "limitededitionshop"
    assert folded_name("The AB Store Ltd") == "theabstore"


@given(st.text(max_size=20))
def test_that_folding_any_text_ends_and_has_no_spaces(name: str) -> None:
    assert not any(letter.isspace() for letter in folded_name(name))
    assert bool(folded_name(name)) == bool(plain_name(name))


def test_that_searching_knows_name_codes_number_and_spellings() -> None:
    text = search_text(WHOLE, ("hangzhouqinghe", "hzqh", ""))

    assert text == (
        "杭州青禾包装材料有限公司 c-001 6901 旧-7 91330106ma2aqh0a1b hangzhouqinghe hzqh"
    )
    assert search_key("ＱＩＮＧ he") == "qinghe"


def test_that_an_identity_number_is_searched_where_there_is_no_tax_number() -> None:
    assert search_text(replace(QINGHE, id_number="11-X")).endswith(" 11x")


def test_that_only_digits_of_a_telephone_number_count() -> None:
    assert digits_of("(0571) 8888－１２") == "0571888812"
    assert digits_of(None) == ""
