"""A panel whose size goes with the size of the text."""

from PySide6.QtCore import QEvent
from typing_extensions import override

from ui.widgets.parts import Panel


class SizedPanel(Panel):
    """``measure`` takes its sizes: once it is made, and whenever the look changes."""

    def measure(self) -> None:
        """Take the sizes that the look of now asks for."""
        raise NotImplementedError

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.measure()
