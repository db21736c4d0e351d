"""Own codes as readings: right ones, wrong ones, and every damage that can be told for sure."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from erpdesk.domain.codes.characters import narrow, shown
from erpdesk.domain.codes.gs1 import check_digit_fits
from erpdesk.domain.codes.own_code import (
    OwnKind,
    WrongCheck,
    own_codes_inside,
    parse_own_code,
)
from erpdesk.domain.codes.reading import Kind, Reading, accepted, asking, refused
from erpdesk.domain.codes.scan_reasons import Why

_KINDS: Final = {
    OwnKind.CUSTOMER: Kind.CUSTOMER,
    OwnKind.LINE: Kind.LINE,
    OwnKind.SHEET: Kind.SHEET,
    OwnKind.NOTICE: Kind.NOTICE,
    OwnKind.REPLY: Kind.REPLY,
    OwnKind.STATEMENT: Kind.STATEMENT,
    OwnKind.VOUCHER: Kind.VOUCHER,
    OwnKind.COMMAND: Kind.COMMAND,
}
OWN_KINDS: Final = frozenset(_KINDS.values())
_ALIKE_FORM: Final = re.compile(r"[E3][DO0]([CKLNRSVX])([0-9OQDIlioSBZG|]{3,})([A-Z])")
_LAST_ALIKE: Final = {"0": "D", "1": "L", "5": "S", "6": "G", "8": "B"}
_ALIKE: Final = str.maketrans("OoQDIil|SBZG", "000011115826")
_CUT: Final = re.compile(r"ED([CKLNRSVX])[0-9]*")
_HEADLESS: Final = re.compile(r"D?[CKLNRSVX][0-9]{3,}[BCDEFGHJKLNPRSTUV]")
_ALT_KEYS: Final = re.compile(r"(?:0[0-9]{3}){8,}")
_NUMBER: Final = re.compile(r"[0-9]{12,14}")
_FILLING: Final = re.compile(r"[\s._/-]+")
_AMOUNT: Final = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")
_DAY: Final = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")


def read_own(text: str) -> Reading | None:
    """Read a text that has the form of our code: accepted, or refused for its check letter."""
    code = parse_own_code(text)
    if code is None:
        return None
    if isinstance(code, WrongCheck):
        why = Why.OWN_DIGITS if code.letter_fits else Why.OWN_CHECK
        return refused(_KINDS[code.kind], why)
    return accepted(_KINDS[code.kind], text, Why.OWN)


def read_paper(text: str) -> Reading | None:
    """Read the QR code of our own papers: ``code|amount|currency|date``."""
    fields = text.split("|")
    if len(fields) != 4:
        return None
    reading = read_own(fields[0]) or _read_turned(fields[0])
    if reading is None or not reading.is_taken:
        return reading
    names = ("code", "amount", "currency", "date")
    reading = replace(reading, elements=tuple(zip(names, fields, strict=True)))
    if not _are_fields_fit(*fields[1:]):
        return reading.noted(Why.PAPER_FIELDS)
    return replace(reading, why=Why.PAPER) if reading.why is Why.OWN else reading


def read_test(text: str) -> Reading | None:
    """Read a test code of the scanner check: ``ED%`` and anything."""
    if not text.upper().startswith("ED%"):
        return None
    return accepted(Kind.TEST, text, Why.TEST).noted(Why.TEST)


def read_damaged_own(text: str) -> Reading | None:
    """Read what can only be our code with a known damage; None when nothing speaks for it."""
    for read in _DAMAGES:
        reading = read(text)
        if reading is not None:
            return reading
    return None


def _are_fields_fit(amount: str, currency: str, day: str) -> bool:
    is_currency = len(currency) == 3 and currency.isascii() and currency.isalpha()
    return is_currency and bool(_AMOUNT.fullmatch(amount) and _DAY.fullmatch(day))


def _read_wide(text: str) -> Reading | None:
    plain = narrow(text)
    if plain == text:
        return None
    reading = read_own(plain) or _read_turned(plain)
    return reading and reading.noted(Why.WIDE, value=plain)


def _read_turned(text: str) -> Reading | None:
    """Read small letters: all of them are Caps Lock or a setting, some of them are a question."""
    upper = text.upper()
    if upper == text or not text.isascii():
        return None
    reading = read_own(upper)
    if reading is None or not reading.is_taken:
        return reading
    if text == text.lower():
        return reading.noted(Why.OWN_CASE, value=upper)
    return reading.asked(Why.CAPS, value=upper)


def _read_alike(text: str) -> Reading | None:
    """Read letters among the digits as the digits they look like, and a 3 or 0 at the head."""
    form = _ALIKE_FORM.fullmatch(text)
    if form is None:
        return None
    digits = form[2].translate(_ALIKE)
    real = sum(sign.isdigit() for sign in form[2])
    repaired = f"ED{form[1]}{digits}{form[3]}"
    reading = read_own(repaired)
    assert reading is not None
    if reading.is_taken:
        return reading.asked(Why.ALIKE, value=repaired)
    return reading if 2 * real > len(digits) and text.startswith("ED") else None


def _read_cut(text: str) -> Reading | None:
    """Ask about our code without its check letter; a digit may stand for the letter it is like."""
    cut = _CUT.fullmatch(text.upper() if text.islower() else text)
    if cut is None:
        return None
    repaired = cut[0][:-1] + _LAST_ALIKE.get(cut[0][-1], "")
    reading = read_own(repaired)
    if reading is not None and reading.is_taken:
        return reading.asked(Why.ALIKE, value=repaired)
    return asking(_KINDS[OwnKind(cut[1])], Why.OWN_CUT)


def _read_headless(text: str) -> Reading | None:
    if not _HEADLESS.fullmatch(text):
        return None
    head = "E" if text.startswith("D") else "ED"
    reading = read_own(head + text)
    if reading is None or not reading.is_taken:
        return None
    return reading.asked(Why.OWN_HEAD, value=head + text, rest=head)


def _read_around(text: str) -> Reading | None:
    """Read own codes that stand inside of more: glued to each other, or with something around."""
    plain = narrow(text)
    plain = plain.upper() if plain.islower() else plain
    found = own_codes_inside(plain)
    if not found:
        return None
    codes = tuple(code.text for code in found)
    kind = _KINDS[found[0].kind]
    pieces = _with_numbers(plain, codes[0])
    if pieces:
        return glued(kind, pieces)
    if len(codes) == 1:
        around = plain.replace(codes[0], " … ").strip()
        return asking(kind, Why.AROUND, propose=codes, value=codes[0], rest=shown(around))
    return glued(kind, codes)


def _with_numbers(text: str, code: str) -> tuple[str, ...]:
    """Return our code and the GTIN or GLN glued to it, in order; nothing when it is other text."""
    before, _, after = text.partition(code)
    pieces = tuple(piece for piece in (before.strip(" ,;|"), code, after.strip(" ,;|")) if piece)
    numbers = [piece for piece in pieces if piece != code]
    is_glued = all(_NUMBER.fullmatch(one) and check_digit_fits(one) for one in numbers)
    return pieces if numbers and is_glued else ()


def glued(kind: Kind, codes: tuple[str, ...]) -> Reading:
    """Return the question about codes that came without a terminator between them."""
    each = tuple(dict.fromkeys(codes))
    if len(each) == 1:
        reading = asking(kind, Why.DOUBLED, propose=each, value=each[0])
    else:
        reading = asking(kind, Why.GLUED, propose=(" ".join(codes),), value=" + ".join(codes))
    return replace(reading, choices=each, scans=len(codes))


def _read_spaced(text: str) -> Reading | None:
    together = _FILLING.sub("", narrow(text)).upper()
    reading = read_own(together)
    if reading is None or not reading.is_taken:
        return None
    filling = "".join(dict.fromkeys("".join(_FILLING.findall(text))))
    return reading.asked(Why.AROUND, value=together, rest=shown(filling))


def _read_bounced(text: str) -> Reading | None:
    once = text[::2]
    if len(text) < 8 or once != text[1::2]:
        return None
    reading = read_own(once.upper())
    if reading is None or not reading.is_taken:
        return None
    return reading.asked(Why.BOUNCED, value=once.upper())


def _read_alt(text: str) -> Reading | None:
    """Read the numbers of Alt keys: a scanner in ALT mode types 0069 for E."""
    if not _ALT_KEYS.fullmatch(text):
        return None
    typed = "".join(chr(int(text[at : at + 4])) for at in range(0, len(text), 4))
    reading = read_own(typed)
    return reading and reading.asked(Why.OWN_ALT, value=typed)


_DAMAGES: Final[tuple[Callable[[str], Reading | None], ...]] = (
    _read_wide,
    _read_turned,
    _read_around,
    _read_alike,
    _read_cut,
    _read_headless,
    _read_bounced,
    _read_spaced,
    _read_alt,
)
