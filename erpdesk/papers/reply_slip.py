"""The reply slip: the lowest part of page 1, to be cut off, filled in and sent back."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.codes import Bar
from erpdesk.papers.figures import coded, currency_sign, figure
from erpdesk.papers.fill_in import fill_in
from erpdesk.papers.fonts import Weight
from erpdesk.papers.furniture import FOOT_RULE
from erpdesk.papers.notice_view import NoticeView
from erpdesk.papers.page import INNER, LEFT, RIGHT, WIDTH, Sheet
from erpdesk.papers.payment import SEAL_LABEL
from erpdesk.papers.text import (
    BODY,
    DIM,
    SMALL,
    Style,
    fit,
    fit_one_of,
    fit_shortened,
)
from erpdesk.papers.wording import said

TOP: Final = 92 * mm
"""Where the slip is cut off, from the lower edge of the page."""

_TITLE: Final = Style(Weight.SEMIBOLD, 13)
_CUT: Final = Style(Weight.REGULAR, 7.5, DIM)
_CODE: Final = Style(Weight.REGULAR, 7.5)
_PARTY: Final = Style(Weight.MEDIUM, 9)
_ANSWER: Final = Style(Weight.MEDIUM, 9.5)
_SEAL: Final = 15 * mm


@dataclass(frozen=True, slots=True)
class ReplySlip:
    """Three answers to choose from, who answers, and where to send it."""

    view: NoticeView

    def draw(self, sheet: Sheet) -> None:
        """Draw the slip at its place."""
        self._cut(sheet)
        self._head(sheet, TOP - 10 * mm)
        fixed = (self.view.words.slip, self.view.company, self._sign())
        sheet.stamp(fixed, lambda: self._form(sheet))
        sheet.mark("slip", bottom=FOOT_RULE, top=TOP)

    def _form(self, sheet: Sheet) -> None:
        """Draw what a company's slips have in common."""
        slip = self.view.words.slip
        self._answers(sheet, TOP - 24 * mm)
        fill_in(sheet, LEFT, 40 * mm, slip.signer, room=INNER - 2 * _SEAL - 5 * mm)
        self._return(sheet, 32 * mm)
        seal = RIGHT - _SEAL - 3 * mm
        sheet.ring(seal, FOOT_RULE + 2 * mm + _SEAL, _SEAL)
        sheet.text(seal, FOOT_RULE + 1 * mm + _SEAL, slip.seal, SEAL_LABEL, align="centre")

    def _cut(self, sheet: Sheet) -> None:
        words = self.view.words.slip.cut
        half = _CUT.width(words) / 2 + 2 * mm
        sheet.cut(TOP, between=(WIDTH / 2 - half, WIDTH / 2 + half))
        sheet.text(WIDTH / 2, TOP - 1 * mm, words, _CUT, align="centre")

    def _head(self, sheet: Sheet, y: float) -> None:
        view, title = self.view, self.view.words.slip.title
        gap = _TITLE.width(" ") * 2 if len(title) == 2 else 0.0
        sheet.spaced(LEFT, y, title, _TITLE, gap=gap, align="left")
        x = LEFT + _TITLE.width(title) + gap + 9 * mm
        code = Bar(code=view.reply_code, height=9 * mm, style=_CODE)
        room = RIGHT - code.width - 6 * mm - x
        parties = (view.party(view.customer), view.customer.name)
        name = fit_shortened(parties, _PARTY, room, where="customer.name", lines=2)
        last = sheet.lines(x, y + (1.6 * mm if len(name.lines) > 1 else 0), name)
        claim = fit(f"{view.number}   {self._claim()}", BODY, room, where="number", lines=2)
        sheet.lines(x, last - 4.8 * mm, claim)
        code.draw(sheet, right=RIGHT, y=y - 4.5 * mm)

    def _claim(self) -> str:
        view = self.view
        texts = []
        for currency in view.currencies:
            total = view.total(currency)
            word = view.words.refund if total.minor < 0 else view.words.due
            shown = coded(total) if view.language == "en" else figure(total)
            texts.append(f"{word} {shown}")
        return "   ".join(texts)

    def _answers(self, sheet: Sheet, y: float) -> None:
        slip = self.view.words.slip
        answers = (slip.agreed, slip.differs, slip.paid)
        pitch = 9 * mm if sum(map(len, answers)) == 6 else 7.6 * mm
        for begin, *rest in answers:
            sheet.frame((LEFT, y - 0.3 * mm, 3 * mm, 3 * mm))
            x = sheet.text(LEFT + 5.5 * mm, y, begin, _ANSWER) + 2.5 * mm
            for n, line in enumerate(rest):
                y -= 5 * mm if n else 0
                fill_in(sheet, x, y, said(line, sign=self._sign()), room=RIGHT - x)
            y -= pitch

    def _sign(self) -> str:
        """Return what stands before an amount to fill in; nothing among several currencies."""
        currency, *others = self.view.currencies
        if others:
            return ""
        return currency_sign(currency) if self.view.language == "zh" else currency

    def _return(self, sheet: Sheet, y: float) -> None:
        slip, company = self.view.words.slip, self.view.company
        mail = "  \n" + said(slip.or_mail, email=company.email) if company.email else ""
        texts = [
            said(slip.return_to, address=company.address, company=name.replace("\n", " ")) + mail
            for name in (self.view.party(company), company.name)
        ]
        room = INNER - 2 * _SEAL - 8 * mm
        where = fit_one_of(texts, SMALL, room, where="company.address", lines=3)
        sheet.lines(LEFT, y, where)
