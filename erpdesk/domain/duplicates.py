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

from erpdesk.domain.customer_search import digits_of, folded_name, plain_name
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
    phone = digits_of(party.phone)
    return (
        (Likeness.TAX_ID, plain_name(party.tax_id or "")),
        (Likeness.PHONE, phone if len(phone) >= PHONE_DIGITS_MIN else ""),
        (Likeness.BANK_ACCOUNT, digits_of(party.bank_account)),
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
    same = _equal(cores)
    yield from ((pair, Likeness.SAME_NAME) for pair in same)
    one = {*_by_letters(plain, letters=1), *_by_letters(cores, letters=1)} - same
    yield from ((pair, Likeness.ONE_LETTER) for pair in one)
    swapped = _equal(list(map(_swapped, cores))) - same - one
    yield from ((pair, Likeness.SWAPPED) for pair in swapped)
    near = {*_by_letters(cores, letters=2), *_by_thirds(plain)} - same - one - swapped
    yield from ((pair, Likeness.TWO_LETTERS) for pair in near)


def _equal(keys: Sequence[str]) -> set[_Pair]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key:
            places[key].append(place)
    return {pair for sharing in places.values() for pair in _pairs(sharing)}


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
    most = RARE_MAX if letters > 1 else None
    for left in range(min(sized, default=0) - letters, max(sized, default=0) + 1):
        places = [place for lost in range(letters + 1) for place in sized.get(left + lost, ())]
        yield from _sharing(names, places, left, most)


def _sharing(
    names: Sequence[str], places: list[int], left: int, most: int | None
) -> Iterator[_Pair]:
    once: set[int] = set()
    twice: set[int] = set()
    for place in places:
        keys = set(map(hash, combinations(names[place], left)))
        twice |= keys & once
        once |= keys
    owners: dict[int, list[int]] = defaultdict(list)
    for place in sorted(places):
        for key in twice.intersection(map(hash, combinations(names[place], left))):
            owners[key].append(place)
    for sharing in owners.values():
        if most is None or len(sharing) <= most:
            yield from combinations(sharing, 2)


def _by_thirds(names: Sequence[str]) -> Iterator[_Pair]:
    """Find long names two edits apart: these leave one of three parts as it is."""
    letters = {place: _letter_set(name) for place, name in enumerate(names) if _is_long(name)}
    indexed: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for place in letters:
        for part, (start, stop) in enumerate(_thirds(len(names[place]))):
            indexed[len(names[place]), part, names[place][start:stop]].append(place)
    rare = {key: places for key, places in indexed.items() if len(places) <= RARE_MAX}
    for place, mine in letters.items():
        sharing = chain.from_iterable(rare.get(key, ()) for key in _third_keys(names[place]))
        near = (p for p in sharing if p != place and (letters[p] ^ mine).bit_count() <= 4)
        found = (p for p in near if apart(names[p], names[place], letters=2))
        yield from ((min(p, place), max(p, place)) for p in found)


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


def _third_keys(name: str) -> Iterator[tuple[int, int, str]]:
    """Return the parts that a name up to two letters shorter can have in common with this one."""
    parts = [_thirds(len(name) - less) for less in range(3)]
    for less, part, shift in _SHIFTS:
        start, stop = parts[less][part]
        yield len(name) - less, part, name[start + shift : stop + shift]


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


def _without_letters(text: str, lost: int) -> Iterable[str]:
    return map("".join, combinations(text, len(text) - lost) if len(text) >= lost else ())


_FORMS: Final = ("股份有限公司", "有限责任公司", "有限公司")
_FORM_LETTERS: Final = frozenset("".join(_FORMS))
_LESS: Final = {form: frozenset(_without_letters(form, 1)) for form in _FORMS}


def core_name(name: str) -> str:
    """Return a name without its legal form, also where one letter of the form is wrong."""
    plain = plain_name(name)
    broken = _broken_form(plain)
    return plain[:-broken] if len(plain) > broken > 0 else folded_name(name)


def _broken_form(plain: str) -> int:
    """Return how many letters at the end are a legal form with one letter more, less or wrong."""
    if plain.endswith(_FORMS[:2]) or _FORM_LETTERS.isdisjoint(plain[-3:]):
        return 0
    for form in _FORMS:
        if plain.endswith(form):
            return 0
        whole, less = len(form), _LESS[form]
        if form in _without_letters(plain[-whole - 1 :], 1):
            return whole + 1
        if plain[1 - whole :] in less:
            return whole - 1
        if not less.isdisjoint(_without_letters(plain[-whole:], 1)):
            return whole
    return 0
