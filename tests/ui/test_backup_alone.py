"""A backup a day is made by itself, while nobody is at work and where it is wanted."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.domain.backups import AGAIN_US
from erpdesk.services.keeping.backing_up import Step
from erpdesk.services.keeping.listing_backups import Backups, ListingBackups
from tests.fakes import FakeClock
from tests.ui.rooms import Here, room_of
from ui.main_window import MainWindow
from ui.pages.books_check.page import BooksCheckPage
from ui.pages.home.page import HomePage
from ui.work.backup_alone import QUIET_S, BackupAlone

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def person() -> str:
    return "chief"


@pytest.fixture
def window(here: Here, qtbot: QtBot) -> MainWindow:
    made = MainWindow(here.room)
    qtbot.addWidget(made)
    made.show()
    here.room.backup_watch.look()
    here.settle(qtbot)
    return made


def look(here: Here, qtbot: QtBot, quiet_s: float = QUIET_S, *, is_wanted: bool = True) -> None:
    BackupAlone(here.room.backup_watch, lambda: quiet_s, lambda: is_wanted).look()
    here.settle(qtbot)


def stands(here: Here) -> Backups:
    found = here.room.backup_watch.stands
    assert found is not None
    return found


def light(window: MainWindow) -> str:
    return window.status.lights["backup"].words


def home(window: MainWindow) -> HomePage:
    page = window.page_named("home")
    assert isinstance(page, HomePage)
    return page


def test_that_one_is_made_when_nobody_is_at_work_and_no_second_one_that_day(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    for _ in range(2):
        look(here, qtbot)

    [made] = stands(here).kept
    assert made.is_automatic
    assert made.is_good
    assert light(window).startswith("备份 ")
    assert home(window).backup.isHidden()


def test_that_it_is_made_whoever_has_the_window_open(place: Path, qtbot: QtBot) -> None:
    with room_of(place, "counter") as here:
        here.room.backup_watch.look()
        here.settle(qtbot)
        look(here, qtbot)

        assert here.room.backup_watch.trouble is None
        assert [one.made_by for one in stands(here).kept] == ["counter"]


def test_that_none_is_made_while_somebody_works_or_where_it_is_not_wanted(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    look(here, qtbot, QUIET_S - 1)
    look(here, qtbot, is_wanted=False)

    assert stands(here).kept == ()
    assert light(window) == "还没有备份"


def test_that_none_is_begun_while_something_is_made_and_one_under_way_keeps_nobody_waiting(
    window: MainWindow, here: Here, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, watch, held = here.room.runner, here.room.backup_watch, threading.Event()
    due = [watch.is_due]
    runner.produce(window, lambda _: held.wait(60), done=lambda _: None)
    due.append(watch.is_due)
    held.set()
    here.settle(qtbot)
    monkeypatch.setattr(ListingBackups, "back_up_alone", lambda *_: held.wait(60))
    held.clear()
    made = list[str]()

    watch.back_up_alone()
    runner.produce(window, lambda _: "notice", done=made.append)
    qtbot.waitUntil(lambda: made == ["notice"])
    held.set()
    here.settle(qtbot)

    assert due == [True, False]


def test_that_what_went_wrong_is_said_and_tried_again_an_hour_later(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    folder, clock = here.room.backup_folder(), here.desk.clock
    assert isinstance(clock, FakeClock)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")  # a file where the folder should be
    look(here, qtbot)
    failed, panel = light(window), home(window).backup
    said = (panel.isVisible(), panel.title.text(), panel.more.text())
    folder.unlink()
    look(here, qtbot)
    at_once = stands(here).kept
    clock.advance(seconds=AGAIN_US // 1_000_000)
    assert here.room.backup_watch.is_due
    clock.advance(seconds=-AGAIN_US // 1_000_000)
    here.room.backup_watch.back_up_alone()
    here.settle(qtbot)

    assert failed == "自动备份没做成"
    assert said[:2] == (True, "自动备份没做成")
    assert "备份没能写出" in said[2]
    assert at_once == ()
    assert light(window).startswith("备份 ")
    assert panel.isHidden()


def test_that_another_folder_is_looked_into_and_tried_at_once(
    window: MainWindow, here: Here, qtbot: QtBot, tmp_path: Path
) -> None:
    spoilt = here.room.backup_folder()
    spoilt.parent.mkdir(parents=True, exist_ok=True)
    spoilt.write_bytes(b"")
    look(here, qtbot)
    before = light(window)
    here.room.preferences.keep(backup_folder=str(tmp_path / "usb"))
    here.settle(qtbot)
    chosen = light(window)
    look(here, qtbot)

    assert (before, chosen) == ("自动备份没做成", "还没有备份")
    assert [one.path.parent for one in stands(here).kept] == [tmp_path / "usb"]


def test_that_one_under_way_is_said_in_the_light_and_can_be_stopped_without_a_trace(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    page = window.page_named("books_check")
    assert isinstance(page, BooksCheckPage)
    watch = here.room.backup_watch
    watch.back_up_alone()
    under_way, why_not = light(window), page.backups.back_up.why_not
    page.backups.stop.click()
    here.settle(qtbot)

    assert under_way == f"正在备份 1/{len(Step)}"
    assert "正在备份" in why_not
    assert stands(here).kept == ()
    assert watch.trouble is None
    assert page.backups.back_up.isEnabled()


def test_that_the_page_says_whether_backups_are_made_by_themselves(
    window: MainWindow, here: Here, qtbot: QtBot
) -> None:
    window.go("books_check")
    here.settle(qtbot)
    page = window.page
    assert isinstance(page, BooksCheckPage)
    daily, coming = page.backups.habit.text(), page.backups.next.text()
    here.room.preferences.keep(backup_daily=False)
    window.go("home")
    window.go("books_check")
    here.settle(qtbot)

    assert "每天自动备份一次" in daily
    assert "自动备份关着" in page.backups.habit.text()
    assert coming.startswith("下次自动备份：今天")
    assert page.backups.next.isHidden()
