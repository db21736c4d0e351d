"""Customers that are likely one and the same: a close name, or a number that belongs to one only.

Two names are so many letters apart as each has to lose for both to be equal: one edit, or one
letter that moved, is one letter. Names one letter apart always show. Names two letters apart show
where what they share is rare: 杭州青禾包装材料 and 杭州永兴包装材料 share the town and the trade.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations
from typing import Final

from erpdesk.domain.core_name import ALL_FORM_LETTERS, FORMS, core_name
from erpdesk.domain.customer_search import digits_of, plain_name
from erpdesk.domain.ids import CustomerId

LETTERS_MIN: Final = {0: 1, 1: 4, 2: 6}
"""How long a name is at least to be compared to none, one and two letters."""

SHARED_BY_MAX: Final = 16
"""What more names than this have in common is no sign of one firm."""

NEAR_LETTERS_MAX: Final = 12
"""Names without their form up to this long are compared letter by letter where two may differ."""

THIRDS_LETTERS_MIN: Final = 10
"""Whole names from this length on are compared by thirds where two letters may differ."""

RARE_MAX: Final = 6
"""What more names than this share besides two letters is a town and a trade, not a firm."""

PHONE_DIGITS_MIN: Final = 7


class Likeness(StrEnum):
    """What two customers have in common."""

    TAX_ID = "tax_id"
    BANK_ACCOUNT = "bank_account"
    PHONE = "phone"
    SAME_NAME = "same_name"
    ONE_LETTER = "one_letter"
    TWO_LETTERS = "two_letters"
    SWAPPED = "swapped"


@dataclass(frozen=True, slots=True)
class Party:
    """What of a customer is compared."""

    id: CustomerId
    name: str
    tax_id: str | None = None
    phone: str | None = None
    bank_account: str | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two customers, in the order in which they were given, and why they may be one."""

    one: CustomerId
    other: CustomerId
    why: frozenset[Likeness]


_Pair = tuple[int, int]


def likely_duplicates(parties: Sequence[Party]) -> tuple[Suspicion, ...]:
    """Return every pair that may be one customer, in the order given."""
    why: dict[_Pair, set[Likeness]] = defaultdict(set)
    plain = [plain_name(party.name) for party in parties]
    cores = [core_name(party.name) for party in parties]
    for pair, likeness in chain(_by_number(parties), _by_name(plain, cores)):
        why[pair].add(likeness)
    return tuple(
        Suspicion(parties[one].id, parties[other].id, frozenset(why[one, other]))
        for one, other in sorted(why)
    )


def likely_duplicates_of(party: Party, others: Iterable[Party]) -> tuple[Suspicion, ...]:
    """Return those who may be the customer that is being entered."""
    found = ((other, likeness(party, other)) for other in others if other.id != party.id)
    return tuple(Suspicion(party.id, other.id, why) for other, why in found if why)


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
    long = _is_long(plain[0]) and _is_long(plain[1])
    near = apart(*cores, letters=2) or (long and apart(*plain, letters=2))
    return Likeness.TWO_LETTERS if near else None


def _numbers(party: Party) -> tuple[tuple[Likeness, str], ...]:
    phone = party.phone and digits_of(party.phone)
    return (
        (Likeness.TAX_ID, plain_name(party.tax_id) if party.tax_id else ""),
        (Likeness.PHONE, phone if phone and len(phone) >= PHONE_DIGITS_MIN else ""),
        (Likeness.BANK_ACCOUNT, digits_of(party.bank_account) if party.bank_account else ""),
    )


def _by_number(parties: Sequence[Party]) -> Iterator[tuple[_Pair, Likeness]]:
    owners: dict[tuple[Likeness, str], list[int]] = defaultdict(list)
    for place, party in enumerate(parties):
        for kind, number in _numbers(party):
            if number:
                owners[kind, number].append(place)
    for (kind, _), places in owners.items():
        yield from ((pair, kind) for pair in _pairs(places))


def _pairs(places: Sequence[int]) -> Iterable[_Pair]:
    """Return all pairs of a few, or of many each with the first only."""
    if len(places) <= SHARED_BY_MAX:
        return combinations(places, 2)
    return ((places[0], place) for place in places[1:])


def _by_name(plain: list[str], cores: list[str]) -> Iterator[tuple[_Pair, Likeness]]:
    same, named = _equal(cores), zip(plain, cores, strict=True)
    yield from ((pair, Likeness.SAME_NAME) for pair in same)
    whole = [name if _needs_whole(name, core) else "" for name, core in named]
    one = {*_by_letters(whole, letters=1), *_by_letters(cores, letters=1)} - same
    yield from ((pair, Likeness.ONE_LETTER) for pair in one)
    swapped = _equal(list(map(_swapped, cores))) - same - one
    yield from ((pair, Likeness.SWAPPED) for pair in swapped)
    near = {*_by_letters(cores, letters=2), *_by_thirds(plain)} - same - one - swapped
    yield from ((pair, Likeness.TWO_LETTERS) for pair in near)


def _needs_whole(plain: str, core: str) -> bool:
    """Say whether one letter in a form, or in a short name, may show only in the whole name.

    Not where a form of the three stands behind letters that could be of no other form: then one
    letter that differs stands in the cores, or in a form that is taken off all the same.
    """
    if len(core) <= LETTERS_MIN[1] or not ALL_FORM_LETTERS.isdisjoint(core[-2:]):
        return True
    return plain != core and plain.removeprefix(core) not in FORMS


def _equal(keys: Sequence[str]) -> set[_Pair]:
    first: dict[str, int] = {}
    several: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key and (known := first.setdefault(key, place)) != place:
            several.setdefault(key, [known]).append(place)
    return {pair for sharing in several.values() for pair in _pairs(sharing)}


