"""How to pay, what to check with, who signed: the block under the totals, and the remark."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.papers.codes import qr
from erpdesk.papers.fonts import Weight
from erpdesk.papers.notice_view import Category, NoticeView
from erpdesk.papers.page import FAINT, INNER, LEFT, RIGHT, Sheet
from erpdesk.papers.pairs import Pair, Pairs
from erpdesk.papers.text import DIM, STRONG, Fitted, Style, fit

_HEADING: Final = Style(Weight.SEMIBOLD, 9.5)
_CAPTION: Final = Style(Weight.REGULAR, 7.5, DIM)
_REMARK: Final = Style(Weight.REGULAR, 7.8, DIM)
SEAL_LABEL: Final = Style(Weight.REGULAR, 8, FAINT)

_QR: Final = 22 * mm
_QR_LEFT: Final = LEFT + 81 * mm
_SIGNERS: Final = LEFT + 108 * mm
_SEAL: Final = 17 * mm
_LEAST: Final = 2 * _SEAL


@dataclass(frozen=True, slots=True)
class Payment:
    """The bank details, the code to check with, the signers, the place for the seal, the remark."""

    view: NoticeView

    @property
    def height(self) -> float:
        """Return the height in points, remark included."""
        return self._upper() + 4.5 * mm + self._remark().drop + 1 * mm

    def draw(self, sheet: Sheet, top: float) -> float:
        """Draw under ``top`` and return the lower edge."""
        view, account = self.view, self._account()
        sheet.stamp((view.words, view.company.account), lambda: self._bank(sheet), up=top)
        self._reference().draw(sheet, LEFT, top - 12 * mm - account.height)
        qr(sheet, check_text(view), x=_QR_LEFT, y=top - 5 * mm - _QR, size=_QR)
        beside = (view.words, self._signers(), self._remark())
        sheet.stamp((*beside, self._upper()), lambda: self._beside(sheet), up=top)
        bottom = top - self.height
        sheet.mark("payment", bottom=bottom, top=top)
        return bottom

    def _upper(self) -> float:
        account = self._account().height + self._reference().height
        return max(_LEAST, 9.5 * mm + account, 6 * mm + self._signers().height)

    def _bank(self, sheet: Sheet) -> None:
        """Draw where to pay to, counted from 0 down."""
        sheet.text(LEFT, -6 * mm, self.view.words.pay_to, _HEADING)
        self._account().draw(sheet, LEFT, -12 * mm)

    def _beside(self, sheet: Sheet) -> None:
        """Draw caption, signers, the place of the seal and the remark, counted from 0 down."""
        words, seal = self.view.words, RIGHT - _SEAL - 1 * mm
        middle = _QR_LEFT + _QR / 2
        sheet.text(middle, -9 * mm - _QR, words.scan, _CAPTION, align="centre")
        self._signers().draw(sheet, _SIGNERS, -7 * mm)
        sheet.ring(seal, -_SEAL, _SEAL)
        sheet.text(seal, -_SEAL - 1 * mm, words.seal, SEAL_LABEL, align="centre")
        sheet.lines(LEFT, -self._upper() - 4.5 * mm, self._remark())

    def _account(self) -> Pairs:
        words, account = self.view.words, self.view.company.account
        return self._pairs(
            Pair(words.holder, account.holder),
            Pair(words.bank, account.bank),
            Pair(words.account, in_fours(account.number), STRONG),
        )

    def _reference(self) -> Pairs:
        words = self.view.words
        return self._pairs(Pair(words.reference, self.view.number + words.reference_note))

    def _pairs(self, *pairs: Pair) -> Pairs:
        indent, room = (14, 64) if self.view.language == "zh" else (22, 56)
        return Pairs(pairs=pairs, indent=indent * mm, room=room * mm)

    def _signers(self) -> Pairs:
        words, view = self.view.words, self.view
        indent = 8 * mm if view.language == "zh" else 14.8 * mm
        return Pairs(
            pairs=(
                Pair(words.made_by, view.made_by or "—"),
                Pair(words.approved_by, view.approved_by or "—"),
                Pair(words.issued_on, view.issued_on.isoformat()),
            ),
            indent=indent,
            room=RIGHT - 2 * _SEAL - 2 * mm - _SIGNERS - indent,
            pitch=5.2 * mm,
        )

    def _remark(self) -> Fitted:
        words = self.view.words
        parts = [words.remark]
        if any(row.category is Category.UNBILLED for row in self.view.rows):
            parts.append(words.unbilled_remark)
        text = (" " if self.view.language == "en" else "").join(parts)
        return fit(text, _REMARK, INNER, where="wording.remark", lines=3)


def in_fours(number: str) -> str:
    """Return an account number in groups of four; one with other signs than digits as it is."""
    digits = number.replace(" ", "")
    if not (digits.isascii() and digits.isdecimal()):
        return number
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def check_text(view: NoticeView) -> str:
    """Return what the QR code says, a line a currency: ``code|amount|currency|date``."""
    return "\n".join(
        f"{view.code}|{view.total(currency).plain()}|{currency}|{view.as_of:%Y%m%d}"
        for currency in view.currencies
    )
