"""The lock covers every window, keeps what is typed and what waits, and a password opens it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from erpdesk.bootstrap import is_wrong_password
from erpdesk.storage.refusals import NotLetInError
from erpdesk.words import Sentence
from tests.ui.clipping import clipped
from tests.ui.clothes import as_in_use
from tests.ui.rooms import Here
from ui.dialogs.unlock import Unlock
from ui.main_window.books import BooksNotOpenedError, told
from ui.main_window.lock import Cover, Lock
from ui.work.idleness import Idleness
from ui.work.wording import Wording

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def person() -> str:
    return "maker"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    field = QLineEdit()
    layout = QVBoxLayout(made)
    layout.addWidget(field)
    made.resize(600, 400)
    made.show()
    field.setText("29948")
    return made


@pytest.fixture
def lock(window: QWidget, here: Here) -> Iterator[Lock]:
    made = Lock(window, here.room)
    yield made
    made.unlock()


def asked(lock: Lock, here: Here, qtbot: QtBot) -> Unlock:
    lock.lock()
    here.settle(qtbot)
    assert lock.dialog is not None
    return lock.dialog


def test_that_every_window_is_covered_and_what_is_typed_stays(
    lock: Lock, window: QWidget, here: Here, qtbot: QtBot
) -> None:
    other = QDialog(window)
    other.show()

    asked(lock, here, qtbot)

    covers = {one.parentWidget(): one for one in window.findChildren(Cover)}
    assert covers.keys() == {window, other}
    assert all(covers[top].geometry() == top.rect() for top in (window, other))
    window.resize(700, 500)
    assert covers[window].size() == window.size()
    lock.unlock()
    qtbot.wait(1)
    assert window.findChildren(Cover) == []
    assert window.findChildren(QLineEdit)[0].text() == "29948"
    other.close()


def test_that_a_login_that_a_server_refuses_may_be_tried_again() -> None:
    def work() -> None:
        raise NotLetInError(detail="")

    with pytest.raises(BooksNotOpenedError) as refused:
        told(work)

    assert is_wrong_password(refused.value)


def test_that_the_password_opens_it_and_a_wrong_one_waits(
    lock: Lock, here: Here, qtbot: QtBot
) -> None:
    told: list[bool] = []
    lock.changed.connect(told.append)
    dialog = asked(lock, here, qtbot)

    dialog.password.line.setText("wrong")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    here.settle(qtbot)
    assert (dialog.wait_s, lock.is_locked) == (1, True)
    assert "密码不对" in dialog.problem.text()
    dialog._wait.tick()

    dialog.password.line.setText("pw of maker")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    here.settle(qtbot)
    assert not lock.is_locked
    assert told == [True, False]


def test_that_it_cannot_be_closed_by_hand(lock: Lock, here: Here, qtbot: QtBot) -> None:
    dialog = asked(lock, here, qtbot)

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()

    assert dialog.isVisible()
    assert lock.is_locked


def test_that_locking_twice_is_locking_once(lock: Lock, here: Here, qtbot: QtBot) -> None:
    dialog = asked(lock, here, qtbot)

    lock.lock()

    assert lock.dialog is dialog


def test_that_who_has_no_password_just_unlocks(qtbot: QtBot, window: QWidget) -> None:
    dialog = Unlock(Wording("zh"), "陈静", "明湖机电", window)
    qtbot.addWidget(dialog)
    dialog.ask(is_asked=False)

    with qtbot.waitSignal(dialog.given) as given:
        dialog.enter.click()

    assert given.args == [None]


def test_that_somebody_else_may_sign_in(lock: Lock, here: Here, qtbot: QtBot) -> None:
    dialog = asked(lock, here, qtbot)

    with qtbot.waitSignal(lock.other_wanted):
        dialog.other.click()

    assert not lock.is_locked


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_of_it_is_cut(
    language: str, percent: int, app: QApplication, qtbot: QtBot, window: QWidget
) -> None:
    as_in_use(app, "light", percent)
    dialog = Unlock(Wording("en" if language == "en" else "zh"), "陈静", "明湖机电", window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.refuse(Sentence("密码不对。", "Wrong password."), is_wrong_password=True)
    qtbot.wait(1)

    assert clipped(dialog) == []


class Desk:
    """A desk that somebody touches, moves at, or leaves."""

    def __init__(self) -> None:
        self.now_us, self.is_touched, self.pointer = 0, False, QPoint(1, 1)

    def was_touched(self) -> bool:
        touched, self.is_touched = self.is_touched, False
        return touched

    def after(self, idle: Idleness, minutes: int) -> None:
        self.now_us += minutes * 60_000_000
        idle.look()


def test_that_it_locks_only_when_nobody_touched_anything_for_so_long(qtbot: QtBot) -> None:
    del qtbot
    desk, passed = Desk(), list[bool]()
    idle = Idleness(desk.was_touched, lambda: desk.now_us, pointer=lambda: desk.pointer)
    idle.passed.connect(lambda: passed.append(True))
    idle.allow(15)

    desk.after(idle, 14)
    desk.is_touched = True
    desk.after(idle, 14)
    desk.pointer = QPoint(2, 2)
    desk.after(idle, 14)
    desk.after(idle, 14)
    assert passed == []

    desk.after(idle, 1)
    assert passed == [True]


def test_that_a_clock_put_back_delays_the_lock_by_no_more_than_the_minutes_allowed(
    qtbot: QtBot,
) -> None:
    del qtbot
    desk, passed = Desk(), list[bool]()
    idle = Idleness(desk.was_touched, lambda: desk.now_us, pointer=lambda: desk.pointer)
    idle.passed.connect(lambda: passed.append(True))
    idle.allow(15)

    desk.after(idle, -24 * 60)
    desk.after(idle, 15)

    assert passed == [True]


def test_that_zero_minutes_never_lock(qtbot: QtBot) -> None:
    del qtbot
    desk, passed = Desk(), list[bool]()
    idle = Idleness(desk.was_touched, lambda: desk.now_us, pointer=lambda: desk.pointer)
    idle.passed.connect(lambda: passed.append(True))
    idle.allow(0)

    desk.after(idle, 1000)

    assert passed == []
