"""Codes a person may scan later: Code 128 and QR, pure black on white."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from erpdesk.papers.page import Sheet
from erpdesk.papers.pen import Cells
from erpdesk.papers.qr_code import qr_rows
from erpdesk.papers.text import Style

BLACK: Final = HexColor("#000000")
MODULE: Final = 0.30 * mm
MODULE_SMALL: Final = 0.26 * mm
_DARK: Final = re.compile("1+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A Code 128, its bar width and height in points, and the look of its text under it if any."""

    code: str
    height: float
    module: float = MODULE
    style: Style | None = None

    @property
    def width(self) -> float:
        """Return the width without the quiet zones."""
        return sum(_widths(self.code)) * self.module

    def draw(self, sheet: Sheet, *, right: float, y: float) -> None:
        """Draw it with its lower right corner here."""
        places = tuple(accumulate(_widths(self.code), initial=0))
        bars = ((start, 0, stop - start, 1) for start, stop in tuple(pairwise(places))[::2])
        width, quiet = places[-1] * self.module, 10 * self.module
        corner, cell = (right - width, y), (self.module, self.height)
        sheet.fill_cells(bars, corner=corner, cell=cell, ink=BLACK)
        left, top = right - width - quiet, y + self.height
        sheet.mark("code", bottom=y, top=top, left=left, right=right + quiet)
        if self.style:
            under = y - self.style.size - 1
            sheet.text(right - width / 2, under, self.code, self.style, align="centre")


@functools.lru_cache(maxsize=64)
def _widths(code: str) -> tuple[int, ...]:
    """Return the widths of a Code 128 in modules: bar, gap, bar … ending with a bar."""
    drawing = Code128(code, quiet=0)
    drawing.validate()
    drawing.encode()
    drawing.decompose()
    return tuple(ord(sign.lower()) - ord("a") + 1 for sign in drawing.decomposed)


def qr(sheet: Sheet, text: str, *, x: float, y: float, size: float) -> None:
    """Draw a QR code of level M with its lower left corner here, quiet zone not counted."""
    rows = qr_rows(text)
    module = size / len(rows)
    sheet.fill_cells(_blocks(rows), corner=(x, y + size), cell=(module, module), ink=BLACK)


def _blocks(rows: Sequence[str]) -> Iterator[Cells]:
    """Yield what is dark, counted down from 0; what is alike in rows one under another is one."""
    growing: dict[tuple[int, int], int] = {}
    for n, row in enumerate((*rows, "")):
        runs = [run.span() for run in _DARK.finditer(row)]
        grown = {run: growing.pop(run, 0) + 1 for run in runs}
        for (start, end), height in growing.items():
            yield start, -n, end - start, height
        growing = grown
