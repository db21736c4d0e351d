"""The one font of every paper in three weights: read once a process, asked before it is used."""

import functools
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from threading import Lock
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from typing_extensions import override

from erpdesk.errors import UserError
from erpdesk.paths import resource


class MissingCharacterError(UserError):
    """The font of the papers has no picture of a character; nothing was printed."""

    def __init__(self, *, characters: tuple[str, ...], where: str) -> None:
        super().__init__(characters=characters, where=where)


class FontLostError(UserError):
    """A font that ships with the program is missing or damaged; nothing was printed."""


class Weight(StrEnum):
    """A weight of the font; the value is the name under which the PDF knows it."""

    REGULAR = "NotoSansSC-Regular"
    MEDIUM = "NotoSansSC-Medium"
    SEMIBOLD = "NotoSansSC-SemiBold"


_INVISIBLE: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_READING: Final = Lock()
_LONG_CODE: Final = re.compile(r"(?<= )<([0-9A-F]{5,6})>")


class PaperFont(TTFont):
    """A font whose characters above U+FFFF can be searched and copied too.

    ReportLab writes their number where the format wants UTF-16, so a reader gets other signs back.
    """

    @override
    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for name, thing in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                thing.content = _LONG_CODE.sub(_as_utf16, thing.content)


def register() -> None:
    """Make the three weights known to ReportLab; the first call in a process reads the files.

    Streams are stored as bytes, not as ASCII 85: a quarter smaller, and quicker.
    """
    rl_config.useA85 = 0
    for weight in Weight:
        _font(weight)


def missing_characters(text: str) -> tuple[str, ...]:
    """Return what cannot be printed, each once, in order: not drawn, or without a picture."""
    drawn = _drawn()
    return tuple(dict.fromkeys(c for c in text if c not in drawn))


def spelled(text: str) -> str:
    """Return a text in which each sign that cannot be printed is said by its number."""
    lacking = set(missing_characters(text))
    return "".join(f"[U+{ord(c):04X}]" if c in lacking else c for c in text)


def must_draw(texts: Iterable[tuple[str, str]]) -> None:
    """Go through texts, each as where it stands and what it says.

    Raises:
        MissingCharacterError: one of them has a character the font cannot draw.
    """
    drawn = _drawn()
    for where, text in texts:
        if not drawn.issuperset(text):
            raise MissingCharacterError(characters=missing_characters(text), where=where)


def width_of(text: str, weight: Weight, size: float) -> float:
    """Return how wide a text is, in points."""
    return _units(text, weight) * size / 1000


@functools.lru_cache(maxsize=4096)
def _units(text: str, weight: Weight) -> float:
    """Return how wide a text is, in thousandths of its size; on papers many are said again."""
    return sum(map(_widths(weight).__getitem__, text))


def in_parts(text: str, weight: Weight, document: object) -> Iterator[tuple[str, bytes]]:
    """Yield a text in runs: the name of a part of the font in a document, and its signs there."""
    font: Any = _font(weight)
    for part, signs in font.splitString(text, document):
        yield font.getSubsetInternalName(part, document), signs


def _font(weight: Weight) -> PaperFont:
    """Return the one font of a weight: two under one name would meet in one page and break it."""
    with _READING:
        return _read(weight)


@functools.cache
def _read(weight: Weight) -> PaperFont:
    name = f"fonts/{weight.value}.ttf"
    try:
        data = io.BytesIO(resource(name).read_bytes())
        font = PaperFont(weight.value, data, asciiReadable=False, shapable=False)
    except (OSError, TTFError) as error:
        raise FontLostError(file=name) from error
    pdfmetrics.registerFont(font)
    return font


@functools.cache
def _widths(weight: Weight) -> dict[str, float]:
    """Return the width of each character; a no-break space is drawn as a space."""
    face = _font(weight).face
    widths = {chr(code): face.getCharWidth(code) for code in face.charToGlyph}
    return widths | {"\u00a0": widths[" "]}


@functools.cache
def _drawn() -> frozenset[str]:
    common = frozenset.intersection(*(frozenset(_widths(weight)) for weight in Weight))
    return frozenset(c for c in common if unicodedata.category(c) not in _INVISIBLE)


def _as_utf16(match: re.Match[str]) -> str:
    return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"
