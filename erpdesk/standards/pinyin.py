"""Pinyin: Chinese names as people type them without an input method.

Two small tables (``resources/pinyin``) say how hanzi and words are read. Each entry is looked up
when it is first met: as dictionaries they would be the largest thing in the program.
"""

import unicodedata
from functools import cache, lru_cache

from erpdesk.paths import resource

_KEPT = 1024
"""Names of firms share most of their hanzi and words."""
_ENDS_KEPT, _END = 4096, 7
"""They share their ends too, of so many letters at most: 机械有限公司."""
_FIRST_HANZI = "〇"


def pinyin_keys(name: str) -> tuple[str, str]:
    """Return a name in full pinyin and its initials, lower-case letters and digits only.

    Other letters stay whole in both: 重庆ABC is ``chongqingabc`` and ``cqabc``.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    full, initials, at, end = "", "", 0, len(text) - _END
    while at < end:
        tails, (spelt, letters) = _letter(text[at])
        length = 1
        if text[at + 1] in tails:
            word = _first_word(text[at:])
            (spelt, letters), length = _spelt(word), len(word)
        full, initials, at = full + spelt, initials + letters, at + length
    spelt, letters = _spelt_end(text[at:])
    return full + spelt, initials + letters


@lru_cache(_KEPT)
def _letter(hanzi: str) -> tuple[dict[str, str], tuple[str, str]]:
    """Return how words go on after a hanzi, and how it is spelt where none does."""
    return _tails(hanzi), _spelt(hanzi)


@lru_cache(_ENDS_KEPT)
def _spelt_end(text: str) -> tuple[str, str]:
    if not text:
        return "", ""
    word = _first_word(text)
    (spelt, letters), (after, letters_after) = _spelt(word), _spelt_end(text[len(word) :])
    return spelt + after, letters + letters_after


def _first_word(text: str) -> str:
    """Return the longest word that is known with which a text begins, or its first letter."""
    tails, found, tried, end = _tails(text[0]), 1, 2, len(text)
    while tried <= end and (known := tails.get(text[1:tried])) is not None:
        found = tried if known else found
        tried += 1
    return text[:found]


@lru_cache(_KEPT)
def _tails(first: str) -> dict[str, str]:
    """Return how words go on after this hanzi, and their entries; a mere beginning has none."""
    table = _table("words")
    at = table.find(f"\n{first} ")
    entries = table[at + 2 : table.find("\n", at + 1)].split() if at >= 0 else ()
    tails: dict[str, str] = {}
    for entry in entries:
        tail = entry.partition("=")[0]
        tails |= {tail[:n]: tails.get(tail[:n], "") for n in range(1, len(tail))}
        tails[tail] = entry
    return tails


@lru_cache(_KEPT)
def _spelt(word: str) -> tuple[str, str]:
    """Return a word in full pinyin and its initials."""
    own = _tails(word[0]).get(word[1:], "").partition("=")[2]
    syllables = own.split("'") if own else [_syllable(hanzi) for hanzi in word]
    if not all(syllables):
        return (word, word) if word.isalnum() else ("", "")
    return "".join(syllables), "".join([one[0] for one in syllables])


def _syllable(hanzi: str) -> str:
    """Return how a hanzi is read that stands alone, or nothing for another sign."""
    table = _table("readings")
    at = table.find(hanzi) if hanzi >= _FIRST_HANZI else -1
    return table[table.rfind("\n", 0, at) + 1 : at].partition(" ")[0] if at >= 0 else ""


@cache
def _table(name: str) -> str:
    return "\n" + resource(f"pinyin/{name}.txt").read_text("utf-8")
