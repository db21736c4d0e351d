"""Notices beside a bare canvas that draws the very same marks, one file each and all in one."""

import gc
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Final
from unittest.mock import patch

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from erpdesk.domain.money import Money
from erpdesk.papers import page
from erpdesk.papers.notice import notice, notices
from erpdesk.papers.notice_view import NoticeRow, NoticeView
from erpdesk.papers.pen import Cells, Pen, Point, Rectangle
from erpdesk.papers.text import Style
from tests.bench.figures import Figure, in_turn, part
from tests.papers.examples import named, rows

BAR: Final = 1.3
PAGE_BYTES_MAX: Final = 3000
_ROUNDS: Final = 2
"""Each draws the whole batch twice, 25 s a time at 10,000: the better of two is taken."""
Call = tuple[str, tuple[Any, ...], dict[str, Any]]


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield the time of one notice, of a page in a batch, and the bytes of that page."""
    del cache
    many = [_a_notice(n) for n in range(size)]
    few = many[: min(size, 50)]
    alone, limit = in_turn(_each(few, notice), _each(_bare(few), replayed), len(few))
    yield Figure("notice, single", part(alone, 0.5), part(limit, 0.5), "ms", BAR, size=size)
    written: list[int] = []
    calls = recorded(many)
    gc.freeze()  # three million marks noted down are no garbage to be looked through at every page
    taken, least = in_turn(
        lambda: written.append(len(notices(many))), lambda: replayed(calls), _ROUNDS
    )
    yield Figure("notice, in a batch", taken[0] / size, least[0] / size, "ms", BAR, size=size)
    yield Figure("bytes a page", written[0] / size, PAGE_BYTES_MAX, "B", 1.0, size=size)


def _a_notice(n: int) -> NoticeView:
    """Return a notice to a customer of its own over documents of its own."""
    claims = tuple(_a_row(row, n * 10 + at) for at, row in enumerate(rows(6)))
    code = f"N{n:010d}"
    return named(
        f"青禾包装材料第{n}分公司",
        number=f"通-202611-{n:04d}",
        code=f"ED{code}F",
        reply_code=f"EDR{code}",
        rows=claims,
    )


def _a_row(row: NoticeRow, n: int) -> NoticeRow:
    settle = Money(row.settle.minor + n * 7919 % 100_000, row.settle.currency)
    return replace(row, document=f"据-202610-{n:06d}", original=settle, settle=settle)


def _bare(views: Iterable[NoticeView]) -> list[list[Call]]:
    return [recorded((view,)) for view in views]


def _each(values: Sequence[Any], do: Callable[[Any], object]) -> Callable[[], object]:
    do(values[0])
    waiting = iter(values)
    return lambda: do(next(waiting))


def recorded(views: Sequence[NoticeView]) -> list[Call]:
    """Return what one says to a plain canvas to draw these notices."""
    heard: list[Call] = []
    with (
        patch.object(_Pen, "heard", heard),
        patch.object(_Canvas, "heard", heard),
        patch.object(page, "Pen", _Pen),
        patch.object(page, "Canvas", _Canvas),
    ):
        notices(views)
    return heard


def replayed(calls: Sequence[Call]) -> bytes:
    """Say the same to a canvas that nothing stands behind."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    for name, values, named_values in calls:
        getattr(canvas, name)(*values, **named_values)
    canvas.save()
    return out.getvalue()


class _Canvas(Canvas):
    """A canvas that notes down which parts and pages are begun and ended."""

    heard: ClassVar[list[Call]] = []

    @override
    def beginForm(self, *values: Any, **named_values: Any) -> None:
        self.heard.append(("beginForm", values, named_values))
        super().beginForm(*values, **named_values)

    @override
    def endForm(self, **named_values: Any) -> None:
        self.heard.append(("endForm", (), named_values))
        super().endForm(**named_values)

    @override
    def doForm(self, name: str) -> None:
        self.heard.append(("doForm", (name,), {}))
        super().doForm(name)

    @override
    def showPage(self) -> None:
        self.heard.append(("showPage", (), {}))
        super().showPage()


class _Pen(Pen):
    """A pen that notes down what one says to a canvas to draw the same mark."""

    heard: ClassVar[list[Call]] = []

    def _note(self, name: str, *values: Any, **named_values: Any) -> None:
        self.heard.append((name, values, named_values))

    @override
    def text(self, x: float, y: float, text: str, style: Style, *, gap: float = 0) -> None:
        self._note("setFont", style.weight.value, style.size)
        self._note("setFillColor", style.ink)
        self._note("drawString", round(x, 2), round(y, 2), text, charSpace=gap)
        super().text(x, y, text, style, gap=gap)

    @override
    def line(self, start: Point, end: Point, weight: float, ink: Color) -> None:
        self._outline(weight, ink)
        self._note("line", *start, *end)
        super().line(start, end, weight, ink)

    @override
    def frame(self, rectangle: Rectangle, weight: float, ink: Color) -> None:
        self._outline(weight, ink)
        self._note("rect", *rectangle)
        super().frame(rectangle, weight, ink)

    @override
    def circle(self, centre: Point, radius: float, weight: float, ink: Color) -> None:
        self._outline(weight, ink)
        self._note("circle", *centre, radius)
        super().circle(centre, radius, weight, ink)

    def _outline(self, weight: float, ink: Color) -> None:
        self._note("setLineWidth", weight)
        self._note("setStrokeColor", ink)

    @override
    def fill(self, rectangle: Rectangle, ink: Color) -> None:
        self._note("setFillColor", ink)
        self._note("rect", *rectangle, stroke=0, fill=1)
        super().fill(rectangle, ink)

    @override
    def fill_cells(self, blocks: Iterable[Cells], ink: Color) -> None:
        known = list(blocks)
        self._note("setFillColor", ink)
        self._note("addLiteral", " ".join("{} {} {} {} re".format(*block) for block in known))
        self._note("addLiteral", "f")
        super().fill_cells(known, ink)

    @override
    def dash(self, on: float, off: float) -> None:
        self._note("setDash", on, off)
        super().dash(on, off)

    @override
    def grid(self, corner: Point, cell: Point) -> None:
        self._note("translate", *corner)
        self._note("scale", *cell)
        super().grid(corner, cell)

    @override
    @contextmanager
    def kept(self) -> Iterator[None]:
        self._note("saveState")
        with super().kept():
            yield
        self._note("restoreState")
