"""Customers that are likely one and the same: a close name, or a number of one only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final, NamedTuple

from erpdesk.domain.customers.core_name import core_name
from erpdesk.domain.customers.customer_search import digits_of, plain_name
from erpdesk.domain.customers.near_names import LETTERS_MIN, Pair, apart, is_long, near_names
from erpdesk.domain.ids import CustomerId

SHARED_BY_MAX: Final = 16
"""What more names than this have in common is no sign of one firm."""

PHONE_DIGITS_MIN: Final = 7


class Likeness(StrEnum):
    """What two customers have in common, the surest sign first."""

    TAX_ID = "tax_id"
    BANK_ACCOUNT = "bank_account"
    PHONE = "phone"
    SAME_NAME = "same_name"
    ONE_LETTER = "one_letter"
    SWAPPED = "swapped"
    TWO_LETTERS = "two_letters"


_PLACE: Final = {likeness: place for place, likeness in enumerate(Likeness)}
_ALONE: Final = {likeness: frozenset({likeness}) for likeness in Likeness}


@dataclass(frozen=True, slots=True)
class Party:
    """What of a customer is compared."""

    id: CustomerId
    name: str
    tax_id: str | None = None
    phone: str | None = None
    bank_account: str | None = None


class Suspicion(NamedTuple):
    """Two customers, in the order in which they were given, and why they may be one."""

    one: CustomerId
    other: CustomerId
    why: frozenset[Likeness]


def likely_duplicates(parties: Sequence[Party]) -> tuple[Suspicion, ...]:
    """Return every pair that may be one customer, in the order given."""
    plain = [plain_name(party.name) for party in parties]
    cores = [core_name(party.name) for party in parties]
    why: dict[Pair, frozenset[Likeness]] = {}
    for likeness, pairs in _by_name(plain, cores):
        why |= dict.fromkeys(pairs, _ALONE[likeness])
    for pair, likeness in _by_number(parties):
        why[pair] = why.get(pair, frozenset()) | _ALONE[likeness]
    return tuple(
        Suspicion(parties[one].id, parties[other].id, why[one, other]) for one, other in sorted(why)
    )


def likely_duplicates_of(party: Party, others: Iterable[Party]) -> tuple[Suspicion, ...]:
    """Return those who may be the customer that is being entered."""
    found = ((other, likeness(party, other)) for other in others if other.id != party.id)
    return tuple(Suspicion(party.id, other.id, why) for other, why in found if why)


def surest_first(why: Iterable[Likeness]) -> tuple[Likeness, ...]:
    """Return what two customers have in common in the order of its weight."""
    return tuple(sorted(why, key=_PLACE.__getitem__))


def is_telling(why: Iterable[Likeness]) -> bool:
    """Say whether it is worth a word to somebody who does not look for duplicates.

    Two letters tell two firms of one town and trade apart as often as two spellings of one.
    """
    return any(one is not Likeness.TWO_LETTERS for one in why)


def likeness(one: Party, other: Party) -> frozenset[Likeness]:
    """Return what two customers have in common, by the same rules but for rarity."""
    numbers = zip(_numbers(one), _numbers(other), strict=True)
    why = {kind for (kind, mine), (_, theirs) in numbers if mine and mine == theirs}
    names = _name_likeness(
        (plain_name(one.name), plain_name(other.name)), (core_name(one.name), core_name(other.name))
    )
    return frozenset(why | ({names} if names else set()))


def _name_likeness(plain: tuple[str, str], cores: tuple[str, str]) -> Likeness | None:
    if cores[0] == cores[1]:
        return Likeness.SAME_NAME if cores[0] else None
    if apart(*plain, letters=1) or apart(*cores, letters=1):
        return Likeness.ONE_LETTER
    if _swapped(cores[0]) and _swapped(cores[0]) == _swapped(cores[1]):
        return Likeness.SWAPPED
    long = is_long(plain[0]) and is_long(plain[1])
    near = apart(*cores, letters=2) or (long and apart(*plain, letters=2))
    return Likeness.TWO_LETTERS if near else None


def _numbers(party: Party) -> tuple[tuple[Likeness, str], ...]:
    phone = party.phone and digits_of(party.phone)
    return (
        (Likeness.TAX_ID, plain_name(party.tax_id) if party.tax_id else ""),
        (Likeness.PHONE, phone if phone and len(phone) >= PHONE_DIGITS_MIN else ""),
        (Likeness.BANK_ACCOUNT, digits_of(party.bank_account) if party.bank_account else ""),
    )


def _by_number(parties: Sequence[Party]) -> Iterator[tuple[Pair, Likeness]]:
    owners: dict[tuple[Likeness, str], list[int]] = defaultdict(list)
    for place, party in enumerate(parties):
        for kind, number in _numbers(party):
            if number:
                owners[kind, number].append(place)
    for (kind, _), places in owners.items():
        yield from ((pair, kind) for pair in _pairs(places))


def _pairs(places: Sequence[int]) -> Iterable[Pair]:
    """Return all pairs of a few, or of many each with the first only."""
    if len(places) <= SHARED_BY_MAX:
        return combinations(places, 2)
    return ((places[0], place) for place in places[1:])


def _by_name(plain: list[str], cores: list[str]) -> Iterator[tuple[Likeness, set[Pair]]]:
    """Yield who is alike by name in which way; no two in more than one."""
    same = _equal(cores)
    yield Likeness.SAME_NAME, same
    one, two = near_names(plain, cores)
    one -= same
    yield Likeness.ONE_LETTER, one
    swapped = _equal(list(map(_swapped, cores))) - same - one
    yield Likeness.SWAPPED, swapped
    yield Likeness.TWO_LETTERS, two.difference(same, one, swapped)


def _equal(keys: Sequence[str]) -> set[Pair]:
    first: dict[str, int] = {}
    several: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key and (known := first.setdefault(key, place)) != place:
            several.setdefault(key, [known]).append(place)
    return {pair for sharing in several.values() for pair in _pairs(sharing)}


def _swapped(core: str) -> str:
    """Return a key that stays when parts of a name change places; none for short names."""
    return "".join(sorted(core)) if len(core) >= LETTERS_MIN[2] else ""
