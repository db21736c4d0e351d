"""Suggestions on the receipts page: shown with their reason, taken by hand; small rests."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.allocation import Treatment
from erpdesk.services.receipts import MoneyIn
from tests.services.builders import Office, yuan
from tests.ui.test_receipts import page_of, settle
from ui.models.cells import Chip
from ui.pages.receipts.page import ReceiptsPage
from ui.work.runner import Runner


def received(office: Office, amount: str, memo: str) -> None:
    money = MoneyIn(yuan(amount), office.customer(), memo=memo)
    office.approve(office.desk("cashier").receipts.record(money, submit=True).value)


def chips(page: ReceiptsPage) -> list[str]:
    found = [page.model.value_at(n, 2) for n in range(len(page.model.rows))]
    return [one.word for one in found if isinstance(one, Chip)]


def test_that_a_suggestion_is_shown_with_its_reason_and_nothing_is_ticked(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    office.posted("SH2", "500.00")
    received(office, "1,130.00", "货款 SH1")

    page = page_of(qtbot, runner, office)

    assert chips(page) == ["唯一建议"]
    assert page.suggested.title.text() == "唯一建议：摘要写明，金额相符"
    assert page.matching.used == 0


def test_that_a_suggestion_that_is_taken_ticks_its_items(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    label = office.posted("SH2", "500.00").number or ""
    received(office, "500.00", "货款")
    page = page_of(qtbot, runner, office)

    page.suggested.take.click()
    page.apply.click()
    settle(qtbot, runner)

    assert label not in office.open_items()
    assert office.balance() == ("0.00", "1130.00", "0.00")


def test_that_candidates_are_gone_through_one_by_one(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    first = office.posted("SH1", "500.00").number or ""
    second = office.posted("SH2", "500.00").number or ""
    received(office, "500.00", "货款")
    page = page_of(qtbot, runner, office)
    titles = [page.suggested.title.text()]

    page.suggested.next.click()
    titles.append(page.suggested.title.text())
    page.suggested.take.click()

    assert chips(page) == ["2 个候选"]
    assert titles == ["候选 1 / 2：金额正好是这一笔", "候选 2 / 2：金额正好是这一笔"]
    taken = [one.item.label for one in page.matching.model.rows if one.now.minor]
    assert taken in ([first], [second])


def test_that_cash_without_an_explanation_shows_no_suggestion(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    received(office, "777.00", "货款")

    page = page_of(qtbot, runner, office)

    assert chips(page) == ["没有建议"]
    assert page.suggested.isHidden()
    assert page.matching.table.accessibleDescription() == "没有未清项"


def test_that_a_small_rest_is_given_up_by_choice_and_above_ones_limit_by_somebody_else(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    label = office.posted("SH1", "1,130.00").number or ""
    received(office, "1,129.93", f"付{label}")
    page = page_of(qtbot, runner, office)
    page.suggested.take.click()
    box = page.matching.difference
    said = box.said.text()

    box.choice.setCurrentIndex(box.choice.findData(Treatment.ROUNDING))
    page.apply.click()
    settle(qtbot, runner)
    page.notices.acted.emit("ask")
    settle(qtbot, runner)

    assert said == f"{label} 还差 0.07"
    (waiting,) = office.desk("chief").approving.inbox()
    office.approve(office.look(office.desk("maker").document(waiting.head.id)))
    assert office.open_items() == {}


def test_that_what_is_short_stays_open_unless_it_is_said_and_a_large_rest_is_not_asked_about(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    received(office, "1,000.00", "货款 SH1")
    page = page_of(qtbot, runner, office)

    page.matching.difference.allow(100_00)
    page.suggested.take.click()
    large = page.matching.difference.isHidden()
    page.matching.difference.allow(200_00)
    page.suggested.take.click()

    assert large
    assert not page.matching.difference.isHidden()
    assert page.matching.given_up == ()


def test_that_a_receipt_that_is_being_recorded_is_explained_as_it_is_typed(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    label = office.posted("SH1", "1,130.00").number or ""
    office.posted("SH2", "1,130.00")
    received(office, "1,130.00", f"付{label}")
    page = page_of(qtbot, runner, office, "cashier")
    shown = [page.suggested.isHidden()]
    page.new.click()
    shown.append(page.suggested.isHidden())

    page.payer.put_customer(office.customer())
    page.form.amount.setText("1,130.00")
    settle(qtbot, runner)
    titles = [page.suggested.title.text()]
    page.form.memo.setText("货款 SH2")
    settle(qtbot, runner)
    titles.append(page.suggested.title.text())

    assert shown == [False, True]
    assert titles == ["候选 1 / 2：金额正好是这一笔", "唯一建议：摘要写明，金额相符"]
