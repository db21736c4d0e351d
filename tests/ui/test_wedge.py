import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.ui.wedge_desk import (
    ALT,
    CTRL,
    ENTER,
    FINGERS_MS,
    KEYPAD,
    NONE,
    PRESS,
    RELEASE,
    SCANNER_MS,
    TAB,
    Desk,
)
from ui.work.key_run import DeviceProfile
from ui.work.wedge import RefusedScan


def test_that_a_scan_becomes_one_code_and_no_key_reaches_a_field(desk: Desk) -> None:
    desk.scan("K004175" + ENTER)

    assert desk.codes == [b"K004175"]
    assert desk.line.text() == ""


def test_that_a_scan_with_a_space_and_enter_presses_no_button(desk: Desk) -> None:
    desk.button.setFocus()

    desk.scan("KH 0098" + ENTER)

    assert desk.codes == [b"KH 0098"]
    assert desk.clicks == []


def test_that_a_tab_ends_a_scan_and_leaves_the_focus(desk: Desk) -> None:
    desk.scan("K004175" + TAB)

    assert desk.codes == [b"K004175"]
    assert QApplication.focusWidget() is desk.line


def test_that_scans_back_to_back_are_kept_apart(desk: Desk) -> None:
    for number in range(50):
        desk.type(f"K{number:06}" + ENTER, gap_ms=SCANNER_MS)

    assert desk.codes == [f"K{number:06}".encode() for number in range(50)]
    assert desk.line.text() == ""


def test_that_carriage_return_and_line_feed_end_one_scan(desk: Desk) -> None:
    desk.button.setFocus()

    desk.scan("K004175" + ENTER + ENTER)
    desk.scan("K004176" + ENTER + "\n")

    assert desk.codes == [b"K004175", b"K004176"]
    assert desk.clicks == []


def test_that_a_line_feed_of_its_own_key_ends_a_scan(desk: Desk) -> None:
    desk.scan("K004175")
    for kind in (PRESS, RELEASE):
        desk.now_ms += 1
        QApplication.sendEvent(desk.window.windowHandle(), QKeyEvent(kind, 10, NONE, "\n"))

    assert desk.codes == [b"K004175"]
    assert desk.line.text() == ""


