"""QR codes of level M: what is the same for all codes of a size is built once a process."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from operator import itemgetter
from typing import Final

from reportlab.graphics.barcode.qrencoder import (
    QR8bitByte,
    QRCode,
    QRErrorCorrectLevel,
    QRMath,
    QRRSBlock,
    QRUtil,
)

from erpdesk.papers.qr_mask import MASKS, Grid, lost_points

_LEVEL: Final = QRErrorCorrectLevel.M
_BYTES: Final = 0b0100
_PADDING: Final = b"\xec\x11"
_LIGHT: Final = "0"


def qr_rows(text: str) -> list[str]:
    """Return the rows of a QR code from the top, a sign a module: 1 is dark, 0 is light."""
    data = text.encode()
    frame = _frame(_version(len(data)))
    signs = _LIGHT + "".join(f"{byte:08b}" for byte in _codewords(data, frame.version))
    letters = Grid(frame.size, frame.across(signs), frame.down(signs))
    best = min((letters ^ empty for empty in frame.masked), key=lost_points)
    return best.rows()


@dataclass(frozen=True, slots=True)
class _Order:
    """Which of the signs of a code stands where; all that no sign stands on is the first sign."""

    places: tuple[int, ...]

    def __call__(self, signs: str) -> int:
        return int("".join(itemgetter(*self.places)(signs)), 2)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all codes of a version share: where their signs stand, and a code without any."""

    version: int
    size: int
    across: _Order
    down: _Order
    masked: tuple[Grid, ...]


@functools.cache
def _frame(version: int) -> _Frame:
    code = QRCode(version, _LEVEL)
    code.dataCache = bytes(_room(version))
    masked = []
    for mask in MASKS:
        code.makeImpl(False, mask)  # noqa: FBT003 - the library's: this is no trial
        masked.append(Grid.of(code.modules))
    size = len(code.modules)
    places = [[0] * size for _ in range(size)]
    for n, (column, row) in enumerate(code.dataPosIterator(), 1):
        places[row][column] = n if n <= 8 * _room(version) else 0
    down = list(map(list, zip(*places, strict=True)))
    return _Frame(version, size, _order(places), _order(down), tuple(masked))


def _order(lines: Sequence[Sequence[int]]) -> _Order:
    return _Order(tuple(chain.from_iterable((*line, 0) for line in lines)))


def _room(version: int) -> int:
    return sum(block.totalCount for block in QRRSBlock.getRSBlocks(version, _LEVEL))


@functools.cache
def _version(length: int) -> int:
    """Return the smallest version that takes so many bytes."""
    code = QRCode(None, _LEVEL)
    code.addData(QR8bitByte(bytes(length)))
    return int(code.calculate_version())


def _codewords(data: bytes, version: int) -> list[int]:
    """Return the letters with what corrects them, the blocks one byte each in turn."""
    blocks = QRRSBlock.getRSBlocks(version, _LEVEL)
    padded = _padded(data, version, sum(block.dataCount for block in blocks))
    at, letters, checks = 0, [], []
    for block in blocks:
        part = padded[at : at + block.dataCount]
        letters.append(part)
        checks.append(_check(part, block.totalCount - block.dataCount))
        at += block.dataCount
    turns = chain(zip_longest(*letters), zip_longest(*checks))
    return [byte for turn in turns for byte in turn if byte is not None]


def _padded(data: bytes, version: int, room: int) -> bytes:
    """Return the letters after their mode and count, filled up to the room of a version."""
    count_bits = 8 if version < 10 else 16
    head = _BYTES << count_bits | len(data)
    number = (head << 8 * len(data) | int.from_bytes(data)) << 4
    said = number.to_bytes(count_bits // 8 + 1 + len(data))
    return (said + _PADDING * room)[:room]


def _check(data: bytes, count: int) -> bytes:
    """Return the bytes that correct a block: what is left of it by the polynomial of the code."""
    left, kept, top = 0, (1 << 8 * count) - 1, 8 * (count - 1)
    steps = _steps(count)
    for byte in data:
        left = (left << 8 & kept) ^ steps[byte ^ left >> top]
    return left.to_bytes(count)


@functools.cache
def _steps(count: int) -> tuple[int, ...]:
    """Return for each byte that leaves the front what it does to the others."""
    polynomial = QRUtil.getErrorCorrectPolynomial(count)
    logs = [QRMath.glog(polynomial.get(n)) for n in range(1, count + 1)]
    found = [0]
    for byte in range(1, 256):
        log = QRMath.glog(byte)
        found.append(int.from_bytes(bytes(QRMath.gexp((log + n) % 255) for n in logs)))
    return tuple(found)
