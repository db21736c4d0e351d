"""The journal voucher 记账凭证: two on a page, each to be cut off and bound with its evidence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.capitals import capitals
from erpdesk.domain.money import Money
from erpdesk.papers.codes import MODULE_SMALL, Bar
from erpdesk.papers.fonts import Weight, must_draw
from erpdesk.papers.page import HEIGHT, INNER, LEFT, RIGHT, WIDTH, Box, Sheet
from erpdesk.papers.table import CARRY, CELL, NEGATIVE, Cell, Column, Row, Table
from erpdesk.papers.text import BODY, LABEL, RED, SMALL, Style, fit, fit_shortened
from erpdesk.papers.view_texts import texts_in
from erpdesk.papers.wording import Language, said

ROWS: Final = 6
"""So many lines of an entry stand on a slip; more go on the next."""

_HALF: Final = HEIGHT / 2
_TITLE: Final = Style(Weight.SEMIBOLD, 17)
_RED_MARK: Final = Style(Weight.SEMIBOLD, 10, RED)
_AMOUNT: Final = 31 * mm
_TEXT: Final = 58 * mm
_ROW: Final = 12.5 * mm
_PADS: Final = 2.4 * mm
_TOLD_EVERY: Final = 20

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "title": "记账凭证", "red": "红字", "number": "{series}字第 {number} 号",
        "part": "第 {n}/{of} 张", "attached": "附单据 {count} 张", "text": "摘要",
        "account": "会计科目", "debit": "借方", "credit": "贷方", "sum": "合计",
        "carried": "转下张", "made": "制单", "decided": "审核", "posted": "记账",
        "document": "单据 {document}", "day": "{year} 年 {month} 月 {day} 日",
        "base": "折 {money}",
    },
    "en": {
        "title": "Journal Voucher", "red": "RED", "number": "{series} No. {number}",
        "part": "Slip {n}/{of}", "attached": "Enclosures: {count}", "text": "Text",
        "account": "Account", "debit": "Debit", "credit": "Credit", "sum": "Sum",
        "carried": "Carried on", "made": "Made by", "decided": "Approved", "posted": "Posted",
        "document": "Document {document}", "day": "{iso}", "base": "{money}",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an entry in the base currency; ``foreign`` is its amount in another one."""

    text: str
    account: str
    side: int
    base: Money
    foreign: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalVoucher:
    """A posted entry as it is bound; who made, decided and posted it by the record.

    ``code`` opens the document when it is scanned; empty where documents of a kind have none.
    """

    company: str
    series: str
    number: str
    day: date
    document: str
    attachments: int
    made_by: str
    decided_by: str
    posted_by: str
    lines: tuple[Line, ...]
    code: str = ""


