"""A run of keys and what it is: a scanner's code, or a person's typing. No window is needed."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, Literal

from erpdesk.domain.codes.keyboard_layouts import converted

Ending = Literal["enter", "tab", "none"]

_LONGEST: Final = 4096
PATIENCE_MS: Final = 250
"""How long a scanner may falter once it has shown its pace: the computer is busy, or its radio."""
_BEGIN_MS: Final = 100
"""How long it may falter before: a hand that types and one that scans are not that close."""
_LATE_MS: Final = 1000
"""How late the end of a code may come whose keys were let go already."""


class Verdict(Enum):
    """What a finished run was."""

    CODE = auto()
    TYPING = auto()


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """How one scanner types: learnt in the scanner doctor, or these defaults.

    ``gap_ms`` is the longest time between two keys that shows a scanner, ``prefix`` what every code
    begins with (and is not part of it), ``suffixes`` how a code may end; ``none`` is a pause.
    ``length_min`` counts characters without the prefix: fast fingers manage two or three.
    ``layout`` is the key of the layout that codes are converted from; empty converts nothing.
    """

    gap_ms: int = 30
    prefix: str = ""
    suffixes: frozenset[Ending] = frozenset({"enter", "tab"})
    length_min: int = 4
    layout: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class RawKey:
    """One key as it came: its character (empty for none), when, and the place on the keyboard."""

    text: str
    at_ms: int
    scan_code: int


@dataclass(frozen=True, slots=True)
class LetGo:
    """What was let go as typing until ``at_ms``, and may have been a scanner that faltered.

    ``is_shown``: the pace was one that no fingers manage; ``is_fingers``: so many keys, none of
    them fast, that it is somebody who types.
    """

    text: str = ""
    at_ms: int = -_LATE_MS
    is_shown: bool = False
    is_fingers: bool = False

    def goes_on(self, at_ms: int) -> bool:
        """Say whether a key at this time goes on with it."""
        return not self.is_shown and 0 <= at_ms - self.at_ms <= _BEGIN_MS

    def ends(self, at_ms: int) -> bool:
        """Say whether a terminator at this time is its end, come late."""
        return self.is_shown and 0 <= at_ms - self.at_ms <= _LATE_MS


@dataclass(slots=True)
class KeyRun:
    """Characters that came one upon the other, each gap a scanner's until its pace was shown.

    ``before`` is what was let go right before, where the run goes on with it.
    """

    profile: DeviceProfile
    text: str = ""
    last_ms: int = 0
    digits: str = field(default="")
    before: LetGo = LetGo()

    def is_empty(self) -> bool:
        """Say whether no key has been taken yet."""
        return not self.text and not self.digits

    @property
    def is_shown(self) -> bool:
        """Say whether so many keys came so fast that it is a scanner: fingers manage fewer."""
        return len(self.text) >= len(self.profile.prefix) + self.profile.length_min

    @property
    def patience_ms(self) -> int:
        """Return how long the next key may take: a gap, or where no pause ends a code, longer."""
        waits = self.is_shown and "none" not in self.profile.suffixes
        return PATIENCE_MS if waits else self.profile.gap_ms

    def is_fast(self, at_ms: int) -> bool:
        """Say whether a key at this time belongs to the run."""
        in_time = 0 <= at_ms - self.last_ms <= self.patience_ms
        return not self.is_empty() and in_time and len(self.text) < _LONGEST

    def takes_control(self, char: str) -> bool:
        """Say whether a control character can be a part here: a shortcut is not taken."""
        starts = self.profile.prefix.startswith(char) and not self.text
        return starts or len(self.text) >= 2

    def add(self, char: str, at_ms: int) -> None:
        """Take one character."""
        self.text += char
        self.last_ms = at_ms

    def add_digit(self, digit: str, at_ms: int) -> None:
        """Take one digit of a character that comes as Alt and its number."""
        self.digits += digit
        self.last_ms = at_ms

    def compose(self, at_ms: int) -> str:
        """Make the character of the digits taken so far; nothing when there are none."""
        number = int(self.digits or 0) % 256
        self.digits = ""
        if not number:
            return ""
        self.add(chr(number), at_ms)
        return chr(number)

    def let_go(self) -> LetGo:
        """Return what is remembered of a run that is let go at a pause."""
        text = self.before.text + self.text
        slow = not self.is_shown and len(text) >= self.profile.length_min
        is_fingers = self.before.is_fingers or slow
        return LetGo("" if is_fingers else text, self.last_ms, self.is_shown, is_fingers)

    def judge(self, ending: Ending) -> tuple[Verdict, bytes]:
        """Say what the run was that ended so, and the bytes of its code without the prefix."""
        whole = self.before.text + self.text
        code = whole.removeprefix(self.profile.prefix)
        is_code = whole.startswith(self.profile.prefix) and not self.digits
        is_fast = self.before.is_shown or self.is_shown
        if ending in self.profile.suffixes and is_code and is_fast:
            text = converted(code, self.profile.layout) if self.profile.layout else code
            return Verdict.CODE, text.encode("utf-8", "surrogatepass")
        return Verdict.TYPING, b""
