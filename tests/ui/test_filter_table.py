"""What stands around a table: search, filters, totals, columns, and what an empty list says."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.money import Money
from tests.ui.clipping import clipped
from tests.ui.clothes import clothe
from tests.ui.table_rows import Row, a_model, cell, heard_of
from ui.look import font
from ui.models.cells import shown
from ui.widgets.chip_row import Filter
from ui.widgets.filter_table import FilterTable, TableWords


@pytest.fixture
def filters(qtbot: QtBot, app: QApplication) -> FilterTable[Row]:
    made = FilterTable(a_model(), filters=[Filter("all", "全部", 4), Filter("x", "有差异", 1)])
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def test_that_amounts_end_at_one_line_with_their_total(filters: FilterTable[Row]) -> None:
    filters.show_totals("合计 4 行", {"open": Money(29_947_999, "CNY")})

    rows = filters.table.viewport().grab().toImage()
    totals = filters.totals.grab().toImage()
    ends = [last_ink(rows, cell(filters.table, n, 2)) for n in range(3)]
    place = filters.totals._place(2).toRect()
    ends.append(last_ink(totals, place))

    assert max(ends) - min(ends) <= 1


@pytest.mark.parametrize("percent", [100, 130])
def test_that_a_total_is_never_cut_however_large_and_at_every_text_size(
    percent: int, filters: FilterTable[Row], qapp: QApplication
) -> None:
    total = Money(-9_345_678_901_299, "CNY")
    filters.show_totals("合计 4 行", {"open": total})
    clothe(qapp, "light", percent)
    QApplication.processEvents()

    room = filters.totals._place(2).width()
    assert QFontMetricsF(font("body")).horizontalAdvance(shown(total)) <= room


def last_ink(image: QImage, box: QRect) -> int:
    ground = image.pixelColor(box.left(), box.center().y())
    return max(
        x
        for x in range(box.left(), box.right() + 4)
        for y in range(box.top() + 4, box.bottom() - 2)
        if image.pixelColor(x, y) != ground
    )


def test_that_a_search_is_told_when_the_typing_rests(
    qtbot: QtBot, filters: FilterTable[Row]
) -> None:
    told = heard_of(filters.search_changed)

    qtbot.keyClicks(filters.search, " qhbz ")

    qtbot.waitUntil(lambda: told == ["qhbz"])


def test_that_enter_searches_at_once_and_only_once(qtbot: QtBot, filters: FilterTable[Row]) -> None:
    told = heard_of(filters.search_changed)

    qtbot.keyClicks(filters.search, "qh")
    qtbot.keyClick(filters.search, Qt.Key.Key_Return)

    assert told == ["qh"]
    assert not filters._wait.isActive()


def test_that_a_filter_that_fits_nothing_offers_to_be_cleared(
    qtbot: QtBot, filters: FilterTable[Row]
) -> None:
    cleared: list[int] = []
    filters.cleared.connect(lambda: cleared.append(1))
    filters.chips.choose("x")
    filters.search.setText("zz")

    filters.show_rows([])
    said = filters._empty.text()
    qtbot.mouseClick(filters._clear, Qt.MouseButton.LeftButton)

    assert said == "没有符合的行"
    assert cleared == [1]
    assert (filters.search.text(), filters.chips.current) == ("", "all")


def test_that_an_empty_list_says_what_will_be_here(filters: FilterTable[Row]) -> None:
    filters.use_words(TableWords(nothing_yet="导入客户后在这里"))

    filters.show_rows([])

    assert filters._empty.text() == "导入客户后在这里"
    assert not filters._clear.isVisible()


def test_that_columns_are_chosen_in_a_menu_and_the_first_stays(filters: FilterTable[Row]) -> None:
    actions = filters.columns_menu().actions()

    actions[0].setChecked(False)

    assert [one.text() for one in actions] == ["客户", "余额", "进度"]
    assert filters.table.isColumnHidden(1)


def test_that_totals_are_spoken_with_their_columns(filters: FilterTable[Row]) -> None:
    filters.show_totals("合计 4 行（1 户未答复）", {"open": None})

    assert filters.totals.accessibleName() == "合计 4 行（1 户未答复），余额 —"


def test_that_the_selection_is_counted(filters: FilterTable[Row]) -> None:
    filters.table.selectAll()

    assert filters._count.text() == "4 行，选中 4"


@pytest.mark.parametrize("text_percent", [100, 150])
def test_that_nothing_around_a_table_is_cut(
    filters: FilterTable[Row], app: QApplication, text_percent: int
) -> None:
    clothe(app, "light", text_percent)
    filters.show_rows([])
    filters.resize(max(900, filters.minimumSizeHint().width()), 400)
    QApplication.processEvents()

    assert clipped(filters) == []
