"""A run of keys and what it is: a scanner's code, or a person's typing. No window is needed."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, Literal

from erpdesk.domain.keyboard_layouts import converted

Ending = Literal["enter", "tab", "none"]

_LONGEST: Final = 4096
PATIENCE_MS: Final = 250
"""How long a scanner may falter once it has shown its pace: the computer is busy, or its radio."""


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


@dataclass(slots=True)
class KeyRun:
    """Characters that came one upon the other, each gap a scanner's until its pace was shown."""

    profile: DeviceProfile
    text: str = ""
    last_ms: int = 0
    digits: str = field(default="")

    def is_empty(self) -> bool:
        """Say whether no key has been taken yet."""
        return not self.text and not self.digits

    @property
    def patience_ms(self) -> int:
        """Return how long the next key may take: a gap, or where no pause ends a code, longer."""
        shown = len(self.text) >= len(self.profile.prefix) + self.profile.length_min
        return PATIENCE_MS if shown and "none" not in self.profile.suffixes else self.profile.gap_ms

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

    def judge(self, ending: Ending) -> tuple[Verdict, bytes]:
        """Say what the run was that ended so, and the bytes of its code without the prefix."""
        code = self.text.removeprefix(self.profile.prefix)
        whole = self.text.startswith(self.profile.prefix) and not self.digits
        if ending in self.profile.suffixes and whole and len(code) >= self.profile.length_min:
            text = converted(code, self.profile.layout) if self.profile.layout else code
            return Verdict.CODE, text.encode("utf-8", "surrogatepass")
        return Verdict.TYPING, b""
