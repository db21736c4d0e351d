"""One reader of amounts in every field: what has two readings counts nowhere, in no field else."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.money import Money
from tests.services.builders import Office
from tests.ui.test_receipts import page_of, settle
from ui.pages.receipts.page import ReceiptsPage
from ui.work.runner import Runner

pytestmark = pytest.mark.journey
READ = {
    "40,23": 4_023, "1,500.00": 150_000, "1.500,00": 150_000, "１，５００．００": 150_000,
    "￥1500": 150_000, "1500": 150_000,
}  # fmt: skip
UNREAD = ("1,500", "1.500", "-", "12 and", "1e3")


def typed_as_receipt(page: ReceiptsPage, text: str) -> tuple[Money | None, str]:
    page.form.amount.setText(text)
    return page.form.money, page.form.why_not


def typed_as_match(page: ReceiptsPage, text: str) -> tuple[Money | None, str]:
    page.matching.now.setText(text)
    page.matching.put.click()
    problem = page.matching.problem.text()
    [one] = page.matching.model.rows
    return (None if problem else one.now), problem


Field = Callable[[ReceiptsPage, str], tuple[Money | None, str]]


@pytest.mark.parametrize("field", [typed_as_receipt, typed_as_match])
def test_that_an_amount_is_read_alike_and_never_by_guess(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office, field: Field
) -> None:
    office.posted("SH1", "2,260.00")
    office.received("2,000.00")
    page = page_of(qtbot, runner, office)
    if field is typed_as_receipt:
        page = page_of(qtbot, runner, office, "cashier")
        page.new.click()
    else:
        page.matching.table.go_to(0)
    settle(qtbot, runner)

    read = {text: field(page, text) for text in READ}
    unread = {text: field(page, text) for text in UNREAD}

    assert {text: money.minor for text, (money, _) in read.items() if money} == READ
    assert {money for money, _ in unread.values()} == {None}
    assert "两种读法" in unread["1,500"][1]
    assert "1500 或 1.50" in unread["1,500"][1]
    assert "两种读法" in unread["1.500"][1]
    assert all("。" in why for _, why in unread.values())
