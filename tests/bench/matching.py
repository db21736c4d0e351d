"""Bank lines against open items: none matched falsely, how many are matched, and how fast.

The generator: customers with one to eight open items, of which one in seven stays unpaid; 30 % of
the amounts are round. Of the lines that pay something six in seven name it (by number, in a text
with other words, or by the contract of all items of a customer), one in six pays two or three
items, one in forty lacks a small fee. Some lines pay nothing that is open: they are of nobody
known, or of a customer, of any amount that is not by itself that of an open item.

Three lines in four name what they pay: of such a line a third goes into looking for the names, the
rest into an explanation, a suggestion, and who else could use the same. A line that names nothing
takes twice as long: all that together are its amount are weighed.
"""

import gc
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from erpdesk.domain.matching import Claim, Payment, suggest
from tests.bench.figures import Figure, in_turn, part

TOLERANCE: Final = 200_00
TURNS: Final = 5
TOKEN: Final = re.compile(r"[^\W\d_]?-?[0-9A-Z][0-9A-Z-]+")
SAYINGS: Final = ("货款{}", "支付 {} 款", "{}", "结清{}，谢谢", "PAYMENT {} INV")


@dataclass
class Statement:
    """Claims, lines, and what each line pays in truth; ``()`` is a line without a partner."""

    claims: list[Claim] = field(default_factory=list)
    lines: list[Payment] = field(default_factory=list)
    truth: list[tuple[str, ...]] = field(default_factory=list)


def figures(size: int, cache: Path) -> Iterator[Figure]:
    """Yield falsely matched lines, recall and rate, at a tenth of the size and at the size."""
    del cache
    for count in (size // 10, size):
        made = a_statement(count)
        gc.collect()
        gc.freeze()  # as a start does: what was there before is no matter of the matching
        pairs = list(zip(_match(made), made.truth, strict=True))
        false = sum(got is not None and sorted(got) != sorted(want) for got, want in pairs)
        right = sum(got is not None and sorted(got) == sorted(want) for got, want in pairs)
        partnered = sum(bool(want) for want in made.truth)
        yield Figure("matching, false", false, 1, "lines", 0, size=count)
        yield Figure("matching, recall", right / partnered, 1, "share", 0.985, "more", count)
        taken, plain = (part(found, 0.5) / 1000 for found in _in_turn(made))
        yield Figure("matching", count / taken, count / plain, "lines/s", 0.4, "more", count)


def _in_turn(made: Statement) -> tuple[list[float], list[float]]:
    return in_turn(lambda: _match(made), lambda: _join(made), TURNS)


def _match(made: Statement) -> list[tuple[str, ...] | None]:
    said = suggest(made.lines, made.claims, tolerances={"CNY": TOLERANCE})
    taken = {one.payment: one.explanations[0].claims for one in said if one.is_sure}
    return [taken.get(line.id) for line in made.lines]


def _join(made: Statement) -> int:
    """Match as a plain join does: the number in the text, or customer and amount."""
    by_name = {name: claim for claim in made.claims for name in claim.names}
    by_amount = {(claim.customer, claim.minor): claim for claim in made.claims}
    hits = 0
    for line in made.lines:
        named = (by_name.get(token) for token in TOKEN.findall(line.text))
        claim = next((one for one in named if one and one.minor == line.minor), None)
        hits += (claim or by_amount.get((line.customer, line.minor))) is not None
    return hits


def a_statement(size: int) -> Statement:
    """Return so many lines and the items that were open when they came."""
    chance = random.Random(1)  # noqa: S311 - no secret
    made, n = Statement(), 0
    while len(made.lines) < size:
        n += 1
        _a_customer(made, chance, f"c{n}")
    order = sorted(range(len(made.lines)), key=lambda _: chance.random())[:size]
    made.lines = [made.lines[at] for at in order]
    made.truth = [made.truth[at] for at in order]
    return made


def _a_customer(made: Statement, chance: random.Random, customer: str) -> None:
    first = len(made.claims)
    contract = f"HT-{customer[1:].zfill(6)}"
    mine = [
        Claim(
            f"i{first + n}", customer, "CNY", _amount(chance),
            (f"应-{202601 + (first + n) % 12}-{first + n:06d}", contract),
        )
        for n in range(chance.randint(1, 8))
    ]  # fmt: skip
    made.claims += mine
    paid = [one for one in mine if chance.random() > 1 / 7]
    while paid:
        several = chance.choice((2, 2, 3)) if chance.random() < 1 / 6 else 1
        _pay(made, chance, paid[:several], is_all=len(mine) == several)
        del paid[:several]
    if chance.random() < 0.2:
        _stray(made, chance, customer, mine)


def _pay(made: Statement, chance: random.Random, claims: list[Claim], *, is_all: bool) -> None:
    minor, text = sum(one.minor for one in claims), ""
    if chance.random() < 1 / 40:
        minor -= min(chance.randint(1, TOLERANCE), minor // 20)
    if chance.random() < 6 / 7:
        names = [one.names[1] for one in claims[:1]] if is_all else [x.names[0] for x in claims]
        text = chance.choice(SAYINGS).format("、".join(names))
    made.lines.append(Payment(f"l{len(made.lines)}", claims[0].customer, "CNY", minor, text))
    made.truth.append(tuple(one.id for one in claims))


def _stray(made: Statement, chance: random.Random, customer: str, mine: list[Claim]) -> None:
    owner = "" if chance.random() < 0.5 else customer
    minor = _amount(chance)
    if owner and any(abs(one.minor - minor) < TOLERANCE for one in mine):
        minor = sum(one.minor for one in mine) * 3 + 7
    made.lines.append(Payment(f"l{len(made.lines)}", owner, "CNY", minor, "往来款"))
    made.truth.append(())


def _amount(chance: random.Random) -> int:
    if chance.random() < 0.3:
        return chance.choice((500, 1000, 2000, 3000, 5000, 10_000, 20_000, 50_000)) * 100
    return chance.randint(100_00, 200_000_00)
