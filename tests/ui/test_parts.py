"""Small parts as the window and a screen reader meet them."""

import gc
from weakref import ref

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.look import dress, tokens
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.parts import Label, column
from ui.widgets.steps import StepBar
from ui.work.wording import Wording

CHOICES = [
    Choice("link", "link", "关联条码", "记到这个客户"),
    Choice("new", "user-plus", "新客户", "先建资料"),
]


def test_that_choices_shown_twice_at_once_leave_no_window_behind_that_takes_the_focus(
    qtbot: QtBot,
) -> None:
    choices = ChoiceList()
    qtbot.addWidget(choices)
    choices.show()

    choices.show_choices(CHOICES)
    choices.show_choices(CHOICES)
    QApplication.sendPostedEvents(None, QEvent.Type.MetaCall)

    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [choices]


def test_that_who_looks_for_the_name_of_a_field_finds_the_field(qtbot: QtBot) -> None:
    label, field = Label("Password"), QLineEdit()
    qtbot.addWidget(label)
    qtbot.addWidget(field)
    field.setAccessibleName("密码")

    label.setBuddy(field)
    label.setText("密码")

    named = [one for one in (label, field) if one.accessibleName() == "密码"]
    assert named == [field]
    assert label.accessibleName() == "密码："


def test_that_tab_comes_to_filters_that_were_made_later_where_they_stand(qtbot: QtBot) -> None:
    before, filters, after = QLineEdit(), ChipRow(), QLineEdit()
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayout(column(before, filters, after))
    filters.show_filters([Filter("all", "全部"), Filter("open", "未清")])
    page.show()
    before.setFocus()

    walked: list[QWidget | None] = []
    for _ in range(3):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        walked.append(page.focusWidget())

    assert walked == [*filters._buttons.values(), after]


def test_that_filters_that_stand_first_are_walked_first(qtbot: QtBot) -> None:
    filters, below = ChipRow(), QLineEdit()
    listed = QWidget()
    listed.setLayout(column(filters, below))
    filters.show_filters([Filter("all", "全部"), Filter("open", "未清")])
    page = QWidget()
    qtbot.addWidget(page)
    page.setLayout(column(listed))
    page.show()
    below.setFocus()

    QTest.keyClick(below, Qt.Key.Key_Tab)

    assert page.focusWidget() is filters._buttons["all"]
    assert filters._buttons["open"].nextInFocusChain() is below


def test_that_a_part_that_is_gone_hears_no_switch_of_language(qtbot: QtBot) -> None:
    heard: list[str] = []

    class Part(QWidget):
        def say(self) -> None:
            heard.append(self.objectName())

    words, page = Wording("zh"), QWidget()
    qtbot.addWidget(page)
    staying, going = Part(page), Part(page)
    staying.setObjectName("staying")
    words.when_switched(staying.say)
    words.when_switched(going.say)

    delete(going)
    words.use("en")

    assert heard == ["staying"]


def test_that_words_do_not_keep_a_part_that_nobody_else_keeps(qtbot: QtBot) -> None:
    words, bar = Wording("zh"), StepBar(Wording("zh"))
    words.when_switched(bar.update)
    kept = ref(bar)

    del bar
    gc.collect()

    assert kept() is None


def test_that_an_ink_changed_before_or_after_a_part_is_shown_is_the_one_painted(
    qtbot: QtBot, app: QApplication
) -> None:
    del app
    label = Label("出库", "body", "error")
    qtbot.addWidget(label)
    dress(label)

    label.set_ink("ok")
    label.show()
    before = label.palette().color(label.foregroundRole())
    label.set_ink("error")
    after = label.palette().color(label.foregroundRole())

    assert (before, after) == (tokens().ink("ok"), tokens().ink("error"))
