"""What the surroundings do to the window: open elsewhere, a share, a locked folder, a lost font."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.services.keeping.holding import Holding
from erpdesk.settings import FILE_NAME, Settings
from erpdesk.storage import database as storage
from erpdesk.storage import presence
from erpdesk.storage.database import filesystem_kind
from tests.fakes import FakeClock
from tests.storage.test_presence import other_window
from ui.__main__ import settings_at
from ui.app import Program
from ui.dialogs.first_start import FirstStart
from ui.dialogs.sign_in import SignIn
from ui.look import fonts, lost_fonts

pytestmark = pytest.mark.journey


@pytest.fixture
def program(app: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    del qtbot
    made = Program(app, Settings(theme="light"), tmp_path / FILE_NAME, clock=FakeClock())
    yield made
    if made.window is not None:
        made.window.close()
    made.end()
    app.removeEventFilter(made.wedge)
    made.wedge.deleteLater()
    made.deleteLater()


def refused(program: Program, qtbot: QtBot) -> list[str]:
    """Return what the first window says, sentence by sentence; no books are open."""
    qtbot.waitUntil(lambda: isinstance(program.dialog, FirstStart) and said_by(program) != "")
    assert program.window is None
    return [part for part in re.split("。", said_by(program)) if part]


def said_by(program: Program) -> str:
    return program.dialog.problem.text() if isinstance(program.dialog, FirstStart) else ""


def signed_in(program: Program, place: Path, qtbot: QtBot) -> None:
    program.begin(str(place))
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn))
    program.sign_in(str(place), "counter", "pw of counter")
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    qtbot.waitUntil(lambda: program.runner.is_idle, timeout=20_000)


def test_that_a_second_start_on_the_same_books_says_in_whose_window_they_are(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    with other_window(str(place)):
        program.begin(str(place))
        happened, undone, advice = refused(program, qtbot)

    assert happened.startswith("账套已经开在另一个窗口里：陈静，")
    assert undone == "这里没有再打开，什么都没改"
    assert advice.startswith("请用那个窗口，或先把它关掉")


def test_that_open_books_are_noted_and_free_again_when_their_window_is_closed(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    signed_in(program, place, qtbot)
    assert presence.note_beside(str(place)).exists()

    window = program.window
    assert window is not None
    window.close()

    qtbot.waitUntil(lambda: not presence.note_beside(str(place)).exists())


def test_that_books_taken_while_the_password_was_typed_are_not_opened(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    program.begin(str(place))
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn))
    dialog = program.dialog
    assert isinstance(dialog, SignIn)

    with other_window(str(place), writes=False):
        program.sign_in(str(place), "counter", "pw of counter")
        qtbot.waitUntil(lambda: "另一个窗口" in dialog.problem.text(), timeout=20_000)

    assert program.window is None
    Holding(FakeClock()).must_be_free(str(place))


def test_that_damaged_books_are_said_and_left_as_they_are(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    body = bytearray(place.read_bytes())
    body[8192:] = b"\x5a" * (len(body) - 8192)
    place.write_bytes(body)

    program.begin(str(place))

    happened, undone, advice = refused(program, qtbot)
    assert (happened, undone) == ("这个文件不是账套，或者已损坏", "什么都没改")
    assert advice == "请选对文件，或从备份恢复"
    assert place.read_bytes() == body


def test_that_books_on_a_network_share_are_refused(
    program: Program, place: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "NETWORK_KINDS", {filesystem_kind(place.parent)})

    program.begin(str(place))

    happened, undone, advice = refused(program, qtbot)
    assert "网络共享盘" in happened
    assert undone == "什么都没改"
    assert advice == "请放在本机磁盘，或用数据库服务器"


def test_that_books_in_a_folder_that_may_only_be_read_are_refused(
    program: Program, place: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_may_write", lambda path: path != place.parent)

    program.begin(str(place))

    happened, undone, advice = refused(program, qtbot)
    assert happened == f"账套所在的文件夹不能写入：{place.parent}"
    assert undone == "没有打开，什么都没改"
    assert advice.startswith("请把文件夹和账套设为可写")


def test_that_lost_fonts_are_said_while_the_window_goes_on(
    program: Program, place: Path, qtbot: QtBot, app: QApplication, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = app.property("erpdesk_fonts_loaded")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "NotoSansSC-Medium.ttf").write_bytes(b"no font")
    monkeypatch.setattr(fonts, "resource", lambda name: tmp_path / name)
    app.setProperty("erpdesk_fonts_loaded", None)
    fonts.load_fonts(app)
    assert len(lost_fonts()) == 3

    signed_in(program, place, qtbot)

    assert program.window is not None
    said = [(one.title, one.text) for one in program.window.page.notices.notices]
    app.setProperty("erpdesk_fonts_loaded", before)
    assert said[0][0] == "程序自带的字体不全"
    assert [part for part in said[0][1].split("。") if part] == [
        "屏幕上先用系统的字体；通知书等没有打印", "请用安装程序重新安装",
    ]  # fmt: skip
    assert lost_fonts() == ()


def test_that_settings_that_cannot_be_read_are_set_aside_and_said(
    program: Program, place: Path, qtbot: QtBot, tmp_path: Path, expect_log: list[str]
) -> None:
    expect_log.append("the settings are not used")
    path, damaged = tmp_path / FILE_NAME, 'backup_folder = "/media/usb"\ntheme = "da'
    path.write_text(damaged, "utf-8")

    _, program.settings_lost = settings_at(path)
    signed_in(program, place, qtbot)

    assert program.window is not None
    [said] = program.window.page.notices.notices
    assert said.title == "这台电脑的设置读不出来"
    assert path.with_name("settings.toml.unusable").read_text("utf-8") == damaged
    assert "unusable" in said.text
    assert settings_at(path)[1] is False
