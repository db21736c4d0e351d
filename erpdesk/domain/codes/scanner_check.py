"""What a scanner really sends: seven test codes, what came of each, and what mends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from erpdesk.domain.codes.characters import GS, narrow
from erpdesk.domain.codes.keyboard_layouts import layouts_between

if TYPE_CHECKING:
    from difflib import SequenceMatcher

TEST_CODES: Final = (
    "ED%T1-0123456789",
    "ED%T2-SPEED-0123456789-ABCDEF",
    "ED%T3-aZ09_/+:;=@#",
    "ED%T4-END",
    f"ED%T5{GS}GS-29",
    "ED%T6-ni3hao3",
    "ED%T7-OK",
)
"""One for each step; only this check takes them, everywhere else they are refused."""

FINGERS_MS: Final = 80
"""Fast fingers leave at least about this between two keys."""
LEARNING_MS: Final = 120
"""How long the check waits for the next key of a code."""

_MARK_LENGTH: Final = 3
_SHIFTED: Final = str.maketrans('!@#$%^&*()_+{}:"<>?|~', "1234567890-=[];',./\\`")


class Finding(StrEnum):
    """What came of a test code."""

    FITS = "fits"
    MARKED = "marked"
    CONVERTED = "converted"
    ACCEPTED = "accepted"
    OTHER_TEST = "other_test"
    CAPS = "caps"
    SHIFT_LOST = "shift_lost"
    COMPUTER_LAYOUT = "computer_layout"
    SCANNER_LAYOUT = "scanner_layout"
    WIDE = "wide"
    GS_LOST = "gs_lost"
    DOUBLED = "doubled"
    HEAD_CUT = "head_cut"
    TAIL_CUT = "tail_cut"
    AROUND = "around"
    NO_TEST = "no_test"
    OTHER = "other"
    NO_ENDING = "no_ending"
    SLOW = "slow"
    COMPOSED = "composed"


GOOD: Final = frozenset({Finding.FITS, Finding.MARKED, Finding.CONVERTED, Finding.ACCEPTED})
"""Findings with which the next step may begin."""


class Remedy(StrEnum):
    """What can be done; those that last longest come first in a list."""

    SET_GUN = "set_gun"
    CONVERT = "convert"
    SERIAL = "serial"
    CAPS_OFF = "caps_off"
    ENGLISH = "english"
    AGAIN = "again"
    GO_ON = "go_on"


_REMEDIES: Final[dict[Finding, tuple[Remedy, ...]]] = {
    Finding.OTHER_TEST: (Remedy.AGAIN,),
    Finding.CAPS: (Remedy.CAPS_OFF, Remedy.SET_GUN, Remedy.CONVERT),
    Finding.SHIFT_LOST: (Remedy.SET_GUN, Remedy.SERIAL),
    Finding.COMPUTER_LAYOUT: (Remedy.SET_GUN, Remedy.CONVERT, Remedy.SERIAL),
    Finding.SCANNER_LAYOUT: (Remedy.SET_GUN, Remedy.CONVERT, Remedy.SERIAL),
    Finding.WIDE: (Remedy.ENGLISH, Remedy.SERIAL),
    Finding.GS_LOST: (Remedy.SET_GUN, Remedy.SERIAL, Remedy.GO_ON),
    Finding.DOUBLED: (Remedy.SET_GUN, Remedy.SERIAL),
    Finding.HEAD_CUT: (Remedy.SET_GUN, Remedy.SERIAL, Remedy.AGAIN),
    Finding.TAIL_CUT: (Remedy.SET_GUN, Remedy.SERIAL, Remedy.AGAIN),
    Finding.AROUND: (Remedy.SET_GUN, Remedy.SERIAL),
    Finding.NO_TEST: (Remedy.AGAIN,),
    Finding.OTHER: (Remedy.SET_GUN, Remedy.SERIAL, Remedy.AGAIN),
    Finding.NO_ENDING: (Remedy.SET_GUN, Remedy.GO_ON),
    Finding.SLOW: (Remedy.SET_GUN, Remedy.SERIAL, Remedy.GO_ON),
    Finding.COMPOSED: (Remedy.ENGLISH, Remedy.SERIAL),
}


def remedies(finding: Finding) -> tuple[Remedy, ...]:
    """Return what mends a finding, the most durable first; nothing for what is well."""
    return _REMEDIES.get(finding, ())


@dataclass(frozen=True, slots=True)
class Pair:
    """A printed character and what came for it; empty where there is none."""

    printed: str
    came: str

    @property
    def is_same(self) -> bool:
        """Say whether it came as it was printed."""
        return self.printed == self.came


@dataclass(frozen=True, slots=True)
class Checked:
    """A test code as it came: the finding, character by character.

    ``layouts`` are the names of layouts that explain it, ``convert`` how the program would turn it
    back. ``mark`` is the symbology identifier in front.
    """

    finding: Finding
    pairs: tuple[Pair, ...]
    layouts: tuple[str, ...] = ()
    convert: str = ""
    mark: str = ""

    @property
    def different(self) -> int:
        """Return how many characters did not come as printed."""
        return sum(not pair.is_same for pair in self.pairs)


def check(printed: str, came: str) -> Checked:
    """Compare what a test code says with what came of it."""
    if came == printed:
        return Checked(Finding.FITS, pairs_of(printed, came))
    mark = came[:_MARK_LENGTH]
    if mark.startswith("]") and came[_MARK_LENGTH:] == printed:
        return Checked(Finding.MARKED, pairs_of(printed, printed), mark=mark)
    pairs = pairs_of(printed, came)
    layouts = () if _plain(printed, came) else layouts_between(printed, came)
    if layouts:
        first = layouts[0]
        kind = Finding.SCANNER_LAYOUT if first.is_of_scanner else Finding.COMPUTER_LAYOUT
        names = tuple(dict.fromkeys(layout.name for layout in layouts))
        return Checked(kind, pairs, names, first.key)
    finding = _plain(printed, came) or _damage(printed, came)
    return Checked(finding, pairs, convert="caps" if finding is Finding.CAPS else "")


def pairs_of(printed: str, came: str) -> tuple[Pair, ...]:
    """Put two texts beside each other, character by character."""
    if len(printed) == len(came):
        return tuple(Pair(one, other) for one, other in zip(printed, came, strict=True))
    pairs: list[Pair] = []
    for _, a, b, c, d in _matched(printed, came).get_opcodes():
        one, other = printed[a:b], came[c:d]
        longest = max(len(one), len(other))
        pairs += [Pair(one[n : n + 1], other[n : n + 1]) for n in range(longest)]
    return tuple(pairs)


def _plain(printed: str, came: str) -> Finding | None:
    """Return the finding that one simple turn of the text explains whole."""
    turns = {
        Finding.CAPS: printed.swapcase(),
        Finding.SHIFT_LOST: printed.lower().translate(_SHIFTED),
        Finding.GS_LOST: printed.replace(GS, ""),
        Finding.DOUBLED: "".join(sign * 2 for sign in printed),
    }
    found = next((finding for finding, text in turns.items() if text == came), None)
    if found is None and came in TEST_CODES:
        return Finding.OTHER_TEST
    if found is None and narrow(came) == printed:
        return Finding.WIDE
    return found


def _damage(printed: str, came: str) -> Finding:
    if came and printed.endswith(came):
        return Finding.HEAD_CUT
    if came and printed.startswith(came):
        return Finding.TAIL_CUT
    if printed in came:
        return Finding.AROUND
    alike = _matched(printed.lower(), came.lower()).ratio()
    return Finding.OTHER if alike > 0.4 or len(printed) == len(came) else Finding.NO_TEST


def _matched(printed: str, came: str) -> "SequenceMatcher[str]":
    from difflib import SequenceMatcher  # only a check needs it

    return SequenceMatcher(a=printed, b=came, autojunk=False)


def step_of(came: str, *, now: int) -> int:
    """Return to which step, counted from 0, a code belongs: by its text, else the one of now.

    A printed card has all seven, so they come in any order.
    """
    bare = came[_MARK_LENGTH:] if came.startswith("]") else came
    return TEST_CODES.index(bare) if bare in TEST_CODES else now


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a scanner types, in ms between two keys."""

    gaps: tuple[int, ...]

    @property
    def median(self) -> int:
        """Return the middle gap."""
        return sorted(self.gaps)[(len(self.gaps) - 1) // 2] if self.gaps else 0

    @property
    def longest(self) -> int:
        """Return the longest gap."""
        return max(self.gaps, default=0)

    @property
    def line(self) -> int:
        """Return the longest gap that is still a scanner's: half as much again, in tens."""
        return min(LEARNING_MS, max(30, -(-self.longest * 3 // 20) * 10))

    @property
    def is_slow(self) -> bool:
        """Say whether fingers are as fast, so that typing and scanning cannot be told apart."""
        return self.longest > FINGERS_MS


def pace_of(times_ms: Sequence[int]) -> Pace:
    """Return the pace of keys that were pressed at these times."""
    return Pace(tuple(max(0, b - a) for a, b in pairwise(times_ms)))
