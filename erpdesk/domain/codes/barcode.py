"""From one raw scanner input to a reading: our own codes, then GS1, then the firm's, then text.

Nothing is ever run, opened or turned into a key press; a repair is proposed, never taken silently.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from erpdesk.domain.codes.characters import (
    CODE,
    GS,
    controls,
    hidden,
    is_plain_text,
    shown,
    turns_around,
    without,
)
from erpdesk.domain.codes.damage import (
    is_code,
    read_alike,
    read_foreign,
    read_full_ascii,
    read_glued,
    read_lost,
    read_mark_cut,
    read_number_damage,
    read_reread,
    read_retyped,
    read_stars,
    read_turned,
    read_wide,
    read_written_end,
)
from erpdesk.domain.codes.gs1 import (
    Gs1Standard,
    read_link,
    read_marked,
    read_message,
    read_number,
    read_written,
    with_written_separators,
)
from erpdesk.domain.codes.own_readings import (
    glued,
    read_damaged_own,
    read_own,
    read_paper,
    read_test,
)
from erpdesk.domain.codes.reading import (
    NO_SCAN,
    Action,
    Channel,
    Kind,
    Reading,
    accepted,
    asking,
    refused,
)
from erpdesk.domain.codes.scan_bytes import Decoded, Part, decode, split_scans, wide_text
from erpdesk.domain.codes.scan_reasons import Why
from erpdesk.domain.codes.several_scans import together

RAW_BYTES_MAX: Final = 4096
_MARK: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_MARK_BEFORE: Final = re.compile(r"(?=\][A-Za-z][0-9A-Za-z])")
_MARK_ALONE: Final = re.compile(r"\](?:[A-Za-z][0-9A-Za-z]?)?[ \u3000]*")
_ECI: Final = re.compile(r"\\([0-9]{6})")
_LINK: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.|javascript:|data:|mailto:|urn:)", re.IGNORECASE
)
_INVOICE: Final = re.compile(r"01,[0-9]{2},[0-9]*,[0-9]{8,20},")
_BLANKS: Final = " \u3000"


@dataclass(frozen=True, slots=True)
class Scan:
    """One text to be read: its symbology identifier, its way in, and who knows GS1."""

    text: str
    mark: str
    channel: Channel
    standard: Gs1Standard


def read_scan(raw: bytes, channel: Channel, standard: Gs1Standard) -> Reading:
    """Read one raw input; several terminated codes give one reading with each in ``codes``."""
    wide = wide_text(raw)
    if wide is not None:
        return _read_wide_text(*wide, channel, standard)
    return _read_parts(split_scans(raw), channel, standard)


def _read_parts(parts: tuple[Part, ...], channel: Channel, standard: Gs1Standard) -> Reading:
    whole = read_own("".join(part.data.decode("latin-1") for part in parts))
    if len(parts) > 1 and whole is not None and whole.is_taken:
        return whole.asked(Why.SPLIT, value=whole.value or "")
    readings = (_read_part(part, channel, standard) for part in parts)
    return together(tuple(one for one in readings if one.action is not Action.IGNORE))


def _read_wide_text(text: str, is_marked: bool, channel: Channel, standard: Gs1Standard) -> Reading:  # noqa: FBT001
    data = text.removeprefix("\ufeff").encode("utf-8", "replace")
    found = _read_parts(split_scans(data), channel, standard)
    named = replace(found, encoding="utf-16") if found.scans else found
    return named.noted(Why.ENCODING_WIDE) if is_marked else named.asked(Why.ENCODING_WIDE)


def _read_part(part: Part, channel: Channel, standard: Gs1Standard) -> Reading:
    if len(part.data) > RAW_BYTES_MAX:
        return refused(Kind.UNKNOWN, Why.TOO_LONG, value=str(len(part.data)))
    if part.cut:
        return refused(Kind.UNKNOWN, Why.CUT_FRAME)
    decoded = decode(part.data)
    if decoded.cut:
        return refused(Kind.UNKNOWN, Why.CUT_TEXT)
    if part.lines:
        return replace(asking(Kind.TEXT, Why.LINES), encoding=decoded.encoding)
    reading = _with_encoding(_read_text(decoded.text, channel, standard), decoded)
    return replace(reading, encoding=decoded.encoding)


def _with_encoding(reading: Reading, decoded: Decoded) -> Reading:
    if not decoded.known:
        has_repair = reading.action is Action.ASK and reading.propose is not None
        return reading if has_repair else refused(Kind.UNKNOWN, Why.ENCODING_UNKNOWN)
    if decoded.other and reading.is_taken:
        return _asked_encoding(reading, decoded)
    if decoded.marked:
        return reading.noted(Why.ENCODING_MARK)
    if decoded.encoding == "gb18030":
        return reading.noted(Why.ENCODING)
    return replace(reading, facts=(("rest", "UTF-8"),)) if reading.why is Why.TEXT else reading


def _asked_encoding(reading: Reading, decoded: Decoded) -> Reading:
    has_letters = any(sign.isascii() and sign.isalpha() for sign in decoded.text)
    is_gb_letter = "¨" in decoded.other  # the first byte of ü, é and à in GB18030
    other_first = (has_letters and not is_gb_letter) or decoded.encoding != "gb18030"
    pair = (decoded.text, decoded.other)
    propose = pair[::-1] if other_first else pair
    return asking(
        reading.kind, Why.ENCODING_OTHER, propose=propose, value=propose[0], rest=propose[1]
    )


def _read_text(text: str, channel: Channel, standard: Gs1Standard) -> Reading:
    if _MARK_ALONE.fullmatch(text):
        return refused(Kind.UNKNOWN, Why.MARK_ALONE, value=text)
    found = _MARK.match(text)
    mark = found[0] if found else ""
    body = text[len(mark) :]
    several = _read_marks_inside(text, channel, standard) if _MARK.search(body) and mark else None
    if several is not None:
        return several
    named = _ECI.match(body) if mark else None
    if named is not None:
        reading = _read_body(Scan(body[named.end() :], mark, channel, standard))
        return replace(reading.noted(Why.ENCODING_NAMED, value=named[1]), symbology=mark)
    reading = _read_body(Scan(body, mark, channel, standard))
    return replace(reading, symbology=mark) if mark else reading


def _read_marks_inside(text: str, channel: Channel, standard: Gs1Standard) -> Reading | None:
    """Read codes glued together, each with its own symbology identifier."""
    pieces = [piece for piece in _MARK_BEFORE.split(text) if piece]
    readings = [_read_text(piece, channel, standard) for piece in pieces]
    values = tuple(one.value for one in readings if one.value is not None)
    return glued(readings[0].kind, values) if len(values) == len(pieces) else None


def _read_body(scan: Scan) -> Reading:
    pressed, unseen = controls(scan.text), hidden(scan.text)
    if pressed:
        return refused(Kind.UNKNOWN, Why.CONTROL, value=shown(pressed))
    if unseen:
        return _read_hidden(scan, unseen)
    clean = scan.text.strip(_BLANKS)
    if not clean:
        return NO_SCAN
    if clean == scan.text:
        return _read_clean(scan)
    return _read_clean(replace(scan, text=clean)).noted(Why.SPACES)


def _read_hidden(scan: Scan, unseen: str) -> Reading:
    if turns_around(unseen):
        return refused(Kind.UNKNOWN, Why.TURNED, value=shown(unseen))
    reading = _read_body(replace(scan, text=without(scan.text, unseen)))
    if reading.is_taken:
        return reading.asked(Why.HIDDEN, value=shown(unseen), rest=shown(reading.value or ""))
    if reading.action is Action.ASK:
        return reading
    return refused(Kind.UNKNOWN, Why.HIDDEN, value=shown(unseen))


def _read_clean(scan: Scan) -> Reading:
    for read in _READERS:
        reading = read(scan)
        if reading is not None:
            return replace(reading, text=scan.text)
    plain = accepted(Kind.TEXT, scan.text, Why.TEXT_SIGNS).noted(Why.TEXT_SIGNS)
    return replace(plain, text=scan.text)


def _read_gs1(scan: Scan) -> Reading | None:
    text = scan.text
    separated = with_written_separators(text)
    marked = read_marked(scan.mark, separated, scan.standard)
    if marked is not None:
        is_written = separated != text
        return marked.noted(Why.GS_WRITTEN, value=marked.value or "") if is_written else marked
    if GS in text:
        reading = read_message(text, scan.standard, promised=text.startswith(GS))
        return reading or refused(Kind.UNKNOWN, Why.GS_ALONE)
    return read_written(text, scan.standard)


def _read_address(scan: Scan) -> Reading | None:
    if scan.text.lower().startswith("id.gs1.org/"):
        reading = read_link(f"https://{scan.text}", scan.standard)
        return reading and reading.noted(Why.LINK_GS1, value=reading.value or "")
    if not _LINK.match(scan.text):
        return None
    if scan.text.lower().startswith(("http://", "https://")):
        reading = read_link(scan.text, scan.standard)
        if reading is not None:
            return reading
    return accepted(Kind.LINK, scan.text, Why.LINK).noted(Why.LINK)


def _read_bare_gs1(scan: Scan) -> Reading | None:
    if not scan.text.isascii():
        return None
    return read_number(scan.text) or read_message(scan.text, scan.standard, promised=False)


def _read_code(scan: Scan) -> Reading | None:
    """Read a firm's code: any text of its form, looked up exactly as it stands."""
    if not is_code(scan.text) or not any(sign.isalnum() for sign in scan.text):
        return None
    turned = read_turned(scan.text) if scan.channel is Channel.WEDGE else None
    if turned is not None:
        return turned
    reading = accepted(Kind.CODE, scan.text, Why.CODE)
    is_path = ".." in scan.text or scan.text[0] in "./"
    return reading.noted(Why.PATH) if is_path else reading


