"""Power cuts made up from what a disk recorded: what was not synced is kept or lost by chance."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.storage.sqlite.disk import Op

SECTOR = 512
KEPT_SHARES = (0.0, 0.1, 0.5, 0.9, 1.0)
"""How much of what was not synced a cut leaves: nothing, a little, half, nearly all, all."""


@dataclass(slots=True)
class _File:
    """A file as it is surely on the disk, and what was done to it since it was last synced."""

    sure: bytearray = field(default_factory=bytearray)
    is_there: bool = False
    since: list[Op] = field(default_factory=list)

    def sync(self) -> None:
        for op in self.since:
            _done(self.sure, op)
        self.is_there = True
        self.since.clear()

    def after(self, chance: random.Random, kept: float) -> bytes | None:
        """Return what a cut leaves of the file: each sector by itself, whole or not at all."""
        left = bytearray(self.sure)
        is_there = self.is_there
        for op in self.since:
            for part in _sectors(op):
                if chance.random() < kept:
                    is_there = part.what != "delete"
                    _done(left, part)
        return bytes(left) if is_there else None


def _sectors(op: Op) -> Iterator[Op]:
    """Return the parts of a write that reach the disk each by itself."""
    if op.what != "write":
        yield op
        return
    at, data = op.at, op.data
    while data:
        size = SECTOR - at % SECTOR
        yield Op("write", op.path, at, data[:size])
        at, data = at + size, data[size:]


def _done(body: bytearray, op: Op) -> None:
    if op.what == "delete":
        body.clear()
    elif op.what == "truncate":
        body[:] = body[: op.at].ljust(op.at, b"\0")
    else:
        body.extend(bytes(max(0, op.at - len(body))))
        body[op.at : op.at + len(op.data)] = op.data


@dataclass(frozen=True, slots=True)
class Cut:
    """What is on the disk after a power cut, and what the program had promised by then."""

    files: dict[str, bytes]
    promised: frozenset[str]

    def lay(self, path: Path, to: Path) -> Path:
        """Write what is left of the database at ``path``, with its log, to another place."""
        for name, body in self.files.items():
            Path(name.replace(str(path), str(to))).write_bytes(body)
        return to


def cuts(
    ops: list[Op], start: dict[str, bytes], *, count: int, seed: int, since: int = 1
) -> Iterator[Cut]:
    """Cut the power at so many moments, the earliest first; ``start`` was on the disk before.

    ``since`` is the number of calls that are made in any case.
    """
    chance = random.Random(seed)  # noqa: S311 - the same cuts every time
    moments = sorted(chance.randrange(since, len(ops) + 1) for _ in range(count))
    files = {name: _File(bytearray(body), is_there=True) for name, body in start.items()}
    promised, done = set[str](), 0
    for moment in moments:
        for op in ops[done:moment]:
            _follow(files, promised, op)
        done = moment
        kept = chance.choice(KEPT_SHARES)
        left = {name: file.after(chance, kept) for name, file in files.items()}
        there = {name: body for name, body in left.items() if body is not None}
        yield Cut(there, frozenset(promised))


def _follow(files: dict[str, _File], promised: set[str], op: Op) -> None:
    if op.what == "mark":
        promised.add(op.path)
        return
    file = files.setdefault(op.path, _File())
    if op.what == "sync":
        file.sync()
        return
    file.since.append(op)
    if op.what == "delete" and op.at:  # the folder was synced too
        file.sync()
        file.is_there = False
