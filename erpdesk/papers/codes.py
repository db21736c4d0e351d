"""Codes a person may scan later: Code 128 and QR, pure black on white."""

from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Final

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from erpdesk.papers.page import Sheet
from erpdesk.papers.qr_mask import MASKS, lost_points
from erpdesk.papers.text import Style

BLACK: Final = HexColor("#000000")
MODULE: Final = 0.30 * mm
MODULE_SMALL: Final = 0.26 * mm


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
        bars = ((start, 0, stop - start) for start, stop in tuple(pairwise(places))[::2])
        width, quiet = places[-1] * self.module, 10 * self.module
        corner, cell = (right - width, y), (self.module, self.height)
        sheet.fill_cells(bars, corner=corner, cell=cell, ink=BLACK)
        left, top = right - width - quiet, y + self.height
        sheet.mark("code", bottom=y, top=top, left=left, right=right + quiet)
        if self.style:
            under = y - self.style.size - 1
            sheet.text(right - width / 2, under, self.code, self.style, align="centre")


def _widths(code: str) -> tuple[int, ...]:
    """Return the widths of a Code 128 in modules: bar, gap, bar … ending with a bar."""
    drawing = Code128(code, quiet=0)
    drawing.validate()
    drawing.encode()
    drawing.decompose()
    return tuple(ord(sign.lower()) - ord("a") + 1 for sign in drawing.decomposed)


def qr(sheet: Sheet, text: str, *, x: float, y: float, size: float) -> None:
    """Draw a QR code of level M with its lower left corner here, quiet zone not counted."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    rows = min((_masked(code, mask) for mask in MASKS), key=lost_points)
    cells = ((start, -n - 1, length) for n, row in enumerate(rows) for start, length in _runs(row))
    module = size / len(rows)
    sheet.fill_cells(cells, corner=(x, y + size), cell=(module, module), ink=BLACK)


def _masked(code: QRCode, mask: int) -> list[list[bool]]:
    code.makeImpl(False, mask)  # noqa: FBT003 - the library's: this is no trial
    return [[bool(dark) for dark in row] for row in code.modules]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    runs, at = [], 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append((at, length))
        at += length
    return runs
