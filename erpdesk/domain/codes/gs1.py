"""GS1 codes: element strings, Digital Links and numbers with a check digit.

Splitting into elements is the work of a standard that comes in as a value (``Gs1Standard``); what
a message means for us is decided here.
"""

import re
from dataclasses import dataclass, replace
from typing import Final, Protocol

from erpdesk.domain.codes.characters import GS, shown
from erpdesk.domain.codes.reading import Kind, Reading, accepted, asking, refused
from erpdesk.domain.codes.scan_reasons import Why


@dataclass(frozen=True, slots=True)
class Gs1Element:
    """One application identifier with its data.

    ``fits`` says whether its check digit fits (None: it has none); ``is_open`` that its length is
    not fixed, so that only a separator or the end of the message ends it.
    """

    ai: str
    data: str
    fits: bool | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Gs1Message:
    """The elements of a message as far as they could be read, and the rest that could not."""

    elements: tuple[Gs1Element, ...]
    rest: str = ""


class Gs1Standard(Protocol):
    """Who splits GS1 messages."""

    def message(self, text: str) -> Gs1Message:
        """Return the elements of a message; separators are GS."""
        ...

    def link(self, address: str) -> Gs1Message | None:
        """Return the elements of a Digital Link; None when the address is none."""
        ...


GS1_MARKS: Final = frozenset({"]C1", "]d2", "]Q3", "]e0", "]e1", "]e2", "]J1"})
NUMBER_MARKS: Final = {"]E0": (8, 12, 13), "]E4": (8,), "]I1": (14,), "]E3": (13, 15, 18)}
_TOKENS: Final = re.compile(
    r"<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|\[FNC1\]|\^\]|␝|\\x1d|\\u001d|<0x1D>|<29>|&#29;|%1D",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(
    r".(?:(?:10|21).{3,}|(?:11|15|17)[0-9]{6}|37[0-9]|24[01]."
    r"|41[0-7][0-9]{13}|00[0-9]{18}|01[0-9]{14})"
)
_DATED: Final = re.compile(r"20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_BRACKETS: Final = re.compile(r"\(([0-9]{2,4})\)")
_KEYS: Final = (
    ("414", Kind.GLN), ("417", Kind.GLN), ("411", Kind.GLN), ("410", Kind.GLN),
    ("412", Kind.GLN), ("413", Kind.GLN), ("415", Kind.GLN), ("416", Kind.GLN),
    ("8018", Kind.GSRN), ("8017", Kind.GSRN), ("00", Kind.SSCC),
    ("01", Kind.GTIN), ("02", Kind.GTIN), ("03", Kind.GTIN),
)  # fmt: skip
_NUMBER_KINDS: Final = {
    8: Kind.GTIN, 12: Kind.GTIN, 13: Kind.GTIN_OR_GLN, 14: Kind.GTIN,
}  # fmt: skip


def check_digit_fits(digits: str) -> bool:
    """Say whether the last digit of a GS1 number is the check digit of the others."""
    weighted = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[::-1]))
    return sum(weighted) % 10 == 0


def read_marked(mark: str, text: str, standard: Gs1Standard) -> Reading | None:
    """Read a text whose symbology identifier promises GS1; None when it promises nothing."""
    if mark in NUMBER_MARKS:
        return _read_marked_number(text, NUMBER_MARKS[mark])
    if mark not in GS1_MARKS:
        return None
    if text.lower().startswith(("http://", "https://")):
        return read_link(text, standard) or refused(Kind.LINK, Why.LINK_NOT_GS1)
    if text.startswith("("):
        return _read_brackets(text, standard) or refused(Kind.GS1, Why.GS1_UNREADABLE)
    return read_message(text, standard, promised=True)


