"""Receipts in a foreign currency at the window: chosen, matched with its own, shown in base."""

from decimal import Decimal

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from erpdesk.domain.money import Money
from tests.services.builders import Office, yuan
from tests.ui.settling import looking
from tests.ui.test_receipts import page_of, settle
from ui.widgets.currency_field import CurrencyField, with_code
from ui.widgets.document_facts import follows
from ui.widgets.entry_view import EntryView
from ui.work.runner import Runner
from ui.work.wording import Wording


def test_that_the_currency_of_the_books_comes_first_and_says_no_code(app: QApplication) -> None:
    field, others = CurrencyField(), CurrencyField(foreign_only=True)

    assert field.currency == "CNY"
    assert (others.currency, others.findText("CNY")) == ("USD", -1)
    assert [with_code(x) for x in (Money(5, "JPY"), Money(500, "CNY"))] == ["5 JPY", "5.00"]


def test_that_dollars_pay_what_is_owed_in_dollars_alone(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    office.foreign("1,000.00", rate="7.10")
    office.desk("maker").exchange_rates.record("USD", Decimal("7.05"))
    page = page_of(qtbot, runner, office, "cashier")
    page.new.click()
    page.payer.put_customer(office.customer())
    settle(qtbot, runner)
    page.form.amount.setText("1,000.00")
    page.form.currency.setCurrentText("USD")
    page.matching.oldest.click()
    settle(qtbot, runner)
    given = {one.item.currency: one.now.plain() for one in page.matching.model.rows}

    page.apply.click()
    settle(qtbot, runner)

    [waiting] = office.desk("chief").approving.inbox()
    content = looking(office, "chief").document(waiting.head.id).content
    assert given == {"CNY": "0.00", "USD": "1000.00"}
    assert content["entry"]["rule"] == "P8/1"
    said = {one.text: one.value for one in follows(content, Wording("zh"))}
    assert said["汇率 1 USD = 7.05，折本位币"] == "7,050.00"
    assert said["汇兑损失"] == "50.00"
    assert said["核销"] == "1,000.00 USD"
    view = EntryView(Wording("zh"))
    qtbot.addWidget(view)
    view.show_lines(content["lines"])
    shown = [label.text() for label in view.findChildren(QLabel)]
    assert {"1,000.00 USD", "7,050.00", "7,100.00", "50.00"} <= set(shown)


def test_that_another_currency_takes_back_what_was_given(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.posted("SH1", "1,130.00")
    page = page_of(qtbot, runner, office, "cashier")
    page.new.click()
    page.payer.put_customer(office.customer())
    settle(qtbot, runner)
    page.form.amount.setText("1,000.00")
    page.matching.oldest.click()
    before = page.matching.used

    page.form.currency.setCurrentText("USD")
    page.matching.table.setCurrentIndex(page.matching.model.index(0, 0))
    page.matching.now.setText("600")
    page.matching.put.click()

    assert (before, page.matching.used) == (100_000, 0)
    assert page.matching.problem.text() == "和收款币种不同"


def test_that_a_missing_rate_says_where_to_enter_one(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = page_of(qtbot, runner, office, "cashier")
    page.new.click()
    page.form.amount.setText("88.00")
    page.form.currency.setCurrentText("EUR")

    page.apply.click()
    settle(qtbot, runner)

    said = "".join(label.text() for label in page.notices.findChildren(QLabel))
    assert "没有 EUR 的汇率" in said
    assert "设置 › 汇率" in said
    assert page.form.money == yuan("88.00", "EUR")
