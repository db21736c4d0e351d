"""Which of many names are one or two letters apart.

Two names are so many letters apart as each has to lose for both to be equal: one edit, or one
letter that moved, is one letter. Names one letter apart always show. Names two letters apart show
where what they share is rare: 杭州青禾包装材料 and 杭州永兴包装材料 share the town and the trade.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from itertools import combinations, repeat
from typing import Final

from erpdesk.domain.customers.core_name import ALL_FORM_LETTERS, FORMS

Pair = tuple[int, int]
"""The places of two names, the lower first."""

LETTERS_MIN: Final = {0: 1, 1: 4, 2: 6}
"""How long a name is at least to be compared to none, one and two letters."""

NEAR_LETTERS_MAX: Final = 12
"""Names without their form up to this long are compared letter by letter where two may differ."""

THIRDS_LETTERS_MIN: Final = 10
"""Whole names from this length on are compared by thirds where two letters may differ."""

RARE_MAX: Final = 6
"""What more names than this share besides two letters is a town and a trade, not a firm."""

FIRST_LETTERS: Final = 7
"""So many letters at the start show who is near, where names are long enough."""

_TRADE_LETTERS: Final = 2
"""So many letters at the end, which say a trade, are the same where two others may differ."""

_LONG_ENOUGH: Final = FIRST_LETTERS + _TRADE_LETTERS


def near_names(plain: Sequence[str], cores: Sequence[str]) -> tuple[set[Pair], set[Pair]]:
    """Return who is one letter apart, and who is up to two.

    Most show by their first letters. Who is short, or starts as many others do, is looked at by
    all letters. Names are given whole and without their form.
    """
    close, many = _starting_alike(cores, letters=1)
    alike, more = _starting_alike(cores, letters=2)
    rest = many | more | {n for n, core in enumerate(cores) if len(core) < _LONG_ENOUGH}
    whole = {n for n, core in enumerate(cores) if _needs_whole(plain[n], core)}
    one = {pair for pair in close if _is_apart(cores, pair, letters=1)}
    one.update(_by_letters(_only(cores, rest), letters=1))
    one.update(_by_letters(_only(plain, whole), letters=1))
    two = {pair for pair in alike if _is_apart(cores, pair, letters=2)}
    two.update(pair for pair in close if _is_two_apart(plain, cores, pair))
    two.update(_by_letters(_only(cores, rest), letters=2))
    two.update(_by_thirds(_only(plain, rest)))
    return one, two


def _only(names: Sequence[str], places: Container[int]) -> list[str]:
    return [name if place in places else "" for place, name in enumerate(names)]


def _needs_whole(plain: str, core: str) -> bool:
    """Say whether one letter in a form, or in a short name, may show only in the whole name.

    Not where a form of the three stands behind letters that could be of no other form: then one
    letter that differs stands in the cores, or in a form that is taken off all the same.
    """
    if len(core) <= LETTERS_MIN[1] or not ALL_FORM_LETTERS.isdisjoint(core[-2:]):
        return True
    return plain != core and plain.removeprefix(core) not in FORMS


def _starting_alike(names: Sequence[str], *, letters: int) -> tuple[set[Pair], set[int]]:
    """Return who has all but so many first letters in common, and who has them with many others.

    Two letters are looked for only where the last ones are equal; where these differ, one of the
    two letters is among them, and one at most among the first.
    """
    pairs: set[Pair] = set()
    many: set[int] = set()
    for group in _ending_alike(names, range(len(names)), _TRADE_LETTERS if letters > 1 else 0):
        starts = ((place, name[:FIRST_LETTERS]) for place, name in group)
        for sharing in _sharing(starts, FIRST_LETTERS - letters):
            if len(sharing) > RARE_MAX:
                many.update(sharing)
            else:
                pairs.update(combinations(sharing, 2))
    return pairs, many


def _is_apart(names: Sequence[str], pair: Pair, *, letters: int) -> bool:
    """Say whether two names that start alike are no more than so many letters apart."""
    one, other = names[pair[0]], names[pair[1]]
    return one[FIRST_LETTERS:] == other[FIRST_LETTERS:] or apart(one, other, letters=letters)


def _is_two_apart(plain: Sequence[str], cores: Sequence[str], pair: Pair) -> bool:
    place, other = pair
    long = is_long(plain[place]) and is_long(plain[other])
    return apart(cores[place], cores[other], letters=2) or (
        long and apart(plain[place], plain[other], letters=2)
    )


def _by_letters(names: Sequence[str], *, letters: int) -> Iterator[Pair]:
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
    names: Sequence[str], places: Iterable[int], kept: int
) -> Iterable[list[tuple[int, str]]]:
    """Return who has the same last letters as others, which say a trade; what stands before."""
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place in places:
        name = names[place]
        end = len(name) - kept
        groups[name[end:]].append((place, name[:end]))
    return [group for group in groups.values() if len(group) > 1]


def _sharing(group: Iterable[tuple[int, str]], left: int) -> Iterable[Collection[int]]:
    """Return all who are equal with so many letters left, for each way in which some are."""
    first: dict[int, int] = {}
    several: dict[int, dict[int, None]] = {}
    for place, name in group:
        keys = list(map(hash, combinations(name, left)))
        known = list(map(first.setdefault, keys, repeat(place)))
        if known.count(place) < len(known):
            for key, one in zip(keys, known, strict=True):
                if one != place:
                    several.setdefault(key, {one: None})[place] = None
    return several.values()


def _by_thirds(names: Sequence[str]) -> Iterator[Pair]:
    """Find long names two edits apart: these leave one of three parts as it is."""
    letters = {place: _letter_set(name) for place, name in enumerate(names) if is_long(name)}
    for place, other in _sharing_a_third(names, letters):
        near = other != place and (letters[other] ^ letters[place]).bit_count() <= 4
        if near and apart(names[other], names[place], letters=2):
            yield min(other, place), max(other, place)


def _sharing_a_third(names: Sequence[str], places: Iterable[int]) -> Iterator[Pair]:
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


def _rare(names: Sequence[str], places: list[int], at: Pair) -> dict[str, list[int]]:
    """Return who has which letters at a place, where these are few."""
    start, stop = at
    whose: dict[str, list[int]] = {}
    for place in places:
        whose.setdefault(names[place][start:stop], []).append(place)
    return {text: few for text, few in whose.items() if len(few) <= RARE_MAX}


_BITS: Final = tuple(1 << bit for bit in range(61))


def _letter_set(name: str) -> int:
    """Return a bit for each letter; each letter a name loses changes one bit at most."""
    bits = 0
    for letter in name:
        bits |= _BITS[ord(letter) % 61]
    return bits


def is_long(name: str) -> bool:
    """Say whether a whole name is long enough to be two letters from another."""
    return len(name) >= THIRDS_LETTERS_MIN


_SHIFTS: Final = tuple(
    (less, part, shift)
    for less in range(3)
    for part in range(3)
    for shift in range(-2, 3)
    if abs(shift) <= part and abs(shift - less) <= 2 - part
)
"""Where a part can stand: at most ``part`` edits before it, and the rest behind it."""


def _third_spots(length: int) -> Iterator[tuple[Pair, int, int]]:
    """Yield where a name can have a third in common with one up to two letters shorter.

    Each is the length of the other and which third of it, then from where to where it stands here.
    """
    parts = [_thirds(length - less) for less in range(3)]
    for less, part, shift in _SHIFTS:
        start, stop = parts[less][part]
        yield (length - less, part), start + shift, stop + shift


def _thirds(length: int) -> tuple[Pair, Pair, Pair]:
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
    if len(set(one).difference(other)) > mine or len(set(other).difference(one)) > theirs:
        return False
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
