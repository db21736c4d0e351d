"""How long a window's thread answers nobody; that others had the processor is no stall of it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tests.bench.window import Pulse

BEAT_MS = 5


def pulse_of(window: QWidget) -> Pulse:
    """Return the pulse of a window's thread, from now on for as long as the window is there."""
    made, timer = Pulse(), QTimer(window, interval=BEAT_MS)
    timer.timeout.connect(made.beat)
    timer.start()
    return made
