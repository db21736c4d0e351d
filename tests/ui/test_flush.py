"""Bare verbs stand in line with the column they are in."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.button import BARE_PAD_PX, Button
from ui.widgets.flush import flush_left, flush_right
from ui.widgets.parts import Label, column


def test_that_the_word_of_a_bare_button_is_in_line_with_its_column(
    app: QApplication, qtbot: QtBot
) -> None:
    page, left, right = QWidget(), Button("打开", "quiet"), Button("显示", "quiet")
    said, line = Label("在哪里"), Label("密码")
    qtbot.addWidget(page)
    page.setLayout(
        column(said, flush_left(left), flush_right((line, 1), right), margins=(24, 20, 24, 16))
    )

    page.resize(400, 200)
    page.show()
    qtbot.waitUntil(left.isVisible)

    assert left.x() + BARE_PAD_PX == said.x() == line.x()
    assert right.geometry().right() - BARE_PAD_PX == said.geometry().right()
