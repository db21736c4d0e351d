"""One scanner's check from its first code to its profile: each step's result, what is learnt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Literal

from erpdesk.domain.codes.keyboard_layouts import converted
from erpdesk.domain.codes.reading import Channel
from erpdesk.domain.codes.scanner_check import (
    GOOD,
    LEARNING_MS,
    TEST_CODES,
    Checked,
    Finding,
    Pace,
    check,
    pace_of,
    pairs_of,
    step_of,
)

Ending = Literal["enter", "tab", "none"]

STEPS: Final = len(TEST_CODES)
DEVICE, SPEED, LAYOUT, ENDING, PREFIX, INPUT_METHOD, SOUND = range(STEPS)
LENGTH_MIN: Final = 4
SLOWEST_MS: Final = 400
"""Keys that come slower are nobody's code."""

_SLOW_KEYS: Final = 6
_LEFT_OVER: Final = 2


@dataclass(frozen=True, slots=True)
class Arrived:
    """One code as it came: when each key was pressed in ms (none for a serial line), its ending.

    ``composed``: an input method had it first. ``slow``: it is the beginning of keys that came as
    slowly as fingers.
    """

    text: str
    channel: Channel
    times_ms: tuple[int, ...] = ()
    ending: Ending = "none"
    composed: bool = False
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """The profile that comes of a check; ``None`` is not known yet."""

    gap_ms: int | None
    length_min: int
    layout: str | None
    endings: frozenset[Ending] | None


@dataclass(frozen=True, slots=True)
class Session:
    """Where a check stands; ``step`` is the one of now, counted from 0.

    ``last`` is the newest result and ``last_step`` its step. ``convert`` is the key of the layout
    that codes are converted from, once somebody chose so.
    """

    step: int = 0
    results: tuple[Checked | None, ...] = (None,) * STEPS
    last: Checked | None = None
    last_step: int = 0
    last_text: str = ""
    gaps: tuple[int, ...] = ()
    endings: frozenset[Ending] = frozenset()
    channels: frozenset[Channel] = frozenset()
    convert: str = ""

    @property
    def printed(self) -> str:
        """Return the test code of the step of now."""
        return TEST_CODES[self.step]

    @property
    def pace(self) -> Pace:
        """Return how fast the scanner types."""
        return Pace(self.gaps)

    @property
    def is_mixed(self) -> bool:
        """Say whether two scanners send at once: one that types and one on a serial line."""
        return len(self.channels) > 1

    @property
    def is_done(self) -> bool:
        """Say whether every step went well."""
        return all(one is not None and one.finding in GOOD for one in self.results)

    @property
    def learnt(self) -> Learnt:
        """Return the profile as far as it is known."""
        layout = self.results[LAYOUT]
        is_known = bool(self.convert) or (layout is not None and layout.finding in GOOD)
        return Learnt(
            self.pace.line if self.gaps else None,
            LENGTH_MIN,
            self.convert if is_known else None,
            self.endings or None,
        )

    def after(self, arrived: Arrived) -> "Session":
        """Return the check after a code came; when it went well, at the next open step."""
        text = converted(arrived.text, self.convert)
        at = step_of(text, now=self.step)
        pace = pace_of(arrived.times_ms)
        checked = self._checked(at, text, arrived, pace)
        is_wedge = arrived.channel is Channel.WEDGE and not arrived.composed
        known = replace(
            self,
            results=_placed(self.results, at, checked),
            last=checked,
            last_step=at,
            last_text=arrived.text,
            gaps=self.gaps + pace.gaps,
            endings=self.endings | ({arrived.ending} if is_wedge else set()),
            channels=self.channels | {arrived.channel},
        )
        return replace(known, step=known.next_open(at) if checked.finding in GOOD else at)

    def _checked(self, at: int, text: str, arrived: Arrived, pace: Pace) -> Checked:
        if arrived.composed:
            return Checked(Finding.COMPOSED, pairs_of(TEST_CODES[at], text))
        if arrived.slow:
            return Checked(Finding.SLOW, pairs_of(TEST_CODES[at], text))
        checked = check(TEST_CODES[at], text)
        if self.convert and checked.finding is Finding.OTHER and checked.different <= _LEFT_OVER:
            return replace(checked, finding=Finding.CONVERTED)
        if checked.finding not in GOOD:
            return checked
        if pace.is_slow:
            return replace(checked, finding=Finding.SLOW)
        has_none = arrived.channel is Channel.WEDGE and arrived.ending == "none"
        return replace(checked, finding=Finding.NO_ENDING) if at == ENDING and has_none else checked

    def next_open(self, at: int) -> int:
        """Return the next step that did not go well yet; the last one when all did."""
        for place in chain(range(at + 1, STEPS), range(at + 1)):
            result = self.results[place]
            if result is None or result.finding not in GOOD:
                return place
        return STEPS - 1

    def going_to(self, step: int) -> "Session":
        """Return the check at another step."""
        return replace(self, step=step)

    def going_on(self) -> "Session":
        """Return the check with the newest result left as it is, at the next open step."""
        if self.last is None:
            return self
        kept = replace(self.last, finding=Finding.ACCEPTED)
        known = replace(self, results=_placed(self.results, self.last_step, kept), last=kept)
        return replace(known, step=known.next_open(self.last_step))

    def converting(self) -> "Session":
        """Return the check with codes converted as the newest result asks, and that one with it."""
        if self.last is None or not self.last.convert:
            return self
        key = self.last.convert
        pairs = pairs_of(TEST_CODES[self.last_step], converted(self.last_text, key))
        kept = Checked(Finding.CONVERTED, pairs, self.last.layouts, key)
        known = replace(
            self, convert=key, results=_placed(self.results, self.last_step, kept), last=kept
        )
        return replace(known, step=known.next_open(self.last_step))


def _placed(
    results: tuple[Checked | None, ...], at: int, checked: Checked
) -> tuple[Checked | None, ...]:
    return (*results[:at], checked, *results[at + 1 :])


def last_run(times_ms: Sequence[int], *, gap_ms: int = LEARNING_MS) -> int:
    """Return how many of the newest keys came one upon the other."""
    count = min(1, len(times_ms))
    while count < len(times_ms) and times_ms[-count] - times_ms[-count - 1] <= gap_ms:
        count += 1
    return count


def is_slow_run(times_ms: Sequence[int]) -> bool:
    """Say whether keys come so evenly and slowly that a scanner may be typing like a person."""
    run = list(times_ms[-last_run(times_ms, gap_ms=SLOWEST_MS) :])
    gaps = pace_of(run).gaps
    return len(run) >= _SLOW_KEYS and min(gaps) > LEARNING_MS and max(gaps) < 2 * min(gaps)
