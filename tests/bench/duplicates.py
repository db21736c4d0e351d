"""Customers that are likely one and the same: how long it takes, and whether all are found.

There is no program to compare it with, so the limit is a time; nothing in it waits, so it is the
processor's, which neighbours disturb less. Two thirds go into the ways in which a name can lose
letters: seven and twenty-one keys a name, each made, looked up and kept, of which making is a
third and the memory that they are looked up in the rest; so doing it by columns instead of name by
name gained nothing. A tenth goes into taking the legal forms off, a twentieth into saying the
pairs: the brands of the generator, four letters of a few, make 80,000. A tenth is collecting
garbage, which the window leaves for when nobody works.
"""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from erpdesk.domain.customers.duplicates import Party, likely_duplicates
from erpdesk.domain.ids import CustomerId
from erpdesk.services.sample_data import CITIES, FIRST, FORMS, SECOND, TRADES
from tests.bench.figures import Figure

PLANTED_SHARE: Final = 0.006
_LETTERS: Final = FIRST + SECOND


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield the time among ``size`` names, and what share of the planted pairs is found."""
    del cache
    parties, planted = a_list(size)
    begun = time.process_time()
    suspicions = likely_duplicates(parties)
    taken = time.process_time() - begun
    found = {(one.one, one.other) for one in suspicions}
    yield Figure("duplicates", taken, 2.0 * size / 100_000, "s", 1.0, size=size)
    for kind, bar in (("one edit", 1.0), ("two edits", 0.95), ("swapped", 0.95)):
        pairs = [pair for pair, what in planted if what == kind]
        hits = sum(pair in found for pair in pairs)
        yield Figure(f"duplicates, {kind}", hits, len(pairs), "pairs", bar, "more", size)


def a_list(size: int) -> tuple[list[Party], list[tuple[tuple[str, str], str]]]:
    """Return so many parties, and which pairs of them were planted as what."""
    chance = random.Random(1)  # noqa: S311 - no secret
    count = max(3, int(size * PLANTED_SHARE))
    names = list(_names(chance, size - count))
    parties = [Party(CustomerId(f"c{n}"), name) for n, name in enumerate(names)]
    planted = []
    for n, at in enumerate(chance.sample(range(len(names)), count)):
        kind, change = KINDS[n % len(KINDS)]
        other = CustomerId(f"p{n}")
        parties.append(Party(other, change(names[at], chance)))
        planted.append(((str(parties[at].id), str(other)), kind))
    return parties, planted


def _names(chance: random.Random, size: int) -> Iterator[str]:
    """Yield names of four-letter brands: many firms, and few names two letters apart."""
    seen: set[str] = set()
    while len(seen) < size:
        brand = "".join(chance.choice(_LETTERS) for _ in range(4))
        if brand not in seen:
            seen.add(brand)
            yield chance.choice(CITIES)[0] + brand + chance.choice(TRADES) + chance.choice(FORMS)


def _edited(name: str, chance: random.Random) -> str:
    at = chance.randrange(2, 6)
    return name[:at] + chance.choice("楠柏桐杉樱") + name[at + 1 :]


def _edited_twice(name: str, chance: random.Random) -> str:
    return _edited(name[:2] + name[3:], chance)


def _swapped(name: str, chance: random.Random) -> str:
    del chance
    return name[2:6] + name[:2] + name[6:]


KINDS: Final[tuple[tuple[str, Callable[[str, random.Random], str]], ...]] = (
    ("one edit", _edited), ("two edits", _edited_twice), ("swapped", _swapped),
)  # fmt: skip