def test_that_a_device_without_terminator_ends_its_scan_by_a_pause(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.wedge.use(DeviceProfile(suffixes=frozenset({"none"})))

    desk.scan("K004175")
    desk.pause(qtbot)

    assert desk.codes == [b"K004175"]
    assert desk.line.text() == ""


def test_that_control_characters_are_bytes_and_fire_no_shortcut(desk: Desk) -> None:
    desk.scan("KH0098\x1d12" + ENTER)

    assert desk.codes == [b"KH0098\x1d12"]
    assert desk.clicks == []


def test_that_a_shortcut_pressed_by_hand_works_at_once(desk: Desk) -> None:
    desk.press(Qt.Key.Key_K, CTRL, after_ms=FINGERS_MS)
    desk.press(Qt.Key.Key_Return, CTRL, after_ms=FINGERS_MS)

    assert desk.clicks == ["Ctrl+K", "Ctrl+Return"]


def test_that_a_held_shortcut_fires_when_it_was_no_scan(qtbot: QtBot, desk: Desk) -> None:
    desk.type("ab", gap_ms=SCANNER_MS)
    desk.press(Qt.Key.Key_K, CTRL, after_ms=SCANNER_MS)
    desk.pause(qtbot)

    assert desk.clicks == ["Ctrl+K"]
    assert desk.line.text() == "ab"


def test_that_slow_typing_arrives_untouched(qtbot: QtBot, desk: Desk) -> None:
    desk.type("K004175", gap_ms=FINGERS_MS)
    desk.pause(qtbot)

    assert desk.line.text() == "K004175"
    assert desk.codes == []


def test_that_a_held_key_is_let_go_by_itself(qtbot: QtBot, desk: Desk) -> None:
    desk.holds_time = False
    desk.wedge.use(DeviceProfile(gap_ms=20))

    desk.type("a", gap_ms=FINGERS_MS)
    held = desk.line.text()

    qtbot.waitUntil(lambda: desk.line.text() == "a")
    assert held == ""


def test_that_enter_by_hand_presses_what_has_the_focus(qtbot: QtBot, desk: Desk) -> None:
    heard: list[str] = []
    desk.line.returnPressed.connect(lambda: heard.append(desk.line.text()))

    desk.type("K004175" + ENTER, gap_ms=FINGERS_MS)
    desk.pause(qtbot)

    assert heard == ["K004175"]


def test_that_two_quick_letters_and_enter_are_typing(qtbot: QtBot, desk: Desk) -> None:
    desk.scan("th" + ENTER)
    desk.pause(qtbot)

    assert desk.line.text() == "th"
    assert desk.codes == []


def test_that_a_space_by_hand_still_presses_a_button(qtbot: QtBot, desk: Desk) -> None:
    for shortcut in desk.window.findChildren(QShortcut):
        shortcut.setEnabled(shortcut.key() != QKeySequence("Space"))
    desk.button.setFocus()

    desk.press(Qt.Key.Key_Space, after_ms=FINGERS_MS)
    desk.pause(qtbot)

    assert desk.clicks == ["button"]


def test_that_a_space_by_hand_fires_its_shortcut_where_no_field_wants_it(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.line.clearFocus()

    desk.press(Qt.Key.Key_Space, after_ms=FINGERS_MS)
    desk.pause(qtbot)

    assert desk.clicks == ["Space"]


def test_that_an_action_held_by_the_keypad_still_fires(qtbot: QtBot, desk: Desk) -> None:
    done: list[str] = []
    action = QAction("page 2", desk.window)
    action.setShortcut("Alt+2")
    action.triggered.connect(lambda: done.append("page 2"))
    desk.window.addAction(action)

    desk.press(Qt.Key.Key_2, ALT | KEYPAD, after_ms=FINGERS_MS)
    desk.pause(qtbot)

    assert done == ["page 2"]
    assert desk.codes == []


def alt_number(desk: Desk, char: str) -> bool:
    """Send a character as a scanner in ALT mode does; say whether a shortcut would have fired."""
    handle, fires = desk.window.windowHandle(), False
    desk.now_ms += 2
    QApplication.sendEvent(handle, QKeyEvent(PRESS, Qt.Key.Key_Alt, ALT))
    for digit in f"{ord(char):03}":
        desk.now_ms += 2
        for kind in (QKeyEvent.Type.ShortcutOverride, PRESS, RELEASE):
            event = QKeyEvent(kind, Qt.Key(ord(digit)), ALT | KEYPAD)
            event.ignore()
            QApplication.sendEvent(handle, event)
            fires |= kind == QKeyEvent.Type.ShortcutOverride and not event.isAccepted()
    desk.now_ms += 2
    QApplication.sendEvent(handle, QKeyEvent(RELEASE, Qt.Key.Key_Alt, NONE))
    return fires


def test_that_a_code_in_alt_numbers_is_one_code_and_no_page_opens(desk: Desk) -> None:
    desk.now_ms += 1000

    fired = [alt_number(desk, char) for char in "K104175"]
    desk.press(Qt.Key.Key_Return, after_ms=2)

    assert desk.codes == [b"K104175"]
    assert not any(fired)
    assert (desk.clicks, desk.line.text()) == ([], "")


def test_that_a_system_that_puts_alt_numbers_together_doubles_nothing(desk: Desk) -> None:
    desk.now_ms += 1000
    for char in "K104":
        alt_number(desk, char)
        desk.now_ms += 1
        for kind in (PRESS, RELEASE):
            QApplication.sendEvent(
                desk.window.windowHandle(), QKeyEvent(kind, Qt.Key(0), NONE, char)
            )
    desk.press(Qt.Key.Key_Return, after_ms=2)

    assert desk.codes == [b"K104"]


def test_that_a_prefix_is_taken_off_and_alone_is_typing(qtbot: QtBot, desk: Desk) -> None:
    desk.wedge.use(DeviceProfile(prefix="~"))

    desk.scan("~K004175" + ENTER)
    desk.press(Qt.Key.Key_AsciiTilde, after_ms=FINGERS_MS)
    desk.pause(qtbot)
    desk.scan("K004176" + ENTER)

    assert desk.codes == [b"K004175"]
    assert desk.line.text() == "~K004176"


def test_that_the_prefix_of_a_scanner_can_be_typed_into_a_password(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.wedge.use(DeviceProfile(prefix="*"))
    desk.line.setEchoMode(QLineEdit.EchoMode.Password)

    desk.type("ge*heim*", gap_ms=FINGERS_MS)
    desk.pause(qtbot)

    assert desk.line.text() == "ge*heim*"
    assert desk.codes == []


def test_that_a_prefix_that_is_a_control_character_is_held(desk: Desk) -> None:
    desk.wedge.use(DeviceProfile(prefix="\x02"))

    desk.scan("\x02K004175" + ENTER)

    assert desk.codes == [b"K004175"]


def test_that_a_password_is_never_read_as_a_code(qtbot: QtBot, desk: Desk) -> None:
    desk.line.setEchoMode(QLineEdit.EchoMode.Password)

    desk.scan("K004175" + ENTER)
    desk.type("geheim", gap_ms=FINGERS_MS)
    desk.pause(qtbot)

    assert desk.codes == []
    assert desk.refused == [RefusedScan("password", b"")]
    assert desk.line.text() == "geheim"


def test_that_a_scan_while_a_dialog_asks_is_refused(qtbot: QtBot, desk: Desk) -> None:
    dialog = QDialog(desk.window, modal=True)
    inner = QLineEdit(dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is dialog.windowHandle())
    inner.setFocus()

    desk.scan("K004175" + ENTER)

    assert desk.codes == []
    assert desk.refused == [RefusedScan("dialog", b"K004175")]
    assert inner.text() == ""
    assert dialog.isVisible()


def test_that_a_scan_on_the_locked_window_is_refused(desk: Desk) -> None:
    desk.wedge.is_locked = True

    desk.scan("K004175" + ENTER)

    assert (desk.codes, desk.refused) == ([], [RefusedScan("locked", b"K004175")])


def repeat(desk: Desk, char: str, *, after_ms: int) -> None:
    desk.now_ms += after_ms
    key = Qt.Key(ord(char.upper()))
    for kind in (RELEASE, PRESS):
        event = QKeyEvent(kind, key, NONE, char, autorep=True)
        QApplication.sendEvent(desk.window.windowHandle(), event)


@pytest.mark.parametrize("rate_ms", [5, 33])
def test_that_a_key_held_down_is_not_a_scanner(qtbot: QtBot, desk: Desk, rate_ms: int) -> None:
    desk.scan("a")
    for after_ms in [250, *[rate_ms] * 8]:
        repeat(desk, "a", after_ms=after_ms)
    desk.press(Qt.Key.Key_Return, after_ms=rate_ms)
    desk.pause(qtbot)

    assert desk.line.text() == "a" * 10
    assert desk.codes == []


def test_that_a_character_twice_within_a_millisecond_is_part_of_a_scan(desk: Desk) -> None:
    desk.scan("K4")
    repeat(desk, "4", after_ms=0)
    desk.type("175" + ENTER, gap_ms=1)

    assert desk.codes == [b"K44175"]
    assert desk.line.text() == ""


def test_that_other_keys_keep_their_place_among_typed_ones(qtbot: QtBot, desk: Desk) -> None:
    desk.type("ac", gap_ms=FINGERS_MS)
    desk.press(Qt.Key.Key_Left, after_ms=FINGERS_MS)
    desk.type("b", gap_ms=FINGERS_MS)
    desk.press(Qt.Key.Key_Backspace, after_ms=SCANNER_MS)
    desk.type("d", gap_ms=SCANNER_MS)
    desk.pause(qtbot)

    assert desk.line.text() == "adc"


def test_that_a_click_lets_the_held_keys_go_first(desk: Desk) -> None:
    desk.type("ab", gap_ms=SCANNER_MS)

    QTest.mouseClick(
        desk.window.windowHandle(),
        Qt.MouseButton.LeftButton,
        NONE,
        desk.button.mapTo(desk.window, QPoint(5, 5)),
    )

    assert desk.line.text() == "ab"
    assert desk.clicks == ["button"]


def test_that_letters_of_other_scripts_are_read_and_typed(qtbot: QtBot, desk: Desk) -> None:
    handle = desk.window.windowHandle()
    for char in "码一二三四":
        desk.now_ms += SCANNER_MS
        for kind in (PRESS, RELEASE):
            QApplication.sendEvent(handle, QKeyEvent(kind, 0, NONE, char))
    desk.press(Qt.Key.Key_Return, after_ms=SCANNER_MS)

    assert desk.codes == ["码一二三四".encode()]


class LineOfX11(QLineEdit):
    """A field that edits its line with Ctrl and a letter, as on some systems."""

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


@pytest.mark.parametrize("key", [Qt.Key.Key_U, Qt.Key.Key_E])
def test_that_no_field_keeps_a_key_that_is_a_shortcut_of_ours(desk: Desk, key: Qt.Key) -> None:
    fired: list[str] = []
    QShortcut(QKeySequence(Qt.Modifier.CTRL | key), desk.window, lambda: fired.append("ours"))
    field = LineOfX11(desk.window)
    field.show()
    field.setFocus()

    desk.press(key, CTRL, after_ms=FINGERS_MS)

    assert fired == ["ours"]
