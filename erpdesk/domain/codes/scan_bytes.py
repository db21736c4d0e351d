"""From raw bytes to the texts in them: how many scans there are, and in which encoding each is."""

import re
from dataclasses import dataclass, replace
from typing import Final

STX: Final = 0x02
ETX: Final = 0x03
TERMINATORS: Final = frozenset(b"\r\n\t\x00\x03")
_HEADS: Final = re.compile(
    rb"(?:\][A-Za-z][0-9A-Za-z])?(?:BEGIN:|BCD\r?\n|SPC\r?\n|MECARD:|\{|\[|<)"
)
_END: Final = re.compile(b"[%b]" % re.escape(bytes((*sorted(TERMINATORS), STX))))
_MARK: Final = re.compile(rb"\][A-Za-z][0-9A-Za-z]")
_UTF8_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes of one scan without its terminators.

    ``cut`` is a frame whose end never came; ``lines`` is one QR code of several lines.
    """

    data: bytes
    cut: bool = False
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of one scan, the encoding it was read in, and what else it may be.

    ``other`` is another text that the same bytes can be; ``known`` is false when no encoding of
    the office fits and the text is only there to be shown. ``cut`` is UTF-8 whose last character
    is incomplete.
    """

    text: str
    encoding: str
    other: str = ""
    marked: bool = False
    known: bool = True
    cut: bool = False


def split_scans(raw: bytes) -> tuple[Part, ...]:
    """Return the scans of one raw input, in order; none for terminators alone."""
    if _is_one_of_many_lines(raw):
        return (Part(raw.strip(b"\r\n\t\x00"), lines=True),)
    parts: list[Part] = []
    at = 0
    while at < len(raw):
        found, at = _framed(raw, at) if raw[at] == STX else _plain(raw, at)
        parts += found
    return tuple(part for part in parts if part.data or part.cut)


def decode(data: bytes) -> Decoded:
    """Read the bytes of one scan: strictly UTF-8, else GB18030, else only something to show."""
    if data.startswith(_UTF8_MARK):
        rest = decode(data.removeprefix(_UTF8_MARK))
        return replace(rest, marked=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(data, error)
    return Decoded(text, "ascii" if data.isascii() else "utf-8", _other_than_utf8(data, text))


def wide_text(raw: bytes) -> tuple[str, bool] | None:
    """Return the text of UTF-16 input and whether a byte order mark says so; None if it is not."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _decoded(raw, "utf-16")
        return None if text is None else (text, True)
    if len(raw) < 6 or len(raw) % 2:
        return None
    for codec, high, low in (
        ("utf-16-le", raw[1::2], raw[::2]),
        ("utf-16-be", raw[::2], raw[1::2]),
    ):
        text = _decoded(raw, codec) if all(low) and 2 * high.count(0) > len(high) else None
        if text is not None and _is_office_text(text):
            return text, False
    return None


def redecoded(text: str) -> str | None:
    """Return the Chinese text that was read with a wrong table into this one; None if it was not.

    UTF-8 taken for GBK or Latin-1, GB18030 taken for Latin-1 or for Japanese.
    """
    for wrong, right in (
        ("gb18030", "utf-8"),
        ("latin-1", "utf-8"),
        ("cp1252", "utf-8"),
        ("latin-1", "gb18030"),
        ("cp932", "gb18030"),
    ):
        again = _reread(text, wrong, right)
        if again is not None and _is_common_chinese(again) and again != text:
            return again
    return None


def _is_one_of_many_lines(raw: bytes) -> bool:
    inner = raw.strip(b"\r\n\t\x00")
    lines = [line for line in re.split(rb"[\r\n]+", inner) if line]
    if len(lines) < 2 or STX in raw:
        return False
    if _HEADS.match(inner):
        return not all(line[:1] in b"{[" and line[-1:] in b"}]" for line in lines)
    return bool(_MARK.match(inner)) and not any(_MARK.match(line) for line in lines[1:])


def _framed(raw: bytes, at: int) -> tuple[tuple[Part, ...], int]:
    end = raw.find(ETX, at)
    if end < 0 or STX in raw[at + 1 : end]:
        following = raw.find(STX, at + 1)
        stop = len(raw) if following < 0 else following
        return (Part(raw[at + 1 : stop].rstrip(b"\r\n\t\x00"), cut=True),), stop
    data = raw[at + 1 : end]
    total = ETX
    for byte in data:
        total ^= byte
    has_sum = end + 1 < len(raw) and raw[end + 1] == total
    return split_scans(data), end + (2 if has_sum else 1)


def _plain(raw: bytes, at: int) -> tuple[tuple[Part, ...], int]:
    found = _END.search(raw, at)
    end = found.start() if found else len(raw)
    over = end < len(raw) and raw[end] != STX
    return (Part(raw[at:end]),), end + over


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_other(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """Read what is not UTF-8; what is UTF-8 up to within its last character is only cut."""
    before = data[: error.start].decode("utf-8")
    if error.reason == "unexpected end of data" and any(ord(sign) >= 0x800 for sign in before):
        return Decoded(before, "utf-8", cut=True)
    text = _decoded(data, "gb18030")
    if text is None:
        return Decoded(data.decode("latin-1"), "unknown", known=False)
    return Decoded(text, "gb18030", "" if _is_likely_chinese(text) else _other_than_gb(data))


def _other_than_gb(data: bytes) -> str:
    """Return the Japanese or western text the bytes can be; empty when they are neither."""
    japanese = _decoded(data, "cp932") or ""
    if any("\u3041" <= sign <= "\u30fe" for sign in japanese):
        return japanese
    return _decoded(data, "cp1252") or ""


def _reread(text: str, wrong: str, right: str) -> str | None:
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return None


def _other_than_utf8(data: bytes, text: str) -> str:
    """Return the Chinese text that the bytes can be too: a few pairs are right in both."""
    if data.isascii() or not all(sign.isascii() or "\u0250" <= sign < "\u0800" for sign in text):
        return ""
    other = _decoded(data, "gb18030")
    return other if other is not None and _is_common_chinese(other) else ""


def _is_office_text(text: str) -> bool:
    """Say whether a text is of western letters and common Chinese, with line ends at most."""
    is_seen = re.sub("[\r\n\t]", "", text).isprintable()
    return is_seen and all(ord(sign) < 0x100 or _is_common(sign) or _is_sign(sign) for sign in text)


def _is_common_chinese(text: str) -> bool:
    """Say whether all that is not ASCII is of the common characters of GB 2312, two at least."""
    wide = [sign for sign in text if ord(sign) > 0x7F]
    return len(wide) >= 2 and all(_is_common(sign) for sign in wide)


def _is_likely_chinese(text: str) -> bool:
    """Say whether GB18030 was meant: most signs common, none from outside of Chinese writing."""
    wide = [sign for sign in text if ord(sign) > 0x7F]
    common = sum(_is_common(sign) or _is_sign(sign) for sign in wide)
    return 2 * common >= len(wide) and all(_is_chinese(sign) or _is_sign(sign) for sign in wide)


def _is_common(sign: str) -> bool:
    pair = sign.encode("gb18030", "replace")
    return len(pair) == 2 and 0xB0 <= pair[0] <= 0xF7 and pair[1] >= 0xA1


def _is_chinese(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or sign >= "\U00020000"


def _is_sign(sign: str) -> bool:
    return "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uff65" or sign in "·—…“”‘’×÷¥￥"
