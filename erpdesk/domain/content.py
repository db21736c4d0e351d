"""The canonical text of a document: what is approved, hashed, signed and posted (storage.md 7.1).

One value has exactly one text: UTF-8 JSON, keys sorted by code point, no white space, strings in
NFC without NUL, whole numbers only, absent instead of null.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import NoneType
from typing import Any, Final, cast

from erpdesk.errors import UserError

NUMBER_MAX: Final = 10**15 - 1
DEPTH_MAX: Final = 7
ZERO_HASH: Final = bytes(32)
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)
_LINES: Final = json.JSONEncoder(ensure_ascii=False, separators=("\n", ":"))
"""Parts what it writes by line ends, which stand in no text."""
_NUL: Final = "\\u0000"
"""How JSON spells it."""

_SIMPLE: Final = frozenset({str, int, NoneType})


class NotCanonicalError(UserError):
    """The text of the document is not in its one canonical form."""


def canonical(value: Mapping[str, object]) -> str:
    """Return the one text of a document's value.

    Raises:
        NotCanonicalError: a type, number or depth without a canonical form (a truth value is 0, 1).
    """
    return _ENCODER.encode(_plain(value, 1))


def _plain(value: object, depth: int) -> object:
    match value:
        case str():
            return _text(value)
        case int() if abs(value) <= NUMBER_MAX and not isinstance(value, bool):
            return value
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case dict() | Mapping() if depth <= DEPTH_MAX:
            below = depth + 1
            return {_text(str(k)): _plain(v, below) for k, v in value.items() if v is not None}
        case list() | tuple() | Sequence() if depth <= DEPTH_MAX:
            return [_plain(v, depth + 1) for v in value]
        case _:
            raise NotCanonicalError(why=type(value).__name__)


def _text(text: str) -> str:
    if text.isascii() and "\x00" not in text:
        return text
    if "\x00" in text or not _is_storable(text):
        raise NotCanonicalError(why="a character that cannot be stored")
    return unicodedata.normalize("NFC", text)


def canonical_rows(
    columns: Mapping[str, Sequence[object]], texts: Mapping[str, Sequence[str]] | None = None
) -> list[str]:
    """Return the texts of many values with the same keys: what ``canonical`` gives for each.

    ``columns`` give a key's values row by row, None where it is absent; those of ``texts`` are
    canonical texts already.

    Raises:
        NotCanonicalError: as :func:`canonical` says.
    """
    whole = {_text(key): _column(key, values) for key, values in columns.items()}
    whole |= {_text(key): _headed(key, values) for key, values in (texts or {}).items()}
    rows = zip(*(whole[key] for key in sorted(whole)), strict=True)
    return ["{" + ",".join(filter(None, row)) + "}" for row in rows]


def _headed(key: str, texts: Sequence[str]) -> list[str]:
    head = f"{_ENCODER.encode(_text(key))}:"
    return ["" if text == "null" else head + text for text in texts]


def _column(key: str, values: Sequence[object]) -> list[str]:
    kinds = set(map(type, values))
    if not kinds <= _SIMPLE or (int in kinds and _has_large(values)):
        return _headed(key, _each(values))
    some = list(set(values))
    if 2 * len(some) > len(values):
        return _headed(key, _simple(values))
    texts = dict(zip(some, _headed(key, _simple(some)), strict=True))
    return [texts[value] for value in values]


def _simple(values: Sequence[object]) -> list[str]:
    """Return the canonical texts of texts, whole numbers and None."""
    lines = _LINES.encode(values)
    if _NUL in lines or not _is_settled(lines):
        return _each(values)
    return lines[1:-1].split("\n") if values else []


def _each(values: Sequence[object]) -> list[str]:
    return ["null" if one is None else _ENCODER.encode(_plain(one, 2)) for one in values]


def _has_large(values: Sequence[object]) -> bool:
    return any(isinstance(one, int) and abs(one) > NUMBER_MAX for one in values)


def _is_settled(text: str) -> bool:
    """Say whether nothing in a text can be written otherwise: no part of it either."""
    return text.isascii() or (_is_storable(text) and unicodedata.is_normalized("NFC", text))


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def parse(body: str) -> dict[str, Any]:
    """Read a text strictly: refuse what is not byte for byte its own canonical form.

    Raises:
        NotCanonicalError: a key twice, a number that is not whole, another spelling.
    """
    try:
        value = _READ(body)
    except (ValueError, RecursionError) as broken:
        raise NotCanonicalError(why=str(broken)) from broken
    if not isinstance(value, dict) or _spelled(value, body) != body:
        raise NotCanonicalError
    return value


def _refuse(number: str) -> Any:
    raise NotCanonicalError(why=number)


_READ: Final = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode


def _spelled(value: dict[str, Any], body: str) -> str:
    """Return the canonical text of what was read from a body: of most at once, as it stands.

    A text in NFC holds strings in NFC alone where nothing is spelled by a sign, and what writes it
    leaves no key twice and no space.
    """
    if "\\" not in body and _is_settled(body) and _are_plain(value.values(), 1):
        return _ENCODER.encode(value)
    return canonical(value)


def _are_plain(values: Iterable[Any], depth: int) -> bool:
    """Say whether JSON values are whole numbers and texts, nested no deeper than may be."""
    for value in values:
        kind = type(value)
        if kind is str:
            continue
        if kind is int:
            if not -NUMBER_MAX <= value <= NUMBER_MAX:
                return False
        elif kind is dict or kind is list:
            inner = value.values() if kind is dict else value
            if depth == DEPTH_MAX or not _are_plain(inner, depth + 1):
                return False
        else:
            return False
    return True


def content_hash(body: str) -> bytes:
    """Return the SHA-256 of the text's UTF-8 bytes: the name maker, approver and database use."""
    return hashlib.sha256(body.encode()).digest()


