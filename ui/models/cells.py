"""What a cell can hold, and how it is shown, spoken and copied. Null is not zero."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

from erpdesk.domain.money import Money
from erpdesk.words.sentence import Language
from ui.look import TONE_ICONS, Ink, Tone

NOTHING: Final = "—"
MINUS: Final = "\u2212"


class Withheld(Enum):
    """A figure that a blind count keeps from the counter."""

    BLIND = "盲盘"
    BLIND_IN_ENGLISH = "blind"


WITHHELD: Final = Withheld.BLIND


def withheld(language: Language) -> Withheld:
    """Return what stands in the place of a figure that is kept back, in words."""
    return WITHHELD if language == "zh" else Withheld.BLIND_IN_ENGLISH


@dataclass(frozen=True, slots=True)
class Chip:
    """A state: word, tone and icon; without an icon's name the tone's own."""

    word: str
    tone: Tone = "neutral"
    icon: str = ""

    @property
    def icon_name(self) -> str:
        """Return the icon that stands before the word."""
        return self.icon or TONE_ICONS[self.tone]


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon alone in its cell; its word is what is spoken and shown as a hint."""

    word: str
    icon: str
    ink: Ink = "text2"


@dataclass(frozen=True, slots=True)
class Toned:
    """A text in a tone of its own, such as 未答复 or 逾期."""

    word: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Lines:
    """Two lines in a cell: a value, and a small line under it, in a tone where it has one."""

    first: str | Money | date | Decimal | Toned | Withheld | None
    second: str
    ink: Ink = "text3"


@dataclass(frozen=True, slots=True)
class LifeLine:
    """How far a claim has come: each part's name, its tenths done (0 to 10), days spent in it."""

    names: tuple[str, ...]
    tenths: tuple[int, ...]
    hint: str = ""


Value = (
    str | Money | date | Decimal | Chip | Mark | Lines | Toned | LifeLine | Withheld | bool | None
)


def shown(value: Value) -> str:
    """Return a value as it is drawn; null is a dash, zero is ``0.00``."""
    match value:
        case None:
            return NOTHING
        case Money():
            return value.grouped()
        case Chip() | Mark() | Toned():
            return value.word
        case Lines():
            return shown(value.first)
        case Withheld():
            return value.value
        case _:
            return _plainly_shown(value)


def _plainly_shown(value: object) -> str:
    match value:
        case bool():
            return "✓" if value else ""
        case Decimal():
            return f"{value:,f}".replace("-", MINUS)
        case date():
            return value.isoformat()
        case str():
            return value
        case _:
            return ""


def spoken(value: Value, language: Language = "zh") -> str:
    """Return a value as a screen reader says it."""
    match value:
        case Lines():
            return f"{spoken(value.first, language)}，{value.second}"
        case LifeLine():
            return _spoken_life(value, language)
        case bool():
            ticked = ("已勾选", "ticked") if value else ("未勾选", "not ticked")
            return ticked[language == "en"]
        case None:
            return "无" if language == "zh" else "none"
        case _:
            return shown(value)


def copied(value: Value) -> str:
    """Return a value as it is copied and exported: ASCII minus, no thousands, null is empty."""
    match value:
        case None:
            return ""
        case Money():
            return value.plain()
        case Decimal():
            return f"{value:f}"
        case Lines():
            return copied(value.first)
        case LifeLine():
            return _spoken_life(value, "zh")
        case _:
            return shown(value).replace("\t", " ").replace("\n", " ").replace(MINUS, "-")


def is_negative(value: Value) -> bool:
    """Say whether a figure is below zero: it is drawn as an error, with its minus."""
    match value:
        case Money():
            return value.minor < 0
        case Decimal():
            return value < 0
        case Lines():
            return is_negative(value.first)
        case _:
            return False


def is_zero(value: Value) -> bool:
    """Say whether a figure is there and is zero."""
    return (isinstance(value, Money) and value.minor == 0) or (
        isinstance(value, Decimal) and value == 0
    )


def _spoken_life(life: LifeLine, language: Language) -> str:
    half, not_yet = ("部分", "未") if language == "zh" else ("partly ", "not yet ")
    done = "已" if language == "zh" else ""
    words = [
        f"{done if tenths >= 10 else half if tenths else not_yet}{name}"
        for name, tenths in zip(life.names, life.tenths, strict=True)
    ]
    return ("、" if language == "zh" else ", ").join(words)
