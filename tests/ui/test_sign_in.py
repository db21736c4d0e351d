"""Signing in asks for a name and a password, and makes guessing slow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from erpdesk.words import Sentence
from tests.ui.clipping import clipped
from tests.ui.clothes import as_in_use
from ui.dialogs.sign_in import Caller, SignIn
from ui.main_window.said import BACKUP_OLD
from ui.widgets.finding_list import FindingList
from ui.work.wording import Wording

pytestmark = pytest.mark.usefixtures("app")
WRONG = Sentence("密码不对。", "Wrong password.")
TOO_LONG = Sentence(
    "密码不对。什么都没改。请再输一次；忘了就请管理员另设。" * 2, "Wrong password. " * 8
)
CALLERS = (
    Caller("chenjing", "陈静", needs_password=True, keys=("chenjing", "cj")),
    Caller("w2", "王芳", needs_password=False, keys=("wangfang", "wf")),
    Caller("lintao", "林涛", needs_password=True, keys=("lintao", "lt")),
)


@pytest.fixture
def dialog(qtbot: QtBot) -> SignIn:
    made = SignIn(Wording("zh"), "/books/firm.erpdesk", CALLERS)
    qtbot.addWidget(made)
    made.show()
    return made


def said(dialog: SignIn) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_that_enter_gives_name_and_password(dialog: SignIn, qtbot: QtBot) -> None:
    dialog.password.setText("geheim*")

    with qtbot.waitSignal(dialog.given) as given:
        qtbot.keyClick(dialog.password, Qt.Key.Key_Return)

    assert given.args == ["chenjing", "geheim*"]
    assert dialog.isVisible()


def test_that_who_has_no_password_gives_none(dialog: SignIn, qtbot: QtBot) -> None:
    dialog.people.setCurrentIndex(1)
    assert "没有设密码" in said(dialog)

    with qtbot.waitSignal(dialog.given) as given:
        dialog.enter.click()

    assert given.args == ["w2", None]


def test_that_the_arrow_keys_go_through_the_names_without_leaving_them(
    dialog: SignIn, qtbot: QtBot
) -> None:
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.people.setFocus()

    qtbot.keyClick(dialog.people, Qt.Key.Key_Down)

    assert dialog.person == "w2"
    assert dialog.people.hasFocus()


@pytest.mark.parametrize(
    ("typed", "who"), [("wangf", "w2"), ("wf", "w2"), ("lin", "lintao"), ("lt", "lintao")]
)
def test_that_a_login_or_pinyin_finds_the_name(
    typed: str, who: str, dialog: SignIn, qtbot: QtBot
) -> None:
    dialog.people.setFocus()

    qtbot.keyClicks(dialog.people, typed)

    assert dialog.person == who


def test_that_typing_begins_anew_after_a_pause() -> None:
    now, asked = [10.0], list[str]()

    def find(typed: str) -> None:
        asked.append(typed)

    found = FindingList(find, now_s=lambda: now[0])

    for letter, pause in (("l", 0.1), ("t", 5.0), ("w", 0.1)):
        found.keyboardSearch(letter)
        now[0] += pause
    found.deleteLater()

    assert asked == ["l", "lt", "w"]


def test_that_caps_lock_is_said_at_the_field(dialog: SignIn, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.password, "A")
    assert dialog.field.caps.text() == "大写锁定开着"

    qtbot.keyClick(dialog.password, "A", Qt.KeyboardModifier.ShiftModifier)
    assert dialog.field.caps.text() == ""


def test_that_the_last_person_is_chosen(qtbot: QtBot) -> None:
    made = SignIn(Wording("zh"), "p", CALLERS, last="w2")
    qtbot.addWidget(made)

    assert made.person == "w2"


def test_that_each_wrong_password_doubles_the_wait_and_says_it_at_the_field(
    dialog: SignIn, qtbot: QtBot
) -> None:
    given: list[str] = []
    dialog.given.connect(lambda name, _: given.append(name))
    waits = []
    for _ in range(4):
        dialog._give()
        dialog.refuse(WRONG, is_wrong_password=True)
        waits.append(dialog.wait_s)
        assert "密码不对" in dialog.problem.text()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)  # waits: nothing is given
        while dialog.wait_s:
            dialog._wait.tick()

    assert waits == [1, 2, 4, 8]
    assert given == ["chenjing"] * 4
    assert dialog.enter.isEnabled()


def test_that_the_password_is_hidden_until_it_is_asked_to_be_shown(dialog: SignIn) -> None:
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
    dialog.reveal.click()
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Normal
    dialog.reveal.click()
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Password


def test_that_a_file_says_that_approvals_are_evidence(dialog: SignIn) -> None:
    assert said(dialog).count("留痕，不是屏障") == 1


def test_that_a_server_is_signed_in_by_its_login(qtbot: QtBot) -> None:
    made = SignIn(Wording("zh"), "postgresql://h/d", (), last="lintao")
    qtbot.addWidget(made)
    made.show()

    assert made.person == "lintao"
    assert "屏障" not in said(made)


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_is_cut(language: str, percent: int, app: QApplication, qtbot: QtBot) -> None:
    as_in_use(app, "light", percent)
    dialog = SignIn(Wording("en" if language == "en" else "zh"), "/books/firm.erpdesk", CALLERS)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.refuse(TOO_LONG, is_wrong_password=True)

    QApplication.processEvents()
    assert clipped(dialog) == []


def test_that_a_switch_of_language_keeps_what_is_typed(dialog: SignIn) -> None:
    dialog.password.setText("abc")

    dialog._wording.use("en")

    assert dialog.password.text() == "abc"
    assert "evidence, not a barrier" in said(dialog)


def test_that_the_last_backup_is_said_below(dialog: SignIn) -> None:
    before = dialog.height()

    dialog.show_backup("attention", BACKUP_OLD, "11-29 14:03")

    assert "上次备份 11-29 14:03，超过一天" in said(dialog)
    assert (dialog.height(), clipped(dialog)) == (before, [])
