"""Parts stand side by side where there is room, and one under the other where there is not."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from ui.widgets.columns import Columns
from ui.widgets.page_stack import PageStack, UpAndDown
from ui.widgets.parts import Label, column

pytestmark = pytest.mark.usefixtures("app")
SIDE_PX = 300


class Part(QWidget):
    """A part that needs a size."""

    def __init__(self, width: int, height: int = 50) -> None:
        super().__init__()
        self._least = QSize(width, height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self._least


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """What the columns stand in: it holds them to no size."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def a_page(around: QWidget, *, width: int) -> tuple[Columns, Part, Part]:
    part, side = Part(500), Part(100)
    side.setFixedWidth(SIDE_PX)
    made = Columns((part, 1), (side, 0), least_px=700)
    made.setParent(around)
    shown(made, width)
    return made, part, side


def shown(made: QWidget, width: int, height: int = 600) -> None:
    made.resize(width, height)
    made.window().show()
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize(("width", "is_below"), [(810, False), (809, True), (600, True)])
def test_that_parts_stand_below_one_another_as_soon_as_one_would_be_cut(
    width: int, *, is_below: bool, around: QWidget
) -> None:
    made, part, side = a_page(around, width=width)

    assert (made.is_below, side.y() > part.y()) == (is_below, is_below)
    assert side.width() == (width if is_below else SIDE_PX)


def test_that_a_side_has_its_own_width_again_when_there_is_room_again(around: QWidget) -> None:
    made, part, side = a_page(around, width=600)

    shown(made, 1000)

    assert (side.width(), part.width()) == (SIDE_PX, 1000 - SIDE_PX - 10)
    assert made.minimumSizeHint().width() == 500


def test_that_a_stack_is_as_large_as_the_part_that_is_shown_needs(qtbot: QtBot) -> None:
    made = PageStack()
    qtbot.addWidget(made)
    made.addWidget(Part(200))
    made.addWidget(Part(900))

    assert made.minimumSizeHint().width() == 200


def test_that_a_hidden_part_makes_nothing_go_up_and_down(qtbot: QtBot) -> None:
    stack, low, high = PageStack(), QWidget(), QWidget()
    for part, height in ((low, 10), (high, 900)):
        part.setLayout(column(Label("a long text " * 5, wraps=True), height))
        stack.addWidget(part)
    made = UpAndDown(column(stack))
    qtbot.addWidget(made)
    shown(made, 300, 200)
    lows = made.verticalScrollBar().maximum()

    stack.setCurrentWidget(high)
    qtbot.waitUntil(lambda: made.verticalScrollBar().maximum() > 700)

    assert lows == 0


def test_that_what_takes_the_focus_comes_into_sight(qtbot: QtBot) -> None:
    first, field = QLineEdit(), QLineEdit()
    made = UpAndDown(column(first, 900, field))
    qtbot.addWidget(made)
    shown(made, 300, 200)
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    first.setFocus()

    field.setFocus()
    qtbot.waitUntil(lambda: made.verticalScrollBar().value() > 0)

    assert made.viewport().rect().contains(field.mapTo(made.viewport(), field.rect().center()))


def test_that_what_goes_up_and_down_by_itself_is_whole_where_it_stands_above_another(
    qtbot: QtBot,
) -> None:
    high, beside = Part(500, 900), Part(500)
    inner = UpAndDown(column(high))
    outer = UpAndDown(column(Columns((inner, 1), (beside, 1))))
    qtbot.addWidget(outer)

    shown(outer, 700, 400)

    assert inner.verticalScrollBar().maximum() == 0
    assert outer.verticalScrollBar().maximum() > 500
