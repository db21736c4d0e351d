"""Finds texts that are cut and parts that stand outside their parents."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QMenuBar,
    QScrollArea,
    QWidget,
)

from ui.main_window.sidebar import PageButton
from ui.widgets.button import Button
from ui.widgets.parts import ElidedLabel


def clipped(window: QWidget) -> list[str]:
    """Return what cannot be read whole in a shown window, each with its text and why."""
    return [f"{type(part).__name__} {_text(part)!r}: {why}" for part, why in _found(window)]


def _found(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    for part in window.findChildren(QWidget):
        if not part.isVisibleTo(window):
            continue
        if isinstance(part, QLabel) and (why := _cut(part)):
            yield part, why
        if isinstance(part, Button | PageButton) and part.width() < part.minimumSizeHint().width():
            yield part, f"{part.width()} px wide, needs {part.minimumSizeHint().width()}"
        if isinstance(part, QMenuBar) and part.width() < part.sizeHint().width():
            yield part, f"menus are folded: {part.width()} px, need {part.sizeHint().width()}"
        if isinstance(part, QScrollArea) and (why := _aside(part)):
            yield part, why
        if why := _outside(part):
            yield part, why


def _cut(label: QLabel) -> str:
    if not label.text() or label.textFormat() != Qt.TextFormat.PlainText:
        return ""
    room, metrics = label.contentsRect(), label.fontMetrics()
    if label.wordWrap():
        needs = label.heightForWidth(label.width())
        return f"{label.height()} px high, needs {needs}" if label.height() < needs else ""
    if metrics.height() > room.height() + 1:
        return f"{room.height()} px high, needs {metrics.height()}"
    needs = metrics.horizontalAdvance(label.text())
    if needs <= room.width() or (isinstance(label, ElidedLabel) and label.toolTip()):
        return ""
    return f"{room.width()} px wide, needs {needs}"


def _aside(area: QScrollArea) -> str:
    inside, room = area.widget(), area.viewport().width()
    is_wider = inside is not None and inside.width() > room
    return f"{inside.width()} px wide, shows {room}" if inside and is_wider else ""


def _outside(part: QWidget) -> str:
    parent = part.parentWidget()
    if part.isWindow() or parent is None or _scrolls(parent):
        return ""
    place, room = part.geometry(), parent.rect().adjusted(-1, -1, 1, 1)
    return "" if room.contains(place) else f"{place} is outside {room}"


def _scrolls(parent: QWidget) -> bool:
    above = parent.parentWidget()
    return isinstance(parent, QAbstractScrollArea) or isinstance(above, QAbstractScrollArea)


def _text(part: QWidget) -> str:
    if isinstance(part, QLabel | QAbstractButton):
        return part.text()
    return part.objectName() or part.accessibleName()
