"""Rates and months in the settings: entered and locked by those who may, for all to see."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.rooms import Here, texts
from tests.ui.test_settings_page import page  # noqa: F401 - a fixture
from ui.pages.settings.page import SettingsPage

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def person(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "chief")


def test_that_a_rate_is_entered_and_listed(
    page: SettingsPage,  # noqa: F811
    here: Here,
    qtbot: QtBot,
) -> None:
    page.show_section("rates")
    pane = page.rates
    pane.add.click()
    before = pane.form.act.why_not
    pane.form.value.setText("7,0812")
    pane.form.source.setText("中间价")

    pane.form.act.click()
    here.settle(qtbot)

    [row] = pane.model.rows
    assert before == "汇率不是数字"
    assert (row.rate.currency, str(row.rate.value), row.memo) == ("USD", "7.0812", "中间价")
    assert not pane.form.isVisible()
    assert "1 USD = 7.0812 CNY" in texts(page)


def test_that_what_is_no_rate_is_refused_in_the_bar(
    page: SettingsPage,  # noqa: F811
    here: Here,
    qtbot: QtBot,
) -> None:
    page.show_section("rates")
    pane = page.rates
    pane.add.click()
    pane.form.day.setText("没有")
    wrong = pane.form.act.why_not
    pane.form.forget()
    pane.form.value.setText("0")

    pane.form.act.click()
    here.settle(qtbot)

    assert wrong == "日期不对"
    assert pane.model.rows == ()
    assert "0 不是汇率" in texts(page)
    assert page.step_out()
    assert not pane.form.isVisible()


@pytest.mark.parametrize("person", ["counter"], indirect=True)
def test_that_who_keeps_no_books_enters_no_rate(page: SettingsPage) -> None:  # noqa: F811
    page.show_section("rates")

    assert page.rates.add.why_not == "登记汇率要会计或财务主管"


def test_that_a_month_without_anything_foreign_is_not_revalued(
    page: SettingsPage,  # noqa: F811
    here: Here,
    qtbot: QtBot,
) -> None:
    page.show_section("rates")
    pane = page.rates
    why = pane.revalue.why_not
    pane.month.day.setText("没有")
    wrong = pane.month.act.why_not
    pane.month.forget()

    pane.month.act.click()
    here.settle(qtbot)

    refused = texts(page)
    pane.month.back.click()
    here.settle(qtbot)

    assert why == "期末调汇要会计"
    assert wrong == "日期不对"
    assert "没有要调的外币应收" in refused
    assert "还没冲回的期末调汇" in texts(page)


def test_that_the_months_that_are_over_are_locked_with_two_presses(
    page: SettingsPage,  # noqa: F811
    here: Here,
    qtbot: QtBot,
) -> None:
    page.show_section("books")
    pane = page.locking
    pane.begin.click()
    month = pane.form.month.currentText()

    pane.form.act.click()
    here.settle(qtbot)

    assert f"已结账到 {month}" in texts(page)
    assert month in texts(page).replace(f"已结账到 {month}", "")
    assert (pane.form.isVisible(), pane.begin.why_not) == (False, "过完的月份都结账了")


@pytest.mark.parametrize("person", ["maker"], indirect=True)
def test_that_an_accountant_locks_no_month(page: SettingsPage) -> None:  # noqa: F811
    assert page.locking.begin.why_not == "结账要财务主管或负责人"
