"""The texts of a frozen view, so that each can be asked for before anything is drawn."""

import dataclasses
import functools
from collections.abc import Iterator


def texts_in(where: str, thing: object) -> Iterator[tuple[str, str]]:
    """Walk through a frozen value: where each text stands, and what it says; a row is from 1."""
    if isinstance(thing, str):
        yield where.rstrip("."), thing
    elif isinstance(thing, tuple):
        for n, part in enumerate(thing, 1):
            yield from texts_in(f"{where}{n}.", part)
    elif dataclasses.is_dataclass(thing):
        for name in _names(thing.__class__):
            yield from texts_in(f"{where}{name}.", getattr(thing, name))


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
