"""Older books in the window: said with what to do, upgraded beside it, and opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.services.entrance import entrants
from erpdesk.settings import FILE_NAME, Settings
from tests.fakes import FakeClock
from tests.services.newer_program import newer
from tests.storage.proof import company_at, tampering
from ui.app import Program
from ui.dialogs.first_start import FirstStart
from ui.dialogs.sign_in import SignIn

pytestmark = pytest.mark.journey


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give books of 0001, as a program of 0002 finds them."""
    made = company_at(tmp_path / "books.erpdesk")
    newer(tmp_path / "revisions", monkeypatch)
    return made


@pytest.fixture
def program(app: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    del qtbot
    made = Program(app, Settings(theme="light"), tmp_path / FILE_NAME, clock=FakeClock())
    yield made
    made.end()
    made.wedge.leave()
    made.wedge.deleteLater()
    made.deleteLater()


def offered(program: Program, path: Path, qtbot: QtBot) -> FirstStart:
    """Return the first window when it has said that the books are older."""
    program.begin(str(path))
    qtbot.waitUntil(lambda: isinstance(program.dialog, FirstStart), timeout=10_000)
    dialog = program.dialog
    assert isinstance(dialog, FirstStart)
    qtbot.waitUntil(dialog.onward.isVisible)
    return dialog


def test_that_older_books_are_upgraded_from_the_first_window_and_opened(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    dialog = offered(program, path, qtbot)
    assert "旧版本" in dialog.problem.text()
    assert dialog.onward.text() == "备份并升级"

    dialog.onward.click()
    assert not dialog.onward.isVisible()
    qtbot.waitUntil(lambda: dialog.onward.text() == "打开账套", timeout=20_000)
    kept = next(path.parent.glob("*.erpbackup"))
    assert str(kept) in dialog.problem.text()

    dialog.onward.click()
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn), timeout=10_000)


def test_that_why_an_upgrade_was_refused_is_said_and_the_books_stay(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE number_series SET last = last + 1 WHERE series = '收'")
    dialog = offered(program, path, qtbot)

    dialog.onward.click()
    qtbot.waitUntil(lambda: "升级后的校验发现 1 处问题" in dialog.problem.text(), timeout=20_000)

    assert list(path.parent.glob("*.erpbackup")) == []


def test_that_an_upgrade_that_is_stopped_leaves_the_books_as_they_were(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    dialog = offered(program, path, qtbot)

    dialog.onward.click()
    dialog.stop.click()
    qtbot.waitUntil(lambda: "还是旧版本" in dialog.problem.text(), timeout=20_000)

    assert dialog.onward.text() == "备份并升级"
    assert entrants(str(path)) is None
    assert list(path.parent.glob("*.erpbackup")) == []
