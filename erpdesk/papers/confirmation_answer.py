"""The lower part of a confirmation: what the customer answers, to be returned with their seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.confirmation import Method
from erpdesk.papers.breaking import PaperFullError
from erpdesk.papers.codes import Bar
from erpdesk.papers.confirmation_view import ConfirmationView
from erpdesk.papers.fill_in import fill_in
from erpdesk.papers.fonts import Weight
from erpdesk.papers.furniture import FOOT_RULE
from erpdesk.papers.page import FAINT, INNER, LEFT, RIGHT, WIDTH, Sheet
from erpdesk.papers.payment import SEAL_LABEL
from erpdesk.papers.text import DIM, SMALL, Style, fit_one_of, fit_shortened
from erpdesk.papers.wording import said

TOP: Final = 120 * mm
"""Where the answer begins, from the lower edge of the page."""

_TITLE: Final = Style(Weight.SEMIBOLD, 13)
_CUT: Final = Style(Weight.REGULAR, 7.5, DIM)
_PARTY: Final = Style(Weight.MEDIUM, 9)
_ANSWER: Final = Style(Weight.MEDIUM, 9.5)
_HEAD: Final = Style(Weight.MEDIUM, 8, DIM)
_ROW: Final = 6.2 * mm
_ROWS: Final = 5
"""Rows for differences, less one a currency."""
_COLUMNS: Final = (46 * mm, 34 * mm, 34 * mm, INNER - 114 * mm)
_SEAL: Final = 15 * mm
_LOWEST: Final = 45.5 * mm


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """An answer by the method that is used, who gives it, and where to send it."""

    view: ConfirmationView

    def draw(self, sheet: Sheet) -> None:
        """Draw it at its place.

        Raises:
            PaperFullError: it asks about more currencies than there is room for.
        """
        words = self.view.words
        half = _CUT.width(words.cut) / 2 + 2 * mm
        sheet.cut(TOP, between=(WIDTH / 2 - half, WIDTH / 2 + half))
        sheet.text(WIDTH / 2, TOP - 1 * mm, words.cut, _CUT, align="centre")
        self._head(sheet, TOP - 10 * mm)
        if self._answers(sheet, TOP - 23 * mm) < _LOWEST:
            raise PaperFullError
        self._who(sheet)
        sheet.mark("answer", bottom=FOOT_RULE, top=TOP)

    def _head(self, sheet: Sheet, y: float) -> None:
        view = self.view
        end = sheet.text(LEFT, y, view.words.answer, _TITLE)
        code = Bar(code=view.reply_code, height=9 * mm, style=Style(Weight.REGULAR, 7.5))
        room = RIGHT - code.width - 6 * mm - end - 9 * mm
        parties = (view.party(view.customer), view.customer.name)
        name = fit_shortened(parties, _PARTY, room, where="customer.name", lines=2)
        last = sheet.lines(end + 9 * mm, y + (1.6 * mm if len(name.lines) > 1 else 0), name)
        sheet.text(end + 9 * mm, last - 4.8 * mm, f"{view.number}   {view.as_of}", SMALL)
        code.draw(sheet, right=RIGHT, y=y - 4.5 * mm)

    def _answers(self, sheet: Sheet, y: float) -> float:
        view, words = self.view, self.view.words
        if view.method is Method.POSITIVE:
            y = self._answer(sheet, y, words.agreed) - 8 * mm
        y = self._answer(sheet, y, words.differs[view.method]) - 6.4 * mm
        for currency in view.currencies:
            own = said(words.own, currency=currency)
            fill_in(sheet, LEFT + 5.5 * mm, y, own, room=INNER - 5.5 * mm)
            y -= 7 * mm
        return y if view.method is Method.BLANK else self._differences(sheet, y + 3 * mm)

    def _answer(self, sheet: Sheet, y: float, answer: Sequence[str]) -> float:
        begin, *rest = answer
        x = sheet.text(LEFT, y, begin, _ANSWER) + 4 * mm
        for line in filter(None, rest):
            fill_in(sheet, x, y, line, room=RIGHT - x)
        return y

    def _differences(self, sheet: Sheet, top: float) -> float:
        """Draw an empty table: document by document, theirs and ours."""
        rows, x = max(2, _ROWS - len(self.view.currencies)), LEFT
        sheet.rule(top, 0.9)
        for n in range(1, rows + 2):
            sheet.rule(top - n * _ROW, 0.5 if n == 1 else 0.3, ink=FAINT)
        for width, head in zip(_COLUMNS, self.view.words.difference_heads, strict=True):
            sheet.text(x + 1.2 * mm, top - 4.3 * mm, head, _HEAD)
            x += width
        return top - (rows + 1) * _ROW

    def _who(self, sheet: Sheet) -> None:
        slip, seal = self.view.words.slip, RIGHT - _SEAL - 3 * mm
        room = INNER - 2 * _SEAL - 8 * mm
        fill_in(sheet, LEFT, 36 * mm, slip.signer, room=room + 3 * mm)
        company = self.view.company
        mail = "  \n" + said(slip.or_mail, email=company.email) if company.email else ""
        texts = [
            said(slip.return_to, address=company.address, company=name.replace("\n", " ")) + mail
            for name in (self.view.party(company), company.name)
        ]
        where = fit_one_of(texts, SMALL, room, where="company.address", lines=3)
        sheet.lines(LEFT, 28 * mm, where)
        sheet.ring(seal, FOOT_RULE + 2 * mm + _SEAL, _SEAL)
        sheet.text(seal, FOOT_RULE + 1 * mm + _SEAL, slip.seal, SEAL_LABEL, align="centre")
