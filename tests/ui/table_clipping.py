"""Finds what is cut inside tables: heads, chips, figures, dates, numbers; names may be elided."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from erpdesk.domain.money import Money
from ui.look import TEXT_PERCENTS, Type, font, text_percent
from ui.models.cells import Chip, Lines, Mark, Value, shown
from ui.widgets.delegates import PAD_PX
from ui.widgets.painting import chip_width
from ui.widgets.row_table import AnyTable, RowTable

_ROWS_LOOKED_AT: Final = 40
_NUMBER: Final = re.compile(r"\w-\d{6}-\d{4}")
"""The number of a document: what stands after it may be cut, the number may not."""


def cut_in_tables(window: QWidget) -> list[str]:
    """Return what cannot be read whole in the tables of a shown window, and which scroll aside.

    With larger text than anybody can choose, a table may scroll.
    """
    tables = [one for one in window.findChildren(RowTable) if one.isVisibleTo(window)]
    return [f"{one.accessibleName()}: {what}" for one in tables for what in _found(one)]


def _found(table: AnyTable) -> Iterator[str]:
    bar = table.horizontalScrollBar()
    if bar.maximum() > bar.minimum() and text_percent() <= max(TEXT_PERCENTS):
        yield f"scrolls aside by {bar.maximum()} px"
    for n, column in enumerate(table.rows_model.columns):
        if table.isColumnHidden(n):
            continue
        room = table.columnWidth(n) - 2 * PAD_PX
        head = table.rows_model.head(column)
        if not table.horizontalHeader().isHidden() and (needs := _wide(head, "label")) > room:
            yield f"head {head!r} has {room} px, needs {needs:.0f}"
        for place in range(min(table.rows_model.rowCount(), _ROWS_LOOKED_AT)):
            value = table.rows_model.value_at(place, n)
            if (needs := _least(value, is_figure=column.side != "left")) > room:
                yield f"{shown(value)!r} under {head!r} has {room} px, needs {needs:.0f}"
                break


def _least(value: Value, *, is_figure: bool) -> float:
    """Return how much room a value has to have; a name may be cut."""
    if isinstance(value, Mark):
        return 0
    if isinstance(value, Chip):
        return chip_width(value) if value.word else 0
    if isinstance(value, Lines):
        below = _wide(value.second, "small") if is_figure else 0
        return max(_least(value.first, is_figure=is_figure), below)
    text = shown(value)
    if is_figure or isinstance(value, Money | Decimal | date):
        return _wide(text, "body")
    number = _NUMBER.search(text)
    if number is None:
        return 0
    return _wide(text[: number.end()] + ("…" if text[number.end() :] else ""), "body")


def _wide(text: str, style: Type) -> float:
    return QFontMetricsF(font(style)).horizontalAdvance(text)
