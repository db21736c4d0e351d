"""The scanners of this computer as the settings of now say: one that types, one on a serial line.

A changed setting holds at once; nothing has to be started again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.domain.scanner_check import LEARNING_MS
from erpdesk.settings import Settings
from ui.work.key_run import DeviceProfile, Ending
from ui.work.preferences import Preferences
from ui.work.scanner_link import OpenScanner, ScannerLink
from ui.work.wedge import Wedge

ENDINGS: Final[tuple[Ending, ...]] = ("enter", "tab", "none")
LEARNING: Final = DeviceProfile(gap_ms=LEARNING_MS, suffixes=frozenset(ENDINGS), name="learning")
"""The profile of the scanner check: whatever comes fast is a code, however it ends."""
SPEEDS_BAUD: Final = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
_PROFILE: Final = frozenset(
    {"scanner_gap_ms", "scanner_length_min", "scanner_endings", "scanner_layout"}
)
_LINE: Final = frozenset({"scanner_port", "scanner_speed_baud"})


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A serial port that is plugged in: its path, its name, and whether it may be opened."""

    path: str
    name: str
    may_open: bool


OpenLine = Callable[[str, int], OpenScanner]
"""Returns what opens a port at a speed in baud; the program's top knows how."""


def profile_of(settings: Settings) -> DeviceProfile:
    """Return how the scanner that types is judged, by the settings."""
    return DeviceProfile(
        gap_ms=settings.scanner_gap_ms,
        suffixes=frozenset(one for one in ENDINGS if one in settings.scanner_endings.split()),
        length_min=settings.scanner_length_min,
        layout=settings.scanner_layout,
    )


class Scanners(QObject):
    """``line_read`` and ``line_part`` (bytes) of the serial line, ``line_light`` (its state).

    ``key_seen`` (RawKey) tells the keys of the scanner that types. Without a wedge there is none.
    """

    line_read = Signal(object)
    line_part = Signal(object)
    line_light = Signal(str)
    key_seen = Signal(object)

    def __init__(
        self,
        preferences: Preferences | None = None,
        wedge: Wedge | None = None,
        open_line: OpenLine | None = None,
        ports: Callable[[], tuple[SerialPort, ...]] = tuple,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.preferences = preferences or Preferences()
        self._wedge, self._open_line = wedge, open_line
        self.ports = ports
        self._link: ScannerLink | None = None
        self._is_learning = self._is_begun = False
        self.preferences.changed.connect(self._changed)
        if wedge is not None:
            wedge.key_seen.connect(self.key_seen)
            self._use_profile()

    @property
    def profile(self) -> DeviceProfile:
        """Return how the scanner that types is judged outside of the check."""
        return profile_of(self.preferences.settings)

    def begin(self) -> None:
        """Read the serial line, when there is one."""
        self._is_begun = True
        self._open()

    def end(self) -> None:
        """Stop reading the serial line; twice does nothing."""
        self._is_begun = False
        self._close()

    def learn(self, *, is_learning: bool) -> None:
        """Take whatever comes fast for a code, or go back to the profile."""
        self._is_learning = is_learning
        self._use_profile()

    def keep(self, profile: DeviceProfile) -> None:
        """Judge by this profile from now on, also after the next start."""
        endings = " ".join(one for one in ENDINGS[:2] if one in profile.suffixes)
        self.preferences.keep(
            scanner_gap_ms=profile.gap_ms,
            scanner_length_min=profile.length_min,
            scanner_layout=profile.layout,
            scanner_endings=endings if "none" not in profile.suffixes and endings else "none",
        )

    def keep_line(self, port: str, baud: int) -> None:
        """Read this serial port from now on; without one, none."""
        self.preferences.keep(scanner_port=port, scanner_speed_baud=baud)

    def _changed(self, name: str) -> None:
        if name in _PROFILE:
            self._use_profile()
        if name in _LINE and self._is_begun:
            self._close()
            self._open()

    def _use_profile(self) -> None:
        if self._wedge is not None:
            self._wedge.use(LEARNING if self._is_learning else self.profile)

    def _open(self) -> None:
        settings = self.preferences.settings
        if not settings.scanner_port or self._open_line is None:
            return
        line = self._open_line(settings.scanner_port, settings.scanner_speed_baud)
        self._link = ScannerLink(line, self)
        self._link.code_read.connect(self.line_read)
        self._link.part_read.connect(self.line_part)
        self._link.light.connect(self.line_light)
        self._link.start()

    def _close(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link.deleteLater()
            self._link = None
