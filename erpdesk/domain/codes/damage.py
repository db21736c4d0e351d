"""Damage of codes that are not ours: foreign layouts, Caps Lock, glue, look-alikes, wrong tables.

Each reading here asks; none takes a repair by itself. ``Sound`` reads an undamaged text.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from erpdesk.domain.codes.characters import (
    CODE,
    has_chinese,
    has_half_kana,
    narrow,
    plain_alikes,
    shown,
)
from erpdesk.domain.codes.gs1 import GS1_MARKS, NUMBER_MARKS, read_number
from erpdesk.domain.codes.keyboard_layouts import Retyped, retyped
from erpdesk.domain.codes.own_readings import OWN_KINDS, glued
from erpdesk.domain.codes.reading import Kind, Reading, accepted, asking, refused
from erpdesk.domain.codes.scan_bytes import redecoded
from erpdesk.domain.codes.scan_reasons import Why

Sound = Callable[[str], Reading | None]

_NUMBERED: Final = re.compile(r"([A-Za-z]{2,}[-_./]?)([0-9]{3,})")
_BETWEEN: Final = re.compile(r"[ ,;|]+")
_WRITTEN_END: Final = re.compile(
    r"([A-Za-z0-9._/-]+?)(?:\^M|\\r|\\n|\\t|[{<\[](?:ENTER|RETURN|TAB|CR|LF|CRLF)[}>\]])+",
    re.IGNORECASE,
)
_FULL_ASCII: Final = re.compile(r"(?:\+[A-Z]|/O|%O|[A-Z0-9.-])+")
_WORDS: Final = re.compile(r"[A-Za-z]+")
_TURNED_WORD: Final = re.compile(r"[a-z][A-Z]{2,}")
_DIGITS_ALIKE: Final = str.maketrans("OoIl", "0011")
_MARKS: Final = frozenset(mark[1:] for mark in GS1_MARKS | set(NUMBER_MARKS))
_LOST: Final = re.compile(r"[A-Za-z0-9._/-]*\?{2,}[A-Za-z0-9._/?-]*")
_SURE: Final = OWN_KINDS | {Kind.GLN, Kind.SSCC, Kind.GSRN}
_NUMBERS: Final = frozenset({Kind.GTIN, Kind.GTIN_OR_GLN, Kind.GS1})


def read_glued(text: str) -> Reading | None:
    """Read several numbers or codes of one make without anything between them."""
    for length in (13, 12, 14):
        pieces = _pieces(text, length)
        if len(pieces) > 1 and all(_is_number(piece) for piece in pieces):
            return glued(Kind.GTIN_OR_GLN if length == 13 else Kind.GTIN, pieces)
    half = text[: len(text) // 2]
    if half * 2 == text and len(half) >= 4 and _is_mixed(half):
        return glued(Kind.CODE, (half, half))
    return _read_series(text)


def read_number_damage(text: str) -> Reading | None:
    """Ask about a number with blanks in it, or with letters that look like digits."""
    together = text.replace(" ", "")
    if together != text and _is_number(together) and len(together) > 8:
        return asking(Kind.GTIN_OR_GLN, Why.NUMBER_SPACED, propose=(together,), value=together)
    plain = text.translate(_DIGITS_ALIKE)
    is_number_then = plain != text and len(text) > 8 and _is_number(plain)
    if is_number_then and sum(not sign.isdigit() for sign in text) <= 2:
        return asking(Kind.GTIN_OR_GLN, Why.ALIKE, propose=(plain, text), value=plain)
    return None


def read_mark_cut(text: str, sound: Sound) -> Reading | None:
    """Ask about a symbology identifier that lost its first character: C1 is ]C1."""
    if text[:2] not in _MARKS:
        return None
    reading = sound(f"]{text}")
    if reading is None or not reading.is_taken or _rank(reading) > 1:
        return None
    return reading.asked(Why.MARK_CUT, value=reading.value or "")


def read_written_end(text: str, sound: Sound) -> Reading | None:
    """Ask about a code whose terminator was written out as text, such as ``{ENTER}``."""
    found = _WRITTEN_END.fullmatch(text)
    if found is None:
        return None
    reading = sound(found[1])
    return reading and reading.asked(Why.AROUND, value=found[1], rest=shown(text[found.end(1) :]))


def read_turned(text: str) -> Reading | None:
    """Ask about a code such as ``aCME-7``, which Caps Lock makes of ``Acme-7``."""
    words = [word for word in _WORDS.findall(text) if len(word) > 1]
    if not words or not all(_TURNED_WORD.fullmatch(word) for word in words):
        return None
    turned = text.swapcase()
    return asking(Kind.CODE, Why.CAPS, propose=(turned, text), value=turned)


def read_wide(text: str, sound: Sound) -> Reading | None:
    """Read a code in full-width characters as the same code in ASCII, with a remark."""
    plain = narrow(text)
    if plain == text or not plain.isascii():
        return None
    reading = sound(plain)
    return reading and reading.noted(Why.WIDE, value=plain)


def read_stars(text: str, sound: Sound) -> Reading | None:
    """Ask about a code between the start and stop stars of Code 39."""
    if len(text) < 3 or not (text.startswith("*") and text.endswith("*")):
        return None
    reading = sound(text[1:-1])
    return reading and reading.asked(Why.STARS, value=reading.value or "")


def read_full_ascii(text: str, sound: Sound) -> Reading | None:
    """Ask about Code 39 in pairs: without Full ASCII the scanner sends +A for a small a."""
    pairs = len(re.findall(r"\+[A-Z]", text))
    if pairs < 2 or not _FULL_ASCII.fullmatch(text):
        return None
    small = re.sub(r"\+([A-Z])", lambda found: found[1].lower(), text)
    reading = sound(small.replace("/O", "/").replace("%O", "_"))
    if reading is None or reading.value is None:
        return None
    asked = reading.asked(Why.FULL_ASCII, value=reading.value)
    return replace(asked, choices=(reading.value, text))


def read_retyped(text: str, sound: Sound) -> Reading | None:
    """Ask about a text that a foreign keyboard layout makes of a code."""
    found: dict[str, tuple[int, Retyped, Reading]] = {}
    for one in retyped(text):
        reading = sound(one.text) or sound(one.text.upper())
        if reading is not None and reading.is_taken and _is_likely(one, reading, typed=text):
            found.setdefault(one.text, (_rank(reading), one, reading))
    best = min((rank for rank, _, _ in found.values()), default=3)
    if best == 3 or (best == 2 and _is_word(text)):
        return None
    return _asked_layouts([(one, reading) for rank, one, reading in found.values() if rank == best])


def read_alike(text: str, sound: Sound) -> Reading | None:
    """Ask about a code in which some characters are of another script, or dashes for a hyphen."""
    plain = plain_alikes(text)
    if plain == text or not _is_code_like(plain):
        return None
    is_mixed = any(sign.isascii() and sign.isalnum() for sign in text)
    reading = sound(plain) if is_mixed or not text.isalpha() else None
    return reading and reading.asked(Why.ALIKE, value=plain)


def read_reread(text: str) -> Reading | None:
    """Ask about Chinese that was read with the wrong table of characters."""
    again = None if text.isascii() else redecoded(text)
    if again is None:
        return None
    return asking(Kind.TEXT, Why.REREAD, propose=(again,), value=shown(again))


def read_lost(text: str) -> Reading | None:
    """Refuse what lost characters on its way; what is left names nobody."""
    if "�" in text or _LOST.fullmatch(text):
        return refused(Kind.UNKNOWN, Why.LOST)
    return None


def read_foreign(text: str) -> Reading | None:
    """Refuse what looks like a code but holds a character no code has, with no repair."""
    if has_half_kana(text):
        return refused(Kind.UNKNOWN, Why.FOREIGN, value=shown(text))
    foreign = "".join(dict.fromkeys(sign for sign in text if not sign.isascii()))
    is_mixed = any(sign.isnumeric() or (sign.isascii() and sign.isalnum()) for sign in text)
    if (
        not foreign
        or not is_mixed
        or " " in text
        or len(text) > 64
        or has_chinese(text)
        or _is_word(text)
    ):
        return None
    return refused(Kind.UNKNOWN, Why.FOREIGN, value=shown(foreign))


def _pieces(text: str, length: int) -> tuple[str, ...]:
    if len(text) % length or not (text.isascii() and text.isdigit()):
        return ()
    return tuple(text[at : at + length] for at in range(0, len(text), length))


def _is_number(digits: str) -> bool:
    reading = read_number(digits)
    return reading is not None and reading.is_taken


def _is_mixed(text: str) -> bool:
    return any(sign.isdigit() for sign in text) and any(sign.isalpha() for sign in text)


def _read_series(text: str) -> Reading | None:
    """Read CUST-0001CUST-0002: one prefix, numbers of one length, only blanks or commas else."""
    found = _NUMBERED.findall(text)
    is_one_make = len({(prefix, len(number)) for prefix, number in found}) == 1
    codes = tuple(prefix + number for prefix, number in found)
    if len(codes) < 2 or not is_one_make or "".join(codes) != _BETWEEN.sub("", text):
        return None
    return glued(Kind.CODE, codes)


def _is_code_like(text: str) -> bool:
    return len(text) >= 3 and any(sign.isdigit() for sign in text)


def _is_likely(one: Retyped, reading: Reading, *, typed: str) -> bool:
    """Say whether a retyped text is a code: R&D is none, though its & may have been a 1."""
    text, rank = one.text, _rank(reading)
    if rank < 2 or one.is_rare:
        return rank == 0 or (rank == 1 and not one.is_rare)
    digits = sum(sign.isdigit() for sign in text)
    has_digits = digits >= 2 or (digits == 1 and any(sign.isdigit() for sign in typed))
    return has_digits and len(text) >= 3 and text[0].isalnum()


def _is_word(text: str) -> bool:
    """Say whether a text without digits is written as people write words and names."""
    if any(sign.isdigit() or sign.isnumeric() for sign in text):
        return False
    pieces = re.findall(r"\w+", text)
    is_one_case = text.isalpha() and (text.islower() or text.isupper())
    return is_one_case or (bool(pieces) and all(piece.istitle() for piece in pieces))


def _rank(reading: Reading) -> int:
    if reading.kind in _SURE:
        return 0
    return 1 if reading.kind in _NUMBERS else 2


def _asked_layouts(found: list[tuple[Retyped, Reading]]) -> Reading:
    """Return the question about what layouts can have made; small letters are offered in both."""
    values: list[str] = []
    for one, reading in found:
        small = reading.value or one.text
        is_small = small.islower() and reading.kind is Kind.CODE
        values += [small.upper(), small] if is_small else [small]
    each = tuple(dict.fromkeys(values))
    names = ", ".join(dict.fromkeys(one.layout for one, _ in found))
    reading = accepted(found[0][1].kind, each[0], Why.LAYOUT)
    why = Why.LAYOUT if len({value.upper() for value in each}) == 1 else Why.LAYOUT_OPEN
    asked = reading.asked(why, value=" / ".join(each), rest=names)
    return replace(asked, choices=each, elements=found[0][1].elements)


def is_code(text: str) -> bool:
    """Say whether a text has the form of a firm's code."""
    return CODE.fullmatch(text) is not None
