"""The bridge of a difference: a table first, drawn from bar to bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.clothes import clothe
from ui.look import tokens
from ui.look.tokens import Theme
from ui.widgets.bridge import BridgeChart, Pier

PIERS = (
    Pier("账面", "299.48", 0, 29_948, "billed"),
    Pier("暂估未入账", "\u2212113.00", 29_948, 18_648, "unbilled"),
    Pier("自述", "186.48", 0, 18_648, "unapplied"),
)


def chart(qtbot: QtBot) -> BridgeChart:
    made = BridgeChart("差异桥")
    qtbot.addWidget(made)
    made.show_piers(PIERS)
    made.resize(300, made.sizeHint().height())
    made.show()
    return made


def test_that_it_is_spoken_and_copied_as_a_table(app: QApplication, qtbot: QtBot) -> None:
    made = chart(qtbot)

    QTest.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert made.accessibleDescription() == "账面 299.48；暂估未入账 \u2212113.00；自述 186.48"
    assert QGuiApplication.clipboard().text() == "账面\t299.48\n暂估未入账\t-113.00\n自述\t186.48"


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_that_the_ends_are_drawn_from_zero_and_the_part_between_them(
    app: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    clothe(app, theme)
    picture = chart(qtbot).grab().toImage()
    colours = {tokens().ink(ink).rgb() for ink in ("accent", "ok")}

    def lowest(x: int) -> int:
        column = [y for y in range(picture.height()) if picture.pixelColor(x, y).rgb() in colours]
        return max(column, default=0)

    left, middle, right = (round(picture.width() * part / 6) for part in (1, 3, 5))
    assert lowest(left) == lowest(right) > picture.height() // 2
    assert lowest(middle) == 0


def test_that_nothing_is_drawn_without_bars(app: QApplication, qtbot: QtBot) -> None:
    made = chart(qtbot)

    made.show_piers(())

    assert made.table() == ()
    assert not made.grab().isNull()
