"""The scanners of this computer: one that types, one on a serial line; both serve one window."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from erpdesk.domain.stocktake.counting import Source
from ui.work.preferences import Preferences
from ui.work.scanner_link import ScannerLink
from ui.work.scanner_profile import ScannerProfile, SerialPort, profile_of
from ui.work.sounds import Sounds
from ui.work.wedge import RefusedScan, Wedge

if TYPE_CHECKING:  # there is no window yet while somebody signs in
    from ui.main_window.window import MainWindow

_log = logging.getLogger("ui")


def _ports() -> tuple[SerialPort, ...]:
    from erpdesk.bootstrap import serial_ports

    return tuple(SerialPort(path, name, may) for path, name, may in serial_ports())


class Scanners(QObject):
    """Hands every scan to the window that is served; without one, it is refused aloud."""

    def __init__(
        self, application: QApplication, sounds: Sounds, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._sounds, self._preferences = sounds, preferences
        self._window: MainWindow | None = None
        self._link: ScannerLink | None = None
        self.wedge = Wedge(application, profile_of(preferences.settings))
        self.profile = ScannerProfile(preferences, self.wedge, _ports, self)
        self.wedge.code_read.connect(self._typed)
        self.wedge.refused.connect(self._refused)
        preferences.changed.connect(self._chosen)

    def serve(self, window: "MainWindow") -> None:
        """Hand scans to this window from now on."""
        self._window = window
        window.lock.changed.connect(self._lock)
        self._start()

    def leave(self) -> None:
        """Serve no window any more; the serial line is given back."""
        self._window, self.wedge.is_locked = None, False
        self._stop()

    def _start(self) -> None:
        window, settings = self._window, self._preferences.settings
        if window is None or not settings.scanner_port:
            return
        port, baud = settings.scanner_port, settings.scanner_speed_baud
        from erpdesk.bootstrap import serial_scanner

        link = ScannerLink(lambda **told: serial_scanner(port, baud=baud, **told), self)
        link.code_read.connect(self.wedge.touch)
        link.part_read.connect(self.wedge.touch)
        link.code_read.connect(lambda code: window.take_scan(code, Source.SERIAL))
        link.part_read.connect(lambda part: window.take_scan(part, Source.SERIAL, cut=True))
        link.light.connect(window.show_scanner)
        self._link = link
        link.start()

    def _stop(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link.deleteLater()
            self._link = None

    def _chosen(self, name: str) -> None:
        if name in {"scanner_port", "scanner_speed_baud"} and self._window is not None:
            self._stop()
            self._window.show_scanner("wedge")
            self._start()

    def _lock(self, is_locked: bool) -> None:  # noqa: FBT001 - a signal brings it
        self.wedge.is_locked = is_locked

    def _typed(self, code: bytes) -> None:
        if self._window is not None and self._window.isVisible():
            self._window.take_scan(code, Source.WEDGE)
        else:
            self._sounds.play("refused")

    def _refused(self, scan: RefusedScan) -> None:
        _log.warning("a scan was refused: %s", scan.why)
        if self._window is not None and self._window.isVisible():
            self._window.refuse_scan()
        else:
            self._sounds.play("refused")
