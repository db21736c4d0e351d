"""Code 128 as widths of bars and gaps: for a code that is drawn on a screen."""

import re
from typing import Final

_PATTERNS: Final = re.split(
    " ",
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 "
    "122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 "
    "321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 "
    "211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 "
    "213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 "
    "121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 "
    "241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 "
    "412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 "
    "211214 211232 2331112",
)
_TO_B, _TO_A = 100, 101
_START_A, _START_B, _STOP = 103, 104, 106
QUIET: Final = 10
"""How many modules have to stay white on either side."""


def code128(text: str) -> tuple[int, ...]:
    """Return the widths in modules: bar, gap, bar … beginning and ending with a bar.

    Control characters are written in set A, all else in set B; the digits are not paired, so that
    each character of a test is one symbol.
    """
    assert text
    assert all(ord(sign) < 128 for sign in text)
    values, is_a = _values(text)
    start = _START_A if is_a else _START_B
    check = (start + sum(n * value for n, value in enumerate(values, 1))) % 103
    symbols = (start, *values, check, _STOP)
    return tuple(int(width) for symbol in symbols for width in _PATTERNS[symbol])


def _values(text: str) -> tuple[list[int], bool]:
    """Return the symbols' values and whether they begin in set A."""
    begins_a = is_a = ord(text[0]) < 32
    values: list[int] = []
    for sign in text:
        if (ord(sign) < 32) != is_a and not (is_a and ord(sign) < 96):
            is_a = not is_a
            values.append(_TO_A if is_a else _TO_B)
        values.append(ord(sign) + 64 if ord(sign) < 32 else ord(sign) - 32)
    return values, begins_a
