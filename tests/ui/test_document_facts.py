"""What a document says of itself, in words."""

import pytest

from tests.services.builders import Office
from ui.widgets.document_facts import follows, follows_all
from ui.work.wording import Wording


@pytest.mark.parametrize(
    ("bank", "said"),
    [
        ({"key": "B1", "reference": "B1"}, [("银行流水号", "B1")]),
        (
            {"key": "#1", "payer": "张三", "account": "6222 0001"},
            [("付款人（银行）", "张三"), ("付款账号", "6222 0001")],
        ),
    ],
)
def test_that_whoever_approves_a_receipt_sees_what_the_bank_says(
    bank: dict[str, str], said: list[tuple[str, str]]
) -> None:
    facts = follows({"bank": bank}, Wording("zh"))

    assert [(one.text, one.value) for one in facts] == said


def test_that_whoever_approves_a_change_sees_what_from_what_and_why(office: Office) -> None:
    changing, chief = office.desk("maker").customers_changing, office.desk("chief").approving
    customer = office.customer().id
    office.approve(changing.change(customer, {"bank_account": "33001616"}).value)
    fields = {"bank_account": "6222", "tax_id": "12345678901234567A", "terms_days": "45"}
    made = changing.change(customer, fields, memo="来函")

    facts = follows_all(chief.show(made.value.id), Wording("zh"))

    assert [(one.tone, one.text, one.value) for one in facts] == [
        ("neutral", "摘要：来函", ""),
        ("attention", "纳税人识别号：91330100MA2CFRU57L → 12345678901234567A", ""),
        ("attention", "银行账号：33001616 → 6222", ""),
        ("info", "账期（天）：30 → 45", ""),
        ("attention", "纳税人识别号", "校验位不对"),
    ]


def test_that_whoever_approves_a_reversal_sees_its_reason(office: Office) -> None:
    reversing, voucher = office.desk("maker").reversing, office.posted("服务1", "113.00")
    made = reversing.reverse(voucher, "客户退回全部货物")

    facts = follows_all(office.desk("chief").approving.show(made.value.id), Wording("zh"))

    assert facts[0].text == "原因：客户退回全部货物"
