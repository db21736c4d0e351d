"""The test card of the scanner check: seven codes on one page, for those who have no screen."""

from typing import Final

from erpdesk.domain.codes.scanner_check import TEST_CODES
from erpdesk.papers.code_card import Entry, code_card
from erpdesk.papers.wording import Language

_WORDS: Final[dict[Language, tuple[str, str, tuple[str, ...]]]] = {
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


def scanner_card(language: Language) -> bytes:
    """Return the card as a PDF; the same language gives the same bytes."""
    title, how, names = _WORDS[language]
    numbered = enumerate(zip(names, TEST_CODES, strict=True), 1)
    entries = [Entry(f"{n}  {name}", code) for n, (name, code) in numbered]
    return code_card(title, how, entries, language)
