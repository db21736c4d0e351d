"""A scanner that types: its keys are held, and become one code or are replayed as they came.

The filter sits on every window that ever had the focus and judges key events while they are still
the window's, so no field, button or shortcut has seen them; no other event of the program passes
it. Fingers are slower than ``gap_ms``: their keys are held for that long and then go where they
were going. A scanner may falter: a run that no fingers manage is waited for longer, and one whose
beginning or end was let go is put together again. A window that comes or goes under a scan does not
cut it in two: it is one run still.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid
from typing_extensions import override

from ui.work.key_run import DeviceProfile, Ending, KeyRun, LetGo, RawKey, Verdict
from ui.work.replay import replay

Why = Literal["dialog", "password", "locked"]

_KEYS: Final = frozenset(
    {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
)
_CLICK: Final = QEvent.Type.MouseButtonPress
_TOUCHES: Final = _KEYS | {_CLICK, QEvent.Type.MouseMove, QEvent.Type.Wheel}
_ENDINGS: Final[dict[int, Ending]] = {
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Tab: "tab",
}
_ENDING_TEXTS: Final[dict[str, Ending]] = {"\r": "enter", "\n": "enter", "\t": "tab"}
_ENDING_LETTERS: Final = frozenset({Qt.Key.Key_J, Qt.Key.Key_M})
"""Line feed and carriage return, as they come with Ctrl."""
_MODIFIERS: Final = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock}
)
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_EDITING: Final = frozenset({Qt.Key.Key_E, Qt.Key.Key_U})
"""With Ctrl, keys of ours that a field of some systems edits its line with."""
_ALT: Final = Qt.KeyboardModifier.AltModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True, slots=True)
class RefusedScan:
    """A scan that was neither typed nor taken; ``code`` is empty where a password is asked."""

    why: Why
    code: bytes


@dataclass(frozen=True, slots=True)
class _Held:
    window: QWindow
    event: QKeyEvent


def _ending(event: QKeyEvent) -> Ending | None:
    """Return which terminator a key may be, if any."""
    if event.modifiers() & _ALT or event.key() == Qt.Key.Key_Backtab:
        return None
    if event.modifiers() & _CTRL:
        return "enter" if event.key() in _ENDING_LETTERS else None
    return _ENDINGS.get(event.key()) or _ENDING_TEXTS.get(event.text())


def _sign(event: QKeyEvent) -> str:
    """Return what a key writes; a control character for one with Ctrl."""
    ending = {"enter": "\r", "tab": "\t"}.get(_ending(event) or "")
    if ending is not None:
        return ending
    has_ctrl = bool(event.modifiers() & _CTRL) and not event.modifiers() & _ALT
    is_one = Qt.Key.Key_At <= event.key() <= Qt.Key.Key_Underscore
    return chr(event.key() & 0x1F) if has_ctrl and is_one else event.text()


def _stamp(event: QKeyEvent) -> int:
    """Return when the key was pressed, in ms: a busy window must not make fingers look fast."""
    return event.timestamp()


def _wait(run: KeyRun) -> int:
    """Return after how many ms without a key a run is over."""
    return run.patience_ms + 1


class Wedge(QObject):
    """Holds fast runs of keys: ``code_read`` (bytes) or, where no scan may be, ``refused``.

    ``key_seen`` (RawKey) tells every key that is pressed, held or not, before it is judged.
    ``touched_s`` is when somebody was here last, by ``time.monotonic``.
    """

    code_read = Signal(object)
    refused = Signal(object)
    key_seen = Signal(object)

    def __init__(
        self,
        application: QApplication,
        profile: DeviceProfile,
        *,
        stamp_ms: Callable[[QKeyEvent], int] = _stamp,
        wait_ms: Callable[[KeyRun], int] = _wait,
    ) -> None:
        super().__init__(application)
        self.is_locked, self._is_touched = False, False
        self.touched_s = time.monotonic()
        self._stamp_ms, self._wait_ms = stamp_ms, wait_ms
        self._run, self._let_go = KeyRun(profile), LetGo()
        self._held: list[_Held] = []
        self._swallowed: set[int] = set()
        self._composed = ""
        self._code_at_ms: int | None = None
        self._is_replaying = False
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._let_pass_what_waits)
        self._end = QTimer(self, singleShot=True, interval=0)
        self._end.timeout.connect(self._paused)
        self._application = application
        application.focusWindowChanged.connect(self._sit_on)
        self._sit_on(application.focusWindow())

    def _sit_on(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def leave(self) -> None:
        """Hold no key any more: what is held goes where it was going."""
        self._replay()
        self._application.focusWindowChanged.disconnect(self._sit_on)
        for window in self._application.allWindows():
            window.removeEventFilter(self)

    def use(self, profile: DeviceProfile) -> None:
        """Judge by another profile from now on."""
        self._replay()
        self._run = KeyRun(profile)

    def touch(self) -> None:
        """Know that somebody is here, by keys, mouse or another scanner."""
        self._is_touched, self.touched_s = True, time.monotonic()

    def was_touched(self) -> bool:
        """Say whether somebody was here since this was asked last."""
        was_touched, self._is_touched = self._is_touched, False
        return was_touched

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._is_replaying or kind not in _TOUCHES or not isinstance(watched, QWindow):
            return False
        self.touch()
        if kind == _CLICK:
            self._replay()
        if not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._override(event)
        if kind == QEvent.Type.KeyRelease:
            return self._release(watched, event)
        return self._press(watched, event)

    def _override(self, event: QKeyEvent) -> bool:
        """Keep shortcuts from a key that will be held; its press comes right after."""
        if event.modifiers() == _CTRL and event.key() in _EDITING:
            self._paused()
            event.ignore()
            return True  # no field is asked, so the shortcut has the key
        at_ms = self._stamp_ms(event)
        if not self._run.is_fast(at_ms):
            self._paused()
        taken = self._is_ending(event, at_ms) or self._char(event) != "" or self._is_digit(event)
        if taken and not self._is_held_down(event):
            event.accept()
            return True
        if event.key() not in _MODIFIERS and event.key() != Qt.Key.Key_Alt:
            self._paused()
        return False

    def _press(self, window: QWindow, event: QKeyEvent) -> bool:
        at_ms, key = self._stamp_ms(event), event.key()
        if key in _MODIFIERS or key == Qt.Key.Key_Alt:
            return False
        self.key_seen.emit(RawKey(_sign(event), at_ms, event.nativeScanCode()))
        if not self._run.is_empty() and not self._run.is_fast(at_ms):
            self._paused()
        if self._is_held_down(event):
            return key in self._swallowed
        if self._is_ending(event, at_ms):
            return self._finish(window, event, at_ms)
        return self._take(window, event, at_ms)

    def _take(self, window: QWindow, event: QKeyEvent, at_ms: int) -> bool:
        char, self._code_at_ms = self._char(event), None
        if self._run.is_empty() and self._let_go.goes_on(at_ms):
            self._run.before = self._let_go
        if self._is_digit(event):
            self._run.add_digit(chr(event.key()), at_ms)
        elif char and char == self._composed:
            self._composed = ""  # the system has put the digits together as well
        elif char:
            self._run.add(char, at_ms)
        else:
            self._replay()
            self._swallowed.discard(event.key())
            return False
        self._hold(window, event)
        return True

    def _finish(self, window: QWindow, event: QKeyEvent, at_ms: int) -> bool:
        """End the run at a terminator; a second one of the same scan (CR LF) is dropped."""
        self._hold(window, event)
        if self._run.is_empty():
            if not self._let_go.ends(at_ms):
                self._drop()
                return True
            self._run.before = self._let_go
        verdict, code = self._run.judge(_ending(event) or "enter")
        if verdict is Verdict.CODE:
            self._code_at_ms = at_ms
            self._give(code)
        else:
            self._replay()
        return True

    def _release(self, window: QWindow, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Alt and self._run.digits:
            at_ms = self._stamp_ms(event)
            if self._run.is_fast(at_ms):
                self._composed = self._run.compose(at_ms)
                self._pause.start(self._wait_ms(self._run))
            return False
        if event.isAutoRepeat() and not self._held:
            return key in self._swallowed
        if key in self._swallowed:
            self._swallowed.discard(key)
            return True
        if self._held and key not in _MODIFIERS and key != Qt.Key.Key_Alt:
            self._held.append(_Held(window, event.clone()))
            return True
        return False

    def _is_held_down(self, event: QKeyEvent) -> bool:
        """Say whether a key repeats because a finger stays on it, which takes a while to begin.

        X11 also marks the same character twice within a millisecond so, as scanners send it.
        """
        return event.isAutoRepeat() and self._run.is_empty()

    def _is_ending(self, event: QKeyEvent, at_ms: int) -> bool:
        """Say whether a key ends the run, or follows the end of one at a scanner's pace."""
        if _ending(event) is None:
            return False
        if not self._run.is_empty():
            return not event.modifiers() & _CTRL or self._run.takes_control("\n")
        since = -1 if self._code_at_ms is None else at_ms - self._code_at_ms
        return self._let_go.ends(at_ms) or 0 <= since <= self._run.profile.gap_ms

    def _char(self, event: QKeyEvent) -> str:
        """Return the character that a key can add to a code; nothing for all other keys."""
        text, modifiers = event.text(), event.modifiers()
        if event.key() in _ENDINGS or event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Escape}:
            return ""
        if modifiers & _CTRL and not modifiers & _ALT:
            control = text if text and text < " " else chr(event.key() & 0x1F)
            is_one = Qt.Key.Key_At <= event.key() <= Qt.Key.Key_Underscore
            return control if is_one and self._run.takes_control(control) else ""
        if modifiers & _ALT and not modifiers & _CTRL:
            return ""
        return text if text and text >= " " and text != "\x7f" else ""

    @staticmethod
    def _is_digit(event: QKeyEvent) -> bool:
        wanted = _ALT | _KEYPAD
        is_digit = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
        return is_digit and (event.modifiers() & (wanted | _CTRL)) == wanted

    def _hold(self, window: QWindow, event: QKeyEvent) -> None:
        self._held.append(_Held(window, event.clone()))
        self._pause.start(self._wait_ms(self._run))

    def _let_pass_what_waits(self) -> None:
        """Give keys that already wait in the queue their turn before the pause counts."""
        self._end.start()

    def _paused(self) -> None:
        """End the run at a pause: a code without terminator, or what fingers typed."""
        if self._run.is_empty() and not self._held:
            return
        verdict, code = self._run.judge("none")
        if verdict is Verdict.CODE:
            self._give(code)
        else:
            let_go = self._run.let_go()
            self._replay()
            self._let_go = let_go

    def _give(self, code: bytes) -> None:
        self._take_back(self._run.before.text)
        self._drop()
        why = self._why_not()
        if why is None:
            self.code_read.emit(code)
        else:
            self.refused.emit(RefusedScan(why, b"" if why == "password" else code))

    @staticmethod
    def _take_back(text: str) -> None:
        """Take the beginning of a code out of the field where it was let go."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and field.text()[: field.cursorPosition()].endswith(text):
            for _ in text:
                field.backspace()

    def _why_not(self) -> Why | None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit) and focused.echoMode() != QLineEdit.EchoMode.Normal:
            return "password"
        if QApplication.activeModalWidget() is not None:
            return "dialog"
        return "locked" if self.is_locked else None

    def _drop(self) -> None:
        """Forget the held keys; releases that are still to come are dropped as they come."""
        for one in self._clear():
            if one.event.type() == QEvent.Type.KeyPress:
                self._swallowed.add(one.event.key())
            else:
                self._swallowed.discard(one.event.key())

    def _replay(self) -> None:
        """Let the held keys go where they were going, in their order."""
        self._is_replaying = True
        try:
            for one in self._clear():
                self._swallowed.discard(one.event.key())
                if isValid(one.window) and QCoreApplication.instance() is not None:
                    replay(one.window, one.event)
        finally:
            self._is_replaying = False

    def _clear(self) -> list[_Held]:
        held, self._held = self._held, []
        self._run, self._let_go = KeyRun(self._run.profile), LetGo()
        self._composed = ""
        self._pause.stop()
        self._end.stop()
        return held