def read_message(text: str, standard: Gs1Standard, *, promised: bool) -> Reading | None:
    """Read element strings; None when nothing promises GS1 and it is not surely one."""
    message = standard.message(text.strip(GS))
    if not message.elements:
        return refused(Kind.GS1, Why.GS1_UNREADABLE) if promised else None
    if not promised and not _is_surely_gs1(message, text):
        return _like_gs1(message, text)
    pairs = tuple((one.ai, one.data) for one in message.elements)
    return replace(_judged(message, text), elements=pairs)


def read_written(text: str, standard: Gs1Standard) -> Reading | None:
    """Read a message whose separators are written out, such as ``<GS>``, or with brackets."""
    if text.startswith("("):
        return _read_brackets(text, standard)
    if not _TOKENS.search(text):
        return None
    reading = read_message(_TOKENS.sub(GS, text), standard, promised=False)
    return reading and reading.noted(Why.GS_WRITTEN, value=reading.value or "")


def with_written_separators(text: str) -> str:
    """Return a text with written separators as GS."""
    return _TOKENS.sub(GS, text)


def read_link(address: str, standard: Gs1Standard) -> Reading | None:
    """Read a GS1 Digital Link; None when it is another address, to be kept as text."""
    message = standard.link(address)
    if message is None:
        return None
    twice = _contradiction(message)
    if twice:
        return refused(Kind.LINK, Why.GS1_TWICE, value=twice)
    key = _key(message)
    if key is None:
        is_meant = _is_meant(message.elements[0], address)
        return refused(Kind.LINK, Why.CHECK_DIGIT, value=shown(address)) if is_meant else None
    kind, data = key
    pairs = tuple((one.ai, one.data) for one in message.elements)
    return replace(accepted(kind, data, Why.LINK_GS1, value=data), elements=pairs)


def read_number(digits: str) -> Reading | None:
    """Read bare digits of the length of a GTIN or GLN; None when they are any number.

    A wrong check digit says nothing of eight digits or of a number that begins with a day: firms
    number their papers so.
    """
    kind = _NUMBER_KINDS.get(len(digits))
    if kind is None or not re.fullmatch(r"0*[1-9][0-9]*", digits):
        return None
    if check_digit_fits(digits):
        return accepted(kind, digits, Why.NUMBER, value=digits)
    if len(digits) == 8 or _DATED.match(digits):
        return None
    if len(digits) == 12:
        return accepted(Kind.CODE, digits, Why.NUMBER_LIKE).noted(Why.NUMBER_LIKE)
    return asking(kind, Why.NUMBER_CHECK, value=digits)


def _is_meant(key: Gs1Element, address: str) -> bool:
    """Say whether an address without a right key is a Digital Link all the same, only damaged."""
    is_whole_number = key.fits is False and len(key.data) in (12, 13, 14, 18)
    return is_whole_number or address.lower().split("/")[2] == "id.gs1.org"


def _read_marked_number(text: str, lengths: tuple[int, ...]) -> Reading:
    if not (text.isascii() and text.isdigit()) or len(text) not in lengths:
        return refused(Kind.GTIN, Why.NUMBER_LENGTH, value=shown(text))
    main = text[:13]
    if len(text) == 14:
        main = text
    if not check_digit_fits(_upc_a(main)) and not check_digit_fits(main):
        return refused(Kind.GTIN, Why.CHECK_DIGIT, value=text)
    if main != text:
        return accepted(Kind.GTIN, main, Why.NUMBER).noted(Why.ADD_ON, value=main, rest=text[13:])
    return accepted(Kind.GTIN, text, Why.NUMBER, value=text)


def _upc_a(digits: str) -> str:
    """Return the twelve digits of a UPC-E of eight; any other number stays."""
    if len(digits) != 8 or digits[0] not in "01":
        return digits
    system, body, last, check = digits[0], digits[1:6], digits[6], digits[7]
    if last in "012":
        return f"{system}{body[:2]}{last}0000{body[2:]}{check}"
    if last == "3":
        return f"{system}{body[:3]}00000{body[3:]}{check}"
    if last == "4":
        return f"{system}{body[:4]}00000{body[4:]}{check}"
    return f"{system}{body}0000{last}{check}"


