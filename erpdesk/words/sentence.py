"""A sentence in both languages, with places for facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


class _Facts(dict[str, str]):
    """Facts of an error, said where they are asked for; one that is not known is an ellipsis."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        super().__init__()
        self._facts = facts

    def __missing__(self, key: str) -> str:
        return _shown(self._facts[key]) if key in self._facts else "…"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, in Chinese and in English."""

    zh: str
    en: str

    def said(self, language: Language, facts: Mapping[str, object]) -> str:
        """Return the sentence in a language with its facts put in, on one line."""
        template = self.zh if language == "zh" else self.en
        return template.format_map(_Facts(facts)).strip()


def _shown(value: object) -> str:
    if isinstance(value, tuple | list | frozenset | set):
        return "、".join(_shown(part) for part in value)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(value))


NOTHING = "什么都没改。"
NOT = "Nothing was changed. "
"""The part of a refusal that says what was not done, where that is all."""


def refusal(zh: str, do_zh: str, en: str, do_en: str) -> Sentence:
    """Return a refusal in three parts: what happened, that nothing was changed, what to do."""
    return Sentence(
        f"{zh}。{NOTHING}{do_zh}{'。' if do_zh else ''}",
        f"{en}. {NOT}{do_en + '.' if do_en else ''}",
    )
