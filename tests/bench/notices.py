"""Notices beside a bare canvas that draws the very same marks, one file each and all in one."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from erpdesk.papers import page
from erpdesk.papers.notice import notice, notices
from erpdesk.papers.notice_view import NoticeView
from tests.bench.figures import Figure, part, seconds, times_ms
from tests.papers.examples import named

BAR: Final = 1.3
PAGE_BYTES_MAX: Final = 3000
_SAID: Final = (
    "setFont", "setFillColor", "setStrokeColor", "setLineWidth", "setDash", "drawString", "line",
    "rect", "circle", "drawPath", "saveState", "restoreState", "translate", "doForm", "beginForm",
    "endForm", "showPage", "scale", "addLiteral",
)  # fmt: skip
Call = tuple[str, tuple[Any, ...], dict[str, Any]]


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield the time of one notice, of a page in a batch, and the bytes of that page."""
    del cache
    many = [named(f"青禾包装材料第{n}分公司", number=f"通-202611-{n:04d}") for n in range(size)]
    few = many[: min(size, 50)]
    alone = times_ms(_each(few, notice), len(few))
    bare = [recorded((view,)) for view in few]
    limit = times_ms(_each(bare, replayed), len(bare))
    yield Figure("notice, single", part(alone, 0.5), part(limit, 0.5), "ms", BAR, size=size)
    whole = b""

    def batch() -> None:
        nonlocal whole
        whole = notices(many)

    calls = recorded(many)
    taken, least = seconds(batch), seconds(lambda: replayed(calls))
    yield Figure(
        "notice, in a batch", taken / size * 1000, least / size * 1000, "ms", BAR, size=size
    )
    yield Figure("bytes a page", len(whole) / size, PAGE_BYTES_MAX, "B", 1.0, size=size)


def _each(values: Sequence[Any], do: Callable[[Any], object]) -> Callable[[], object]:
    do(values[0])
    waiting = iter(values)
    return lambda: do(next(waiting))


@dataclass
class _Heard:
    """What is said to a canvas from outside, and not what it says to itself."""

    calls: list[Call] = field(default_factory=list)
    depth: int = 0


def recorded(views: Sequence[NoticeView]) -> list[Call]:
    """Return what drawing these notices says to the canvas."""
    heard = _Heard()
    with patch.object(page, "Canvas", _listening(heard)):
        notices(views)
    return heard.calls


def _listening(heard: _Heard) -> type[Canvas]:
    def wrapped(name: str) -> Callable[..., Any]:
        plain = getattr(Canvas, name)

        def said(self: Canvas, *values: Any, **named: Any) -> Any:
            if heard.depth == 0:
                heard.calls.append((name, values, named))
            heard.depth += 1
            try:
                return plain(self, *values, **named)
            finally:
                heard.depth -= 1

        return said

    return type("Listening", (Canvas,), {name: wrapped(name) for name in _SAID})


def replayed(calls: Sequence[Call]) -> bytes:
    """Say the same to a canvas that nothing stands behind."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    for name, values, named_values in calls:
        getattr(canvas, name)(*values, **named_values)
    canvas.save()
    return out.getvalue()
