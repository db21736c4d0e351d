"""What a process of its own looks at, on a screen that is scaled: see the screen checks.

The toolkit reads the scale of the screen once, when the application begins.
"""

import os

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.rooms import Here
from tests.ui.test_screen_checks import cut, over_pages, person, template, window
from ui.main_window import MainWindow

__all__ = ["person", "template", "window"]
pytestmark = pytest.mark.usefixtures("app")
AT_HALF_MORE = (910, 512)
"""What a screen of 1366 by 768 has left where all is shown at one and a half."""


def test_that_nothing_is_cut_where_the_screen_is_scaled(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    window.resize(*AT_HALF_MORE)
    found = over_pages(window, here, qtbot, lambda: cut(window))
    here.room.wording.use("en")
    in_english = over_pages(window, here, qtbot, lambda: cut(window))

    scale = float(os.environ["QT_SCALE_FACTOR"])
    picture = window.page.grab()
    assert (found, in_english, window.devicePixelRatioF()) == ({}, {}, scale)
    assert picture.width() == round(window.page.width() * scale)
    assert QApplication.activeWindow() is window
