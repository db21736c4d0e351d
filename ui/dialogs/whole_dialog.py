"""A dialog that is always as high as what is said in it."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog
from typing_extensions import override


class WholeDialog(QDialog):
    """Of a fixed width; it grows and shrinks with its texts, and moves up to stay on the screen."""

    @override
    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return is_done

    def fit(self) -> None:
        """Be as high as what is said needs, at once."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            least = layout.totalSizeHint().height()
            self.setFixedHeight(max(least, layout.totalHeightForWidth(self.width())))
            self._stay_on_screen()

    def _stay_on_screen(self) -> None:
        room, frame = self.screen().availableGeometry(), self.frameGeometry()
        below = frame.bottom() - room.bottom()
        if self.isVisible() and below > 0:
            self.move(frame.x(), max(room.y(), frame.y() - below))
