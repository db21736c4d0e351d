"""Pinyin: Chinese names as people type them without an input method."""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

_WORDS_KEPT = 65536
_OTHER = "\0"
"""Marks a run of letters that is no Chinese."""


@cache
def _speller() -> Callable[[str], list[str]]:
    """Return what spells a name word by word; names of firms share most of their words."""
    from pypinyin import lazy_pinyin
    from pypinyin.seg.simpleseg import seg

    @lru_cache(_WORDS_KEPT)
    def spelt(word: str) -> list[str]:
        return lazy_pinyin(word, errors=lambda run: _OTHER + run)

    return lambda name: [run for word in seg(name) for run in spelt(word)]


def pinyin_keys(name: str) -> tuple[str, str]:
    """Return a name in full pinyin and its initials, lower-case letters and digits only.

    Other letters stay whole in both: 重庆ABC is ``chongqingabc`` and ``cqabc``.
    """
    runs = _speller()(unicodedata.normalize("NFKC", name).casefold())
    full = "".join(runs)
    initials = "".join(run if run.startswith(_OTHER) else run[0] for run in runs)
    return _letters(full), _letters(initials)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
