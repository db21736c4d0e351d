"""Ids: made where the event is made, so that sending twice counts once.

Every id is the text of a UUID, lower-case with hyphens (storage.md 2).
"""

import os
import uuid
from typing import Final, NewType

DocumentId = NewType("DocumentId", str)
CustomerId = NewType("CustomerId", str)
ItemId = NewType("ItemId", str)
EventId = NewType("EventId", str)
PersonName = NewType("PersonName", str)


_VARIANT: Final = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""How the first two bits of a digit are set to 10, as RFC 9562 asks."""


def new_id(*, at_us: int, noise: bytes | None = None) -> str:
    """Return a UUIDv7 for a moment in microseconds since 1970 UTC; ``noise`` is 10 random bytes."""
    return _written(_moment(at_us), (os.urandom(10) if noise is None else noise).hex())


def new_ids(count: int, *, at_us: int) -> list[str]:
    """Return so many ids for one moment."""
    moment, noise = _moment(at_us), os.urandom(10 * count).hex()
    return [_written(moment, noise[at : at + 20]) for at in range(0, len(noise), 20)]


def _moment(at_us: int) -> str:
    digits = f"{at_us // 1000:012x}"
    return f"{digits[:8]}-{digits[8:]}"


def _written(moment: str, noise: str) -> str:
    return f"{moment}-7{noise[1:4]}-{_VARIANT[noise[4]]}{noise[5:8]}-{noise[8:]}"


def is_id(text: str) -> bool:
    """Say whether a text is an id in the one spelling that is stored."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
