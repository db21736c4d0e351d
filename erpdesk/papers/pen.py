"""What is drawn on a page, in the words of the PDF: a look is said once, until it changes."""

import functools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from reportlab.lib.colors import Color
from reportlab.pdfgen.pathobject import PDFPathObject

from erpdesk.papers.fonts import Weight, in_parts
from erpdesk.papers.text import Style

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Left, bottom, width and height in points."""
Cells = tuple[int, int, int, int]
"""Left, bottom, width and height of a block of cells in a grid."""

_KEPT: Final = 4096
_AS_IT_IS: Final = {*range(0x18), *range(0x20, 0x7F)} - set(b"\r()\\")
_SHOWN: Final = tuple(chr(n) if n in _AS_IT_IS else f"\\{n:03o}" for n in range(256))
"""How each byte stands in a string: as it is where ReportLab writes it so everywhere."""


class Letters:
    """How the texts of one document are written in its fonts; what is said often is kept."""

    def __init__(self, canvas: Any) -> None:
        self._document = canvas._doc  # noqa: SLF001 - fonts ask for it, nothing else gives it
        self.of = functools.lru_cache(maxsize=_KEPT)(self._of)

    def _of(self, text: str, weight: Weight) -> tuple[tuple[str, str], ...]:
        """Return a text in runs: the name of the part of the font, and what is shown of it."""
        return tuple(
            (part, "".join(map(_SHOWN.__getitem__, signs)))
            for part, signs in in_parts(text, weight, self._document)
        )


class Pen:
    """Draws one page, or one part that is stamped on many; all measures are in points."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._said: list[str] = []
        self._is_writing = False
        self._looks: dict[str, object] = {}

    def taken(self) -> str:
        """Return what was drawn since this was last asked."""
        self._draw()
        said, self._said = "\n".join(self._said), []
        return said

    def text(self, x: float, y: float, text: str, style: Style, *, gap: float = 0) -> None:
        """Write one line from here, with room between its characters."""
        if not self._is_writing:
            self._said.append("BT")
            self._is_writing = True
        self._ink("rg", style.ink)
        self._said.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        self._look("Tc", gap, "{:.4g}")
        for font, shown in self._letters.of(text, style.weight):
            self._look("Tf", (font, style.size), "{0[0]} {0[1]:g}")
            self._said.append(f"({shown}) Tj")

    def line(self, start: Point, end: Point, weight: float, ink: Color) -> None:
        """Draw a line."""
        self._stroke(weight, ink)
        self._draw(f"{start[0]:.2f} {start[1]:.2f} m {end[0]:.2f} {end[1]:.2f} l S")

    def frame(self, rectangle: Rectangle, weight: float, ink: Color) -> None:
        """Draw the outline of a rectangle."""
        self._stroke(weight, ink)
        self._draw("{:.2f} {:.2f} {:.2f} {:.2f} re S".format(*rectangle))

    def circle(self, centre: Point, radius: float, weight: float, ink: Color) -> None:
        """Draw a circle."""
        self._stroke(weight, ink)
        path = PDFPathObject()
        path.circle(*centre, radius)
        self._draw(f"{path.getCode()} S")

    def fill(self, rectangle: Rectangle, ink: Color) -> None:
        """Fill a rectangle."""
        self._ink("rg", ink)
        self._draw("{:.2f} {:.2f} {:.2f} {:.2f} re f".format(*rectangle))

    def fill_cells(self, blocks: Iterable[Cells], ink: Color) -> None:
        """Fill cells of a grid as one shape, so that no seams show between them."""
        self._ink("rg", ink)
        self._draw(
            " ".join([f"{x} {y} {width} {height} re" for x, y, width, height in blocks]), "f"
        )

    def dash(self, on: float, off: float) -> None:
        """Draw lines dashed from here on."""
        self._draw(f"[{on} {off}] 0 d")

    def grid(self, corner: Point, cell: Point) -> None:
        """Count from a corner from here on, in cells of this width and height."""
        self._draw("{:.6g} 0 0 {:.6g} {:.6g} {:.6g} cm".format(*cell, *corner))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Forget at the end how things looked and where they were counted from meanwhile."""
        self._draw("q")
        looks = self._looks.copy()
        yield
        self._draw("Q")
        self._looks = looks

    def _draw(self, *said: str) -> None:
        if self._is_writing:
            self._said.append("ET")
            self._is_writing = False
        self._said.extend(said)

    def _stroke(self, weight: float, ink: Color) -> None:
        self._ink("RG", ink)
        self._look("w", weight, "{:g}")

    def _ink(self, operator: str, ink: Color) -> None:
        if self._looks.get(operator) is not ink:
            self._look(operator, ink, "{0.red:.3g} {0.green:.3g} {0.blue:.3g}")

    def _look(self, operator: str, value: object, said: str) -> None:
        if self._looks.get(operator) != value:
            self._looks[operator] = value
            self._said.append(f"{said.format(value)} {operator}")
