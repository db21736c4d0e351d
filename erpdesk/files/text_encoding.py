"""In which encoding a text file is written: found by trying strictly."""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from erpdesk.files.refusals import BrokenEncodingError, UnknownEncodingError

_CHUNK: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """A codec and how it was found: by ``mark`` (BOM), ``strict``, ``zeros`` or ``given``."""

    name: str
    found_by: str


def detect_encoding(path: Path, given: str | None = None) -> TextEncoding:
    """Return the encoding in which the whole file decodes without a fault.

    Raises:
        BrokenEncodingError: it is one of ours, with a broken place (``line``, ``byte``).
        UnknownEncodingError: none of ours fits.
    """
    if given:
        return _proven(path, TextEncoding(given, "given"))
    with path.open("rb") as file:
        head = file.read(1 << 16)
    if marked := next((name for mark, name in _MARKS if head.startswith(mark)), None):
        return _proven(path, TextEncoding(marked, "mark"))
    if wide := _utf_16_without_mark(head):
        return _proven(path, TextEncoding(wide, "zeros"))
    fault = _fault(path, "utf-8")
    if fault is None:
        return TextEncoding("utf-8", "strict")
    if _was_meant_as_utf_8(path):
        raise _broken(path, "utf-8", fault)
    if _has_lines_of_utf_8(head):
        raise _broken(path, "utf-8", fault)
    if _is_western(head) or _is_other_than_chinese(head):
        raise _unknown(path, fault)
    return _proven(path, TextEncoding("gb18030", "strict"))


def _proven(path: Path, encoding: TextEncoding) -> TextEncoding:
    fault = _fault(path, encoding.name)
    if fault is not None:
        raise _broken(path, encoding.name, fault)
    return encoding


def _fault(path: Path, name: str) -> int | None:
    """Return the first byte that does not decode, or None."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    done = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as broken:
                return max(0, done - pending + broken.start)
            done += len(chunk)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return max(0, done - 1)
    return None


def _broken(path: Path, name: str, at: int) -> BrokenEncodingError:
    line = _line_of(path, at)
    message = f"The text is not sound {name.upper()} at line {line}, byte {at + 1}."
    return BrokenEncodingError(message, path=path, encoding=name, line=line, byte=at + 1)


def _unknown(path: Path, at: int) -> UnknownEncodingError:
    line = _line_of(path, at)
    message = (
        f"The text is in no known encoding from line {line}, byte {at + 1} on: save it as UTF-8."
    )
    return UnknownEncodingError(message, path=path, line=line, byte=at + 1)


def _line_of(path: Path, at: int) -> int:
    """Return the line in which a byte stands."""
    line, left = 1, at
    with path.open("rb") as file:
        while left and (chunk := file.read(min(left, _CHUNK))):
            line += chunk.count(b"\n")
            left -= len(chunk)
    return line


def _utf_16_without_mark(head: bytes) -> str | None:
    """Tell UTF-16 by zero bytes that all stand in even, or all in odd places."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < max(2, len(head) // 64) or (even and odd):
        return None
    name = "utf-16-le" if odd else "utf-16-be"
    text = head[: len(head) & ~1].decode(name, "replace")
    return name if any(c in text for c in ",;\t\n") and text.count("\ufffd") <= 1 else None


def _was_meant_as_utf_8(path: Path) -> bool:
    """Say whether characters of several bytes are sound far more often than broken."""
    with path.open("rb") as file:
        text = file.read(4 * _CHUNK).decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for c in text if c > "\x7f") - broken
    return sound > 2 * broken


_LETTERS: Final = re.compile(
    rb"(?P<pair>[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe][\x80-\xfe])|(?P<alone>[\x80-\xff])"
)


def _is_western(head: bytes) -> bool:
    """Say whether bytes above ASCII stand alone between letters, as in Windows-1252 texts."""
    kinds = [match.lastgroup for match in _LETTERS.finditer(head)]
    return kinds.count("alone") > kinds.count("pair")


def _has_lines_of_utf_8(head: bytes) -> bool:
    """Say whether some lines are sound UTF-8 in a text that is none: two files put together."""
    lines = [line for line in head.splitlines() if not line.isascii()]
    sound = sum(_is_wide_utf_8(line) for line in lines)
    return sound > 0 and 20 * sound >= len(lines)


def _is_wide_utf_8(line: bytes) -> bool:
    try:
        return any(sign > "\u0800" for sign in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _is_other_than_chinese(head: bytes) -> bool:
    """Say whether GB18030 makes of a text what nobody writes: it is Big5 or Japanese."""
    lines = head[: head.rfind(b"\n") + 1] or head
    wide = [sign for sign in lines.decode("gb18030", "ignore") if sign > "\x7f"]
    strange = sum(unicodedata.category(sign) == "Co" for sign in wide)
    common = sum(map(_is_common, wide))
    return 10 * strange > len(wide) or (4 * common < len(wide) and _is_japanese(lines))


def _is_japanese(lines: bytes) -> bool:
    try:
        text = lines.decode("cp932")
    except UnicodeDecodeError:
        return False
    return not any("\uff61" <= sign <= "\uff9f" for sign in text)


def _is_common(sign: str) -> bool:
    pair = sign.encode("gb18030", "ignore")
    return len(pair) == 2 and 0xA1 <= pair[0] <= 0xF7 and pair[1] >= 0xA1
