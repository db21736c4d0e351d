"""Replies on the notices page: taken down from the slip, in view until a difference is decided."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.people import Role
from erpdesk.domain.reply import Answer
from erpdesk.services.noticing import Asked
from erpdesk.services.replying import SlipBack
from tests.services.builders import Office
from tests.ui.settling import silent_buttons, until_idle
from tests.ui.test_notices import page_of, press
from ui.pages.notices.page import NoticesPage
from ui.work.runner import Runner

REASON = "在途的一笔已到账"


@pytest.fixture
def office(office: Office) -> Office:
    office.posted("SH1", "1,130.00")
    return office


def with_slip(
    qtbot: QtBot, runner: Runner, office: Office, role: Role = Role.COLLECTOR
) -> NoticesPage:
    """Return the page on which a slip was scanned, and a file attached."""
    notice = office.desk("maker").noticing.issue(office.customer(), Asked()).document
    page = page_of(qtbot, runner, office, role)
    page.take(SlipBack(notice.number or ""))
    qtbot.waitUntil(lambda: not page.back.form.isHidden())
    page.back.attach(office.written("回函.txt", "金额不符"))
    qtbot.waitUntil(until_idle(runner))
    return page


def answer(page: NoticesPage, said: Answer, amount: str = "") -> None:
    form = page.back.form
    form.answer.setCurrentIndex(form.answer.findData(said.value))
    form.amount.setText(amount)


def test_that_a_slip_that_agrees_is_written_down_with_the_day_it_promises(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = with_slip(qtbot, runner, office)
    page.back.form.pays_on.setText("+7")

    press(qtbot, runner, page.back.form.register)

    (promise,) = office.desk("maker").follow_up.promises()
    assert promise.due == office.today + timedelta(days=7)
    (line,) = office.desk("maker").replying.replies()
    assert (line.answer, line.is_open) == (Answer.AGREES, False)
    assert page.back.form.isHidden()
    assert [fact.text for fact in page.back.part.facts.facts] == ["金额无误"]


def test_that_a_reply_pressed_twice_is_written_down_once(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = with_slip(qtbot, runner, office)

    page.back.form.register.click()
    press(qtbot, runner, page.back.form.register)

    assert len(office.desk("maker").replying.replies()) == 1


def test_that_another_balance_stays_in_view_until_it_is_decided(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = with_slip(qtbot, runner, office)
    answer(page, Answer.STATES, "1,000.00")
    press(qtbot, runner, page.back.form.register)
    part = page.back.part
    before = [fact.text for fact in part.facts.facts]

    part.reason.setText(REASON)
    press(qtbot, runner, part.resolve)

    assert before == ["金额不符，差 −130.00，没处理"]
    assert [fact.text for fact in part.facts.facts] == [f"金额不符，差 −130.00，已处理：{REASON}"]
    assert part.waiting is None


def test_that_what_lacks_is_said_before_the_button_works(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = with_slip(qtbot, runner, office)
    form = page.back.form
    said = []

    answer(page, Answer.PAID)
    said.append(form.why.text())
    form.amount.setText("1,500")
    said.append(form.why.text())
    form.amount.setText("300")
    form.day.setText("昨天")
    said.append(form.why.text())

    assert said[0] == "先填金额"
    assert "两种读法" in said[1]
    assert said[2] == "日期不对"
    assert not form.register.isEnabled()


def test_that_an_answer_without_a_figure_leaves_the_field_off(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = with_slip(qtbot, runner, office)

    answer(page, Answer.DISPUTES, "5")
    refused = page.back.form.said()

    assert not page.back.form.amount.isEnabled()
    assert refused.stated is None


def test_that_a_refusal_of_the_core_is_said_and_the_form_stays(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = with_slip(qtbot, runner, office)
    answer(page, Answer.STATES, "1,130.00")

    press(qtbot, runner, page.back.form.register)

    assert "相符" in page.notices.notices[-1].title
    assert not page.back.form.isHidden()


def test_that_the_keys_register_and_close_the_form(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    page = with_slip(qtbot, runner, office)
    page.activateWindow()
    page.back.form.by.setFocus()
    ctrl = Qt.KeyboardModifier.ControlModifier

    qtbot.keyClick(page.back.form.by, Qt.Key.Key_Return, ctrl)
    qtbot.waitUntil(until_idle(runner))
    page.back.begin()
    qtbot.waitUntil(lambda: not page.back.form.isHidden())

    assert len(office.desk("maker").replying.replies()) == 1
    assert page.step_out()
    assert page.back.form.isHidden()
    assert not page.step_out()


def test_that_who_may_not_write_is_told_why(
    app: QApplication, qtbot: QtBot, runner: Runner, office: Office
) -> None:
    office.desk("maker").noticing.issue(office.customer(), Asked())
    page = page_of(qtbot, runner, office, Role.AUDITOR)
    page.lists.choose_list("issued")

    assert not page.back.part.begin.isEnabled()
    assert silent_buttons(page) == []
