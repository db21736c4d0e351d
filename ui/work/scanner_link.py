"""A scanner that reads in a thread of its own, told to the window's thread as signals."""

from collections.abc import Callable
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QObject, Signal


class Scanner(Protocol):
    """A device that calls back from its own thread until it is closed."""

    def start(self) -> None:
        """Begin to read."""

    def close(self) -> None:
        """Stop reading, and wait until the device is free; twice does nothing."""


class OpenScanner(Protocol):
    """Makes a scanner that is not started yet; the program's top knows of which kind."""

    def __call__(
        self,
        *,
        on_code: Callable[[bytes], None],
        on_part: Callable[[bytes], None],
        on_light: Callable[[Enum], None],
    ) -> Scanner:
        """Return the scanner that will call these three from its thread."""


class ScannerLink(QObject):
    """``code_read`` and ``part_read`` (bytes), ``light`` (``ready``, ``lost`` or ``closed``)."""

    code_read = Signal(object)
    part_read = Signal(object)
    light = Signal(str)

    def __init__(self, open_scanner: OpenScanner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scanner = open_scanner(
            on_code=self.code_read.emit, on_part=self.part_read.emit, on_light=self._show
        )

    def start(self) -> None:
        """Begin to read; codes come on the window's thread."""
        self._scanner.start()

    def close(self) -> None:
        """Stop reading; nothing comes after it but what was on its way already."""
        self._scanner.close()

    def _show(self, light: Enum) -> None:
        self.light.emit(str(light.value))
