"""GS1 element strings and Digital Links through biip; only our own values leave this room.

biip raises more than it says: IndexError on a lone ``]`` and CurrencyDoesNotExist (of py-moneyed,
when that is installed) on an unknown currency number. Both are met here and nowhere else.
"""

import re
from collections.abc import Callable
from typing import Final, TypeVar

from biip import ParseConfig, ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString

from erpdesk.domain.gs1_codes import Gs1Element, Gs1Message, check_digit_fits

T = TypeVar("T")

try:
    from moneyed import CurrencyDoesNotExist  # type: ignore[import-not-found,unused-ignore]
except ImportError:  # py-moneyed is an extra of biip: without it the error cannot come
    CurrencyDoesNotExist = ParseError


_CONFIG: Final = ParseConfig(gs1_element_strings_verify_date=False)
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


class Gs1:
    """The standard, as the domain asks for it."""

    def message(self, text: str) -> Gs1Message:
        """Return the elements of a message as far as they can be read, and the rest."""
        elements: list[Gs1Element] = []
        rest = text
        while rest:
            found = _guarded(GS1ElementString.extract, rest)
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
        found = _guarded(GS1DigitalLinkURI.parse, _with_numbers(address))
        if found is None:
            return None
        elements = [_element(one) for one in found.element_strings]
        key = _as_written(elements[0], address)
        return Gs1Message((key, *elements[1:]))


def _guarded(parse: Callable[..., T], text: str) -> T | None:
    try:
        return parse(text, config=_CONFIG)
    except (ParseError, ValueError, IndexError, ArithmeticError, CurrencyDoesNotExist):
        return None


def _runs_on(found: GS1ElementString, after: str) -> bool:
    """Say whether an open element ended only because it was full: its separator was lost."""
    return bool(after) and not after.startswith(_GS) and _is_open(found)


def _element(found: GS1ElementString) -> Gs1Element:
    return Gs1Element(found.ai.ai, found.value, _fits(found.ai.ai, found.value), _is_open(found))


def _is_open(found: GS1ElementString) -> bool:
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
    path = path.rstrip("/")
    words = (_WORDS.get(piece.lower(), piece) for piece in path.split("/"))
    return "/".join(words) + mark + query


def _as_written(key: Gs1Element, address: str) -> Gs1Element:
    """Return the key of a link without the zeros that were only added to check it."""
    path = re.split(r"[?#]", address)[0]
    written = next(
        (piece for piece in path.split("/")[3:] if piece and key.data.endswith(piece)), key.data
    )
    fits = key.fits and len(written) in _LENGTHS.get(key.ai, (len(key.data),))
    return Gs1Element(key.ai, written, bool(fits) if key.fits is not None else None, key.is_open)
