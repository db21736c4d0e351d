"""Which open items explain a payment: proposed with the reason, never taken by itself.

All explanations of a payment are weighed together. One is sure only when it is the only one and
no other payment could use its items; everything else goes to a person, the likeliest first
(performance.md 3). What a payment names is worth more than an amount that happens to fit.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final, NamedTuple, TypeVar

MOST: Final = 12
"""So many explanations are shown of one payment; beyond that nobody could choose."""
TOO_MANY: Final = 200
"""From so many on the search ends: such a payment may use whatever is open."""
TRIPLES_MOST: Final = 12
"""Three items are put together only where a customer has no more than so many."""
ROUND_MINOR: Final = 100_00
"""Round amounts add up to other round amounts by chance."""
NAME_LEAST: Final = 3
"""A shorter name is found in any text by chance."""


class Why(StrEnum):
    """Why items explain a payment."""

    NAMED = "named"
    EXACT = "exact"
    SUM = "sum"
    SHORT = "short"
    PART = "part"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Payment:
    """Money of a customer; ``text`` is what the payer or the bank wrote; ``minor`` units."""

    id: str
    customer: str
    currency: str
    minor: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is open of a charge, and the names under which a payer may know it."""

    id: str
    customer: str
    currency: str
    minor: int
    names: tuple[str, ...] = ()


class Explanation(NamedTuple):
    """Items that a payment may pay; ``short_minor`` is what it lacks, negative what is over."""

    why: Why
    claims: tuple[str, ...]
    short_minor: int = 0
    is_named: bool = False


class Suggestion(NamedTuple):
    """What may explain a payment, the likeliest first; ``is_sure``: the first, without a rival."""

    payment: str
    explanations: tuple[Explanation, ...] = ()
    is_sure: bool = False


class _Book:
    """What is open of one customer in one currency, the earliest due first."""

    __slots__ = ("claims", "total")

    def __init__(self, claims: list[Claim]) -> None:
        self.claims = claims
        self.total = sum([claim.minor for claim in claims])

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple([claim.id for claim in self.claims])

    def named_in(self, text: str) -> list[Claim]:
        """Return the claims that a text names."""
        found = []
        for claim in self.claims:
            for name in claim.names:
                if name in text and is_whole(name, text):
                    found.append(claim)
                    break
        return found

    def adding_up(self, minor: int) -> Iterator[tuple[str, ...]]:
        """Yield the claims that together are an amount: one, two, three of a few, or all.

        Each is more than nothing: what adds up is less than all of them, and more than each.
        """
        total = self.total
        if minor < total:
            yield from self._parts(minor)
        elif minor == total and self.claims:
            yield self.ids

    def _parts(self, minor: int) -> Iterator[tuple[str, ...]]:
        for claim in self.claims:
            if claim.minor == minor:
                yield (claim.id,)
        less = [claim for claim in self.claims if claim.minor < minor]
        if len(less) > 1:
            places: dict[int, list[int]] = {}
            for place, claim in enumerate(less):
                places.setdefault(claim.minor, []).append(place)
            yield from _pairs(minor, less, places)
            if len(self.claims) <= TRIPLES_MOST:
                yield from _triples(minor, less, places)


def _pairs(
    minor: int, claims: list[Claim], places: dict[int, list[int]]
) -> Iterator[tuple[str, ...]]:
    for place, claim in enumerate(claims):
        for other in places.get(minor - claim.minor, ()):
            if other > place:
                yield (claim.id, claims[other].id)


def _triples(
    minor: int, claims: list[Claim], places: dict[int, list[int]]
) -> Iterator[tuple[str, ...]]:
    for one, claim in enumerate(claims):
        left = minor - claim.minor
        for two in range(one + 1, len(claims)):
            for other in places.get(left - claims[two].minor, ()):
                if other > two:
                    yield (claim.id, claims[two].id, claims[other].id)


_Owned = TypeVar("_Owned", Payment, Claim)


def suggest(
    payments: Iterable[Payment], claims: Iterable[Claim], *, tolerances: Mapping[str, int]
) -> Iterator[Suggestion]:
    """Yield a suggestion a payment, customer by customer; claims come the earliest due first.

    A payment that lacks no more than the tolerance of its currency, in minor units, may have been
    paid short.
    """
    open_of = _by_owner(claims)
    for owner, paid in _by_owner(payments).items():
        book = _Book(open_of.get(owner, []))
        tolerance_minor = tolerances.get(owner[1], 0)
        found = [_explained(one, book, tolerance_minor) for one in paid]
        used, named = _uses(found)
        for payment, kept in zip(paid, found, strict=True):
            is_sure = _is_sure(payment, kept, used, named)
            yield Suggestion(payment.id, tuple(kept[:MOST]), is_sure)


