"""The four sounds, played by whatever this computer plays sounds with."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from PySide6.QtWidgets import QApplication

from erpdesk.paths import resource
from ui.own_folder import own_folder

Sound = Literal["ok", "repeat", "unexpected", "refused"]
Play = Callable[[Path], None]

SOUNDS: Final[tuple[Sound, ...]] = ("ok", "repeat", "unexpected", "refused")
_PROGRAMS: Final = (("pw-play",), ("paplay",), ("aplay", "-q"))


def player(
    *,
    platform: str = sys.platform,
    find: Callable[[str], str | None] | None = None,
    start: Callable[[str, list[str]], object] | None = None,
) -> Play:
    """Return what plays a file here: Windows itself, the first program found, or a plain beep."""
    if platform == "win32":
        return _play_on_windows
    from shutil import which

    from PySide6.QtCore import QProcess

    for name, *options in _PROGRAMS:
        if program := (find or which)(name):
            return lambda path: _started(
                start or QProcess.startDetached, program, [*options, str(path)]
            )
    return lambda _: QApplication.beep()


def _started(start: Callable[[str, list[str]], object], program: str, said: list[str]) -> None:
    start(program, said)


def _play_on_windows(path: Path) -> None:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)


class Sounds:
    """Plays the sounds at a volume (percent, 0 is off) and, per station, at a shifted pitch."""

    def __init__(
        self, play: Play | None = None, *, volume_percent: int = 100, pitch_percent: int = 100
    ) -> None:
        self._play = play
        self._folder = own_folder()
        self.adjust(volume_percent=volume_percent, pitch_percent=pitch_percent)

    def adjust(self, *, volume_percent: int, pitch_percent: int) -> None:
        """Sound otherwise from now on."""
        self._volume, self._pitch = volume_percent, pitch_percent
        self._is_on = volume_percent > 0
        self._made: set[Sound] = set()

    def play(self, sound: Sound) -> None:
        """Play a sound and return at once; nothing when sounds are off."""
        if not self._is_on:
            return
        if sound not in self._made:
            _adjusted(sound, self._path(sound), self._volume, self._pitch)
            self._made.add(sound)
        self._play = self._play or player()
        self._play(self._path(sound))

    def close(self) -> None:
        """Take away the files of this volume and pitch."""
        self._is_on = False
        self._folder.remove()

    def _path(self, sound: Sound) -> Path:
        return Path(self._folder.filePath(f"{sound}.wav"))


def _adjusted(sound: Sound, path: Path, volume_percent: int, pitch_percent: int) -> None:
    import wave
    from array import array

    with wave.open(str(resource(f"sounds/{sound}.wav")), "rb") as source:
        rate, samples = source.getframerate(), array("h", source.readframes(source.getnframes()))
    loud = array("h", (one * min(volume_percent, 100) // 100 for one in samples))
    with wave.open(str(path), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(rate * pitch_percent // 100)
        made.writeframes(loud.tobytes())
