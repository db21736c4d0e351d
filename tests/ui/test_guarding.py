"""The program guards the file that it opens, until the window is closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.settings import FILE_NAME, Settings
from tests.fakes import FakeClock
from ui.app import Program
from ui.dialogs.sign_in import SignIn
from ui.main_window import MainWindow
from ui.work.backup_alone import QUIET_S, BackupAlone


@pytest.fixture
def program(app: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    del qtbot
    made = Program(app, Settings(theme="light"), tmp_path / FILE_NAME, clock=FakeClock())
    yield made
    made.end()
    made.wedge.leave()
    made.wedge.deleteLater()
    made.deleteLater()


def entered(program: Program, place: Path, qtbot: QtBot) -> MainWindow:
    program.begin(str(place))
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn))
    program.sign_in(str(place), "chief", "pw of chief")
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    window = program.window
    assert window is not None
    return window


def test_that_disk_and_backups_are_looked_at_and_one_is_made_when_nobody_is_at_work(
    program: Program, place: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "quiet_s", lambda: QUIET_S)
    window = entered(program, place, qtbot)
    light, disk = window.status.lights["backup"], window.room.disk_watch
    qtbot.waitUntil(lambda: light.words == "还没有备份" and disk.free is not None, timeout=20_000)
    [alone] = window.findChildren(BackupAlone)

    program.preferences.keep(backup_daily=False)
    alone.look()
    wanted = window.room.backup_watch.step
    program.preferences.keep(backup_daily=True)
    qtbot.waitUntil(lambda: program.runner.is_idle)  # the books are checked meanwhile
    alone.look()

    qtbot.waitUntil(lambda: light.words.startswith("备份 "), timeout=20_000)
    assert wanted is None


def test_that_a_window_that_is_closed_stops_the_backup_that_is_being_made(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    window = entered(program, place, qtbot)
    folder = window.room.backup_folder()

    window.room.backup_watch.back_up_alone()
    window.close()
    qtbot.waitUntil(lambda: program.runner.is_idle, timeout=20_000)

    assert not folder.exists() or list(folder.iterdir()) == []
