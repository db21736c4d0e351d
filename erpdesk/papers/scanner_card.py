"""The test card of the scanner check: seven codes on one page, for those who have no screen."""

from typing import Final, Literal

from reportlab.lib.units import mm

from erpdesk.domain.codes.characters import shown
from erpdesk.domain.codes.scanner_check import TEST_CODES
from erpdesk.papers.codes import Bar
from erpdesk.papers.fonts import Weight
from erpdesk.papers.page import FOOT, HEIGHT, INNER, LEFT, RIGHT, WIDTH, Sheet
from erpdesk.papers.text import DIM, SMALL, Style, fit

_TITLE: Final = Style(Weight.SEMIBOLD, 19)
_NAME: Final = Style(Weight.SEMIBOLD, 11)
_CODE: Final = Style(Weight.REGULAR, 8, DIM)
_MODULE: Final = 0.33 * mm
_BAR: Final = 12 * mm
_PITCH: Final = 33 * mm
_TOP: Final = HEIGHT - 46 * mm

_WORDS: Final = {
    "zh": (
        "扫码枪测试卡",
        "打开「扫码枪体检」，一张一张扫；顺序不限。扫时用手遮住相邻的码。这些码不会记入盘点。",
        ("认出设备", "速度", "字符与布局", "结束符", "前缀与码制", "输入法", "声音与大字"),
    ),
    "en": (
        "Scanner test card",
        (
            "Open the scanner doctor and scan one after the other, in any order; cover the "
            "neighbours with your hand. These codes count nothing."
        ),
        ("Device", "Speed", "Characters and layout", "Ending", "Prefix and symbology",
         "Input method", "Sound"),
    ),
}  # fmt: skip


def scanner_card(language: Literal["zh", "en"]) -> bytes:
    """Return the card as a PDF; the same language gives the same bytes."""
    title, how, names = _WORDS[language]
    sheet = Sheet(title, {"zh": "zh-CN", "en": "en"}[language])
    sheet.text(LEFT, HEIGHT - 24 * mm, title, _TITLE)
    sheet.lines(LEFT, HEIGHT - 31 * mm, fit(how, SMALL, INNER, where="how", lines=2))
    for n, (name, code) in enumerate(zip(names, TEST_CODES, strict=True)):
        _draw(sheet, _TOP - n * _PITCH, f"{n + 1}  {name}", code)
    sheet.text(WIDTH / 2, FOOT, "erpdesk", SMALL, align="centre")
    return sheet.finish()


def _draw(sheet: Sheet, top: float, name: str, code: str) -> None:
    bar, bottom = Bar(code=code, height=_BAR, module=_MODULE), top - 4 * mm - _BAR
    sheet.text(LEFT, top, name, _NAME)
    bar.draw(sheet, right=LEFT + bar.width, y=bottom)
    sheet.text(LEFT, bottom - 4 * mm, shown(code), _CODE)
    sheet.rule(bottom - 7.5 * mm, 0.3, left=LEFT, right=RIGHT)
