"""A button: its verb, its key, and, when it may not be pressed, the reason why."""

from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy
from typing_extensions import override

from ui.look import Ink, font, scaled, tokens
from ui.widgets.painting import draw_icon, draw_ring
from ui.widgets.toggling import Toggling

Look = Literal["normal", "primary", "danger", "quiet", "plain"]

_INKS: Final[dict[Look, Ink]] = {
    "normal": "text",
    "primary": "on_accent",
    "danger": "error",
    "quiet": "accent",
    "plain": "text2",
}
_BARE: Final = frozenset({"quiet", "plain"})
BARE_PAD_PX: Final = 6
"""How far in a bare verb stands: under the pointer it has a ground."""
_GAP_PX: Final = 6
_HANGING_PX: Final = 4
"""How much further in a verb is that stands left."""


class PlainButton(Toggling, QPushButton):
    """Pressed by click and by Space, on every desktop alike.

    Some desktops press a button with Enter as well. A slow scanner ends its code with Enter, and a
    dialog goes to its next field by it, so Enter goes on to what the button stands in.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.hear_toggles()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Button(PlainButton):
    """A verb, an icon where it has one, and its key in small letters.

    ``forbid`` turns it off with the reason in words; the reason is its tooltip and is spoken.
    One that ``yields`` goes without its icon, then without its key, where there is no room.
    """

    def __init__(
        self,
        text: str,
        look: Look = "normal",
        *,
        key: str = "",
        icon: str = "",
        height_px: int = 30,
        name: str = "",
    ) -> None:
        super().__init__(text)
        self.look, self.key_text, self.icon_name, self._height_px = look, key, icon, height_px
        self._why_not, self.stands_left, self.yields = "", False, False
        self.setAutoDefault(False)
        self.toggled.connect(lambda _: self.updateGeometry())
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if name:
            self.setAccessibleName(name)
            self.setToolTip(name)

    def forbid(self, why_not: str) -> None:
        """Turn it off with a reason; an empty reason turns it on."""
        self._why_not = why_not
        self.setEnabled(not why_not)
        self.setToolTip(why_not)
        self.setAccessibleDescription(why_not)

    @property
    def why_not(self) -> str:
        """Return the reason for which it is off; empty when it is on."""
        return self._why_not

    def set_key(self, key: str) -> None:
        """Name another key."""
        self.key_text = key
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self._size_of(self._content_width(self.icon_name, self.key_text))

    @override
    def minimumSizeHint(self) -> QSize:
        return self._size_of(self._content_width("", "")) if self.yields else self.sizeHint()

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.updateGeometry()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.updateGeometry()
        self.update()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        self._paint_ground(painter, box)
        if self.hasFocus():
            draw_ring(painter, box)
        self._paint_content(painter, box)
        painter.end()

    def _pad(self) -> int:
        return BARE_PAD_PX if self.look in _BARE else 8 if not self.text() else 11

    def _size_of(self, content_px: float) -> QSize:
        around = 2 * (self._pad() + (_HANGING_PX if self.stands_left else 0))
        return QSize(round(content_px + around + 0.5), scaled(self._height_px))

    def _content_width(self, icon: str, key: str) -> float:
        widths: list[float] = [scaled(15)] if icon else []
        if self.text():
            widths.append(QFontMetricsF(self._verb_font()).horizontalAdvance(self._verb()))
        if key:
            widths.append(QFontMetricsF(font("key")).horizontalAdvance(key))
        return sum(widths) + _GAP_PX * max(0, len(widths) - 1)

    def _shown(self) -> tuple[str, str]:
        """Return the icon and the key for which there is room."""
        icon, key = self.icon_name, self.key_text
        if not self.yields:
            return icon, key
        for shown in ((icon, key), ("", key)):
            if self._size_of(self._content_width(*shown)).width() <= self.width():
                return shown
        return "", ""

    def _verb(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _verb_font(self) -> QFont:
        return font("strong" if self.look == "primary" or self.isChecked() else "body")

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        now, ground, edge = tokens(), self._ground(), self._edge()
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(edge), 1)
        if now.is_contrast and not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)  # black has no paler shade
        painter.setPen(pen if edge else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.isChecked():
            painter.setPen(QPen(QColor(now.accent), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)

    def _ground(self) -> str:
        now, hot = tokens(), self.underMouse() or self.isDown()
        if not self.isEnabled():
            return "" if self.look in _BARE else now.neutral_soft
        if self.isChecked():
            return now.accent_soft
        if self.look == "primary":
            return now.accent_hover if hot else now.accent
        if self.look in _BARE:
            return now.neutral_soft if hot else ""
        return now.sunken if hot else now.surface

    def _edge(self) -> str:
        now = tokens()
        if self.look in _BARE:
            return now.edge if now.is_contrast and self.underMouse() else ""
        if not self.isEnabled():
            return now.line
        return {"primary": now.accent, "danger": now.error}.get(self.look, now.edge)

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return tokens().ink("text3")
        return tokens().ink("accent" if self.isChecked() else _INKS[self.look])

    def _paint_content(self, painter: QPainter, box: QRectF) -> None:
        icon, key = self._shown()
        ink, x = self._ink(), box.center().x() - self._content_width(icon, key) / 2
        x = float(self._pad() + _HANGING_PX) if self.stands_left else x
        if icon:
            size = scaled(15)
            at = QPointF(x, box.center().y() - size / 2)
            draw_icon(painter, at, icon, ink, size)
            x += size + _GAP_PX
        if self.text():
            painter.setFont(self._verb_font())
            painter.setPen(ink)
            x = self._write(painter, box, x, self._verb()) + _GAP_PX
        if key:
            painter.setFont(font("key"))
            is_plain = self.look == "primary" or not self.isEnabled()
            painter.setPen(ink if is_plain else tokens().ink("text3"))
            self._write(painter, box, x, key)

    @staticmethod
    def _write(painter: QPainter, box: QRectF, x: float, text: str) -> float:
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        place = QRectF(x, box.y(), width + 1, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        return x + width
