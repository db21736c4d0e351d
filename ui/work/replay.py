"""A key that was held goes on as if it had just been pressed: field, shortcut or window."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget


def replay(window: QWindow, event: QKeyEvent) -> None:
    """Send a held key on, in the order in which Qt asks: focused part, shortcuts, window."""
    is_press = event.type() == QEvent.Type.KeyPress
    if is_press and not _is_wanted_by_focus(event) and _fires_shortcut(event):
        return
    QCoreApplication.sendEvent(window, event)


def _is_wanted_by_focus(event: QKeyEvent) -> bool:
    focused = QApplication.focusWidget()
    if focused is None:
        return False
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, event.key(), event.modifiers(), event.text())
    asked.ignore()
    QCoreApplication.sendEvent(focused, asked)
    return asked.isAccepted()


def _fires_shortcut(event: QKeyEvent) -> bool:
    """Fire the one shortcut of the active window that these keys stand for."""
    pressed = QKeySequence(event.keyCombination().toCombined() & ~_KEYPAD)
    top = QApplication.activeWindow()
    if top is None or pressed.isEmpty():
        return False
    found = [one for one in _shortcuts(top) if _stands_for(one, pressed) and _is_live(one)]
    if len(found) != 1:
        return False
    if isinstance(found[0], QAction):
        found[0].trigger()
    else:
        found[0].activated.emit()
    return True


_KEYPAD = Qt.KeyboardModifier.KeypadModifier.value


def _shortcuts(top: QWidget) -> Iterator[QAction | QShortcut]:
    yield from top.findChildren(QShortcut)
    yield from top.findChildren(QAction)


def _stands_for(one: QAction | QShortcut, pressed: QKeySequence) -> bool:
    keys = one.shortcuts() if isinstance(one, QAction) else one.keys()
    return any(key.matches(pressed) == QKeySequence.SequenceMatch.ExactMatch for key in keys)


def _is_live(one: QAction | QShortcut) -> bool:
    if not one.isEnabled():
        return False
    if isinstance(one, QAction):
        contexts = [part for part in one.associatedObjects() if isinstance(part, QWidget)]
        return one.shortcutContext() == Qt.ShortcutContext.ApplicationShortcut or any(
            _reaches(one.shortcutContext(), part) for part in contexts
        )
    return _reaches(one.context(), one.parent())


def _reaches(context: Qt.ShortcutContext, part: QObject | None) -> bool:
    focused = QApplication.focusWidget()
    if not isinstance(part, QWidget) or not part.isEnabled():
        return False
    if context == Qt.ShortcutContext.WidgetShortcut:
        return part is focused
    if context == Qt.ShortcutContext.WidgetWithChildrenShortcut:
        return focused is not None and (part is focused or part.isAncestorOf(focused))
    return part.isVisible()
