"""One application for the window's tests, in the theme and size that a test asks for."""

import errno
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.files import atomic
from erpdesk.storage.documents import Document
from tests.services.builders import Office
from tests.ui import rooms
from tests.ui.clothes import as_in_use
from tests.ui.customer_pages import CustomersOpened
from tests.ui.rooms import Here, counting_page
from tests.ui.settling import open_office
from tests.ui.wedge_desk import Desk, a_desk
from ui.look import text_percent, tokens
from ui.main_window import MainWindow
from ui.main_window.importing import Importing
from ui.pages.counting.page import CountingPage
from ui.work.runner import Runner
from ui.work.tidying import Tidying

OFFSCREEN = (
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise",
)
"""What the platform without a screen says of itself."""


HERE = Path(__file__).parent
REAL_BOOKS = {"template", "office"}
"""Fixtures of real books."""

BOOKS = {"tests.ui.rooms", "tests.ui.settling", "tests.ui.server_rooms", "ui.app"}
"""What opens real books; a page on them is a journey, a part alone is not."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True))
            if REAL_BOOKS & set(getattr(item, "fixturenames", ())) or opens_books(item.path):
                item.add_marker(pytest.mark.journey)


@cache
def opens_books(module: Path) -> bool:
    """Say whether a module of tests works on real books."""
    imports = re.findall(r"^from (\S+) import (.*)", module.read_text("utf-8"), re.MULTILINE)
    names = {one for source, what in imports for one in (source, f"{source}.{what}")}
    return bool(names & BOOKS)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file that leaves the program be made to last."""

    def no_room(path: Path) -> None:
        raise OSError(errno.ENOSPC, "full", str(path))

    monkeypatch.setattr(atomic, "_sync", no_room)


@pytest.fixture(scope="session", autouse=True)
def tidying(qapp: QApplication) -> Iterator[None]:
    """As in the program: no lane's thread collects widgets."""
    made = Tidying(qapp)
    made.begin()
    yield
    made.end()


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """No widget of a test is there in the next one."""
    yield
    for widget in qapp.topLevelWidgets():
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def first_look(qapp: QApplication) -> None:
    """What parts are dressed in: before it there is nothing to put on them."""
    as_in_use(qapp, "light")


@pytest.fixture
def app(qapp: QApplication, first_look: None) -> QApplication:
    """The application in the light theme, as in use; what a test changes is put back."""
    _make_light(qapp)
    return qapp


def _make_light(qapp: QApplication) -> None:
    if (tokens().theme, text_percent(), bool(qapp.styleSheet())) != ("light", 100, False):
        as_in_use(qapp, "light")


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    """The lanes, ended when the test is over."""
    made = Runner()
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot, app: QApplication) -> Iterator[Desk]:
    """A window that a scanner types into."""
    made = a_desk(app)
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made.window)
    made.line.setFocus()
    yield made
    made.wedge.leave()
    made.wedge.setParent(None)


@pytest.fixture(scope="session")
def people_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books with four people and nothing else, made once for all tests."""
    place = tmp_path_factory.mktemp("people") / "firm.erpdesk"
    rooms.make_people(place)
    return place


@pytest.fixture(scope="session")
def company_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books with four people and twelve customers with balances, made once for all tests."""
    place = tmp_path_factory.mktemp("firm") / "firm.erpdesk"
    rooms.make_company(place)
    return place


@pytest.fixture(scope="session")
def campaign_template(company_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a frozen campaign, made once for all tests."""
    place = rooms.copied(company_template, tmp_path_factory.mktemp("campaign"))
    rooms.campaign(place)
    return place


@pytest.fixture
def template(company_template: Path) -> Path:
    """The books that the tests of a module begin with; a module may say others."""
    return company_template


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Path:
    """A copy of the books for one test."""
    return rooms.copied(template, tmp_path)


@pytest.fixture
def made(place: Path) -> Document:
    """A frozen campaign of all customers but the last."""
    return rooms.campaign(place)


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Office]:
    """The firm of the services' tests, at its desks; a module may post more in it."""
    with open_office(tmp_path_factory, tmp_path) as opened:
        yield opened


@pytest.fixture
def books(app: QApplication, qtbot: QtBot, runner: Runner, office: Office) -> CustomersOpened:
    """Opens the pages of customers of that firm."""
    del app
    return CustomersOpened(office, qtbot, runner)


@pytest.fixture
def person() -> str:
    """Who is signed in; a module may say another."""
    return "counter"


@pytest.fixture
def here(place: Path, person: str, qtbot: QtBot) -> Iterator[Here]:
    """A room of the window on the books of this test."""
    del qtbot
    with rooms.room_of(place, person) as found:
        yield found


@pytest.fixture
def page(here: Here, qtbot: QtBot) -> CountingPage:
    """The counting page, shown; a module about another page says its own."""
    return counting_page(here, qtbot)


@pytest.fixture
def importing(here: Here, qtbot: QtBot) -> Importing:
    """The way to the import wizard, above a window."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Importing(here.room, window)


@pytest.fixture
def counting_window(here: Here, qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window at its counting page, closed after the test."""
    made = MainWindow(here.room)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.make_rest()
    qtbot.waitUntil(lambda: made.is_whole)
    made.go("counting")
    here.settle(qtbot)
    yield made
    made.close()
    here.settle(qtbot)