def journal_vouchers(
    vouchers: Sequence[JournalVoucher],
    language: Language,
    tell: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> bytes:
    """Return the vouchers as a PDF, two on a page; whoever asks may be told how many are drawn.

    Raises:
        MissingCharacterError: the font cannot draw a character of one.
    """
    return draw_vouchers(vouchers, language, tell)[0]


def draw_vouchers(
    vouchers: Sequence[JournalVoucher],
    language: Language,
    tell: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> tuple[bytes, tuple[Box, ...]]:
    """Return the file and where each block stands; raises as :func:`journal_vouchers`."""
    sheet = Sheet(_WORDS[language]["title"], {"zh": "zh-CN", "en": "en"}[language])
    place = 0
    for n, voucher in enumerate(vouchers):
        must_draw(texts_in(f"{voucher.document}.", voucher))
        for slip in _slips(voucher):
            if place and place % 2 == 0:
                sheet.turn()
            _Slip(sheet, HEIGHT - place % 2 * _HALF, language).draw(voucher, *slip)
            place += 1
        if n % _TOLD_EVERY == 0:
            tell(n, len(vouchers))
    return sheet.finish(), tuple(sheet.boxes)


def _slips(voucher: JournalVoucher) -> Iterator[tuple[int, int]]:
    """Yield for each slip of a voucher which it is, from 0, and of how many."""
    of = -(-len(voucher.lines) // ROWS)
    return ((n, of) for n in range(of))


@dataclass(frozen=True, slots=True)
class _Slip:
    """The half of a page under ``top`` that one slip takes."""

    sheet: Sheet
    top: float
    language: Language

    def draw(self, voucher: JournalVoucher, n: int, of: int) -> None:
        """Draw a part of a voucher."""
        y = self._head(voucher, n, of)
        y = self._table(voucher, n, of, y)
        self._foot(voucher, y)
        self.sheet.mark("slip", bottom=self.top - _HALF, top=self.top)
        if self.top == HEIGHT:
            self.sheet.cut(_HALF, between=(WIDTH / 2, WIDTH / 2))

    def _say(self, name: str, **facts: str) -> str:
        return said(_WORDS[self.language][name], **facts)

    def _head(self, voucher: JournalVoucher, n: int, of: int) -> float:
        sheet, y, day = self.sheet, self.top - 16 * mm, voucher.day
        sheet.spaced(
            WIDTH / 2, y, self._say("title"), _TITLE, gap=4 if self.language == "zh" else 0,
            align="centre",
        )  # fmt: skip
        if voucher.code:
            bar = Bar(code=voucher.code, height=7 * mm, module=MODULE_SMALL)
            bar.draw(sheet, right=RIGHT, y=y - 2 * mm)
        if any(line.base.minor < 0 for line in voucher.lines):
            end = WIDTH / 2 + _TITLE.width(self._say("title")) / 2 + 8 * mm
            sheet.text(end, y, f"〔{self._say('red')}〕", _RED_MARK)
        company = fit_shortened([voucher.company], BODY, 62 * mm, where="company.name", lines=1)
        sheet.lines(LEFT, y - 7 * mm, company)
        shown = self._say(
            "day", year=str(day.year), month=str(day.month), day=str(day.day), iso=day.isoformat()
        )
        sheet.text(WIDTH / 2, y - 7 * mm, shown, BODY, align="centre")
        number = self._say("number", series=voucher.series, number=voucher.number)
        part = f"   {self._say('part', n=str(n + 1), of=str(of))}" if of > 1 else ""
        sheet.text(RIGHT, y - 7 * mm, number + part, BODY, align="right")
        return y - 10 * mm

    def _table(self, voucher: JournalVoucher, n: int, of: int, top: float) -> float:
        table = Table(
            (
                Column(self._say("text"), _TEXT, "left", 2),
                Column(self._say("account"), INNER - _TEXT - 2 * _AMOUNT, "left", 2),
                Column(self._say("debit"), _AMOUNT, "right"),
                Column(self._say("credit"), _AMOUNT, "right"),
            )
        )
        y = table.draw_head(self.sheet, top)
        bottom = y - ROWS * _ROW
        for line in voucher.lines[n * ROWS : (n + 1) * ROWS]:
            y = table.draw_row(self.sheet, self._row(line), y)
        row = table.row(self._sums(voucher, is_last=n == of - 1), where="sum", ground=True)
        y = table.draw_row(self.sheet, row, bottom, name="sum")
        table.close(self.sheet, y)
        return y

    def _row(self, line: Line) -> Row:
        """Return the row of a line; a text longer than two lines of it ends in a sign for that."""
        text = line.text
        if line.foreign is not None:
            text = f"{text}  {line.foreign.currency} {line.foreign.grouped()}"
        style = NEGATIVE if line.base.minor < 0 else CELL
        amount = fit(line.base.grouped(), style, _AMOUNT - _PADS, where="amount")
        blank = fit("", CELL, _AMOUNT, where="amount")
        sides = (amount, blank) if line.side == 1 else (blank, amount)
        account = INNER - _TEXT - 2 * _AMOUNT
        return Row(
            (
                fit_shortened([text], CELL, _TEXT - _PADS, where="text", lines=2),
                fit_shortened([line.account], CELL, account - _PADS, where="account", lines=2),
                *sides,
            )
        )

    def _sums(self, voucher: JournalVoucher, *, is_last: bool) -> tuple[Cell, ...]:
        if not is_last:
            return Cell(""), Cell(self._say("carried"), CARRY), Cell(""), Cell("")
        total = sum(
            (line.base for line in voucher.lines if line.side == 1),
            Money(0, voucher.lines[0].base.currency),
        )
        words = capitals(total) if self.language == "zh" else ""
        figure = Cell(total.grouped(), CARRY)
        return Cell(self._say("sum"), CARRY), Cell(words, CARRY), figure, figure

    def _foot(self, voucher: JournalVoucher, y: float) -> None:
        sheet = self.sheet
        attached = self._say("attached", count=str(voucher.attachments))
        document = self._say("document", document=voucher.document)
        sheet.text(RIGHT, y - 5 * mm, f"{document}   {attached}", SMALL, align="right")
        for n, (name, who) in enumerate(
            (
                ("posted", voucher.posted_by), ("decided", voucher.decided_by),
                ("made", voucher.made_by),
            )
        ):  # fmt: skip
            x = sheet.text(LEFT + n * INNER / 3, y - 11 * mm, self._say(name), LABEL) + 2 * mm
            room = INNER / 3 - 16 * mm
            sheet.lines(
                x, y - 11 * mm, fit_shortened([who or "—"], BODY, room, where=name, lines=1)
            )
