"""How the scanner that types is judged: by the settings of now, or openly while it is checked.

A changed setting holds at once; nothing has to be started again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from erpdesk.domain.codes.scanner_check import LEARNING_MS
from erpdesk.settings import Settings
from ui.work.key_run import DeviceProfile, Ending
from ui.work.preferences import Preferences
from ui.work.wedge import Wedge

ENDINGS: Final[tuple[Ending, ...]] = ("enter", "tab", "none")
LEARNING: Final = DeviceProfile(gap_ms=LEARNING_MS, suffixes=frozenset(ENDINGS), name="learning")
"""The profile of the scanner check: whatever comes fast is a code, however it ends."""
SPEEDS_BAUD: Final = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
_SETTINGS: Final = frozenset(
    {"scanner_gap_ms", "scanner_length_min", "scanner_endings", "scanner_layout"}
)


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A serial port that is plugged in: its path, its name, and whether it may be opened."""

    path: str
    name: str
    may_open: bool


def profile_of(settings: Settings) -> DeviceProfile:
    """Return how the scanner that types is judged, by the settings."""
    return DeviceProfile(
        gap_ms=settings.scanner_gap_ms,
        suffixes=frozenset(one for one in ENDINGS if one in settings.scanner_endings.split()),
        length_min=settings.scanner_length_min,
        layout=settings.scanner_layout,
    )


class ScannerProfile(QObject):
    """Keeps the profile in the settings; ``key_seen`` (RawKey) tells the keys as they come.

    Without a wedge there are no keys. ``ports`` returns the serial ports that are plugged in.
    """

    key_seen = Signal(object)

    def __init__(
        self,
        preferences: Preferences | None = None,
        wedge: Wedge | None = None,
        ports: Callable[[], tuple[SerialPort, ...]] = tuple,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.preferences, self._wedge, self.ports = preferences or Preferences(), wedge, ports
        self._is_learning = False
        self.preferences.changed.connect(self._changed)
        if wedge is not None:
            wedge.key_seen.connect(self.key_seen)
            self._use()

    @property
    def profile(self) -> DeviceProfile:
        """Return how the scanner that types is judged outside of the check."""
        return profile_of(self.preferences.settings)

    def learn(self, *, is_learning: bool) -> None:
        """Take whatever comes fast for a code, or go back to the profile."""
        self._is_learning = is_learning
        self._use()

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
        if name in _SETTINGS:
            self._use()

    def _use(self) -> None:
        if self._wedge is not None:
            self._wedge.use(LEARNING if self._is_learning else self.profile)
