"""A backup that is too old is said in the status bar and on home, and both lead to making one."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.domain.backups import FRESH_US
from erpdesk.services.keeping.listing_backups import Backups, Kept
from erpdesk.words import Language
from tests.ui.clipping import clipped
from tests.ui.rooms import Here, room_of
from ui.dialogs.sign_in import SignIn
from ui.main_window import MainWindow
from ui.main_window.door import tell_backup
from ui.pages.books_check.page import BooksCheckPage
from ui.pages.home.page import HomePage
from ui.work.wording import Wording

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


def stand(here: Here, *ages_us: int, has_posted: bool = True) -> None:
    now = here.desk.clock.now_us()
    kept = tuple(Kept(Path("a"), 1, now - age, tried_at=now, faults=0) for age in ages_us)
    here.room.backup_watch._show(Backups(kept, has_posted))


def light(window: MainWindow) -> str:
    return window.status.lights["backup"].words


def home(window: MainWindow) -> HomePage:
    page = window.page_named("home")
    assert isinstance(page, HomePage)
    return page


def test_that_nothing_is_said_of_a_backup_before_it_was_looked_for(window: MainWindow) -> None:
    assert "正在看" in light(window)
    assert home(window).backup.isHidden()


def test_that_the_light_is_quiet_while_a_backup_is_fresh_and_says_when_it_is_too_old(
    window: MainWindow, here: Here
) -> None:
    stand(here, 60_000_000)
    fresh, is_said = light(window), not home(window).backup.isHidden()
    stand(here, FRESH_US + 60_000_000)

    assert fresh.startswith("备份 ")
    assert not is_said
    assert "超过一天" in light(window)
    assert "最近一次好的备份是" in home(window).backup.title.text()
    assert home(window).backup.isVisible()


def test_that_no_backup_is_said_on_home_once_something_is_posted(
    window: MainWindow, here: Here
) -> None:
    stand(here, has_posted=False)
    before = home(window).backup.isHidden()
    stand(here)

    assert before
    assert light(window) == "还没有备份"
    assert home(window).backup.title.text() == "还没有备份"


def test_that_light_and_home_lead_to_the_backups(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    stand(here)
    window.status.lights["backup"].setFocus()
    QTest.keyClick(window.status.lights["backup"], Qt.Key.Key_Space)
    here.settle(qtbot)
    check = window.page
    assert isinstance(check, BooksCheckPage)
    by_light = check.tabs.current
    check.show_tab("proofs")
    window.go("home")
    home(window).backup.go.click()
    here.settle(qtbot)

    assert window.shown == "books_check"
    assert by_light == check.tabs.current == "backups"


def test_that_a_backup_that_is_made_puts_the_light_out(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    here.room.backup_watch.look()
    here.settle(qtbot)
    before = light(window)
    check = window.page_named("books_check")
    assert isinstance(check, BooksCheckPage)
    check.backups.back_up.click()
    here.settle(qtbot)

    assert before == "还没有备份"
    assert light(window).startswith("备份 ")
    assert home(window).backup.isHidden()


def test_that_who_cannot_see_to_it_has_no_line_on_home(place: Path, qtbot: QtBot) -> None:
    with room_of(place, "maker") as here:
        window = MainWindow(here.room)
        qtbot.addWidget(window)
        window.show()
        stand(here)

        assert home(window).backup.isHidden()
        assert light(window) == "还没有备份"


def test_that_books_on_a_server_have_no_light_of_a_backup(here: Here, qtbot: QtBot) -> None:
    window = MainWindow(replace(here.room, place="postgresql://db/books"))
    qtbot.addWidget(window)

    assert "backup" not in window.status.lights


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_is_cut(window: MainWindow, here: Here, language: Language) -> None:
    here.room.wording.use(language)
    stand(here, FRESH_US + 60_000_000)
    for _ in range(5):  # a text that grew moves its neighbours in turn
        QApplication.processEvents()

    assert clipped(window.status) + clipped(home(window).backup) == []


def test_that_the_sign_in_says_it_before_anybody_is_in(
    here: Here, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = SignIn(Wording("zh"), str(here.place), ())
    qtbot.addWidget(dialog)

    tell_backup(dialog, str(here.place), tmp_path, here.room.runner, here.desk.clock)
    here.settle(qtbot)

    assert dialog.backup.text() == "还没有备份"