def _by_owner(many: Iterable[_Owned]) -> dict[tuple[str, str], list[_Owned]]:
    found: dict[tuple[str, str], list[_Owned]] = defaultdict(list)
    for one in many:
        found[one.customer, one.currency].append(one)
    return found


def _uses(found: Iterable[Sequence[Explanation]]) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many payments could use each claim, and how many name it."""
    used: dict[str, int] = {}
    named: dict[str, int] = {}
    for kept in found:
        if not kept:
            continue
        _count(kept, used)
        if kept[-1].is_named:  # the named are alone, or one comes last
            _count(kept if kept[0].is_named else kept[-1:], named)
    return used, named


def _count(kept: Sequence[Explanation], uses: dict[str, int]) -> None:
    several = kept[0].claims if len(kept) == 1 else {claim for one in kept for claim in one.claims}
    for claim in several:
        uses[claim] = uses.get(claim, 0) + 1


def _is_sure(
    payment: Payment, kept: Sequence[Explanation], used: dict[str, int], named: dict[str, int]
) -> bool:
    if len(kept) != 1:
        return False
    one = kept[0]
    counted = named if one.is_named else used
    for claim in one.claims:
        if counted[claim] != 1:
            return False
    return one.why is Why.NAMED or one.why is Why.EXACT or _is_telling(payment, one)


def _is_telling(payment: Payment, one: Explanation) -> bool:
    """Say whether an amount alone, or a little less than what is named, tells what is paid."""
    if one.why is Why.SUM:
        return payment.minor % ROUND_MINOR != 0
    return one.why is Why.SHORT and one.is_named


def _explained(payment: Payment, book: _Book, tolerance_minor: int) -> list[Explanation]:
    """Return every explanation; where what is named adds up, nothing else counts."""
    named = book.named_in(payment.text) if payment.text else None
    if not named:
        return _fitting(payment.minor, book) or _short(payment.minor, book, tolerance_minor)
    return _by_name(payment.minor, named) or [
        *_fitting(payment.minor, book), _uneven(payment.minor, _Book(named), tolerance_minor),
    ]  # fmt: skip


def _by_name(minor: int, named: list[Claim]) -> list[Explanation]:
    if len(named) == 1:  # most payments name one, and pay it
        (one,) = named
        return [Explanation(Why.NAMED, (one.id,), is_named=True)] if one.minor == minor else []
    found = islice(_Book(named).adding_up(minor), TOO_MANY)
    return [Explanation(Why.NAMED, one, is_named=True) for one in found]


def _fitting(minor: int, book: _Book) -> list[Explanation]:
    found = list(islice(book.adding_up(minor), TOO_MANY))
    if len(found) == TOO_MANY:
        found.append(book.ids)
    return [Explanation(Why.SUM if len(one) > 1 else Why.EXACT, one) for one in found]


def _uneven(minor: int, named: _Book, tolerance_minor: int) -> Explanation:
    short = named.total - minor
    why = Why.OVER if short < 0 else Why.SHORT if short <= tolerance_minor else Why.PART
    return Explanation(why, named.ids, short, is_named=True)


def _short(minor: int, book: _Book, tolerance_minor: int) -> list[Explanation]:
    return [
        Explanation(Why.SHORT, (claim.id,), claim.minor - minor)
        for claim in book.claims
        if minor < claim.minor <= minor + tolerance_minor
    ]


def spelled(text: str) -> str:
    """Return a name or a text as they are compared: full-width letters and case say nothing."""
    return text.upper() if text.isascii() else unicodedata.normalize("NFKC", text).upper()


def is_whole(name: str, text: str) -> bool:
    """Say whether a name stands in a text by itself: 应-1 does not stand in 应-12."""
    at = text.find(name) if len(name) >= NAME_LEAST else -1
    while at >= 0:
        end = at + len(name)
        if (end == len(text) or not _goes_on(text[end])) and (
            at == 0 or not _goes_on(text[at - 1]) or not _goes_on(name[0])
        ):
            return True
        at = text.find(name, at + 1)
    return False


def _goes_on(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
