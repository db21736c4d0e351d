"""The menu row: mark, menus, the one field, and who is here."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy
from typing_extensions import override

from erpdesk.words import ROLES
from ui.look import tokens
from ui.main_window.finder import Finder
from ui.main_window.menus import Menus
from ui.main_window.room import Room
from ui.widgets.parts import STRETCH, ElidedLabel, Icon, Label, Painted, at_least, row

HEIGHT_PX = 36
ROLE_SHARE = 5
"""What somebody may do takes at most one part of so many: the menus stay whole."""
_BARS = ((4, 2), (7.5, 1.2), (10, 3), (14.5, 1.5))


class Mark(Painted):
    """The program's mark."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(20, 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.ink("accent"))
        painter.drawRoundedRect(QRectF(0, 0, 20, 20), 5, 5)
        for x, width in _BARS:
            painter.fillRect(QRectF(x, 5, width, 7), now.ink("on_accent"))
        painter.fillRect(QRectF(4, 14, 12, 1.6), now.ink("on_accent"))
        painter.end()


class TopRow(QFrame):
    """36 px high: what is always there."""

    def __init__(self, menus: Menus, finder: Finder, room: Room) -> None:
        super().__init__()
        self.setProperty("ground", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        at_least(self, HEIGHT_PX)
        mark = Mark()
        mark.setFixedSize(20, 20)
        menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._room, self._role = room, ElidedLabel("", "small", "text2")
        self._show_role()
        room.wording.when_switched(self._show_role)
        self.setLayout(
            row(
                mark, 4, menus, STRETCH, finder, STRETCH,
                Icon("circle-user-round"), Label(room.person, "strong"), self._role,
                gap=6, margins=(12, 0, 12, 0),
            )
        )  # fmt: skip

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._role.setMaximumWidth(self.width() // ROLE_SHARE)

    def _show_role(self) -> None:
        say = self._room.wording.say
        roles = sorted(role.value for role in self._room.roles)
        comma = "、" if self._room.wording.language == "zh" else ", "
        self._role.setText(comma.join(say(ROLES[role]) for role in roles))
