"""The count sheet 盘点表: eight customers a page, room for handwriting, a code on every line."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.errors import UserError
from erpdesk.papers.codes import Bar
from erpdesk.papers.count_sheet_view import CountSheetView, SheetLine, SheetPage
from erpdesk.papers.fonts import Weight, must_draw
from erpdesk.papers.furniture import FOOT_RULE, Furniture
from erpdesk.papers.page import HAIR, HEIGHT, INNER, LEFT, RIGHT, Box, Sheet
from erpdesk.papers.text import DIM, Style, fit
from erpdesk.papers.wording import WORDINGS as NOTICE_WORDINGS
from erpdesk.papers.wording import said

_TITLE: Final = Style(Weight.SEMIBOLD, 17)
_ABOUT: Final = Style(Weight.REGULAR, 9, DIM)
_BODY: Final = Style(Weight.REGULAR, 9)
_HEAD: Final = Style(Weight.MEDIUM, 8, DIM)
_NAME: Final = Style(Weight.SEMIBOLD, 11)
_SMALL: Final = Style(Weight.REGULAR, 8, DIM)
_CODE: Final = Style(Weight.REGULAR, 7.5)
_FIGURE: Final = Style(Weight.REGULAR, 10.5)
_BOX: Final = Style(Weight.REGULAR, 8)

_RULE: Final = HEIGHT - 32 * mm
_TABLE: Final = _RULE - 7 * mm
_LINE: Final = 29 * mm
_STATED: Final = LEFT + 94 * mm
_REPLY: Final = RIGHT - 40 * mm
_CHECKED: Final = RIGHT - 18 * mm
_WIDER: Final = 11 * mm
_MODULE: Final = 0.36 * mm
_FIELD_HEIGHT: Final = 8 * mm
_FIELD: Final = 36 * mm
_TICK: Final = 2.7 * mm


class NothingToCountError(UserError):
    """The campaign has no lines to be counted: there is nothing to print."""


def count_sheet(view: CountSheetView) -> bytes:
    """Return the sheet as a PDF; the same view gives the same bytes.

    Raises:
        NothingToCountError: the view has no lines.
        MissingCharacterError: the font cannot draw a character of the view.
        DoesNotFitError: a text is too long for its place.
    """
    return draw_count_sheet(view)[0]


def draw_count_sheet(view: CountSheetView) -> tuple[bytes, tuple[Box, ...]]:
    """Return the file and where each block stands; raises as :func:`count_sheet`."""
    if not view.pages:
        raise NothingToCountError(number=view.number)
    must_draw(view.texts())
    sheet = Sheet(f"{view.words.title} {view.number}", {"zh": "zh-CN", "en": "en"}[view.language])
    for n, page in enumerate(view.pages, 1):
        if n > 1:
            sheet.turn()
        _Drawing(view, sheet).page(page, n)
    return sheet.finish(), tuple(sheet.boxes)


@dataclass(frozen=True, slots=True)
class _Drawing:
    view: CountSheetView
    sheet: Sheet

    def page(self, page: SheetPage, n: int) -> None:
        self._head(page, n)
        self._heads()
        y = _TABLE
        for line in page.lines:
            self._line(line, y)
            y -= _LINE
        back = said(self.view.words.return_to, company=self.view.company)
        room = fit(back, _SMALL, INNER, where="company", lines=2)
        self.sheet.lines(LEFT, FOOT_RULE + 2.5 * mm + room.drop, room)
        self._foot(n)

    def _head(self, page: SheetPage, n: int) -> None:
        view, words, sheet = self.view, self.view.words, self.sheet
        code = Bar(code=page.code, height=9 * mm, style=_CODE)
        code.draw(sheet, right=RIGHT, y=HEIGHT - 24 * mm)
        room = INNER - code.width - 8 * mm
        end = sheet.text(LEFT, HEIGHT - 20 * mm, words.title, _TITLE)
        kind = words.blind if view.is_blind else words.open
        about = f"{view.campaign}   {words.cut_off} {view.cut_off}   {kind}"
        fitted = fit(about, _ABOUT, LEFT + room - end - 5 * mm, where="campaign", lines=2)
        sheet.lines(end + 5 * mm, HEIGHT - 20 * mm + fitted.drop, fitted)
        counter = said(words.sheet, page=str(n), pages=str(len(view.pages)))
        end = sheet.text(LEFT, HEIGHT - 28 * mm, counter, Style(Weight.MEDIUM, 9))
        end = self._field(end + 6 * mm, HEIGHT - 28 * mm, words.counter, 30 * mm)
        self._field(end + 5 * mm, HEIGHT - 28 * mm, words.day, 26 * mm)
        sheet.rule(_RULE, 0.8)
        sheet.mark("head", bottom=_RULE, top=HEIGHT - 14 * mm)

    def _heads(self) -> None:
        sheet, words, y = self.sheet, self.view.words, _RULE - 4.6 * mm
        sheet.text(LEFT, y, words.customer, _HEAD)
        if not self.view.is_blind:
            sheet.text(_STATED - 5 * mm, y, words.book, _HEAD, align="right")
        sheet.text(self._stated_left + self._stated_width, y, words.stated, _HEAD, align="right")
        sheet.text(_REPLY, y, words.reply, _HEAD)
        sheet.text(_CHECKED, y, words.checked, _HEAD)
        sheet.rule(_TABLE, 0.5)

    @property
    def _stated_left(self) -> float:
        return _STATED - (_WIDER if self.view.is_blind else 0)

    @property
    def _stated_width(self) -> float:
        return _FIELD + (_WIDER if self.view.is_blind else 0)

    def _line(self, line: SheetLine, top: float) -> None:
        sheet, bottom = self.sheet, top - _LINE
        self._who(line, top)
        if line.book is not None:
            right = _STATED - 5 * mm
            sheet.text(right, top - 6.5 * mm, line.book.grouped(), _FIGURE, align="right")
        bar = Bar(code=line.code, height=7.5 * mm, module=_MODULE)
        y = bottom + 2.2 * mm
        bar.draw(sheet, right=LEFT + bar.width, y=y)
        sheet.text(LEFT + bar.width + 10 * _MODULE, y + 1 * mm, line.code, _CODE)
        self._fields(top)
        self._ticks(_REPLY, top, self.view.words.replies)
        self._ticks(_CHECKED, top, self.view.words.checks)
        sheet.rule(bottom, 0.3, ink=HAIR)
        sheet.mark("line", bottom=bottom, top=top)

    def _who(self, line: SheetLine, top: float) -> None:
        right = self._stated_left - 4 * mm
        if line.book is not None:
            right -= _FIGURE.width(line.book.grouped()) + 3 * mm
        name = fit(line.name, _NAME, right - LEFT, where=f"{line.customer_code}.name", lines=2)
        y = self.sheet.lines(LEFT, top - 5 * mm, name) - 4 * mm
        for text in (f"{line.customer_code}   {line.tax_id}".strip(), line.contact):
            shown = fit(text, _SMALL, right - LEFT, where=line.customer_code, lines=1, floor=6)
            self.sheet.lines(LEFT, y, shown)
            y -= 3.8 * mm

    def _fields(self, top: float) -> None:
        sheet, words = self.sheet, self.view.words
        left, width = self._stated_left, self._stated_width
        sheet.frame((left, top - 2.5 * mm - _FIELD_HEIGHT, width, _FIELD_HEIGHT), 0.6)
        for n, word in enumerate((words.by, words.correction, words.note)):
            room = width - _BOX.width(word) - 1.5 * mm
            self._field(left, top - (15.5 + 5 * n) * mm, word, room)

    def _field(self, x: float, y: float, word: str, length: float) -> float:
        """Write a word, draw the line to write on after it, and return where that ends."""
        start = self.sheet.text(x, y, word, _BOX) + 1.5 * mm
        self.sheet.rule(y - 0.6 * mm, 0.4, left=start, right=start + length)
        return start + length

    def _ticks(self, x: float, top: float, words: tuple[str, ...]) -> None:
        for n, word in enumerate(words):
            y = top - (5.5 + 5.2 * n) * mm
            self.sheet.frame((x, y - 0.4 * mm, _TICK, _TICK), 0.6)
            self.sheet.text(x + _TICK + 1.3 * mm, y, word, _BOX)

    def _foot(self, n: int) -> None:
        view, words = self.view, self.view.words
        paper = NOTICE_WORDINGS[view.language].paper
        digits = f"{view.list_hash[:4]} {view.list_hash[4:8]}"
        Furniture(
            company=view.company,
            about_company="",
            code="",
            title=words.title,
            number=view.number,
            parties=(),
            marks=(),
            foot_left=said(words.foot, number=view.number, hash=digits),
            foot_right=said(paper.printed, at=view.printed_at),
            words=paper,
        ).foot(self.sheet, page=n, pages=len(view.pages))
