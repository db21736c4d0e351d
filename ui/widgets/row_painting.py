"""The rows of a table that are in sight, painted at once: what cells share is worked out once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from ui.models.row_model import RowModel
from ui.widgets.delegates import PAD_PX, Look, draw_cell


@dataclass(frozen=True, slots=True)
class _Band:
    """A row in sight: its place, where it is, and whether it is selected."""

    place: int
    y: int
    height: int
    is_selected: bool


@dataclass(frozen=True, slots=True)
class _Strip:
    """A column in sight: its number, where it is, and whether it stands leftmost."""

    number: int
    x: int
    width: int
    is_first: bool


def paint_rows(painter: QPainter, table: QTableView, model: RowModel[Any], dirty: QRect) -> None:
    """Paint the rows and columns that meet a part of the table."""
    look, strips = Look(), tuple(_strips(table, dirty))
    if not strips:
        return
    bands = tuple(_bands(table, dirty))
    has_bar = strips[0].is_first and table.hasFocus()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_grounds(painter, model, bands, strips, look, has_bar=has_bar)
    for strip in strips:
        look.go_to(model.columns[strip.number])
        x, width = strip.x + PAD_PX, strip.width - 2 * PAD_PX
        for band in bands:
            look.is_selected = band.is_selected
            box = QRectF(x, band.y, width, band.height)
            draw_cell(painter, box, model.value_at(band.place, strip.number), look)


def _paint_grounds(
    painter: QPainter, model: RowModel[Any], bands: tuple[_Band, ...],
    strips: tuple[_Strip, ...], look: Look, *, has_bar: bool,
) -> None:  # fmt: skip
    left, right = strips[0].x, strips[-1].x + strips[-1].width
    for band in bands:
        look.is_selected = band.is_selected
        box = QRectF(left, band.y, right - left, band.height)
        look.paint_ground(painter, box, model.ground_at(band.place), has_bar=has_bar)


def _bands(table: QTableView, dirty: QRect) -> Iterator[_Band]:
    """Yield the rows from the top to the bottom of a part of the table."""
    heads, model, chosen = table.verticalHeader(), table.model(), table.selectionModel()
    place, bottom = table.rowAt(max(0, dirty.top())), dirty.bottom()
    while 0 <= place < model.rowCount() and (y := heads.sectionViewportPosition(place)) <= bottom:
        is_selected = chosen.isSelected(model.index(place, 0))
        yield _Band(place, y, heads.sectionSize(place), is_selected)
        place += 1


def _strips(table: QTableView, dirty: QRect) -> Iterator[_Strip]:
    """Yield the columns from left to right, in the order in which they stand."""
    head, is_first = table.horizontalHeader(), True
    for place in range(head.count()):
        number = head.logicalIndex(place)
        if head.isSectionHidden(number):
            continue
        x, width = head.sectionViewportPosition(number), head.sectionSize(number)
        if x + width > dirty.left() and x <= dirty.right():
            yield _Strip(number, x, width, is_first)
        is_first = False