def _read_brackets(text: str, standard: Gs1Standard) -> Reading | None:
    """Read the line under a GS1 code, as somebody types it: (414)5901234123457(10)ABC."""
    pieces = _BRACKETS.split(text)
    if pieces[0] or len(pieces) < 3:
        return None
    pairs = list(zip(pieces[1::2], pieces[2::2], strict=True))
    message = standard.message(GS.join(ai + data.strip() for ai, data in pairs))
    if message.rest or [one.ai for one in message.elements] != [ai for ai, _ in pairs]:
        return None
    reading = _judged(message, GS)
    pairs_read = tuple((one.ai, one.data) for one in message.elements)
    return replace(reading.noted(Why.GS_BRACKETS, value=reading.value or ""), elements=pairs_read)


def _judged(message: Gs1Message, text: str) -> Reading:
    wrong = [one for one in message.elements if one.fits is False]
    twice = _contradiction(message)
    sure = _key(message)
    names = "".join(f"({one.ai}){one.data}" for one in message.elements)
    if wrong:
        why = Why.SEPARATOR_AND_CHECK if message.rest else Why.CHECK_DIGIT
        return refused(
            Kind.GS1, why, value=f"({wrong[0].ai}){wrong[0].data}", rest=shown(message.rest)
        )
    if twice:
        return refused(Kind.GS1, Why.GS1_TWICE, value=twice)
    if message.rest:
        propose = (sure[1],) if sure else ()
        known = f"({sure[0].value.upper()}) {sure[1]}" if sure else "—"
        return asking(
            sure[0] if sure else Kind.GS1,
            Why.SEPARATOR,
            propose=propose,
            value=known,
            rest=shown(message.rest),
        )
    if sure is None:
        return _keyless(message, names)
    taken = accepted(*sure, Why.GS1, value=names)
    if _may_hide_elements(message, text):
        return taken.noted(Why.SEPARATOR_DOUBT, value=sure[1], rest=message.elements[-1].data)
    return taken


def _keyless(message: Gs1Message, names: str) -> Reading:
    if len(message.elements) == 1:
        only = message.elements[0]
        return accepted(Kind.GS1, only.data, Why.GS1, value=names)
    return accepted(Kind.GS1, names, Why.GS1).noted(Why.GS1_NO_KEY, value=names)


def _key(message: Gs1Message) -> tuple[Kind, str] | None:
    """Return the element that names a party or a thing, parties first; its check digit fits."""
    data = {one.ai: one.data for one in message.elements if one.fits}
    return next(((kind, data[ai]) for ai, kind in _KEYS if ai in data), None)


def _contradiction(message: Gs1Message) -> str:
    """Return a key that one message names twice with different numbers; empty if it does not."""
    for ai, _ in _KEYS:
        data = dict.fromkeys(one.data for one in message.elements if one.ai == ai)
        if len(data) > 1:
            return " / ".join(f"({ai}){one}" for one in data)
    return ""


def _is_surely_gs1(message: Gs1Message, text: str) -> bool:
    """Say whether a message without any mark is GS1 beyond doubt: a firm's number may look so."""
    first = message.elements[0]
    if first.fits is None and GS not in text:
        return any(one.fits for one in message.elements) and not message.rest
    if first.fits:
        return True
    return GS in text or (first.fits is False and len(text) > 25)


def _like_gs1(message: Gs1Message, text: str) -> Reading | None:
    """Ask about digits that are one whole element but for its check digit."""
    only = message.elements[0]
    if only.fits is False and text == only.ai + only.data:
        return asking(Kind.GS1, Why.NUMBER_CHECK, value=f"({only.ai}){only.data}")
    return None


def _may_hide_elements(message: Gs1Message, text: str) -> bool:
    """Say whether the last, open element may hold further ones whose separator was lost."""
    last = message.elements[-1]
    if not last.is_open or GS in text.strip(GS):
        return False
    return _HIDDEN.search(last.data) is not None
