"""The sidebar: the pages there are, in their groups, and what waits on each."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout
from typing_extensions import override

from ui.look import font, scaled, tokens
from ui.main_window.registry import GROUPS, PageEntry
from ui.widgets.painting import draw_icon, draw_ring
from ui.widgets.parts import Label
from ui.widgets.toggling import Toggling
from ui.work.wording import Wording

WIDE_PX, NARROW_PX, SIDE_PX = 164, 52, 6
_BEFORE_PX, _ICON_PX, _AFTER_PX = 18, 16, 10


class PageButton(Toggling, QAbstractButton):
    """One page of the sidebar: icon, word, and how many things wait there."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon, self._waiting, self.is_narrow = icon, 0, False
        self.setCheckable(True)
        self.hear_toggles()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text if self.is_narrow else "")
        self.update()

    def show_waiting(self, count: int) -> None:
        """Show how many things wait; none is no number."""
        self._waiting = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def narrow(self, *, is_narrow: bool) -> None:
        """Show the icon alone, its word as the tooltip."""
        self.is_narrow = is_narrow
        self.setToolTip(self.text() if is_narrow else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        wide = NARROW_PX - 2 * SIDE_PX
        if not self.is_narrow:
            word = QFontMetricsF(font("strong")).horizontalAdvance(self.text())
            wide = ceil(_BEFORE_PX + scaled(_ICON_PX) + word + _AFTER_PX)
        return QSize(wide, scaled(30))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, now = QRectF(self.rect()), tokens()
        if self.isChecked() or self.underMouse():
            painter.setPen(QColor(now.accent) if now.is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.surface if self.isChecked() else now.neutral_soft))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.isChecked():
            painter.fillRect(QRectF(0, 2, 3, box.height() - 4), QColor(now.accent))
        if self.hasFocus():
            draw_ring(painter, box)
        self._paint_word(painter, box)
        painter.end()

    def _paint_word(self, painter: QPainter, box: QRectF) -> None:
        now, size = tokens(), scaled(_ICON_PX)
        ink = now.ink("accent" if self.isChecked() else "text2")
        x = (box.width() - size) / 2 if self.is_narrow else 10
        draw_icon(painter, QPointF(x, box.center().y() - size / 2), self._icon, ink, size)
        if self.is_narrow:
            return
        painter.setFont(font("strong" if self.isChecked() else "body"))
        painter.setPen(now.ink("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        room = box.adjusted(_BEFORE_PX + size, 0, -_AFTER_PX, 0)
        cut = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, cut)
        if self._waiting:
            painter.setFont(font("small"))
            painter.setPen(ink)
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, str(self._waiting))


class Sidebar(QFrame):
    """``chosen`` carries the name of the page somebody chose."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageEntry], wording: Wording) -> None:
        super().__init__()
        self.setProperty("ground", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons: dict[str, PageButton] = {}
        self._heads: list[Label] = []
        self._group = QButtonGroup(self)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(SIDE_PX, 8, SIDE_PX, 6)
        self._whole.setSpacing(0)
        for group in GROUPS:
            self._add_group(group, [one for one in pages if one.group == group], wording)
        self.is_narrow, self._has_room = False, True
        self.fold(is_narrow=False)
        wording.when_switched(self._measure)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        """Be as wide as drawn, or as the longest word needs."""
        words = max(button.sizeHint().width() for button in self.buttons.values())
        self.setFixedWidth(NARROW_PX if self.is_narrow else max(WIDE_PX, words + 2 * SIDE_PX))

    def _add_group(self, group: str, pages: Sequence[PageEntry], wording: Wording) -> None:
        if group == "below":
            self._whole.addStretch(1)
        if pages and group not in {"", "below"}:
            head = Label("", "small", "text2")
            head.setContentsMargins(13, 6, 0, 4)
            wording.put(head, "setText", GROUPS[pages[0].group])
            self._heads.append(head)
            self._whole.addWidget(head)
        for one in pages:
            button = PageButton(one.icon)
            wording.put(button, "setText", one.word)
            button.clicked.connect(lambda _, name=one.name: self.chosen.emit(name))
            self._group.addButton(button)
            self.buttons[one.name] = button
            self._whole.addWidget(button)

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self.buttons[name].setChecked(True)

    def fit(self, *, has_room: bool) -> None:
        """Fold when the window has become too narrow for words, unfold when it is wide again."""
        if has_room != self._has_room:
            self._has_room = has_room
            self.fold(is_narrow=not has_room)

    def fold(self, *, is_narrow: bool) -> None:
        """Fold to icons, or unfold."""
        self.is_narrow = is_narrow
        for head in self._heads:
            head.setVisible(not is_narrow)
        for button in self.buttons.values():
            button.narrow(is_narrow=is_narrow)
        self._measure()
