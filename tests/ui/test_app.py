"""The program from its start: books, a person, the window, and what stands in the way."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Timer

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk import keys
from erpdesk.domain.people import Role
from erpdesk.services.sampling import SMALL, Sampling
from erpdesk.settings import FILE_NAME, Settings, read_settings
from erpdesk.storage.database import Database
from tests.fakes import FakeClock
from tests.storage.proof import tampering
from tests.ui import rooms
from ui.app import Program
from ui.dialogs.first_start import FirstStart
from ui.dialogs.new_books import NewBooks
from ui.dialogs.sign_in import SignIn
from ui.look import style_sheet, text_percent, tokens
from ui.pages.counting.page import CountingPage
from ui.work.wedge import RefusedScan

pytestmark = pytest.mark.journey


@pytest.fixture
def template(campaign_template: Path) -> Path:
    return campaign_template


@pytest.fixture
def program(app: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    del qtbot
    path = tmp_path / FILE_NAME
    sample = Sampling(FakeClock(), SMALL, keys.CHEAP)
    made = Program(app, Settings(theme="light"), path, clock=FakeClock(), sample=sample)
    yield made
    if made.window is not None:
        made.window.close()
    made.end()
    made.wedge.leave()
    made.wedge.deleteLater()
    made.deleteLater()


def sign_in(program: Program, place: Path, qtbot: QtBot, name: str = "counter") -> None:
    program.begin(str(place))
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn))
    program.sign_in(str(place), name, f"pw of {name}")
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    qtbot.waitUntil(lambda: program.runner.is_idle, timeout=20_000)


def test_that_without_books_the_first_start_asks(program: Program) -> None:
    program.begin()

    assert isinstance(program.dialog, FirstStart)


def test_that_a_place_without_books_is_said(program: Program, tmp_path: Path) -> None:
    program.begin(str(tmp_path / "none.erpdesk"))

    assert isinstance(program.dialog, FirstStart)
    assert "none.erpdesk" in program.dialog.problem.text()


def test_that_a_file_that_is_no_company_is_said(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "odd.erpdesk").write_text("odd" * 1000)

    program.begin(str(tmp_path / "odd.erpdesk"))

    qtbot.waitUntil(lambda: isinstance(program.dialog, FirstStart))
    assert isinstance(program.dialog, FirstStart)
    assert "不是账套" in program.dialog.problem.text()


def test_that_somebody_signs_in_and_is_remembered(
    program: Program, place: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    sign_in(program, place, qtbot)

    assert program.window is not None
    assert program.window.isVisible()
    assert program.dialog is None
    kept = read_settings(tmp_path / FILE_NAME)
    assert (kept.company, kept.person) == (str(place), "counter")


def test_that_whatever_the_program_shows_is_dressed(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    program.ask_books()
    worn = [program.dialog.styleSheet() if program.dialog else ""]
    sign_in(program, place, qtbot)
    worn += [program.window.styleSheet() if program.window else ""]

    assert worn == [style_sheet(tokens())] * 2


def test_that_a_wrong_password_is_said_at_the_field_and_waits(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    program.begin(str(place))
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn))
    dialog = program.dialog
    assert isinstance(dialog, SignIn)

    program.sign_in(str(place), "counter", "wrong")

    qtbot.waitUntil(lambda: dialog.wait_s > 0, timeout=20_000)
    assert "密码不对" in dialog.problem.text()
    assert program.window is None


def test_that_a_scan_at_the_sign_in_is_refused(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(program.sounds, "play", heard.append)
    program.begin()

    program.wedge.code_read.emit(b"KH00001")

    assert heard == ["refused"]


def test_that_a_scan_reaches_the_window(program: Program, place: Path, qtbot: QtBot) -> None:
    sign_in(program, place, qtbot)
    assert program.window is not None
    program.window.go("counting")
    qtbot.waitUntil(lambda: program.runner.is_idle, timeout=20_000)

    program.wedge.code_read.emit(rooms.code_of(1).encode())
    qtbot.waitUntil(lambda: program.runner.is_idle, timeout=20_000)

    page = program.window.page
    assert isinstance(page, CountingPage)
    assert page.flow.tally.stored == 1


def test_that_the_sample_is_made_with_progress_and_asks_who_is_here(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    program.begin()
    dialog = program.dialog
    assert isinstance(dialog, FirstStart)
    shown: list[int] = []
    dialog.bar.valueChanged.connect(shown.append)

    dialog.sample_wanted.emit(str(tmp_path / "sample.erpdesk"))
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn), timeout=50_000)

    assert shown == sorted(shown)
    assert len(shown) >= 5
    assert isinstance(program.dialog, SignIn)
    assert program.dialog.people.count() == 6


def test_that_a_sample_that_is_stopped_leaves_nothing(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    program.begin()
    dialog = program.dialog
    assert isinstance(dialog, FirstStart)
    folder = tmp_path / "books"
    folder.mkdir()

    dialog.sample_wanted.emit(str(folder / "sample.erpdesk"))
    dialog.stop_wanted.emit()

    qtbot.waitUntil(lambda: "已停下" in dialog.problem.text(), timeout=50_000)
    assert list(folder.iterdir()) == []


def test_that_new_books_are_made_with_their_people_and_a_cashier_who_records_receipts(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    program.begin()
    dialog, place = program.dialog, tmp_path / "my.erpdesk"
    assert isinstance(dialog, FirstStart)
    people = (("陈静", "geheim1"), ("林涛", "geheim2"))

    dialog.new_wanted.emit(NewBooks(str(place), {"name": "明湖"}, people, ("沈佳", "geheim3")))
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn), timeout=50_000)
    assert isinstance(program.dialog, SignIn)
    asked = program.dialog.people.count()
    program.sign_in(str(place), "沈佳", "geheim3")
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)

    assert program.window is not None
    assert (asked, program.window.room.roles) == (3, frozenset({Role.CASHIER, Role.COUNTER}))


def test_that_a_wrong_tax_number_of_the_firm_is_said_at_its_field_and_nothing_is_made(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    program.begin()
    dialog, place = program.dialog, tmp_path / "my.erpdesk"
    assert isinstance(dialog, FirstStart)
    dialog._go(1)

    firm = {"name": "明湖", "tax_id": "91330108MA2CFRU57X"}
    dialog.new_wanted.emit(NewBooks(str(place), firm, (("陈静", "geheim1"),)))
    qtbot.waitUntil(lambda: "91330108MA2CFRU57X" in dialog.problem.text(), timeout=20_000)

    assert dialog.focusWidget() is dialog.form.fields["tax_id"]
    assert not place.exists()


def test_that_esc_leads_from_asking_for_other_books_back_to_where_one_was(
    program: Program, place: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    sign_in(program, place, qtbot)
    window, other = program.window, tmp_path / "other.erpdesk"
    assert window is not None
    shutil.copy(place, other)
    window.go("settings")

    window.other_books_wanted.emit()
    assert isinstance(program.dialog, FirstStart)
    program.dialog.open_wanted.emit(str(other))
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn), timeout=20_000)
    qtbot.keyClick(program.dialog, Qt.Key.Key_Escape)
    again = dialog_of(program)
    qtbot.keyClick(again, Qt.Key.Key_Escape)

    assert isinstance(again, FirstStart)
    assert dialog_of(program) is None
    assert (program.window, window.isVisible(), window.shown) == (window, True, "settings")
    window.looks._choose("language", "en")
    assert window.room.wording.language == "en"


def dialog_of(program: Program) -> object:
    return program.dialog


def test_that_other_books_take_the_place_of_those_that_were_open(
    program: Program, place: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    sign_in(program, place, qtbot)
    first, other = program.window, tmp_path / "other.erpdesk"
    assert first is not None
    shutil.copy(place, other)

    first.other_books_wanted.emit()
    assert isinstance(program.dialog, FirstStart)
    program.dialog.open_wanted.emit(str(other))
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn), timeout=20_000)
    program.sign_in(str(other), "counter", "pw of counter")
    qtbot.waitUntil(lambda: program.window is not first, timeout=20_000)

    assert program.window is not None
    assert program.window.room.place == str(other)
    program.window.other_books_wanted.emit()
    assert isinstance(program.dialog, FirstStart)
    assert [one.accessibleDescription() for one in program.dialog.recent] == [str(place)]


def test_that_a_place_that_is_taken_is_said_and_not_touched(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.erpdesk"
    taken.write_text("mine")
    program.begin()
    dialog = program.dialog
    assert isinstance(dialog, FirstStart)

    for wish in (dialog.sample_wanted, dialog.new_wanted):
        value = NewBooks(str(taken), {}, (("a", "geheim1"),))
        wish.emit(str(taken) if wish is dialog.sample_wanted else value)
        qtbot.waitUntil(lambda: "已有文件" in dialog.problem.text(), timeout=20_000)
        dialog._go(1)

    assert taken.read_text() == "mine"


def test_that_language_theme_and_size_are_kept(
    program: Program, place: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    sign_in(program, place, qtbot)
    assert program.window is not None
    looks = program.window.looks
    looks._choose("language", "en")
    looks._choose("theme", "dark")
    looks._choose_size("115")

    kept = read_settings(tmp_path / FILE_NAME)
    assert (kept.language, kept.theme, kept.text_percent) == ("en", "dark", 115)
    assert (tokens().theme, text_percent()) == ("dark", 115)
    assert program.window.page.title.en == "Home"


def test_that_another_person_signs_in_after_the_first(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    sign_in(program, place, qtbot)
    first = program.window
    assert first is not None

    first.other_person_wanted.emit()
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn), timeout=20_000)

    assert program.window is not first
    program.sign_in(str(place), "maker", "pw of maker")
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    assert program.preferences.settings.person == "maker"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_that_a_serial_scanner_counts_from_its_own_thread(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    gun, line = os.openpty()
    program.preferences.keep(scanner_port=os.ttyname(line))
    sign_in(program, place, qtbot)
    window = program.window
    assert window is not None
    light = window.status.lights["scanner"]
    qtbot.waitUntil(lambda: "串口就绪" in light.words, timeout=20_000)
    window.go("counting")
    qtbot.waitUntil(lambda: program.runner.is_idle, timeout=20_000)

    os.write(gun, rooms.code_of(1).encode() + b"\r\n" + rooms.code_of(2).encode() + b"\r\n")
    page = window.page
    assert isinstance(page, CountingPage)
    qtbot.waitUntil(lambda: page.flow.tally.stored == 2, timeout=20_000)

    assert [one.who and one.who.code for one in page.lists._shift] == [
        rooms.code_of(2), rooms.code_of(1),
    ]  # fmt: skip
    assert program.wedge.was_touched()
    program.scanners.leave()
    os.close(gun)
    os.close(line)


def test_that_it_locks_by_itself_and_keeps_scans_out(
    program: Program, place: Path, qtbot: QtBot, expect_log: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    expect_log.append("a scan was refused")
    sign_in(program, place, qtbot)
    heard: list[str] = []
    monkeypatch.setattr(program.sounds, "play", heard.append)
    window = program.window
    assert window is not None

    program.idleness.passed.emit()
    program.wedge.refused.emit(RefusedScan("locked", b"KH00001"))

    assert window.lock.is_locked
    assert program.wedge.is_locked
    assert heard == ["refused"]
    assert "屏幕锁着" in window.page.notices.notices[-1].text
    window.lock.unlock()
    assert not program.wedge.is_locked


def test_that_a_broken_rule_is_on_the_home_page_and_in_the_light_at_the_start(
    program: Program, place: Path, qtbot: QtBot
) -> None:
    with tampering(place) as hand:
        hand.do("UPDATE number_series SET last = last + 1")

    sign_in(program, place, qtbot, "chief")

    window = program.window
    assert window is not None
    books = window.status.lights["books"]
    qtbot.waitUntil(lambda: "「V7 编号连续」不成立" in books.words, timeout=20_000)
    assert "「V7 编号连续」不成立" in rooms.texts(window.page_named("home"))


def test_that_books_are_given_back_also_when_the_program_ends_at_once(
    program: Program, place: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(program, place, qtbot)
    assert program.window is not None
    database, closed, may_go_on = program.window.room.desk.company.database, [], Event()
    monkeypatch.setattr(Database, "close", lambda one: closed.append(one.place))
    for _ in range(2):
        program.runner.query(program, lambda: may_go_on.wait(20), done=lambda _: None)

    program.left.connect(lambda: closed.append("left"))
    program.window.close()
    Timer(0.1, may_go_on.set).start()
    program.end()

    assert sorted(closed) == sorted([database.place, "left"])
