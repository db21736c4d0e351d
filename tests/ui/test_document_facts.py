"""What a document says of itself, in words."""

import pytest

from ui.widgets.document_facts import follows
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
