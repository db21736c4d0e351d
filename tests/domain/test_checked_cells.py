"""Whole columns of cells are checked as each cell alone would be."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from erpdesk.domain.codes.own_code import is_reserved
from erpdesk.domain.importing.cells import NOTHING, Habits, said, said_all
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.customer_cells import CustomerRules, customer_checks
from erpdesk.domain.importing.delivery_cells import delivery_checks
from erpdesk.standards.numbers import is_tax_id

RULES = CustomerRules(is_tax_id, is_reserved)
CHECKS = customer_checks(RULES, Habits("."), Columns((), {})) | {
    f"delivery {name}": check for name, check in delivery_checks(Habits(".")).items()
}
TEXTS = [
    "", "K-1", "甲公司", "é", "e\u0301", "１２", "a\u200bb", "\u202eabc", "x" * 501, "x" * 64,
    "1.38E+10", "####", "EDC000001X", "edc000001x", "ED%", "91330106MA2AQH0A1B",
    "91330106ma2aqh0a1b", "9133 0106MA2AQH0A1B", "913205740WTCDKQQ0Q", "110105194912310021",
    "a@b.cn", "a@b.cn;c@d.cn", "ａ@b.cn", "a@",
    "@", "a b@c.cn", "30天", "-1", "1,500", "13%", "人民币", "klingon", "中文",
    "A|B|A", "2026-01-05", "45000", "是", "a\nb", "\x00", "\ud800", "\u3000",
]  # fmt: skip
CELLS = st.sampled_from([*TEXTS, *NOTHING, '="1"', "'1", " a ", "=1+1", "\ufeffa"]) | st.text()


@given(st.lists(CELLS, min_size=1))
def test_that_a_column_says_what_each_of_its_cells_says(cells: list[str]) -> None:
    assert said_all(cells) == [said(cell) for cell in cells]


@pytest.mark.parametrize("name", CHECKS)
@settings(max_examples=10)  # a run of all columns sees ten times as many
@given(texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6))
@example(texts=TEXTS)
def test_that_a_column_has_the_values_that_each_of_its_cells_has(
    name: str, texts: list[str]
) -> None:
    check = CHECKS[name]

    assert check.column(texts) == [check(text) if text else check.unsaid for text in texts]


@pytest.mark.parametrize("name", CHECKS)
def test_that_a_column_of_one_text_has_its_value(name: str) -> None:
    check = CHECKS[name]
    texts = [text for text in TEXTS if text]

    assert [check.column([text, ""]) for text in texts] == [
        [check(text), check.unsaid] for text in texts
    ]
