"""What a screen reader toggles is done like what is clicked."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.table_rows import heard_of
from ui.main_window.sidebar import PageButton
from ui.pages.scanner_doctor.parts import StepButton
from ui.widgets.button import Button
from ui.widgets.chip_row import ChipRow, Filter
from ui.widgets.toggling import Toggling

FILTERS = (Filter("all", "全部", 3), Filter("draft", "草稿", 1))


@pytest.mark.parametrize("make", [lambda: Button("历史"), lambda: PageButton("house"), StepButton])
def test_that_a_toggle_without_a_click_is_a_click(
    make: type[Toggling], app: QApplication, qtbot: QtBot
) -> None:
    button = make()
    qtbot.addWidget(button)
    button.setCheckable(True)
    heard: list[bool] = []

    def hear(is_on: bool) -> None:  # noqa: FBT001 - a signal's
        heard.append(is_on)

    button.clicked.connect(hear)

    button.toggle()
    button.toggle()
    button.click()
    button.setChecked(False)

    assert heard == [True, False, True]


def test_that_a_chip_that_is_toggled_is_chosen_once_and_the_one_before_is_not(
    app: QApplication, qtbot: QtBot
) -> None:
    chips = ChipRow(FILTERS)
    qtbot.addWidget(chips)
    heard = heard_of(chips.chosen)

    chips._buttons["draft"].toggle()
    chips.choose("all")
    chips._buttons["draft"].click()

    assert heard == ["draft", "draft"]