def _swapped(core: str) -> str:
    """Return a key that stays when parts of a name change places; none for short names."""
    return "".join(sorted(core)) if len(core) >= LETTERS_MIN[2] else ""


def _by_letters(names: Sequence[str], *, letters: int) -> Iterator[_Pair]:
    """Find pairs that become equal when each loses up to so many letters.

    One length of what is left after another, so that only its keys are in memory.
    """
    sized: dict[int, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if len(name) >= LETTERS_MIN[letters] and (letters == 1 or len(name) <= NEAR_LETTERS_MAX):
            sized[len(name)].append(place)
    most = RARE_MAX if letters > 1 else len(names)
    for left in range(min(sized, default=0) - letters, max(sized, default=0) + 1):
        places = (place for lost in range(letters + 1) for place in sized.get(left + lost, ()))
        kept = left // 4 if letters > 1 else 0
        for group in _ending_alike(names, sorted(places), kept):
            for sharing in _sharing(group, left - kept):
                if len(sharing) <= most:
                    yield from combinations(sharing, 2)


def _ending_alike(
    names: Sequence[str], places: list[int], kept: int
) -> Iterable[list[tuple[int, str]]]:
    """Put together who has the same last letters, which say a trade; give what stands before."""
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place in places:
        name = names[place]
        end = len(name) - kept
        groups[name[end:]].append((place, name[:end]))
    return groups.values()


def _sharing(group: list[tuple[int, str]], left: int) -> Iterable[list[int]]:
    """Return all who are equal with so many letters left, for each way in which some are."""
    first: dict[int, int] = {}
    several: dict[int, list[int]] = {}
    for place, name in group:
        keys = set(map(hash, combinations(name, left)))
        for key in first.keys() & keys:
            several.setdefault(key, [first[key]]).append(place)
            keys.discard(key)
        first.update(dict.fromkeys(keys, place))
    return several.values()


def _by_thirds(names: Sequence[str]) -> Iterator[_Pair]:
    """Find long names two edits apart: these leave one of three parts as it is."""
    letters = {place: _letter_set(name) for place, name in enumerate(names) if _is_long(name)}
    for place, other in _sharing_a_third(names, letters):
        near = other != place and (letters[other] ^ letters[place]).bit_count() <= 4
        if near and apart(names[other], names[place], letters=2):
            yield min(other, place), max(other, place)


def _sharing_a_third(names: Sequence[str], places: Iterable[int]) -> Iterator[_Pair]:
    """Yield each name with all that have a rare third in common with it, itself among them."""
    sized: dict[int, list[int]] = defaultdict(list)
    for place in places:
        sized[len(names[place])].append(place)
    rare = {
        (size, part): _rare(names, found, at)
        for size, found in sized.items()
        for part, at in enumerate(_thirds(size))
    }
    for size, found in sized.items():
        for third, start, stop in _third_spots(size):
            whose = rare.get(third, {})
            for place in found:
                for other in whose.get(names[place][start:stop], ()):
                    yield place, other


def _rare(names: Sequence[str], places: list[int], at: _Pair) -> dict[str, list[int]]:
    """Return who has which letters at a place, where these are few."""
    start, stop = at
    whose: dict[str, list[int]] = {}
    for place in places:
        whose.setdefault(names[place][start:stop], []).append(place)
    return {text: few for text, few in whose.items() if len(few) <= RARE_MAX}


def _letter_set(name: str) -> int:
    """Return a bit for each letter; each letter a name loses changes one bit at most."""
    bits = 0
    for letter in name:
        bits |= 1 << ord(letter) % 61
    return bits


def _is_long(name: str) -> bool:
    return len(name) >= THIRDS_LETTERS_MIN


_SHIFTS: Final = tuple(
    (less, part, shift)
    for less in range(3)
    for part in range(3)
    for shift in range(-2, 3)
    if abs(shift) <= part and abs(shift - less) <= 2 - part
)
"""Where a part can stand: at most ``part`` edits before it, and the rest behind it."""


def _third_spots(length: int) -> Iterator[tuple[_Pair, int, int]]:
    """Yield where a name can have a third in common with one up to two letters shorter.

    Each is the length of the other and which third of it, then from where to where it stands here.
    """
    parts = [_thirds(length - less) for less in range(3)]
    for less, part, shift in _SHIFTS:
        start, stop = parts[less][part]
        yield (length - less, part), start + shift, stop + shift


def _thirds(length: int) -> tuple[_Pair, _Pair, _Pair]:
    one, two = length // 3, 2 * length // 3
    return (0, one), (one, two), (two, length)


def apart(one: str, other: str, *, letters: int) -> bool:
    """Say whether two names become equal when each loses at most so many letters."""
    if min(len(one), len(other)) < LETTERS_MIN[letters] or abs(len(one) - len(other)) > letters:
        return False
    return _equal_without(one, other, letters, letters)


def _equal_without(one: str, other: str, mine: int, theirs: int) -> bool:
    one, other = _without_common(one, other)
    if not one or not other:
        return len(one) <= mine and len(other) <= theirs
    return (mine > 0 and _equal_without(one[1:], other, mine - 1, theirs)) or (
        theirs > 0 and _equal_without(one, other[1:], mine, theirs - 1)
    )


def _without_common(one: str, other: str) -> tuple[str, str]:
    start, end = 0, min(len(one), len(other))
    while start < end and one[start] == other[start]:
        start += 1
    back = 0
    while back < end - start and one[-1 - back] == other[-1 - back]:
        back += 1
    return one[start : len(one) - back], other[start : len(other) - back]
