"""From a stream of bytes to codes: what ends one, what is only a part of one. Pure, no device.

A code is what stands before a terminator (CR, LF, TAB, NUL, ETX) or between STX and ETX. What has
no end when the cable is pulled is a part: it is reported, and is never a code.
"""

from dataclasses import dataclass
from typing import Final

FRAME_BYTES_MAX: Final = 4096
_STX: Final = 0x02
_ETX: Final = 0x03
DEFAULT_ENDS: Final = b"\r\n\t\x00"


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes between two ends; ``is_whole`` is false for a part or for more than is kept."""

    data: bytes
    is_whole: bool = True


class Framer:
    """Cuts a stream into frames as the bytes come, in whatever pieces they come.

    ``ends`` are the terminators of the device's profile. Inside of STX and ETX they are data. A
    device without any terminator ends its codes by a pause: call ``pause`` then.
    """

    def __init__(self, ends: bytes = DEFAULT_ENDS) -> None:
        self._ends = frozenset(ends)
        self._held = bytearray()
        self._is_framed = False
        self._is_over = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is waiting for its end."""
        return not self._held and not self._is_framed

    def feed(self, chunk: bytes) -> list[Frame]:
        """Take the next bytes and return the frames they end, in order."""
        found: list[Frame] = []
        for byte in chunk:
            frame = self._take(byte)
            if frame is not None:
                found.append(frame)
        return found

    def pause(self) -> Frame | None:
        """Return what is held as a code: for a device whose codes have no terminator."""
        if self._is_framed:
            return self.cut()
        return self._end(is_whole=True)

    def cut(self) -> Frame | None:
        """Return what is held as a part, because its end can no longer come."""
        return self._end(is_whole=False)

    def _take(self, byte: int) -> Frame | None:
        if byte == _STX:
            part = self.cut()
            self._is_framed = True
            return part
        if byte == _ETX or (byte in self._ends and not self._is_framed):
            return self._end(is_whole=True)
        if len(self._held) < FRAME_BYTES_MAX:
            self._held.append(byte)
        else:
            self._is_over = True
        return None

    def _end(self, *, is_whole: bool) -> Frame | None:
        data, is_over = bytes(self._held), self._is_over
        self._held.clear()
        self._is_framed = self._is_over = False
        return Frame(data, is_whole and not is_over) if data else None
