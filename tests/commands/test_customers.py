"""``customer``: what the command line does with customers."""

import json
from pathlib import Path
from typing import Any

import pytest

from erpdesk.domain.importing.customer_typed import TYPED
from erpdesk.words.customers import FIELDS
from tests.commands.asking import Said, ask


def customer(company: Path, *arguments: object, person: str = "陈静") -> Said:
    return ask("--company", company, "--as", person, "customer", *arguments)


def shown(company: Path, code: str) -> Any:
    return customer(company, "show", code, "--json").value


def approved(company: Path, said: Said) -> None:
    number = json.loads(said.out)["number"]
    chief = ("--company", company, "--as", "林涛")
    seen = ask(*chief, "show", number, "--json").value["seen"]
    done = ask(*chief, "approve", number, "--seen", seen)
    assert (done.code, "已生效" in done.out) == (0, True), done


def test_that_a_record_is_completed_and_holds_once_approved(company: Path) -> None:
    said = customer(company, "C2", "--set", "address=宁波", "--set", "tax_rate=13%", "--json")
    told = ask("--company", company, "show", said.value["number"]).out
    assert "\n  地址：— → 宁波\n" in told
    before = shown(company, "C2")
    approved(company, said)

    after = shown(company, "C2")

    assert before["waiting"] == said.value["number"]
    assert "address" not in before["fields"]
    assert (after["fields"]["address"], after["fields"]["tax_rate"]) == ("宁波", "13%")
    assert after["missing"] == ["tax_id/id_number", "phone/email"]


def test_that_a_contact_is_noted_at_once(company: Path) -> None:
    said = customer(company, "C2", "--set", "phone=0574-8", "--set", "email=a@b.cn")

    assert "联系方式已更新" in said.out
    assert shown(company, "C2")["fields"]["phone"] == "0574-8"


def test_that_an_empty_value_takes_a_field_away(company: Path) -> None:
    customer(company, "C1", "--set", "phone=")

    assert "phone" not in shown(company, "C1")["fields"]


def test_that_a_new_customer_is_there_once_approved(company: Path) -> None:
    said = customer(
        company, "new", "C9", "--set", "name=西湖茶庄", "--set", "id_number=3301", "--json"
    )
    missing = customer(company, "show", "C9")
    approved(company, said)

    assert missing.code == 1
    assert shown(company, "C9")["fields"]["name"] == "西湖茶庄"


def test_that_a_likely_twin_is_told(company: Path) -> None:
    said = customer(company, "new", "C9", "--set", "name=别的公司", "--set", "phone=0571-1000001")
    twin = customer(company, "new", "C10", "--set", "name=新", "--set", "tax_id=91330108MA2CFRU57N")

    assert said.err == ""
    assert "C1 甲公司（税号相同）" in twin.err
    assert twin.code == 0


def test_that_codes_are_added_and_retired(company: Path) -> None:
    approved(company, customer(company, "code", "add", "C1", "690123", "--json"))
    approved(company, customer(company, "code", "retire", "C1", "690123", "--json"))

    codes = shown(company, "C1")["codes"]

    assert codes[1] == {"code": "690123", "kind": "barcode", "retired": True}


def test_that_the_list_is_filtered_and_sorted(company: Path) -> None:
    everybody = customer(company, "list", "--json", "--sort", "name", "--descending").value
    incomplete = customer(company, "list", "--kind", "incomplete", "--json").value
    one = customer(company, "list", "甲").out

    assert len(everybody) == 3
    assert [row["code"] for row in incomplete] == ["C2"]
    assert "甲公司" in one
    assert "乙公司" not in one


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("C1", "--set", "shoe=43"), 2, "shoe=43"),
        (("C1", "--set", "terms_days=三十"), 1, "不是天数"),
        (("C1",), 1, "没有要改的"),
        (("new", "C1", "--set", "name=新"), 1, "已是客户"),
        (("new", "C9"), 1, "名称"),
        (("code", "retire", "C1", "C1"), 1, "主编码"),
        (("NOBODY", "--set", "phone=1"), 1, "NOBODY"),
    ],
)
def test_that_what_cannot_be_kept_is_refused_with_the_reason(
    company: Path, arguments: tuple[str, ...], code: int, word: str
) -> None:
    said = customer(company, *arguments)

    assert said.code == code
    assert word in said.err


def test_that_a_counter_is_told_no_figure(company: Path) -> None:
    said = customer(company, "show", "C1", "--json", person="王芳").value

    assert said["withheld"] is True
    assert (said["owes"], said["next"]) == ([], None)
    assert said["fields"] == {"name": "甲公司"}


def test_that_the_card_is_shown_in_both_languages(company: Path) -> None:
    chinese = customer(company, "show", "C2").out
    english = customer(company, "show", "C2", "--lang", "en").out

    assert "补资料：纳税人识别号 或 证件号" in chinese
    assert "Complete the record: tax number or identity number" in english


def test_that_every_field_has_a_name() -> None:
    assert set(TYPED) <= FIELDS.keys()


def test_that_customers_that_may_be_one_are_listed(company: Path) -> None:
    said = customer(company, "new", "C9", "--set", f"name={name_of(company, 'C1')}", "--json")
    approved(company, said)

    found = customer(company, "duplicates", "--json")

    assert [(one["code"], one["other_code"], one["why"]) for one in found.value] == [
        ("C1", "C3", "税号相同"),
        ("C1", "C9", "名称相同"),
    ]
    assert "2 对可能是同一个客户" in found.err


def name_of(company: Path, code: str) -> str:
    return str(shown(company, code)["fields"]["name"])
