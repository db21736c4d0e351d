"""Tables and drop-down lists that nobody sees hold nothing for a screen reader."""

import pytest
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from tests.ui.table_rows import a_model
from ui.widgets.combo import Combo
from ui.widgets.row_table import RowTable


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