def _read_layout(scan: Scan) -> Reading | None:
    """Read what a keyboard of another layout typed; a serial line has no layout."""
    if scan.channel is not Channel.WEDGE:
        return None
    return read_retyped(scan.text, lambda text: _sound(text, scan))


def _read_chinese(scan: Scan) -> Reading | None:
    if not is_plain_text(scan.text) or re.match("[A-Za-z]+:", scan.text):
        return None
    return accepted(Kind.TEXT, scan.text, Why.TEXT)


def _read_invoice(scan: Scan) -> Reading | None:
    if not _INVOICE.match(scan.text):
        return None
    return accepted(Kind.INVOICE, scan.text, Why.INVOICE).noted(Why.INVOICE)


def _read_long(scan: Scan) -> Reading | None:
    if not CODE.match(scan.text) or not re.fullmatch(r"[A-Za-z0-9._/-]{65,}", scan.text):
        return None
    return accepted(Kind.TEXT, scan.text, Why.TEXT_LONG).noted(Why.TEXT_LONG)


def _sound(text: str, scan: Scan) -> Reading | None:
    """Read a repaired text by the readers of sound codes alone."""
    found = _MARK.match(text)
    mark = found[0] if found else scan.mark
    repaired = replace(scan, text=text[found.end() :] if found else text, mark=mark)
    for read in _SOUND:
        reading = read(repaired)
        if reading is not None:
            return reading
    return None


