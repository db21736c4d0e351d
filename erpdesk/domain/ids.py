"""Ids: made where the event is made, so that sending twice counts once.

Every id is the text of a UUID, lower-case with hyphens (storage.md 2).
"""

import os
import uuid
from typing import NewType

DocumentId = NewType("DocumentId", str)
CustomerId = NewType("CustomerId", str)
ItemId = NewType("ItemId", str)
EventId = NewType("EventId", str)
PersonName = NewType("PersonName", str)


def new_id(*, at_us: int, noise: bytes | None = None) -> str:
    """Return a UUIDv7 for a moment in microseconds since 1970 UTC; ``noise`` is 10 random bytes."""
    noise = os.urandom(10) if noise is None else noise
    bits = int.from_bytes(noise, "big")
    value = (at_us // 1000) << 80 | 7 << 76 | (bits >> 64 & 0xFFF) << 64
    hexa = f"{value | 2 << 62 | bits & (1 << 62) - 1:032x}"
    return f"{hexa[:8]}-{hexa[8:12]}-{hexa[12:16]}-{hexa[16:20]}-{hexa[20:]}"


def new_ids(count: int, *, at_us: int) -> list[str]:
    """Return so many ids for one moment."""
    noise = os.urandom(10 * count)
    return [new_id(at_us=at_us, noise=noise[at : at + 10]) for at in range(0, len(noise), 10)]


def is_id(text: str) -> bool:
    """Say whether a text is an id in the one spelling that is stored."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
