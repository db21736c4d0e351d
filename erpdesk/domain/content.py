"""The canonical text of a document: what is approved, hashed, signed and posted (storage.md 7.1).

One value has exactly one text: UTF-8 JSON, keys sorted by code point, no white space, strings in
NFC without NUL, whole numbers only, absent instead of null.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import NoneType
from typing import Any, Final

from erpdesk.errors import UserError

NUMBER_MAX: Final = 10**15 - 1
DEPTH_MAX: Final = 7
ZERO_HASH: Final = bytes(32)


class NotCanonicalError(UserError):
    """The text of the document is not in its one canonical form."""


def canonical(value: Mapping[str, object]) -> str:
    """Return the one text of a document's value.

    Raises:
        NotCanonicalError: a type, number or depth without a canonical form (a truth value is 0, 1).
    """
    return json.dumps(
        _plain(value, 1), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def _plain(value: object, depth: int) -> object:
    match value:
        case int() if abs(value) <= NUMBER_MAX and not isinstance(value, bool):
            return value
        case str():
            return _text(value)
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case Mapping() if depth <= DEPTH_MAX:
            pairs = {_text(str(k)): v for k, v in value.items() if v is not None}
            return {k: _plain(v, depth + 1) for k, v in pairs.items()}
        case Sequence() if depth <= DEPTH_MAX:
            return [_plain(v, depth + 1) for v in value]
        case _:
            raise NotCanonicalError(why=type(value).__name__)


def _text(text: str) -> str:
    is_ascii = text.isascii()
    if "\x00" in text or not (is_ascii or _is_storable(text)):
        raise NotCanonicalError(why="a character that cannot be stored")
    return text if is_ascii else unicodedata.normalize("NFC", text)


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
        value = json.loads(
            body, object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse
        )
    except (ValueError, RecursionError) as broken:
        raise NotCanonicalError(why=str(broken)) from broken
    if not isinstance(value, dict) or canonical(value) != body:
        raise NotCanonicalError
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise NotCanonicalError(why="a key stands twice")
    return value


def _refuse(number: str) -> Any:
    raise NotCanonicalError(why=number)


def content_hash(body: str) -> bytes:
    """Return the SHA-256 of the text's UTF-8 bytes: the name maker, approver and database use."""
    return hashlib.sha256(body.encode()).digest()


def record_text(tag: str, fields: Sequence[object]) -> str:
    """Return the canonical record of a log row: a tag line, then one line a field (7.2)."""
    said = [_SAID.get(type(value), _other)(value) for value in fields]
    return "\n".join((tag, *said, ""))


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
