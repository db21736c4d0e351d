"""Amounts in the capital numerals of Chinese business papers: 大写金额."""

from typing import Final

from erpdesk.domain.money import Money, decimals_of

CURRENCY_NAMES: Final = {
    "CNY": "人民币",
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "HKD": "港币",
    "AUD": "澳大利亚元",
    "CAD": "加拿大元",
    "CHF": "瑞士法郎",
    "SGD": "新加坡元",
    "TWD": "新台币",
    "JPY": "日元",
    "KRW": "韩元",
    "VND": "越南盾",
    "KWD": "科威特第纳尔",
    "BHD": "巴林第纳尔",
}
"""What a currency is called on a Chinese paper."""

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_PARTS: Final = ("角", "分", "厘")


def capitals(money: Money) -> str:
    """Return an amount in capital numerals after the name of its currency.

    A 零 that the rules leave to the writer is not written: ``壹拾万零贰佰元叁角整``.
    """
    whole, part = divmod(abs(money.minor), 10 ** decimals_of(money.currency))
    parts = str(part).zfill(decimals_of(money.currency)) if part else ""
    sign = "（负）" if money.minor < 0 else ""
    return (
        sign
        + CURRENCY_NAMES[money.currency]
        + _whole(whole, alone=not part)
        + _part(parts, after=whole > 0)
    )


def _whole(number: int, *, alone: bool) -> str:
    """Return the units before the point; nothing when there are only parts of a unit."""
    if number == 0:
        return "零元整" if alone else ""
    return _grouped(number) + ("元整" if alone else "元")


def _grouped(number: int) -> str:
    high, low = divmod(number, 10**8)
    text = _with_ten_thousands(high) + "亿" if high else ""
    if low:
        text += ("零" if text and low < 10**7 else "") + _with_ten_thousands(low)
    return text


def _with_ten_thousands(number: int) -> str:
    high, low = divmod(number, 10**4)
    text = _four(high) + "万" if high else ""
    if low:
        text += ("零" if text and low < 1000 else "") + _four(low)
    return text


def _four(number: int) -> str:
    text, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if text and gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = digit == 0
    return text


def _part(digits: str, *, after: bool) -> str:
    """Return the digits behind the point; 整 closes after 角, nothing after 分 or 厘."""
    text, gap = "", False
    for digit, name in zip(digits, _PARTS, strict=False):
        if digit != "0":
            text += ("零" if gap and (after or text) else "") + _DIGITS[int(digit)] + name
        gap = digit == "0"
    return text + "整" if text.endswith("角") else text
