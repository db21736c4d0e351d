"""The settings: each described, what was changed marked and put back; people and passwords."""

from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from erpdesk import keys
from erpdesk.domain.people import Role
from erpdesk.services.passwords import ChangingPassword
from erpdesk.settings import Settings, default_of, options_of
from tests.ui import rooms
from tests.ui.clipping import clipped
from tests.ui.rooms import Here
from tests.ui.settling import silent_buttons
from ui.main_window.registry import PAGES
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.rows import OfferLine
from ui.pages.settings.words import ELSEWHERE, OFFERS

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def person() -> str:
    return "chief"


@pytest.fixture
def page(here: Here, qtbot: QtBot) -> SettingsPage:
    made = next(one for one in PAGES if one.name == "settings").make(here.room)
    assert isinstance(made, SettingsPage)
    cheap = keys.CHEAP
    made.people._parts = replace(
        made.people._parts,
        adding=replace(made.people._parts.adding, cost=cheap),
        changing=ChangingPassword(here.desk.company, cheap),
    )
    qtbot.addWidget(made)
    made.resize(1116, 618)
    made.show()
    made.entered()
    here.settle(qtbot)
    return made


def said(page: SettingsPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def line_of(page: SettingsPage, name: str) -> OfferLine:
    return next(one for one in page.offers if one.offer.name == name)


def test_that_every_setting_is_on_the_page_or_kept_elsewhere() -> None:
    offered = [one.name for one in OFFERS]

    assert {one.name for one in fields(Settings)} == {*offered, *ELSEWHERE}
    assert len(offered) == len(set(offered))


def test_that_every_choice_offers_exactly_what_the_setting_can_be() -> None:
    for one in OFFERS:
        if options_of(one.name):
            assert tuple(value for value, _ in one.options) == options_of(one.name)


def test_that_a_choice_is_kept_marked_and_put_back(page: SettingsPage, here: Here) -> None:
    line, preferences = line_of(page, "lock_minutes"), here.room.preferences
    assert not line.reset.isVisible()

    line.choice.setCurrentIndex(line.choice.findData(30))
    line.choice.activated.emit(line.choice.currentIndex())
    assert preferences.settings.lock_minutes == 30
    assert line.reset.isVisible()
    assert "默认：15 分钟" in said(page)

    line.reset.click()
    assert preferences.settings.lock_minutes == default_of("lock_minutes")
    assert not line.reset.isVisible()


def test_that_what_is_chosen_in_the_menu_is_shown(page: SettingsPage, here: Here) -> None:
    here.room.preferences.keep(text_percent=115)

    assert line_of(page, "text_percent").choice.currentData() == 115


def test_that_a_value_written_by_hand_is_shown_and_kept(page: SettingsPage, here: Here) -> None:
    here.room.preferences.keep(scanner_speed_baud=4711)

    assert line_of(page, "scanner_speed_baud").choice.currentData() == 4711


def test_that_a_text_is_kept_when_it_is_left(page: SettingsPage, here: Here, qtbot: QtBot) -> None:
    page.show_section("here")
    field = line_of(page, "scanner_port").text

    qtbot.keyClicks(field, " COM3 ")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert here.room.preferences.settings.scanner_port == "COM3"


def test_that_looking_finds_in_every_section_and_in_both_languages(page: SettingsPage) -> None:
    page.find_field.setText("lock")
    assert "没人动就锁定" in said(page)
    assert "备份文件夹" not in said(page)

    page.find_field.setText("文件夹")
    assert "备份文件夹" in said(page)
    assert "日志文件夹" in said(page)

    page.find_field.setText("xyz")
    assert "没有符合的设置" in said(page)
    assert page.step_out()
    assert page.find_field.text() == ""


def test_that_the_books_are_shown_and_not_changed(page: SettingsPage) -> None:
    page.show_section("books")

    text = said(page)
    assert "明湖机电有限公司" in text
    assert "500,000.00 CNY" in text
    assert "还在建账" in text


def test_that_people_are_shown_with_roles_and_limits(page: SettingsPage) -> None:
    page.show_section("people")

    rows = {one.name: page.people.model.row_sentence(one) for one in page.people.model.rows}
    assert set(rows) == set(rooms.STAFF)
    assert "财务主管 至 10,000,000,000.00" in rows["chief"]
    assert "盘点员" in rows["counter"]


def test_that_somebody_is_added_with_a_password(
    page: SettingsPage, here: Here, qtbot: QtBot
) -> None:
    page.show_section("people")
    page.people.add.click()
    form = page.people.form
    assert form.act.why_not == "先填登录名"
    form.login.setText("sunli")
    form.display.setText("孙丽")
    assert form.act.why_not == "至少选一个角色"
    form.roles[Role.CASHIER].setChecked(True)
    form.limit.setText("x")
    assert form.act.why_not == "限额不是金额"
    form.limit.setText("")
    form.secret.line.setText("geheim9")

    form.act.click()
    here.settle(qtbot)

    assert "孙丽" in {one.display for one in page.people.model.rows}
    assert not form.isVisible()
    assert form.login.text() == ""
    here.desk.signing_in.prove("sunli", "geheim9")


def test_that_a_refusal_is_said_and_what_was_typed_stays(
    page: SettingsPage, here: Here, qtbot: QtBot
) -> None:
    page.show_section("people")
    page.people.add.click()
    form = page.people.form
    form.login.setText("maker")
    form.roles[Role.CASHIER].setChecked(True)

    form.act.click()
    here.settle(qtbot)

    assert page.notices.notices
    assert form.login.text() == "maker"


def test_that_my_password_is_changed_with_the_old_one(
    page: SettingsPage, here: Here, qtbot: QtBot
) -> None:
    page.show_section("people")
    page.people.mine.click()
    own = page.people.own
    own.old.line.setText("pw of chief")
    own.new.line.setText("neu1")
    assert own.act.why_not == "两遍不一样"
    own.again.line.setText("neu1")

    own.act.click()
    here.settle(qtbot)

    assert page.notices.notices[-1].title == "密码已改"
    here.desk.signing_in.prove("chief", "neu1")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_is_cut_and_what_is_off_says_why(
    language: str, page: SettingsPage, here: Here, qtbot: QtBot
) -> None:
    here.room.wording.use("en" if language == "en" else "zh")
    here.room.preferences.keep(lock_minutes=60, backup_folder="/media/usb/backups")
    cut: dict[str, list[str]] = {}
    for name in page.buttons:
        page.show_section(name)
        if name == "people":
            page.people.add.click()
        for _ in range(5):
            QApplication.processEvents()
        cut[name] = clipped(page)

    assert {name: found for name, found in cut.items() if found} == {}
    assert silent_buttons(page) == []


def test_that_the_firm_is_said_until_the_first_posting(
    page: SettingsPage, here: Here, qtbot: QtBot
) -> None:
    page.show_section("books")
    pane = page.firm
    pane.begin.click()
    pane.form.fields["bank_account"].setText("33001616735")
    pane.form.fields["tax_id"].setText("1")
    pane.form.act.click()
    here.settle(qtbot)
    refused = said(page)
    pane.form.fields["tax_id"].clear()

    pane.form.act.click()
    here.settle(qtbot)

    assert "不对" in refused
    assert not pane.form.isVisible()
    assert here.desk.describing.books().firm["bank_account"] == "33001616735"
    assert "tax_id" not in here.desk.describing.books().firm
    pane.show_firm({}, in_set_up=False)
    assert pane.begin.why_not == "第一张单据已过账，公司资料改不了"
