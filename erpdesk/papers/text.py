"""Text that fits: broken into lines by Chinese rules, made smaller within bounds, or refused."""

import functools
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.colors import Color, HexColor

from erpdesk.errors import UserError
from erpdesk.papers.fonts import Weight, width_of

INK: Final = HexColor("#16191D")
DIM: Final = HexColor("#4A5462")
VIOLET: Final = HexColor("#6A46A3")
RED: Final = HexColor("#AF2119")

SMALLEST: Final = 7.5
"""No text on a paper is smaller, in points."""

_LEADING: Final = 1.36
_NO_START: Final = frozenset("，。、；：！？）」』》〉】”’…·％%),.;:!?]}")
_NO_END: Final = frozenset("（「『《〈【“‘([{¥￥$")
_PIECE: Final = re.compile(r" +|[\u0021-\u02FF\u0370-\u058F\u2010-\u2015\u2212]+|.", re.DOTALL)


class DoesNotFitError(UserError):
    """A text is too long for its place on the paper; nothing was printed."""

    def __init__(self, *, text: str, where: str) -> None:
        super().__init__(text=text, where=where)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: weight, size in points, ink."""

    weight: Weight
    size: float
    ink: Color = INK

    def at(self, size: float) -> "Style":
        """Return the same look in another size."""
        return self if size == self.size else replace(self, size=size)

    def width(self, text: str) -> float:
        """Return how wide a text is in this look, in points."""
        return width_of(text, self.weight, self.size)


BODY: Final = Style(Weight.REGULAR, 9)
STRONG: Final = Style(Weight.MEDIUM, 9)
SMALL: Final = Style(Weight.REGULAR, 8, DIM)
LABEL: Final = Style(Weight.REGULAR, 8.5, DIM)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines that fit their place, and the look in which they do."""

    lines: tuple[str, ...]
    style: Style

    @property
    def leading(self) -> float:
        """Return the distance of two base lines in points."""
        return self.style.size * _LEADING

    @property
    def drop(self) -> float:
        """Return how far the last base line is under the first, in points."""
        return self.leading * (len(self.lines) - 1)


def fit(
    text: str, style: Style, width: float, *, where: str, lines: int = 1, floor: float = SMALLEST
) -> Fitted:
    """Break a text into few lines, smaller when it must be; a little smaller before a second line.

    A line feed in the text is where it breaks best, and a blank when one line is enough.

    Raises:
        DoesNotFitError: even the smallest letters need more lines than there is room for.
    """
    plain = text.replace("\n", " ")
    if style.width(plain) <= width:
        return Fitted((plain,), style)
    for most, size in _attempts(style.size, lines, floor):
        tried = style.at(size)
        for broken in _ways(text, plain, tried, width) if most > 1 else ((plain,),):
            if len(broken) <= most and all(tried.width(line) <= width for line in broken):
                return Fitted(broken, tried)
    raise DoesNotFitError(text=text, where=where)


def fit_one_of(
    texts: Sequence[str], style: Style, width: float, *, where: str, lines: int = 1
) -> Fitted:
    """Fit the first of several ways to say the same that is not too long.

    Raises:
        DoesNotFitError: none of them fits.
    """
    *others, last = texts
    for text in others:
        with suppress(DoesNotFitError):
            return fit(text, style, width, where=where, lines=lines)
    return fit(last, style, width, where=where, lines=lines)


def fit_shortened(
    texts: Sequence[str], style: Style, width: float, *, where: str, lines: int
) -> Fitted:
    """Fit the first that is not too long, else the beginning of the last: the whole stands above.

    Raises:
        DoesNotFitError: not one letter fits.
    """
    with suppress(DoesNotFitError):
        return fit_one_of(texts, style, width, where=where, lines=lines)
    fits, too_many = 0, len(texts[-1])
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        try:
            fit(f"{texts[-1][:middle]}…", style, width, where=where, lines=lines)
            fits = middle
        except DoesNotFitError:
            too_many = middle
    return fit(f"{texts[-1][:fits]}…", style, width, where=where, lines=lines)


def _ways(text: str, plain: str, style: Style, width: float) -> Iterator[tuple[str, ...]]:
    """Yield the ways to break a text, the better one first."""
    yield tuple(line for part in text.split("\n") for line in wrap(part, style, width))
    yield tuple(wrap(plain, style, width))


@functools.cache
def _attempts(size: float, lines: int, floor: float) -> tuple[tuple[int, float], ...]:
    steps = [size - step / 2 for step in range(int((size - floor) * 2) + 1)]
    if steps[-1] > floor:
        steps.append(floor)
    ones = [(1, s) for s in steps if lines == 1 or s >= size * 0.88]
    return (*ones, *((lines, s) for s in steps if lines > 1))


def wrap(text: str, style: Style, width: float) -> Iterator[str]:
    """Yield lines no wider than asked; no line begins with a closing or ends with an opening sign.

    A word that is wider than a line is broken anywhere: nothing is cut off.
    """
    line = ""
    for piece in _pieces(text, style, width):
        if line and style.width(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line or not text:
        yield line.rstrip()


def _pieces(text: str, style: Style, width: float) -> Iterator[str]:
    """Yield what may stand on one line only together."""
    held = ""
    for piece in _PIECE.findall(text):
        glued = held and (piece[0] in _NO_START or held[-1] in _NO_END)
        if held and not glued:
            yield from _broken(held, style, width)
            held = ""
        held += piece
    yield from _broken(held, style, width)


def _broken(piece: str, style: Style, width: float) -> Iterator[str]:
    """Yield a piece whole, or, when it is wider than a line, sign by sign."""
    if style.width(piece) > width:
        yield from piece
    elif piece:
        yield piece
