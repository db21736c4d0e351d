"""A card of codes under one another, for those who scan without a screen at hand."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from reportlab.lib.units import mm

from erpdesk.domain.codes.characters import shown
from erpdesk.papers.codes import Bar
from erpdesk.papers.fonts import Weight
from erpdesk.papers.page import FOOT, HEIGHT, INNER, LEFT, RIGHT, WIDTH, Sheet
from erpdesk.papers.text import DIM, SMALL, Style, fit
from erpdesk.papers.wording import Language

_TITLE: Final = Style(Weight.SEMIBOLD, 19)
_NAME: Final = Style(Weight.SEMIBOLD, 11)
_CODE: Final = Style(Weight.REGULAR, 8, DIM)
_MODULE: Final = 0.33 * mm
_BAR: Final = 12 * mm
_PITCH: Final = 33 * mm
_TOP: Final = HEIGHT - 46 * mm
_BESIDE: Final = LEFT + 96 * mm


class Entry(NamedTuple):
    """A code with its name, and what it does."""

    name: str
    code: str
    what: str = ""


def code_card(title: str, how: str, entries: Sequence[Entry], language: Language) -> bytes:
    """Return the card as a PDF: at most seven codes, far enough apart for one scanner each."""
    sheet = Sheet(title, {"zh": "zh-CN", "en": "en"}[language])
    sheet.text(LEFT, HEIGHT - 24 * mm, title, _TITLE)
    sheet.lines(LEFT, HEIGHT - 31 * mm, fit(how, SMALL, INNER, where="how", lines=2))
    for n, entry in enumerate(entries):
        _draw(sheet, _TOP - n * _PITCH, entry)
    sheet.text(WIDTH / 2, FOOT, "erpdesk", SMALL, align="centre")
    return sheet.finish()


def _draw(sheet: Sheet, top: float, entry: Entry) -> None:
    bar, bottom = Bar(code=entry.code, height=_BAR, module=_MODULE), top - 4 * mm - _BAR
    sheet.text(LEFT, top, entry.name, _NAME)
    bar.draw(sheet, right=LEFT + bar.width, y=bottom)
    sheet.text(LEFT, bottom - 4 * mm, shown(entry.code), _CODE)
    what = fit(entry.what, SMALL, RIGHT - _BESIDE, where="what", lines=3)
    sheet.lines(_BESIDE, top - 6 * mm, what)
    sheet.rule(bottom - 7.5 * mm, 0.3, left=LEFT, right=RIGHT)
