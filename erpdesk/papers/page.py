"""A page to draw on: measures, lines and texts, and the record of what stands where."""

import io
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from erpdesk.papers import fonts
from erpdesk.papers.text import INK, Fitted, Style

WIDTH, HEIGHT = A4
LEFT: Final = 18 * mm
RIGHT: Final = WIDTH - 16 * mm
FOOT: Final = 10 * mm
INNER: Final = RIGHT - LEFT

HAIR: Final = HexColor("#C9CED6")
GROUND: Final = HexColor("#F3F4F6")
FAINT: Final = HexColor("#7F8A98")
RING: Final = HexColor("#9AA3AE")

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a block stands: page from 1, edges in points from the lower left corner."""

    page: int
    name: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Sheet:
    """The pages of one paper while they are drawn."""

    title: str
    language: str
    page: int = 1
    boxes: list[Box] = field(default_factory=list)
    _stamps: dict[Hashable, str] = field(default_factory=dict)
    _out: io.BytesIO = field(default_factory=io.BytesIO)
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        fonts.register()
        self.canvas = Canvas(
            self._out,
            pagesize=A4,
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.Weight.REGULAR.value,  # type: ignore[arg-type]  # the stub is wrong
            lang=self.language,
        )
        self.canvas.setTitle(self.title)
        self.canvas.setCreator("erpdesk")
        self.canvas.setProducer("erpdesk")

    def turn(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.page += 1

    def finish(self) -> bytes:
        """Return the whole paper."""
        self.canvas.showPage()
        self.canvas.save()
        return self._out.getvalue()

    def mark(
        self, name: str, *, bottom: float, top: float, left: float = LEFT, right: float = RIGHT
    ) -> None:
        """Record that a block stands here."""
        self.boxes.append(Box(self.page, name, left, bottom, right, top))

    def stamp(self, key: Hashable, draw: Callable[[], None], *, up: float = 0) -> None:
        """Draw what is the same on many pages, moved ``up``; the file holds it once for a key."""
        name = self._stamps.get(key)
        if name is None:
            name = self._stamps[key] = f"stamp{len(self._stamps)}"
            self.canvas.beginForm(name, lowery=-int(HEIGHT))  # what is moved up is drawn under 0
            draw()
            self.canvas.endForm()
        with self._kept():
            self.canvas.translate(0, up)
            self.canvas.doForm(name)

    def text(self, x: float, y: float, text: str, style: Style, *, align: Align = "left") -> float:
        """Write one line and return where it ends."""
        canvas, width = self.canvas, style.width(text)
        left = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        canvas.setFont(style.weight.value, style.size)
        canvas.setFillColor(style.ink)
        canvas.drawString(round(left, 2), round(y, 2), text)
        return left + width

    def spaced(
        self, x: float, y: float, text: str, style: Style, *, gap: float, align: Align
    ) -> None:
        """Write one line with room between its characters, without blanks in the text."""
        canvas, width = self.canvas, style.width(text) + gap * (len(text) - 1)
        canvas.setFont(style.weight.value, style.size)
        canvas.setFillColor(style.ink)
        canvas.drawString(x - (width / 2 if align == "centre" else 0), y, text, charSpace=gap)

    def lines(self, x: float, y: float, fitted: Fitted, *, align: Align = "left") -> float:
        """Write fitted lines downwards and return the last base line."""
        for n, line in enumerate(fitted.lines):
            self.text(x, y - n * fitted.leading, line, fitted.style, align=align)
        return y - fitted.drop

    def rule(
        self,
        y: float,
        weight: float,
        *,
        left: float = LEFT,
        right: float = RIGHT,
        ink: Color = INK,
    ) -> None:
        """Draw a horizontal line, ``weight`` in points."""
        self.canvas.setLineWidth(weight)
        self.canvas.setStrokeColor(ink)
        self.canvas.line(left, y, right, y)

    def cut(self, y: float, *, between: tuple[float, float]) -> None:
        """Draw the dashed line along which the paper is cut, with a gap for its instruction."""
        with self._kept():
            self.canvas.setDash(3, 2)
            self.rule(y, 0.5, left=8 * mm, right=between[0], ink=FAINT)
            self.rule(y, 0.5, left=between[1], right=WIDTH - 8 * mm, ink=FAINT)

    def fill(self, rectangle: tuple[float, float, float, float], ink: Color) -> None:
        """Fill a rectangle given as left, bottom, width, height."""
        self.canvas.setFillColor(ink)
        self.canvas.rect(*rectangle, stroke=0, fill=1)

    def fill_cells(
        self,
        cells: Iterable[tuple[int, int, int]],
        *,
        corner: tuple[float, float],
        cell: tuple[float, float],
        ink: Color,
    ) -> None:
        """Fill cells of a grid as one shape, so that no seams show between them.

        Each is given as left, bottom and width, in cells from the corner; ``cell`` is the width
        and height of one, in points.
        """
        with self._kept():
            self.canvas.translate(*corner)
            self.canvas.scale(*cell)
            self.canvas.setFillColor(ink)
            self.canvas.addLiteral(" ".join(f"{x} {y} {width} 1 re" for x, y, width in cells))
            self.canvas.addLiteral("f")

    def frame(self, rectangle: tuple[float, float, float, float], weight: float = 0.7) -> None:
        """Draw the outline of a rectangle given as left, bottom, width, height."""
        self.canvas.setLineWidth(weight)
        self.canvas.setStrokeColor(INK)
        self.canvas.rect(*rectangle)

    def ring(self, x: float, y: float, radius: float) -> None:
        """Draw the dashed circle where a seal goes."""
        with self._kept():
            self.canvas.setDash(2, 2)
            self.canvas.setLineWidth(0.5)
            self.canvas.setStrokeColor(RING)
            self.canvas.circle(x, y, radius)

    @contextmanager
    def _kept(self) -> Iterator[None]:
        self.canvas.saveState()
        yield
        self.canvas.restoreState()
