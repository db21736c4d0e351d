"""The small parts every page is made of: labels, icons, chips, panels, rows and columns.

All of them follow the theme and the text size of now by themselves.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.look import Ink, Type, font, scaled, tokens
from ui.widgets.painting import CHIP_PX, chip_width, draw_chip, draw_icon

if TYPE_CHECKING:  # what a first window shows has no cells
    from ui.models.cells import Chip

Ground = str
"""What stands behind, by the style sheet's names: ``panel``, ``sunken``, ``surface``, ``canvas``,
``side``, ``foot``, ``key``, ``rule``; a tone (``ok``), its bar (``ok-bar``), its full colour
(``ok-full``)."""

Item = QWidget | QLayout | int | str | tuple[QWidget | QLayout, int] | None
STRETCH: Final = "stretch"
Margins = tuple[int, int, int, int]

_STYLE_EVENTS: Final = frozenset(
    {QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange}
)


def set_property(part: QWidget, name: str, value: object) -> None:
    """Change what the style sheet asks a part, and let it ask again."""
    if part.property(name) == value:
        return
    part.setProperty(name, value)
    if part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it has yet to ask
        part.style().unpolish(part)
        part.style().polish(part)
        part.update()


def walk_after(anchor: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab go from where a part stands to others that were made later, one after the other."""
    policy, before = anchor.focusPolicy(), anchor
    anchor.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # only so may something stand after it
    for part in parts:
        QWidget.setTabOrder(before, part)
        before = part
    anchor.setFocusPolicy(policy)


class Painted(QWidget):
    """A part that paints itself, and measures and paints itself anew when the look changes."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _STYLE_EVENTS:
            self.updateGeometry()
            self.update()


class Label(QLabel):
    """A text of a type and an ink; plain text, whatever it holds."""

    def __init__(
        self,
        text: str = "",
        type: Type = "body",  # noqa: A002 - the word of the style sheet
        ink: Ink = "text",
        *,
        wraps: bool = False,
        align: Qt.AlignmentFlag | None = None,
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type)
        self.setProperty("ink", ink)
        self.setFont(font(type))  # it is measured before the sheet of a window says so
        self.setWordWrap(wraps)
        if align is not None:
            self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)

    def set_ink(self, ink: Ink) -> None:
        """Paint the text in another ink."""
        set_property(self, "ink", ink)

    @override
    def setBuddy(self, buddy: QWidget) -> None:
        super().setBuddy(buddy)
        self._lead()

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._lead()

    def _lead(self) -> None:
        """Be called otherwise than the field: who looks for its name finds the field."""
        if self.buddy() is not None:
            self.setAccessibleName(f"{self.text()}：")


class ElidedLabel(Label):
    """A text that is cut with an ellipsis where it has no room; the whole is its tooltip."""

    def __init__(self, text: str = "", type: Type = "body", ink: Ink = "text") -> None:  # noqa: A002
        super().__init__(text, type, ink)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def is_cut(self) -> bool:
        """Say whether the text has not room enough."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._explain()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_cut:
            super().paintEvent(event)
            return
        box = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, self.alignment().value, text)
        painter.end()

    def _explain(self) -> None:
        self.setToolTip(self.text() if self.is_cut else "")


class Icon(Painted):
    """An icon in an ink; decoration beside its word, so screen readers pass it by."""

    def __init__(self, name: str, ink: Ink = "text2", size: int = 16) -> None:
        super().__init__()
        self._name, self._ink, self._size = name, ink, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, ink: Ink) -> None:
        """Show another icon, or the same in another ink."""
        self._name, self._ink = name, ink
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(self._size), scaled(self._size))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = scaled(self._size)
        at = QRectF(self.rect()).center() - QRectF(0, 0, size, size).center()
        draw_icon(painter, at, self._name, tokens().ink(self._ink), size)
        painter.end()


class ChipLabel(Painted):
    """A chip outside a table."""

    def __init__(self, chip: "Chip", *, has_icon: bool = True) -> None:
        super().__init__()
        self._chip, self._has_icon = chip, has_icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(chip.word)

    def show_chip(self, chip: "Chip") -> None:
        """Show another state."""
        self._chip = chip
        self.setAccessibleName(chip.word)
        self.updateGeometry()
        self.update()

    @property
    def chip(self) -> "Chip":
        """Return what it shows."""
        return self._chip

    @override
    def sizeHint(self) -> QSize:
        width = chip_width(self._chip, has_icon=self._has_icon)
        return QSize(round(width + 0.5), scaled(CHIP_PX))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_chip(painter, QRectF(self.rect()), self._chip, has_icon=self._has_icon)
        painter.end()


class Panel(QFrame):
    """A box with a ground, and its items in a column."""

    def __init__(
        self,
        *items: Item,
        ground: Ground = "panel",
        gap: int = 8,
        margins: Margins = (14, 10, 14, 10),
    ) -> None:
        super().__init__()
        self.setProperty("ground", ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(column(*items, gap=gap, margins=margins))

    def set_ground(self, ground: Ground) -> None:
        """Stand on another ground."""
        set_property(self, "ground", ground)


def at_least(part: QWidget, height_px: int) -> None:
    """Let a part be as high as its content, and no lower than that."""
    part.setMinimumHeight(height_px)
    part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def rule(*, is_upright: bool = False) -> QFrame:
    """Return a hairline."""
    made = QFrame()
    made.setProperty("ground", "rule")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    if is_upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def row(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return items side by side: parts, layouts, px of space, ``STRETCH``, (part, stretch)."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return items one under the other, as in :func:`row`."""
    return _filled(QVBoxLayout(), items, gap, margins)


_Layout = TypeVar("_Layout", bound=QBoxLayout)


def _filled(layout: _Layout, items: Iterable[Item], gap: int, margins: Margins) -> _Layout:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        _add(layout, item)
    return layout


def _add(layout: QBoxLayout, item: Item) -> None:
    match item:
        case None:
            return
        case int():
            layout.addSpacing(item)
        case str():
            layout.addStretch(1)
        case (part, stretch):
            _place(layout, part, stretch)
        case _:
            _place(layout, item, 0)


def _place(layout: QBoxLayout, part: QWidget | QLayout, stretch: int) -> None:
    if isinstance(part, QLayout):
        layout.addLayout(part, stretch)
    else:
        layout.addWidget(part, stretch)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout; its parts are freed."""
    while (item := layout.takeAt(0)) is not None:
        part, inner = item.widget(), item.layout()
        if part is not None:
            free(part)
        elif inner is not None:
            emptied(inner)
            inner.deleteLater()


def free(part: QWidget) -> None:
    """Take a part away. A layout shows what it was given a moment later: hidden, it stays hidden.

    Otherwise it would come up as a window of its own and take the focus in the middle of a scan.
    """
    part.hide()
    part.setParent(None)
    part.deleteLater()
