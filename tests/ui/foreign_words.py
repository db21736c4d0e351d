"""Finds words of the other language on what a person sees, hears or points at."""

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTableView,
    QWidget,
)

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NUMBER = re.compile(r"[\u4e00-\u9fff]{1,2}-[\d-]+")
"""A document's number begins with a Chinese sign in either language."""
CAPITALS = re.compile(r"(人民币|负)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+")
"""An amount in capital form is Chinese: it stands so on every paper."""
OTHER_LANGUAGE = frozenset({"中文", "语言"})
"""What leads to the other language says so in it."""


def chinese_words(window: QWidget, *, data: Iterable[str] = ()) -> list[str]:
    """Return the texts of a shown window that are Chinese and are no data, each with its part."""
    known = tuple(sorted(data, key=len, reverse=True))
    found = (f"{type(part).__name__}: {said}" for part, said in _said(window) if _is(said, known))
    return list(dict.fromkeys(found))


def _is(said: str, data: tuple[str, ...]) -> bool:
    for one in (*data, *OTHER_LANGUAGE):
        said = said.replace(one, "")
    return CHINESE.search(CAPITALS.sub("", NUMBER.sub("", said))) is not None


def _said(window: QWidget) -> Iterator[tuple[object, str]]:
    yield window, window.windowTitle()
    for part in (window, *window.findChildren(QWidget)):
        if part.isVisibleTo(window):
            for said in _of(part):
                yield part, said
    for action in window.findChildren(QAction):
        for said in (action.text(), action.toolTip(), action.statusTip()):
            yield action, said


def _of(part: QWidget) -> Iterator[str]:
    yield from (part.toolTip(), part.statusTip())
    yield from (part.accessibleName(), part.accessibleDescription())
    if isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    elif isinstance(part, QGroupBox | QMenu):
        yield part.title()
    elif isinstance(part, QLineEdit):
        yield part.placeholderText()
    elif isinstance(part, QComboBox):
        yield from (part.itemText(n) for n in range(part.count()))
    elif isinstance(part, QTabBar):
        yield from (part.tabText(n) for n in range(part.count()))
    elif isinstance(part, QTableView):
        yield from _of_table(part)


def _of_table(table: QTableView) -> Iterator[str]:
    model = table.model()
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount()):
            index = model.index(row, column)
            for role in (
                Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
                Qt.ItemDataRole.AccessibleTextRole,
            ):  # fmt: skip
                yield str(model.data(index, role) or "")
