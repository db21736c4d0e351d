"""Makes the four sounds; each has a shape of its own, not only a pitch.

Run it to write them anew: ``python resources/sounds/shapes.py``.
"""

import math
import wave
from array import array
from pathlib import Path

RATE = 22_050
LOUDNESS = 0.55
EDGE_MS = 6
"""Each tone swells and fades over this long, so that it does not click."""

HIGH, LOW, LOWEST = 1320, 740, 260
SILENCE = 0

SHAPES: dict[str, tuple[tuple[int, int], ...]] = {
    "ok": ((HIGH, 90),),
    "repeat": ((988, 70), (SILENCE, 60), (988, 70)),
    "unexpected": ((HIGH, 120), (LOW, 160)),
    "refused": ((LOWEST, 400),),
}
"""Tones of each sound: pitch in Hz and length in ms."""


def samples(name: str) -> list[int]:
    """Return the samples of a sound: signed, 16 bits."""
    made: list[int] = []
    for pitch, length_ms in SHAPES[name]:
        made.extend(_tone(pitch, length_ms))
    return made


def _tone(pitch: int, length_ms: int) -> list[int]:
    count, edge = RATE * length_ms // 1000, RATE * EDGE_MS // 1000
    made: list[int] = []
    for at in range(count):
        swell = min(1.0, at / edge, (count - at) / edge)
        wave_form = math.sin(2 * math.pi * pitch * at / RATE)
        wave_form += 0.25 * math.sin(6 * math.pi * pitch * at / RATE)
        made.append(round(32_767 * LOUDNESS * swell * wave_form / 1.25))
    return made


def write(folder: Path) -> None:
    """Write the four sounds into a folder."""
    for name in SHAPES:
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(array("h", samples(name)).tobytes())


if __name__ == "__main__":
    write(Path(__file__).parent)
