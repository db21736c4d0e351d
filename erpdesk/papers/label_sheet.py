"""Customer labels 客户标签: 24 on a sheet, each with the code that a scanner reads.

No balance and no telephone stands on a label: it is stuck where anybody may read it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.labels import ACROSS, ON_SHEET, LabelsAsked
from erpdesk.papers.codes import Bar
from erpdesk.papers.fonts import Weight, must_draw
from erpdesk.papers.page import HEIGHT, Sheet
from erpdesk.papers.text import DIM, Style, fit_shortened
from erpdesk.papers.wording import Language

_WIDTH: Final = 63.5 * mm
_HEIGHT: Final = 33.9 * mm
_LEFT: Final = 7.2 * mm
_TOP: Final = HEIGHT - 12.9 * mm
_GAP: Final = 2.5 * mm
_PAD: Final = 4 * mm
_MODULE: Final = 0.33 * mm
_BAR: Final = 12 * mm
_NAME: Final = Style(Weight.MEDIUM, 9.5)
_CODE: Final = Style(Weight.REGULAR, 8.5)
_SMALL: Final = Style(Weight.REGULAR, 7.5, DIM)
_TITLE: Final[dict[Language, str]] = {"zh": "客户标签", "en": "Customer labels"}
_TOLD_EVERY: Final = 48


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one: our code of the customer, name, main code, tail of the tax number."""

    code: str
    name: str
    customer_code: str
    tax_tail: str


def label_sheet(
    company: str,
    labels: Sequence[Label],
    asked: LabelsAsked,
    language: Language,
    tell: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> bytes:
    """Return the sheets as a PDF; whoever asks may be told how many labels are drawn.

    Raises:
        MissingCharacterError: the font cannot draw a character of a label.
    """
    must_draw(_texts(company, labels))
    sheet = Sheet(_TITLE[language], {"zh": "zh-CN", "en": "en"}[language])
    for n, label in enumerate(labels):
        place = asked.first - 1 + n
        if n and place % ON_SHEET == 0:
            sheet.turn()
        _draw(sheet, _corner(place, asked), label, company, is_framed=asked.is_framed)
        if n % _TOLD_EVERY == 0:
            tell(n, len(labels))
    return sheet.finish()


def _texts(company: str, labels: Sequence[Label]) -> Iterator[tuple[str, str]]:
    yield "company.name", company
    for label in labels:
        yield f"{label.customer_code}.name", label.name
        yield f"{label.customer_code}.code", f"{label.customer_code}{label.tax_tail}"


def _corner(place: int, asked: LabelsAsked) -> tuple[float, float]:
    """Return the upper left corner of a place of a sheet, moved as the printer needs it."""
    down, across = divmod(place % ON_SHEET, ACROSS)
    x = _LEFT + across * (_WIDTH + _GAP) + asked.right_tenths * mm / 10
    return x, _TOP - down * _HEIGHT - asked.down_tenths * mm / 10


def _draw(
    sheet: Sheet, corner: tuple[float, float], label: Label, company: str, *, is_framed: bool
) -> None:
    x, top = corner
    left, room = x + _PAD, _WIDTH - 2 * _PAD
    if is_framed:
        sheet.frame((x, top - _HEIGHT, _WIDTH, _HEIGHT), 0.3)
    name = fit_shortened([label.name], _NAME, room, where="name", lines=1)
    sheet.lines(left, top - 6.5 * mm, name)
    bar = Bar(code=label.code, height=_BAR, module=_MODULE)
    bar.draw(sheet, right=left + bar.width, y=top - 9 * mm - _BAR)
    sheet.text(left, top - 24.6 * mm, label.customer_code, _CODE)
    whose = "   ".join(filter(None, (label.tax_tail, company)))
    sheet.lines(left, top - 29 * mm, fit_shortened([whose], _SMALL, room, where="name", lines=1))
    sheet.mark("label", bottom=top - _HEIGHT, top=top, left=x, right=x + _WIDTH)
