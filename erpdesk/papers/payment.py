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
        self._bank(sheet, top - 6 * mm)
        self._check(sheet, top - 5 * mm)
        self._signers().draw(sheet, _SIGNERS, top - 7 * mm)
        words = self.view.words
        seal_y = top - _SEAL
        sheet.ring(RIGHT - _SEAL - 1 * mm, seal_y, _SEAL)
        sheet.text(RIGHT - _SEAL - 1 * mm, seal_y - 1 * mm, words.seal, SEAL_LABEL, align="centre")
        sheet.lines(LEFT, top - self._upper() - 4.5 * mm, self._remark())
        bottom = top - self.height
        sheet.mark("payment", bottom=bottom, top=top)
        return bottom

    def _upper(self) -> float:
        return max(_LEAST, 9.5 * mm + self._account().height, 6 * mm + self._signers().height)

    def _bank(self, sheet: Sheet, y: float) -> None:
        sheet.text(LEFT, y, self.view.words.pay_to, _HEADING)
        self._account().draw(sheet, LEFT, y - 6 * mm)

    def _account(self) -> Pairs:
        words, account = self.view.words, self.view.company.account
        return Pairs(
            pairs=(
                Pair(words.holder, account.holder),
                Pair(words.bank, account.bank),
                Pair(words.account, in_fours(account.number), STRONG),
                Pair(words.reference, self.view.number + words.reference_note),
            ),
            indent=(14 if self.view.language == "zh" else 22) * mm,
            room=(64 if self.view.language == "zh" else 56) * mm,
        )

    def _check(self, sheet: Sheet, top: float) -> None:
        qr(sheet, check_text(self.view), x=_QR_LEFT, y=top - _QR, size=_QR)
        sheet.text(
            _QR_LEFT + _QR / 2, top - _QR - 4 * mm, self.view.words.scan, _CAPTION, align="centre"
        )

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
