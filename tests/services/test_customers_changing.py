"""Changes of customers: a contact at once, the rest by a second person; codes; likely twins."""

from dataclasses import replace

import pytest

from erpdesk.domain.approval import Verb
from erpdesk.domain.customers.customer import (
    BadTermsError,
    NameMissingError,
)
from erpdesk.domain.customers.duplicates import Likeness
from erpdesk.domain.importing.customer_typed import BadCustomerFieldError
from erpdesk.errors import StaleError
from erpdesk.services.customers import Asked, Customers
from erpdesk.services.customers_changing import (
    ChangeWaitsError,
    CodeKnownError,
    CodeTakenError,
    CustomersChanging,
    MainCodeError,
    NoSuchCodeError,
    NothingChangedError,
)
from erpdesk.storage.customers import NoSuchCustomerError
from tests.services.builders import CUSTOMERS, Office


def reads(office: Office, name: str = "maker") -> Customers:
    return office.desk(name).customers


def changing(office: Office, name: str = "maker") -> CustomersChanging:
    return office.desk(name).customers_changing


def found(office: Office, **asked: object) -> list[str]:
    rows = reads(office).listed(replace(Asked(), **asked))  # type: ignore[arg-type]
    return [one.code for one in rows]


def test_that_a_contact_is_noted_at_once(both: Office) -> None:
    done = changing(both).change(both.customer().id, {"phone": "0571-8888", "person": ""})

    assert done.value.state == "posted"
    assert both.customer().contact == {"phone": "0571-8888"}
    assert done.changes.customers == {both.customer().id}


def test_that_everything_else_waits_for_a_second_person(both: Office) -> None:
    made = changing(both).change(both.customer().id, {"bank_account": "33001616"}, memo="来函")

    assert made.value.state == "submitted"
    assert "bank_account" not in both.customer().record
    shown = both.desk("chief").approving.show(made.value.id)
    assert (shown.changes, shown.tax_problem) == ((("bank_account", "", "33001616"),), None)
    both.approve(made.value)
    assert both.desk("chief").approving.show(made.value.id).changes == ()
    assert both.customer().record["bank_account"] == "33001616"
    newest = reads(both).history(both.customer().id).changes[0]
    assert newest.fields == (("bank_account", "", "33001616"),)
    assert newest.memo == "来函"


def test_that_a_new_name_is_found_by_its_pinyin(office: Office) -> None:
    made = changing(office).change(office.customer("K3").id, {"name": "西湖茶庄"})
    office.approve(made.value)

    assert found(office, words="xhcz") == ["K3"]


def test_that_the_list_counts_who_lacks_something_after_each_change(office: Office) -> None:
    def lacking() -> tuple[int, int]:
        counts = dict(reads(office).whole(Asked()).counts)
        return counts["all"], counts["incomplete"]

    before = lacking()
    office.add_customers(("K4", "新客户", "", "", "", "", "", ""))
    added = lacking()
    changing(office).change(office.customer().id, {"phone": "", "email": ""})

    assert (before, added, lacking()) == ((3, 1), (4, 2), (4, 3))


def test_that_one_change_waits_at_a_time(office: Office) -> None:
    whose = office.customer().id
    changing(office).change(whose, {"address": "宁波"})

    with pytest.raises(ChangeWaitsError):
        changing(office).change(whose, {"phone": "0571-8888"})

    waiting = reads(office).card(whose).waiting
    assert waiting is not None
    assert waiting.state == "submitted"


def test_that_a_rejected_change_leaves_the_way_free(office: Office) -> None:
    whose = office.customer().id
    made = changing(office).change(whose, {"address": "宁波"}).value
    office.decide(made, Verb.REJECT, reason="地址不对，请核实")

    again = changing(office).change(whose, {"address": "宁波北仑"}).value

    assert again.state == "submitted"
    assert office.customer().record["address"] == "杭州"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("terms_days", "三十"), ("tax_rate", "1.3.0"), ("language", "法语"), ("credit_limit", "-5"),
        ("shoe_size", "43"), ("name", " "),
    ],
)  # fmt: skip
def test_that_a_field_that_cannot_be_read_stores_nothing(
    office: Office, field: str, text: str
) -> None:
    with pytest.raises(BadCustomerFieldError):
        changing(office).change(office.customer().id, {field: text})

    assert reads(office).history(office.customer().id).changes == ()


def test_that_the_same_again_is_no_change(office: Office) -> None:
    with pytest.raises(NothingChangedError):
        changing(office).change(office.customer().id, {"address": " 杭州 "})


