"""A page to draw on: measures, lines and texts, and the record of what stands where."""

import io
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from erpdesk.papers import fonts
from erpdesk.papers.pen import Cells, Letters, Pen, Rectangle
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


class Box(NamedTuple):
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
    _canvas: Canvas = field(init=False)
    _letters: Letters = field(init=False)
    _pen: Pen = field(init=False)

    def __post_init__(self) -> None:
        fonts.register()
        self._canvas = Canvas(
            self._out,
            pagesize=A4,
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.Weight.REGULAR.value,  # type: ignore[arg-type]  # the stub is wrong
            lang=self.language,
        )
        self._canvas.setTitle(self.title)
        self._canvas.setCreator("erpdesk")
        self._canvas.setProducer("erpdesk")
        self._letters = Letters(self._canvas)
        self._pen = Pen(self._letters)

    def turn(self) -> None:
        """Begin the next page."""
        self._say()
        self._canvas.showPage()
        self._pen = Pen(self._letters)
        self.page += 1

    def finish(self) -> bytes:
        """Return the whole paper."""
        self._say()
        self._canvas.showPage()
        self._canvas.save()
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
            name = self._stamps[key] = f"{len(self._stamps)}"
            self._form(name, draw)
        with self._pen.kept():
            self._pen.grid((0, up), (1, 1))
            self._say()
            self._canvas.doForm(name)

    def _form(self, name: str, draw: Callable[[], None]) -> None:
        page, self._pen = self._pen, Pen(self._letters)
        self._canvas.beginForm(name, lowery=-int(HEIGHT))  # what is moved up is drawn under 0
        draw()
        self._say()
        self._canvas.endForm()
        self._pen = page

    def _say(self) -> None:
        """Put what is drawn so far into the file."""
        self._canvas.addLiteral(self._pen.taken())

    def text(self, x: float, y: float, text: str, style: Style, *, align: Align = "left") -> float:
        """Write one line and return where it ends."""
        width = style.width(text)
        left = x if align == "left" else x - (width / 2 if align == "centre" else width)
        self._pen.text(left, y, text, style)
        return left + width

    def spaced(
        self, x: float, y: float, text: str, style: Style, *, gap: float, align: Align
    ) -> None:
        """Write one line with room between its characters, without blanks in the text."""
        width = style.width(text) + gap * (len(text) - 1)
        self._pen.text(x - (width / 2 if align == "centre" else 0), y, text, style, gap=gap)

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
        self._pen.line((left, y), (right, y), weight, ink)

    def cut(self, y: float, *, between: tuple[float, float]) -> None:
        """Draw the dashed line along which the paper is cut, with a gap for its instruction."""
        with self._pen.kept():
            self._pen.dash(3, 2)
            self.rule(y, 0.5, left=8 * mm, right=between[0], ink=FAINT)
            self.rule(y, 0.5, left=between[1], right=WIDTH - 8 * mm, ink=FAINT)

    def fill(self, rectangle: Rectangle, ink: Color) -> None:
        """Fill a rectangle."""
        self._pen.fill(rectangle, ink)

    def fill_cells(
        self,
        blocks: Iterable[Cells],
        *,
        corner: tuple[float, float],
        cell: tuple[float, float],
        ink: Color,
    ) -> None:
        """Fill blocks of a grid, counted from its corner; ``cell`` is the size of one in points."""
        with self._pen.kept():
            self._pen.grid(corner, cell)
            self._pen.fill_cells(blocks, ink)

    def frame(self, rectangle: Rectangle, weight: float = 0.7) -> None:
        """Draw the outline of a rectangle."""
        self._pen.frame(rectangle, weight, INK)

    def ring(self, x: float, y: float, radius: float) -> None:
        """Draw the dashed circle where a seal goes."""
        with self._pen.kept():
            self._pen.dash(2, 2)
            self._pen.circle((x, y), radius, 0.5, RING)
