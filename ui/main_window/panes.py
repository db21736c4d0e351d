"""The focus in a page: it comes in with the page, and goes through its panes by a key."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_to_next(panes: Sequence[QWidget], by: int) -> None:
    """Move the focus to the pane that is so many further on, round and round."""
    shown = [pane for pane in panes if pane.isVisible()]
    if not shown:
        return
    focused = QApplication.focusWidget()
    inside = [n for n, pane in enumerate(shown) if _holds(pane, focused)]
    place = (inside[-1] + by) % len(shown) if inside else 0
    _first_focus(shown[place]).setFocus(Qt.FocusReason.ShortcutFocusReason)


def come_in(page: QWidget, panes: Sequence[QWidget]) -> None:
    """Put the focus into the first pane of a page that did not take it itself."""
    if not _holds(page, QApplication.focusWidget()):
        go_to_next(panes, 0)


def _holds(pane: QWidget, part: QWidget | None) -> bool:
    return part is not None and (pane is part or pane.isAncestorOf(part))


def _first_focus(pane: QWidget) -> QWidget:
    """Return the part of a pane that takes the focus first."""
    if pane.focusPolicy() != Qt.FocusPolicy.NoFocus:
        return pane
    part: QWidget | None = pane.nextInFocusChain()
    while part is not None and part is not pane:
        can = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled()
        if _holds(pane, part) and can and part.isVisible():
            return part
        part = part.nextInFocusChain()
    return pane