def test_that_a_new_customer_comes_with_its_approval(both: Office) -> None:
    said = {"name": "西湖茶行", "tax_rate": "13%", "terms_days": "30 天", "phone": "0571-1"}
    made = changing(both).register("K8", said).value

    with pytest.raises(NoSuchCustomerError):
        both.customer("K8")
    both.approve(made)
    record = both.customer("K8").record
    assert (record["tax_rate"], record["terms_days"]) == ("0.13", 30)
    first = reads(both).history(both.customer("K8").id).changes[0]
    assert ("name", "", "西湖茶行") in first.fields


def test_that_a_new_customer_needs_a_name_and_a_free_code(office: Office) -> None:
    with pytest.raises(NameMissingError):
        changing(office).register("K8", {"address": "杭州"})
    with pytest.raises(CodeTakenError):
        changing(office).register("K1", {"name": "西湖茶行"})


def test_that_a_code_is_added_and_retired_and_still_finds(both: Office) -> None:
    whose = both.customer().id
    both.approve(changing(both).add_code(whose, " 690123 ").value)
    added = [one.code for one in reads(both).card(whose).codes]
    both.approve(changing(both).retire_code(whose, "690123").value)

    codes = reads(both).card(whose).codes
    assert added == ["K1", "690123"]
    assert [(one.code, one.retired_at is None) for one in codes] == [
        ("K1", True),
        ("690123", False),
    ]
    assert both.customer("690123").id == whose


def test_that_codes_have_one_owner_and_the_main_one_stays(office: Office) -> None:
    service, whose = changing(office), office.customer().id

    with pytest.raises(CodeTakenError):
        service.add_code(whose, "K2")
    with pytest.raises(CodeKnownError):
        service.add_code(whose, "K1")
    with pytest.raises(MainCodeError):
        service.retire_code(whose, "K1")
    with pytest.raises(NoSuchCodeError):
        service.retire_code(whose, "690123")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "青禾包装有限公司"}, Likeness.SAME_NAME),
        ({"name": "青禾包妆"}, Likeness.ONE_LETTER),
        ({"name": "别人", "tax_id": CUSTOMERS[0][2]}, Likeness.TAX_ID),
        ({"name": "别人", "phone": "138 0000 0001"}, Likeness.PHONE),
    ],
)
def test_that_a_likely_twin_shows_while_typing(
    both: Office, said: dict[str, str], why: Likeness
) -> None:
    twins = changing(both).check(said).twins

    assert [(one.code, why in one.why) for one in twins] == [("K1", True)]


def test_that_nobody_is_their_own_twin(office: Office) -> None:
    checked = changing(office).check({"name": "青禾包装"}, customer_id=office.customer().id)

    assert checked.twins == ()


def test_that_a_wrong_check_character_is_noted_while_typing(office: Office) -> None:
    checked = changing(office).check({"tax_id": "91330100MA2CFRU570"}, code="K1")

    assert "tax_id" in checked.typed.notes
    assert checked.typed.wrong == {}
    assert isinstance(checked.code_problem, CodeTakenError)


def test_that_a_record_that_nobody_could_approve_is_not_proposed(office: Office) -> None:
    with pytest.raises(BadTermsError):
        changing(office).change(office.customer().id, {"tax_rate": "100%"})


def test_that_a_change_that_was_overtaken_is_neither_submitted_nor_approved(both: Office) -> None:
    whose, approving = both.customer().id, both.desk("maker").approving
    old = approving.withdraw(changing(both).change(whose, {"address": "宁波"}).value).value
    changing(both).change(whose, {"phone": "0571-8888"})

    with pytest.raises(StaleError):
        approving.submit(old)

    assert both.customer().contact["phone"] == "0571-8888"


def test_that_a_withdrawn_change_goes_on_where_nothing_came_between(office: Office) -> None:
    whose, approving = office.customer().id, office.desk("maker").approving
    old = approving.withdraw(changing(office).change(whose, {"address": "宁波"}).value).value

    office.approve(approving.submit(old).value)

    assert office.customer().record["address"] == "宁波"


def test_that_a_change_is_shown_against_what_holds_not_against_what_was_rejected(
    office: Office,
) -> None:
    whose = office.customer().id
    rejected = changing(office).change(whose, {"address": "宁波"}).value
    office.decide(rejected, Verb.REJECT, reason="地址不对，请核实")
    office.approve(changing(office).change(whose, {"address": "宁波北仑"}).value)
    office.approve(changing(office).change(whose, {"address": "宁波镇海"}).value)

    changes = reads(office).history(whose).changes

    assert [one.fields for one in changes] == [
        (("address", "宁波北仑", "宁波镇海"),), (("address", "杭州", "宁波北仑"),),
        (("address", "杭州", "宁波"),),
    ]  # fmt: skip