_SOUND: Final[tuple[Callable[[Scan], Reading | None], ...]] = (
    lambda scan: read_own(scan.text),
    lambda scan: read_paper(scan.text),
    _read_gs1,
    lambda scan: read_damaged_own(scan.text),
    _read_address,
    _read_bare_gs1,
    _read_code,
)
_READERS: Final[tuple[Callable[[Scan], Reading | None], ...]] = (
    lambda scan: read_paper(scan.text),
    lambda scan: read_own(scan.text),
    lambda scan: read_test(scan.text),
    _read_gs1,
    lambda scan: read_damaged_own(scan.text),
    _read_address,
    _read_invoice,
    _read_bare_gs1,
    lambda scan: read_glued(scan.text),
    lambda scan: read_number_damage(scan.text),
    lambda scan: read_mark_cut(scan.text, lambda text: _sound(text, scan)),
    _read_code,
    lambda scan: read_wide(scan.text, lambda text: _sound(text, scan)),
    lambda scan: read_stars(scan.text, lambda text: _sound(text, scan)),
    lambda scan: read_full_ascii(scan.text, lambda text: _sound(text, scan)),
    lambda scan: read_written_end(scan.text, lambda text: _sound(text, scan)),
    lambda scan: read_lost(scan.text),
    _read_layout,
    lambda scan: read_alike(scan.text, lambda text: _sound(text, scan)),
    lambda scan: read_reread(scan.text),
    lambda scan: read_foreign(scan.text),
    _read_chinese,
    _read_long,
)
