"""What frames every page: head, running head, foot."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.codes import MODULE_SMALL, Bar
from erpdesk.papers.fonts import Weight
from erpdesk.papers.notice_view import Company
from erpdesk.papers.page import FOOT, HAIR, HEIGHT, INNER, LEFT, RIGHT, WIDTH, Sheet
from erpdesk.papers.text import DIM, INK, SMALL, Fitted, Style, fit, fit_shortened
from erpdesk.papers.wording import PaperWording, said

FOOT_RULE: Final = FOOT + 4.2 * mm
"""Where the page ends for everything but the foot."""

_NAME: Final = Style(Weight.SEMIBOLD, 13)
_TITLE: Final = Style(Weight.SEMIBOLD, 11)
_PAPER_TITLE: Final = Style(Weight.SEMIBOLD, 19)
_MARK: Final = Style(Weight.SEMIBOLD, 10)
_MARK_SMALL: Final = Style(Weight.SEMIBOLD, 8.5)
_CODE: Final = Style(Weight.REGULAR, 8, INK)
_FOOT: Final = Style(Weight.REGULAR, 7.5, DIM)
_PAGE: Final = Style(Weight.MEDIUM, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """The texts that frame the pages of one paper; ``parties`` are ways to name the customer."""

    company: str
    about_company: str
    code: str
    title: str
    number: str
    parties: tuple[str, ...]
    marks: tuple[str, ...]
    foot_left: str
    foot_right: str
    words: PaperWording

    def head(self, sheet: Sheet) -> float:
        """Draw the head of page 1 and return where it ends."""
        code = Bar(code=self.code, height=9 * mm, style=_CODE)
        room = INNER - code.width - 8 * mm
        name = fit(self.company, _NAME, room, where="company.name", lines=3, floor=9)
        about = fit(self.about_company, SMALL, room, where="company.address", lines=2)
        y = HEIGHT - 18.5 * mm
        under = y - name.drop - 5 * mm
        sheet.stamp((name, about), lambda: _letterhead(sheet, y, name, about))
        code.draw(sheet, right=RIGHT, y=y - 4.5 * mm)
        return self._close(sheet, min(under - about.drop - 3.4 * mm, y - 10 * mm))

    def running_head(self, sheet: Sheet) -> float:
        """Draw the head of a following page and return where it ends."""
        party = self._party()
        y = HEIGHT - 16.5 * mm
        end = sheet.text(LEFT, y, self.title, _TITLE)
        self.marked(sheet, end + 4 * mm, y, stacked=False)
        last = sheet.lines(LEFT, y - 4.6 * mm, party)
        self._running_code().draw(sheet, right=RIGHT, y=y - 4.4 * mm)
        return self._close(sheet, min(last - 2.4 * mm, y - 7 * mm))

    @property
    def running_height(self) -> float:
        """Return how much of a following page its head takes."""
        return 23.5 * mm + self._party().drop

    def _running_code(self) -> Bar:
        return Bar(code=self.code, height=7 * mm, module=MODULE_SMALL)

    def _party(self) -> Fitted:
        room = INNER - self._running_code().width - 8 * mm
        texts = [f"{self.number}   {party}" for party in self.parties]
        return fit_shortened(texts, SMALL, room, where="customer.name", lines=2)

    def marked(self, sheet: Sheet, x: float, y: float, *, stacked: bool) -> None:
        """Draw what warns the reader, each framed: a draft, a notice that was replaced."""
        style = _MARK if stacked else _MARK_SMALL
        below, height = style.size * 0.43, style.size * 1.53
        for mark in self.marks:
            end = sheet.text(x + 1.6 * mm, y, mark, style) + 1.6 * mm
            sheet.frame((x, y - below, end - x, height), 0.9)
            sheet.mark("mark", bottom=y - below, top=y - below + height, left=x, right=end)
            x, y = (x, y - 6.8 * mm) if stacked else (end + 2 * mm, y)

    def foot(self, sheet: Sheet, *, page: int, pages: int) -> None:
        """Draw the foot; the page number stands in the middle, or between its neighbours."""
        words = said(self.words.page, page=str(page), pages=str(pages))
        sheet.rule(FOOT_RULE, 0.3, ink=HAIR)
        left = sheet.text(LEFT, FOOT, self.foot_left, _FOOT)
        right = RIGHT - _FOOT.width(self.foot_right)
        half = _PAGE.width(words) / 2 + 2 * mm
        middle = WIDTH / 2
        if middle - half < left or middle + half > right:
            middle = (left + right) / 2
        sheet.text(middle, FOOT, words, _PAGE, align="centre")
        sheet.text(RIGHT, FOOT, self.foot_right, _FOOT, align="right")
        sheet.mark("foot", bottom=FOOT - 1 * mm, top=FOOT_RULE)

    def _close(self, sheet: Sheet, end: float) -> float:
        sheet.rule(end, 0.8)
        sheet.mark("head", bottom=end, top=HEIGHT - 13.5 * mm)
        return end


def _letterhead(sheet: Sheet, y: float, name: Fitted, about: Fitted) -> None:
    last = sheet.lines(LEFT, y, name)
    sheet.lines(LEFT, last - 5 * mm, about)


def title(sheet: Sheet, y: float, text: str, subtitle: str) -> None:
    """Draw the title of a paper in the middle of its first page, a short Chinese one spaced."""
    if len(text) in (4, 5) and not text.isascii():
        gap = _PAPER_TITLE.width(" ") * 1.2
        sheet.spaced(WIDTH / 2, y, text, _PAPER_TITLE, gap=gap, align="centre")
    else:
        sheet.text(WIDTH / 2, y, text, _PAPER_TITLE.at(17), align="centre")
    sheet.text(WIDTH / 2, y - 6 * mm, subtitle, SMALL, align="centre")


def about(company: Company, words: PaperWording) -> str:
    """Return what stands under the name of a company."""
    phone = company.phone.replace(" ", "\u00a0")
    where = "   ".join(part for part in (company.address, phone) if part)
    if not company.tax_id:
        return where
    return f"{where}  \n{said(words.tax_id, tax_id=company.tax_id)}"


def foot_left(words: PaperWording, number: str, content_hash: str, seal: str | None) -> str:
    """Return the left of a foot: number, beginning of the hash of the text, of the last seal."""
    parts = [number, said(words.content_hash, hash=_in_fours(content_hash[:8]))]
    if seal:
        parts.append(said(words.seal, seal=_in_fours(seal[:16])))
    return "   ".join(parts)


def print_mark(words: PaperWording, *, copy: int, draft: bool) -> str:
    """Return whether a print is a draft, the original, or which copy."""
    if draft:
        return words.draft_foot
    return said(words.copy, copy=str(copy)) if copy else words.original


def _in_fours(digits: str) -> str:
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
