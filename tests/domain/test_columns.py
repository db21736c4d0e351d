"""Columns are found by name in Chinese and English, or as somebody said once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.importing.column_names import (
    CUSTOMERS,
    DELIVERIES,
    DELIVERY_HEADERS,
    DELIVERY_LINES,
)
from erpdesk.domain.importing.columns import (
    Columns,
    ColumnTrouble,
    Given,
    Kind,
    find_columns,
    find_header,
    signature,
    spellings,
)


def found(heading: str, kind: Kind = CUSTOMERS, given: Given | None = None) -> dict[str, list[str]]:
    columns = find_columns(heading.split("|"), kind, given)
    assert isinstance(columns, Columns), columns
    return columns.mapping()


def trouble(heading: str, kind: Kind = CUSTOMERS, given: Given | None = None) -> ColumnTrouble:
    columns = find_columns(heading.split("|"), kind, given)
    assert isinstance(columns, ColumnTrouble)
    return columns


@pytest.mark.parametrize(
    "heading",
    [
        "客户编码|客户名称",
        "*客户编码：| 客户 名称 ",
        "customerID|companyName",
        "customer_id|company_name",
        "CUSTOMER CODE|Customer Name",
        "Reference|Name",
        "ID|Customer Name",
        "编码|名称",
        "客户编码 (code)|客户名称/Customer",
        "客户编码\nCode|客户全称",
        "往来单位编码|往来单位名称",
        "代码|客户",
        "ｃｏｄｅ|ｎａｍｅ",
        "客戶編號|客戶名稱",
        "客户编码 Customer Code|客户名称 Customer Name",
        "Customer Code 客户编码|Customer Name 客户名称",
        "客商编码|客商名称",
        "Client Code|Client Name",
        "KUNNR|NAME1",
        "cCusCode|cCusName",
    ],
)
def test_that_code_and_name_are_found(heading: str) -> None:
    code, name = heading.split("|")

    assert found(heading) == {"code": [code], "name": [name]}


@pytest.mark.parametrize(
    ("heading", "number", "customer", "day", "amount"),
    [
        ("日期|单据编号|购货单位|价税合计", "单据编号", "购货单位", "日期", "价税合计"),
        ("出库单号|客户|出库日期|金额(元)|制单日期", "出库单号", "客户", "出库日期", "金额(元)"),
        ("orderID|customerID|orderDate|shippedDate|amount", "orderID", "customerID",
         "shippedDate", "amount"),
        ("Reference|Contact|Customer|Effective Date|Total", "Reference", "Customer",
         "Effective Date", "Total"),
        ("ID|Customer|Posting Date|Grand Total (CNY)", "ID", "Customer", "Posting Date",
         "Grand Total (CNY)"),
    ],
)  # fmt: skip
def test_that_deliveries_of_many_programs_are_understood(
    heading: str, number: str, customer: str, day: str, amount: str
) -> None:
    columns = found(heading, DELIVERIES)

    assert columns["number"] == [number]
    assert columns.get("customer", columns.get("customer_name")) == [customer]
    assert columns["day"] == [day]
    assert [amount] in (columns.get("gross"), columns.get("amount"), columns.get("total"))


def test_that_the_best_name_wins_over_poorer_ones() -> None:
    assert found("ID|编码|客户编码|名称|客户简称")["code"] == ["客户编码"]
    assert found("Mobile|Phone|code|name")["phone"] == ["Phone"]


def test_that_an_address_gathers_its_parts_in_their_order() -> None:
    columns = found("code|name|省|市|地址|邮编|收货地址")

    assert columns["address"] == ["省", "市", "地址", "邮编"]
    assert found("code|name|收货地址")["address"] == ["收货地址"]


def test_that_an_amount_in_ten_thousands_is_not_taken_for_yuan() -> None:
    assert "credit_limit" not in found("编码|名称|信用额度(万元)")
    assert "credit_limit" in found("编码|名称|信用额度(元)")


def test_that_what_is_missing_is_named_in_both_languages() -> None:
    found_not = trouble("日期|客户", DELIVERIES)

    assert "单号" in found_not.zh()
    assert "金额 或 价税合计 或 单据总额 或 单价" in found_not.zh()
    assert "no column for number" in found_not.en()
    assert "日期、客户" in found_not.zh()
    assert found_not.error().facts["zh"] == found_not.zh()


def test_that_two_equal_columns_are_ambiguous_when_needed() -> None:
    found_twice = trouble("客户编码|客户编码|客户名称")

    assert "code" in found_twice.ambiguous
    assert not found_twice.missing
    assert "多列" in found_twice.zh()
    assert "several columns could be code" in found_twice.en()


def test_that_two_equal_columns_not_needed_are_left_alone() -> None:
    columns = find_columns(["code", "name", "phone", "电话"], CUSTOMERS)

    assert isinstance(columns, Columns)
    assert not columns.has("phone")
    assert columns.title("phone") == ""


def test_that_a_mapping_can_be_given_and_comes_back_the_same() -> None:
    given: Given = {"code": "Kd", "name": ["Bez."], "address": ["ort ", "PLZ"]}
    heading = "Kd|Bez.|PLZ|Ort|客户名称"

    mapping = found(heading, given=given)

    assert mapping == {"code": ["Kd"], "name": ["Bez."], "address": ["Ort", "PLZ"]}
    assert found(heading, given=mapping) == mapping


def test_that_a_given_column_not_there_is_named() -> None:
    found_not = trouble("编码|名称", given={"code": "Nr"})

    assert found_not.unknown == ("Nr",)
    assert "「Nr」" in found_not.zh()
    assert "Nr, is not in the table" in found_not.en()


def test_that_the_header_is_found_below_titles() -> None:
    rows = [
        (1, ["客户资料"]),
        (2, ["日期：", "2026"]),
        (4, ["编码", "名称", "电话"]),
        (5, ["A", "甲", "1"]),
    ]

    columns = find_header(rows, CUSTOMERS)

    assert isinstance(columns, Columns)
    assert (columns.header_line, columns.width) == (4, 3)


def test_that_a_header_of_two_rows_is_taken_together() -> None:
    rows = [
        (1, ["编码", "名称", "联系方式", ""]),
        (2, ["", "", "电话", "邮箱"]),
        (3, ["A", "甲", "1", "x"]),
    ]

    columns = find_header(rows, CUSTOMERS)

    assert isinstance(columns, Columns)
    assert columns.mapping() == {
        "code": ["编码"],
        "email": ["邮箱"],
        "name": ["名称"],
        "phone": ["电话"],
    }
    assert columns.header_line == 2


def test_that_the_nearest_header_is_shown_when_none_fits() -> None:
    found_not = find_header([(1, ["标题"]), (2, ["编码", "电话", ""])], CUSTOMERS)

    assert isinstance(found_not, ColumnTrouble)
    assert found_not.header == ("编码", "电话", "")
    assert isinstance(find_header([], CUSTOMERS), ColumnTrouble)


def test_that_what_was_found_is_kept_when_something_is_missing() -> None:
    found_not = find_header([(1, ["公司简介"]), (4, ["谁知道", "名称"])], CUSTOMERS)

    assert isinstance(found_not, ColumnTrouble)
    assert (found_not.places, found_not.header_line) == ({"name": (1,)}, 4)


def test_that_words_are_a_header_rather_than_values() -> None:
    rows = [(1, ["单位代号", "谁", ""]), (2, ["A1", "公司1", "7"])]

    found_not = find_header(rows, CUSTOMERS)

    assert isinstance(found_not, ColumnTrouble)
    assert found_not.header_line == 1


def test_that_a_field_given_no_heading_has_no_column() -> None:
    given: dict[str, list[str]] = {"phone": []}

    found = find_columns(["编码", "名称", "电话"], CUSTOMERS, given)

    assert isinstance(found, Columns)
    assert not found.has("phone")
    assert [one.name for [one] in CUSTOMERS.lacking({"name": 1})] == ["code"]


def test_that_a_header_has_one_signature_in_any_spelling() -> None:
    assert signature(["Customer ID", "名称"]) == signature(["customer_id", " 名称"])
    assert signature(["a", "b"]) != signature(["b", "a"])
    assert signature(["ab", ""]) != signature(["a", "b"])


def test_that_no_name_of_one_rank_stands_for_two_fields() -> None:
    for kind in (CUSTOMERS, DELIVERIES, DELIVERY_HEADERS, DELIVERY_LINES):
        for rank in range(4):
            names = [n for f in kind.fields for n in (f.names[rank] if rank < len(f.names) else ())]
            assert len(names) == len(set(names)), [n for n in names if names.count(n) > 1]
        assert kind.titled("number" if kind is not CUSTOMERS else "code").zh


@given(st.lists(st.text(max_size=8), max_size=8))
def test_that_any_header_gives_one_answer(header: list[str]) -> None:
    assert find_columns(header, CUSTOMERS) == find_columns(header, CUSTOMERS)
    assert all(spellings(h) is not None for h in header)
