"""Attacks that are one row in a plain log, listed from a table."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.storage.sqlite.attacker import Attacker, attack

NO_KEYS = ("foreign_keys=OFF",)
MakesRow = Callable[..., dict[str, Any]]


def logged(
    group: str, code: str, name: str, table: str, by: str, row: MakesRow, **other: Any
) -> None:
    """List the insertion of a row by somebody who is here, with some columns made up."""

    def play(w: Attacker) -> Iterator[None]:
        w.here(by)
        facts = {c: v(w) if callable(v) else v for c, v in other.items()}
        made_by = facts.pop("chain_of", by)
        yield
        w.insert(table, row(w, made_by, **facts))

    attack(group, code, name=name, pragmas=NO_KEYS if code == "G3 not-counting" else ())(play)
