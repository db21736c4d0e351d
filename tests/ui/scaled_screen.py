"""What a process of its own looks at, on a screen that is scaled: see the screen checks.

The toolkit reads the scale of the screen once, when the application begins.
"""

import os

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.clipping import clipped
from tests.ui.rooms import Here
from tests.ui.table_clipping import cut_in_tables
from tests.ui.test_screen_checks import SMALL, here, over_pages, person, template, window
from ui.main_window import MainWindow

__all__ = ["here", "person", "template", "window"]
pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_is_cut_where_the_screen_is_scaled(
    language: str, window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    here.room.wording.use("en" if language == "en" else "zh")
    window.resize(*SMALL)

    found = over_pages(window, here, qtbot, lambda: [*clipped(window), *cut_in_tables(window)])

    scale = float(os.environ["QT_SCALE_FACTOR"])
    picture = window.page.grab()
    assert (found, window.devicePixelRatioF()) == ({}, scale)
    assert picture.width() == round(window.page.width() * scale)
    assert QApplication.activeWindow() is window
