"""Characters that do not belong into a code: unseen, controlling, wide, or alike to others."""

import re
import unicodedata
from typing import Final

GS: Final = "\x1d"
CODE: Final = re.compile(r"[A-Za-z0-9._/-]{1,64}")

_CONTROL_NAMES: Final = re.split(
    r" ",
    "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE XON DC2 XOFF DC4 NAK SYN ETB "
    "CAN EM SUB ESC FS GS RS US",
)
_UNSEEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALIKE: Final = str.maketrans(
    "АВЕЅКМНОРСТУХІЈаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο‐‑‒–—―−﹣⁃╴─ー∕⁄╱․‧",
    "ABESKMHOPCTYXIJaeopcyxijsABEZHIKMNOPTYXo------------///..",
)


def controls(text: str) -> str:
    """Return the control characters in a text, each once; GS is left out."""
    if _is_plain(text):
        return ""
    found = (sign for sign in text if unicodedata.category(sign) == "Cc" and sign != GS)
    return "".join(dict.fromkeys(found))


def hidden(text: str) -> str:
    """Return the characters of a text that nobody sees or that may be anything, each once."""
    if _is_plain(text):
        return ""
    return "".join(dict.fromkeys(sign for sign in text if _is_hidden(sign)))


def without(text: str, signs: str) -> str:
    """Return a text without some characters; an odd blank becomes an ordinary one."""
    return "".join(_bare(sign) if sign in signs else sign for sign in text)


def turns_around(signs: str) -> bool:
    """Say whether some character makes a text look other than it is (right to left)."""
    return any(sign in _TURNING for sign in signs)


def narrow(text: str) -> str:
    """Return a text with its full-width letters, digits and signs as ASCII; all else stays."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFKC", sign)
        if "\uff01" <= sign <= "\uff5e" or sign == "\u3000"
        else sign
        for sign in text
    )


def plain_alikes(text: str) -> str:
    """Return a text with signs of other scripts that look or count like ASCII put into ASCII."""
    return "".join(_plain(sign) for sign in text).translate(_ALIKE)


def has_chinese(text: str) -> bool:
    """Say whether there is a Chinese character in a text."""
    return any(unicodedata.name(sign, "").startswith("CJK") for sign in text)


def has_half_kana(text: str) -> bool:
    """Say whether there is half-width Japanese in a text: bytes read with the wrong table."""
    return any("\uff61" <= sign <= "\uff9f" for sign in text)


def is_plain_text(text: str) -> bool:
    """Say whether a text is words of people: letters, digits, punctuation, some Chinese."""
    if not has_chinese(text):
        return False
    return all(
        sign.isalnum() or sign in " ._/-,:;()·" or (ord(sign) > 0x7F and _is_punctuation(sign))
        for sign in text
    )


def shown(text: str, *, limit: int = 60) -> str:
    """Return a text that can be shown: what is unseen is written out, what is long is cut."""
    whole = "".join(_shown(sign) for sign in text[: limit + 1])
    return whole if len(text) <= limit else f"{whole[:limit]}…"


def _is_plain(text: str) -> bool:
    """Say whether a text is of ASCII that is seen, as most codes are: nothing else is in it."""
    return text.isascii() and text.isprintable()


def _bare(sign: str) -> str:
    return " " if unicodedata.category(sign) == "Zs" else ""


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    is_styled_letter = "\U0001d400" <= sign <= "\U0001d7ff"
    return unicodedata.normalize("NFKC", sign) if is_styled_letter else sign


def _is_hidden(sign: str) -> bool:
    category = unicodedata.category(sign)
    if category in {"Cf", "Zl", "Zp", "Co", "Cn", "Cs"} or sign in _UNSEEN:
        return True
    if category == "Zs":
        return sign not in " \u3000"
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign).startswith("P") or sign in "\u3000￥×＋＝～"


def _shown(sign: str) -> str:
    if ord(sign) < 0x20:
        return f"[{_CONTROL_NAMES[ord(sign)]}]"
    if unicodedata.category(sign) == "Cc" or _is_hidden(sign):
        return f"[U+{ord(sign):04X}]"
    return sign