def record_text(tag: str, fields: Sequence[object]) -> str:
    """Return the canonical record of a log row: a tag line, then one line a field (7.2)."""
    return "\n".join((tag, *_said(fields), ""))


def record_texts(tag: str, columns: Iterable[Sequence[object]]) -> str:
    """Return the canonical records of many rows, one after another, from their columns."""
    return "".join(_records(tag, columns))


def record_hashes(tag: str, columns: Iterable[Sequence[object]]) -> list[bytes]:
    """Return what ``record_hash`` gives for each of many rows, from their columns."""
    return [hashlib.sha256(record.encode()).digest() for record in _records(tag, columns)]


def _records(tag: str, columns: Iterable[Sequence[object]]) -> list[str]:
    rows = zip(*map(_column_said, columns), strict=True)
    return ["\n".join((tag, *row, "")) for row in rows]


def _said(values: Sequence[object]) -> list[str]:
    return [_SAID.get(type(value), _other)(value) for value in values]


def _column_said(values: Sequence[object]) -> list[str]:
    kinds = set(map(type, values))
    if len(kinds) != 1:
        return _said(values)
    if kinds == {str}:
        texts = cast("Sequence[str]", values)
        whole = "".join(texts)
        if "\\" not in whole and "\n" not in whole:
            return ["=" + text for text in texts]
    return list(map(_SAID.get(kinds.pop(), _other), values))


def record_hash(tag: str, fields: Sequence[object]) -> bytes:
    """Return the SHA-256 that chains a log row to the ones before it."""
    return hashlib.sha256(record_text(tag, fields).encode()).digest()


def _other(value: object) -> str:
    return _text_said(bytes(value).hex() if isinstance(value, memoryview) else str(value))


def _text_said(text: str) -> str:
    return "=" + text.replace("\\", "\\\\").replace("\n", "\\n")


_SAID: Final[Mapping[type, Callable[[Any], str]]] = {
    str: _text_said,
    int: "={}".format,
    bytes: lambda value: "=" + value.hex(),
    NoneType: lambda _: "-",
}
"""How the kinds of values that most fields have are said; millions of them in a verification."""
