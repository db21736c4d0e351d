"""How far a person's approvals reach, as a bar."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from erpdesk.services.approving import Reach
from ui.look import tokens
from ui.widgets.parts import Painted


class ReachGauge(Painted):
    """How much of the window is used, and how much this decision would use."""

    def __init__(self) -> None:
        super().__init__()
        self._used, self._next = 0.0, 0.0
        self.setFixedHeight(8)

    def show_reach(self, reach: Reach, risk_minor: int) -> None:
        """Show what is used of the window, and what this amount would use."""
        window = max(1, reach.window_minor)
        self._used = min(1.0, reach.used_minor / window)
        self._next = min(1.0, (reach.used_minor + risk_minor) / window)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now, box = tokens(), QRectF(self.rect())
        painter = QPainter(self)
        painter.fillRect(box, now.ground("neutral"))
        painter.fillRect(QRectF(0, 0, box.width() * self._next, box.height()), now.ink("accent"))
        painter.fillRect(QRectF(0, 0, box.width() * self._used, box.height()), now.ink("edge"))
        if now.is_contrast:
            painter.setPen(now.ink("edge"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()
