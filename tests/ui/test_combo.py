"""What a screen reader sees of drop-down lists, and of tables that nobody sees."""

import pytest
from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget
from pytestqt.qtbot import QtBot

from tests.ui.table_rows import a_model
from ui.widgets.clearing import clearable
from ui.widgets.combo import Combo, name_drop_lists
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording


def test_that_no_cell_of_a_table_on_a_hidden_page_is_anywhere(qtbot: QtBot) -> None:
    pages, table = QStackedWidget(), RowTable(a_model(), name="余额")
    qtbot.addWidget(pages)
    pages.addWidget(table)
    pages.addWidget(Combo())
    pages.show()
    place = table.rows_model.index(1, 1)
    was_shown = table.visualRect(place)

    pages.setCurrentIndex(1)

    assert not was_shown.isEmpty()
    assert table.visualRect(place).isNull()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_an_item_is_somewhere_only_while_its_list_is_dropped_down(qtbot: QtBot) -> None:
    combo = Combo()
    qtbot.addWidget(combo)
    combo.addItems(["电话", "当面"])
    combo.show()
    place = combo.model().index(1, 0)
    closed = combo.view().visualRect(place)

    combo.showPopup()
    opened = combo.view().visualRect(place)
    combo.hidePopup()

    assert closed.isNull()
    assert not opened.isEmpty()
    assert combo.view().visualRect(place).isNull()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_a_list_drops_down_as_high_as_its_items(qtbot: QtBot) -> None:
    combo = Combo()
    qtbot.addWidget(combo)
    combo.addItems(["电话", "当面", "回函"])
    combo.show()

    combo.showPopup()
    items = [combo.view().visualRect(combo.model().index(n, 0)) for n in range(3)]

    assert combo.view().height() >= sum(one.height() for one in items)
    combo.hidePopup()


def heard(part: QObject, what: QAccessible.Text = QAccessible.Text.Name) -> str:
    seen = QAccessible.queryAccessibleInterface(part)
    assert seen is not None
    return seen.text(what)


def test_that_a_drop_down_list_is_called_by_its_field_and_says_what_is_chosen(qtbot: QtBot) -> None:
    name_drop_lists()
    combo = Combo()
    qtbot.addWidget(combo)
    combo.addItems(["CNY", "USD"])
    combo.setAccessibleName("币种")
    with QSignalBlocker(combo):
        combo.setCurrentIndex(1)

    assert heard(combo) == "币种"
    assert heard(combo, QAccessible.Text.Value) == "USD"
    assert heard(combo.choice) == "USD"
    assert QAccessible.queryAccessibleInterface(combo).role() == QAccessible.Role.ComboBox


@pytest.mark.slow
def test_that_drop_down_lists_come_and_go_under_the_eyes_of_a_screen_reader(qtbot: QtBot) -> None:
    name_drop_lists()
    for n in range(500):
        combo = Combo()
        combo.setAccessibleName(f"{n}")
        assert heard(combo) == f"{n}"
        combo.deleteLater()
        QApplication.processEvents()


def test_that_the_button_that_empties_a_field_has_a_name_in_the_language_of_now(
    qtbot: QtBot,
) -> None:
    field, words = QLineEdit(), Wording("zh")
    qtbot.addWidget(field)
    clearable(field, words)
    button = field.children()[-1]
    zh = heard(button)

    words.use("en")

    assert (zh, heard(button)) == ("清空", "Clear")
