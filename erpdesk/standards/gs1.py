"""GS1 element strings and Digital Links through biip; only our own values leave this room.

biip raises more than it says: IndexError on a lone ``]`` and CurrencyDoesNotExist (of py-moneyed,
when that is installed) on an unknown currency number. Both are met here and nowhere else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from erpdesk.domain.codes.gs1 import Gs1Element, Gs1Message, check_digit_fits

_GS: Final = "\x1d"
_CHECKED: Final = {  # where the number with a check digit stands in the data
    "00": 18, "01": 14, "02": 14, "03": 14, "253": 13, "255": 13, "402": 17, "8003": 14,
    "8006": 14, "8017": 18, "8018": 18,
} | {f"41{n}": 13 for n in range(8)}  # fmt: skip
_WORDS: Final = {
    "gtin": "01", "sscc": "00", "gln": "414", "payto": "415", "partygln": "417", "itip": "8006",
    "gsrn": "8018", "gsrnp": "8017", "gdti": "253", "grai": "8003", "giai": "8004", "gcn": "255",
    "lot": "10", "ser": "21", "cpv": "22", "glnx": "254",
}  # fmt: skip
_LENGTHS: Final = {"01": (8, 12, 13, 14)}


@dataclass(frozen=True, slots=True)
class _Library:
    """What is used of biip, and everything it can raise."""

    first_element: Callable[[str], Any]
    link: Callable[[str], Any]
    raised: tuple[type[Exception], ...]


class Gs1:
    """The standard, as the domain asks for it."""

    def message(self, text: str) -> Gs1Message:
        """Return the elements of a message as far as they can be read, and the rest."""
        elements: list[Gs1Element] = []
        rest = text
        while rest[:2].isdigit():  # as every element begins, and most scans do not
            found = _guarded(_library().first_element, rest)
            if found is None:
                break
            after = rest[len(found) :]
            if _runs_on(found, after):
                break
            elements.append(_element(found))
            rest = after.lstrip(_GS)
        return Gs1Message(tuple(elements), rest)

    def link(self, address: str) -> Gs1Message | None:
        """Return the elements of a Digital Link; the key keeps the zeros it was written with."""
        found = _guarded(_library().link, _with_numbers(address))
        if found is None:
            return None
        elements = [_element(one) for one in found.element_strings]
        key = _as_written(elements[0], address)
        return Gs1Message((key, *elements[1:]))


@cache
def _library() -> _Library:
    """Return biip, imported when the first scan asks for it: it reads a long table."""
    from biip import ParseConfig, ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI
    from biip.gs1_element_strings import GS1ElementString

    config = ParseConfig(gs1_element_strings_verify_date=False)
    return _Library(
        lambda text: GS1ElementString.extract(text, config=config),
        lambda address: GS1DigitalLinkURI.parse(address, config=config),
        (ParseError, ValueError, IndexError, ArithmeticError, _unknown_currency()),
    )


def _unknown_currency() -> type[Exception]:
    """Return CurrencyDoesNotExist; without py-moneyed, an extra of biip, it cannot come."""
    try:
        from moneyed import CurrencyDoesNotExist  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return LookupError
    found: type[Exception] = CurrencyDoesNotExist
    return found


def _guarded(parse: Callable[[str], Any], text: str) -> Any | None:
    try:
        return parse(text)
    except _library().raised:
        return None


def _runs_on(found: Any, after: str) -> bool:
    """Say whether an open element ended only because it was full: its separator was lost."""
    return bool(after) and not after.startswith(_GS) and _is_open(found)


def _element(found: Any) -> Gs1Element:
    return Gs1Element(found.ai.ai, found.value, _fits(found.ai.ai, found.value), _is_open(found))


def _is_open(found: Any) -> bool:
    return ".." in found.ai.format


def _fits(ai: str, data: str) -> bool | None:
    length = _CHECKED.get(ai)
    if length is None:
        return None
    number = data[:length]
    return number.isascii() and number.isdigit() and check_digit_fits(number)


def _with_numbers(address: str) -> str:
    """Return an address with the words of older Digital Links as numbers: /gtin/ is /01/."""
    path, mark, query = address.partition("?")
    words = (_WORDS.get(piece.lower(), piece) for piece in path.rstrip("/").split("/"))
    return "/".join(words) + mark + query


def _as_written(key: Gs1Element, address: str) -> Gs1Element:
    """Return the key of a link without the zeros that were only added to check it."""
    pieces = re.split(r"[?#]", address)[0].split("/")[3:]
    ends = (piece for piece in pieces if piece and key.data.endswith(piece))
    written = next(ends, key.data)
    is_whole = len(written) in _LENGTHS.get(key.ai, (len(key.data),))
    fits = None if key.fits is None else key.fits and is_whole
    return Gs1Element(key.ai, written, fits, key.is_open)
