"""Codes a person may scan later: Code 128 and QR, pure black on white."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from erpdesk.papers.page import Sheet
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
        return float(self._drawing().width)

    def draw(self, sheet: Sheet, *, right: float, y: float) -> None:
        """Draw it with its lower right corner here."""
        drawing = self._drawing()
        sheet.canvas.setFillColor(BLACK)
        drawing.drawOn(sheet.canvas, right - drawing.width, y)
        quiet = 10 * self.module
        left, top = right - drawing.width - quiet, y + self.height
        sheet.mark("code", bottom=y, top=top, left=left, right=right + quiet)
        if self.style:
            under = y - self.style.size - 1
            sheet.text(right - drawing.width / 2, under, self.code, self.style, align="centre")

    def _drawing(self) -> Code128:
        return Code128(self.code, barHeight=self.height, barWidth=self.module, quiet=0)


def qr(sheet: Sheet, text: str, *, x: float, y: float, size: float) -> None:
    """Draw a QR code of level M with its lower left corner here, quiet zone not counted."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    rows = [[bool(dark) for dark in row] for row in code.modules]
    module = size / len(rows)
    sheet.fill_all(
        (
            (x + start * module, y + size - (n + 1) * module, length * module, module)
            for n, row in enumerate(rows)
            for start, length in _runs(row)
        ),
        BLACK,
    )


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    runs, at = [], 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append((at, length))
        at += length
    return runs
