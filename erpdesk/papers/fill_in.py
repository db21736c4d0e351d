"""Lines for a hand to fill in: room to write on, boxes to tick."""

import re
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.page import FAINT, Sheet
from erpdesk.papers.text import BODY, SMALLEST, DoesNotFitError, Style

_BLANK: Final = 1.9 * mm
_BOX: Final = 2.7 * mm
_PARTS: Final = re.compile(r"_+|□|[^_□]+")


def fill_in(sheet: Sheet, x: float, y: float, text: str, *, room: float) -> float:
    """Draw a line with room to write and boxes to tick, smaller when it must be; return its end.

    Raises:
        DoesNotFitError: even the smallest letters need more room.
    """
    for size in (9, 8.5, 8, SMALLEST):
        style = BODY.at(size)
        if sum(_width(part, style) for part in _PARTS.findall(text)) <= room:
            break
    else:
        raise DoesNotFitError(text=text, where="wording.slip")
    for part in _PARTS.findall(text):
        end = x + _width(part, style)
        if part == "□":
            box(sheet, x, y)
        elif part.startswith("_"):
            sheet.rule(y - 0.8 * mm, 0.5, left=x, right=end, ink=FAINT)
        else:
            sheet.text(x, y, part, style)
        x = end
    return x


def box(sheet: Sheet, x: float, y: float) -> None:
    """Draw a box to tick beside a line of text that stands at ``y``."""
    sheet.frame((x, y - 0.3 * mm, _BOX, _BOX), 0.6)


def _width(part: str, style: Style) -> float:
    if part.startswith("_"):
        return len(part) * _BLANK
    return 3.2 * mm if part == "□" else style.width(part)
