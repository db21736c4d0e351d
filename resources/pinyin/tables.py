"""Makes the two tables of how Chinese is read.

Run it to write them anew, where pypinyin is installed: ``python resources/pinyin/tables.py``.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT


def readings() -> str:
    """Return the hanzi by how each is read alone: a line a syllable."""
    lines = defaultdict(list)
    for hanzi in map(chr, sorted(PINYIN_DICT)):
        lines[_read(hanzi)[0]].append(hanzi)
    return "".join(f"{syllable} {''.join(lines[syllable])}\n" for syllable in sorted(lines))


def words() -> str:
    """Return the words by their first hanzi; one that is read in its own way says how."""
    lines = defaultdict(list)
    for word in sorted(PHRASES_DICT):
        alone = [_read(hanzi)[0] for hanzi in word]
        own = "" if _read(word) == alone else f"={chr(39).join(_read(word))}"
        lines[word[0]].append(word[1:] + own)
    return "".join(f"{first} {' '.join(tails)} \n" for first, tails in lines.items())


def _read(word: str) -> list[str]:
    found: list[str] = lazy_pinyin([word])
    return found


if __name__ == "__main__":
    folder = Path(__file__).parent
    folder.joinpath("readings.txt").write_text(readings(), "utf-8")
    folder.joinpath("words.txt").write_text(words(), "utf-8")
