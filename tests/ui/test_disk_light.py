"""A disk that runs full is said with the database well before it stops anything."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.disk import COUNT_BYTES, MEGABYTE, SHORT_BYTES
from erpdesk.words import Language
from tests.ui.clipping import clipped
from tests.ui.rooms import Here
from ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def person() -> str:
    return "chief"


@pytest.fixture
def window(here: Here, qtbot: QtBot) -> MainWindow:
    made = MainWindow(here.room)
    qtbot.addWidget(made)
    made.show()
    here.settle(qtbot)
    return made


def light(window: MainWindow, free: int | None) -> str:
    window.room.disk_watch._show(free)
    return window.status.lights["database"].words


def test_that_room_is_said_only_while_it_is_short(window: MainWindow) -> None:
    well = light(window, SHORT_BYTES)
    short = light(window, SHORT_BYTES - MEGABYTE)
    full = light(window, COUNT_BYTES - MEGABYTE)

    assert well == "账套库 firm.erpdesk"
    assert short == "磁盘只剩 1023 MB，请腾出空间"
    assert full == "磁盘只剩 199 MB，开始不了新的盘点"
    assert light(window, SHORT_BYTES) == light(window, None) == well


def test_that_room_that_is_well_takes_nothing_else_back(window: MainWindow) -> None:
    light(window, SHORT_BYTES)
    window.show_light("database", "error", window.page.title)

    assert light(window, 2 * SHORT_BYTES) == window.page.title.zh


def test_that_the_disk_is_asked_beside_the_window(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    here.room.disk_watch.look()
    at_once = here.room.disk_watch.free
    here.settle(qtbot)

    assert at_once is None
    assert here.room.disk_watch.free is not None
    here.room.disk_watch.keep()
    here.settle(qtbot)
    assert here.place.with_name(f".{here.place.name}.ballast").is_file()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_is_cut(window: MainWindow, here: Here, language: Language) -> None:
    here.room.wording.use(language)
    light(window, COUNT_BYTES - MEGABYTE)
    for _ in range(5):  # a text that grew moves its neighbours in turn
        QApplication.processEvents()

    assert clipped(window.status) == []
