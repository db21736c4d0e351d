"""Tables: what is drawn, walked, asked for and copied."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.words.sentence import Sentence
from tests.ui.clothes import clothe
from tests.ui.table_rows import COLUMNS, ROWS, Row, a_model, cell, heard_of
from ui.look import THEMES, Ink, Theme, font, scaled, tokens
from ui.models.cells import Chip, LifeLine, Lines, Mark, Value
from ui.models.row_model import Column, RowModel
from ui.widgets.delegates import PAD_PX
from ui.widgets.row_table import REST_LEAST_PX, RowTable

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(qtbot: QtBot, app: QApplication) -> RowTable[Row]:
    table = RowTable[Row](a_model(), name="客户")
    qtbot.addWidget(table)
    table.resize(700, 260)
    table.show()
    return table


def inks(image: QImage, box: QRect) -> set[str]:
    """Return the colours inside a box of a picture."""
    return {
        image.pixelColor(x, y).name()
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    }


def ink_used(image: QImage, box: QRect) -> str:
    """Return the ink whose blend with the ground is the strongest pixel of a box."""
    strongest = min((QColor(one) for one in inks(image, box)), key=QColor.lightness)
    names: list[Ink] = ["text", "text3", "error", "attention", "accent", "unbilled"]
    return min(names, key=lambda name: unevenness(strongest, tokens().ink(name)))


def unevenness(pixel: QColor, ink: QColor) -> float:
    """Return how far a pixel is from being white mixed with an ink."""
    pairs = zip(pixel.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]
    shares: list[float] = [(255 - seen) / (255 - pure) for seen, pure in pairs]
    return max(shares) - min(shares)


@pytest.mark.parametrize("gone", range(4))
def test_that_a_row_beside_one_that_goes_is_chosen_in_its_place(
    gone: int, table: RowTable[Row]
) -> None:
    table.go_to(gone)

    table.rows_model.show((*ROWS[:gone], *ROWS[gone + 1 :]))

    assert table.current_row() is not None
    assert table.selected_rows() == (table.current_row(),)


@pytest.mark.parametrize(
    ("open_minor", "text", "ink"),
    [(-1, "−0.01", "error"), (0, "0.00", "text3"), (None, "—", "text3"), (1, "0.01", "text")],
)
def test_that_an_amount_is_drawn_by_its_sign_and_nothing_is_not_zero(
    qtbot: QtBot, app: QApplication, open_minor: int | None, text: str, ink: str
) -> None:
    table = RowTable[Row](a_model(Row("a", open_minor)), name="客户")
    qtbot.addWidget(table)
    table.resize(700, 100)
    table.show()

    image = table.viewport().grab().toImage()

    assert table.rows_model.index(0, 2).data() == text
    assert ink_used(image, cell(table, 0, 2)) == ink


@pytest.mark.parametrize("width_px", [700, 120])
def test_that_the_column_without_a_width_takes_what_is_left_and_stays_readable(
    table: RowTable[Row], width_px: int
) -> None:
    rest = next(n for n, one in enumerate(COLUMNS) if one.width is None)
    others = sum(table.columnWidth(n) for n in range(len(COLUMNS)) if n != rest)

    table.resize(width_px, 260)

    room = table.viewport().width() - others
    assert table.columnWidth(rest) == max(room, scaled(REST_LEAST_PX))


@pytest.mark.parametrize("theme", THEMES)
def test_that_a_selected_row_can_be_read_and_has_its_bar_with_the_focus_alone(
    table: RowTable[Row], app: QApplication, theme: Theme
) -> None:
    now = clothe(app, theme)
    table.go_to(1)
    table.setFocus()

    image = table.viewport().grab().toImage()
    table.clearFocus()
    without = table.viewport().grab().toImage()

    row = cell(table, 1, 2)
    bar = now.on_select if now.is_contrast else now.accent
    assert image.pixelColor(row.topLeft()) == QColor(now.select)
    assert image.pixelColor(QPoint(1, row.center().y())) == QColor(bar)
    assert without.pixelColor(QPoint(1, row.center().y())) == QColor(now.select)
    assert (now.on_select if now.is_contrast else now.error).lower() in inks(image, row)


def test_that_every_kind_of_cell_is_drawn(qtbot: QtBot, app: QApplication) -> None:
    values: dict[str, Value] = {
        "chip": Chip("暂估", "unbilled"),
        "icon": Mark("冲突", "git-fork", "error"),
        "text": Lines("青禾", "K004175", "attention"),
        "bar": Decimal("0.4"),
        "check": True,
        "day": date(2026, 11, 25),
        "life": LifeLine(("确认", "清"), (10, 5)),
    }
    columns = tuple(
        Column[str](name, Sentence(name, name), lambda _, v=value: v, name, width=90)  # type: ignore[misc, arg-type]
        for name, value in values.items()
    )
    model = RowModel[str](columns)
    model.show(["one"])
    table = RowTable[str](model, name="各种", density="two_lines")
    qtbot.addWidget(table)
    table.resize(700, 120)
    table.show()

    image = table.viewport().grab().toImage()

    wanted = ["unbilled", "error", "attention", "accent", "accent", "text", "accent"]
    for n, ink in enumerate(wanted):
        box = table.visualRect(model.index(0, n)).adjusted(0, 0, 0, -4)
        box.setTop(box.center().y() + 6 if columns[n].name == "text" else box.top())
        assert (columns[n].name, ink_used(image, box)) == (columns[n].name, ink)


def test_that_heads_stand_over_their_cells_and_are_not_cut(table: RowTable[Row]) -> None:
    metrics = QFontMetricsF(font("label"))
    head = table.horizontalHeader()

    for n, column in enumerate(COLUMNS):
        text = table.rows_model.headerData(n, Qt.Orientation.Horizontal)
        assert metrics.horizontalAdvance(text) + 2 * PAD_PX <= head.sectionSize(n), column.name


def test_that_the_arrow_of_an_order_covers_no_name(table: RowTable[Row]) -> None:
    head = table.horizontalHeader()
    before = head.grab().toImage()

    head.sectionClicked.emit(2)
    after = head.grab().toImage()

    x = head.sectionViewportPosition(2)
    name = QFontMetricsF(font("label")).horizontalAdvance("余额")
    box = QRect(x + 120 - PAD_PX - round(name), 2, round(name), 24)
    arrow = QRect(box.left() - 17, 2, 15, 24)
    assert spots(after, box) == spots(before, box)
    assert spots(before, arrow) == []
    assert spots(after, arrow) != []


def spots(image: QImage, box: QRect) -> list[tuple[int, int]]:
    """Return where something stands on the ground of a box."""
    ground = image.pixelColor(box.topLeft()).lightness()
    return [
        (x, y)
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
        if image.pixelColor(x, y).lightness() < ground - 60
    ]


def test_that_enter_opens_and_shift_enter_opens_beside(qtbot: QtBot, table: RowTable[Row]) -> None:
    opened, beside = heard_of(table.opened), heard_of(table.opened_beside)
    table.go_to(0)

    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Return, SHIFT)

    assert (opened, beside) == ([ROWS[1]], [ROWS[1]])


def test_that_a_row_is_told_once_when_it_becomes_current(
    qtbot: QtBot, table: RowTable[Row]
) -> None:
    told = heard_of(table.current_row_changed)

    table.go_to(2)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Up)

    assert told == [ROWS[2], ROWS[1]]


def test_that_a_click_on_a_box_ticks_its_row_and_one_beside_it_does_not(
    qtbot: QtBot, app: QApplication
) -> None:
    box = Column[Row]("tick", Sentence("选", "Pick"), lambda _: False, "check", 40)
    model = RowModel[Row]((box, *COLUMNS), key=lambda row: row.name)
    model.show(ROWS)
    table = RowTable[Row](model, name="客户")
    qtbot.addWidget(table)
    table.resize(700, 260)
    table.show()
    ticked, opened = heard_of(table.ticked), heard_of(table.opened)

    for column in (0, 1):
        middle = cell(table, 2, column).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell(table, 1, 0).center())

    assert ticked[0] == ROWS[2]
    assert ROWS[2] not in ticked[1:]
    assert opened == []


def test_that_space_ticks_the_row(qtbot: QtBot, table: RowTable[Row]) -> None:
    ticked = heard_of(table.ticked)
    table.go_to(3)

    qtbot.keyClick(table, Qt.Key.Key_Space)

    assert ticked == [ROWS[3]]


def test_that_a_refresh_keeps_row_and_scroll(table: RowTable[Row]) -> None:
    rows = [Row(f"n{n}", n) for n in range(100)]
    table.rows_model.show(rows)
    table.go_to(60)
    scroll = table.verticalScrollBar().value()

    table.rows_model.show([Row(row.name, 7) for row in rows])

    assert table.current_row() == Row("n60", 7)
    assert table.verticalScrollBar().value() == scroll


def test_that_the_end_in_sight_asks_for_more(table: RowTable[Row]) -> None:
    table.rows_model.show([Row(f"n{n}", n) for n in range(200)])
    asked: list[int] = []
    table.more_wanted.connect(lambda: asked.append(1))

    table.scrollTo(table.rows_model.index(100, 0))
    early = len(asked)
    table.scrollToBottom()

    assert (early, bool(asked)) == (0, True)


def test_that_a_head_asks_for_its_order_and_sorts_nothing(
    qtbot: QtBot, table: RowTable[Row]
) -> None:
    asked = heard_of(table.sort_asked)

    for section in (2, 2, 1, 3):
        table.horizontalHeader().sectionClicked.emit(section)

    assert asked == [("open", False), ("open", True), ("name", False)]
    assert table.rows_model.rows == ROWS


def test_that_rows_are_copied_with_heads_and_plain_figures(
    qtbot: QtBot, table: RowTable[Row]
) -> None:
    table.show_column("life", is_shown=False)
    table.go_to(1)

    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)

    assert QApplication.clipboard().text() == "状态\t客户\t余额\n可结\t临江五金\t-0.01"


def test_that_the_first_and_the_last_row_are_marked_where_the_keys_go(
    qtbot: QtBot, table: RowTable[Row]
) -> None:
    last = table.rows_model.rowCount() - 1
    table.go_to(1)

    qtbot.keyClick(table, Qt.Key.Key_End, CTRL)
    at_the_end = table.selected_places()
    qtbot.keyClick(table, Qt.Key.Key_Home, CTRL)

    assert (at_the_end, table.selected_places()) == ([last], [0])


def test_that_ctrl_a_takes_all_rows(qtbot: QtBot, table: RowTable[Row]) -> None:
    qtbot.keyClick(table, Qt.Key.Key_A, CTRL)

    assert table.selected_rows() == ROWS
    assert table.selected_count == len(ROWS)


def test_that_rows_grow_with_the_text(table: RowTable[Row], app: QApplication) -> None:
    clothe(app, "light", 150)

    assert (table.rowHeight(0), table.columnWidth(2)) == (48, 172)


def test_that_busy_is_shown_while_the_old_rows_stay(table: RowTable[Row]) -> None:
    table.set_busy(is_busy=True)

    image = table.viewport().grab().toImage()

    assert image.pixelColor(300, 0) == QColor(tokens().accent)
    assert table.rows_model.rows == ROWS


def test_that_a_table_without_rows_says_what_will_be_there(qtbot: QtBot) -> None:
    table = RowTable(a_model(), name="余额")
    qtbot.addWidget(table)

    table.say_nothing("没有未核销的收款")

    assert table.accessibleDescription() == "没有未核销的收款"
    with_rows = table.grab().toImage()
    table.rows_model.show(())
    said = table.grab().toImage()
    table.say_nothing("")
    assert said != with_rows
    assert said != table.grab().toImage()
