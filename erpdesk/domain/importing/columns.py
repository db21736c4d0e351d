"""Which column of a foreign table is which: by its Chinese or English name, or as somebody said.

The names are data (``column_names.py``). A name is compared without case, blanks, underscores,
stars, colons and units in brackets; ``camelCase`` and ``snake_case`` are the same.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from erpdesk.errors import UserError

TITLE_ROWS_MAX: Final = 60
"""How far down the header may stand."""


class ColumnsNotFoundError(UserError):
    """The table has no column that is needed, or two that could be it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a row may say; ``names`` is ordered, each later group being a poorer match."""

    name: str
    zh: str
    en: str
    names: tuple[frozenset[str], ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of table may hold; ``needs`` lists fields of which at least one must be there."""

    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    words: frozenset[str] = field(init=False)
    """Every name of every field."""

    def __post_init__(self) -> None:
        groups = (group for one in self.fields for group in one.names)
        object.__setattr__(self, "words", frozenset[str]().union(*groups))

    def titled(self, name: str) -> Field:
        """Return the field of a name."""
        return next(f for f in self.fields if f.name == name)

    def lacking(self, names: Collection[str]) -> tuple[tuple[Field, ...], ...]:
        """Return what is needed besides these fields: one of each group has to be there."""
        return tuple(
            tuple(map(self.titled, need))
            for need in self.needs
            if not any(name in names for name in need)
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands in a row (columns from 0), and the header it was found in."""

    header: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    header_line: int = 0

    @property
    def width(self) -> int:
        """How many cells a row has: up to the last heading."""
        return max((i + 1 for i, h in enumerate(self.header) if h.strip()), default=0)

    def has(self, name: str) -> bool:
        """Say whether a field has a column."""
        return name in self.places

    def title(self, name: str) -> str:
        """Return the heading over a field, as the file writes it."""
        places = self.places.get(name, ())
        return self.header[places[0]].strip() if places else ""

    def mapping(self) -> dict[str, list[str]]:
        """Return field → headings: what is remembered and can be given back."""
        return {name: [self.header[i] for i in at] for name, at in sorted(self.places.items())}


@dataclass(frozen=True, slots=True)
class ColumnTrouble:
    """Why no table can be read: fields without a column, with two, or given headings not there.

    ``places`` are the fields that were found all the same.
    """

    header: tuple[str, ...]
    missing: tuple[tuple[Field, ...], ...] = ()
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    header_line: int = 0

    @property
    def weight(self) -> int:
        """How far from right it is."""
        return len(self.missing) + len(self.ambiguous) + len(self.unknown)

    def zh(self) -> str:
        """Return the sentence in Chinese."""
        parts = [f"缺少列：{'、'.join(' 或 '.join(f.zh for f in m) for m in self.missing)}"]
        parts = parts if self.missing else []
        parts += [f"「{n}」有多列可选：{'、'.join(c)}" for n, c in self.ambiguous.items()]
        parts += [f"表中没有指定的列「{n}」" for n in self.unknown]
        return "；".join(parts) + f"。表头是：{'、'.join(self._shown())}"

    def en(self) -> str:
        """Return the sentence in English."""
        parts = [f"no column for {', '.join(' or '.join(f.en for f in m) for m in self.missing)}"]
        parts = parts if self.missing else []
        parts += [
            f"several columns could be {n}: {', '.join(c)}" for n, c in self.ambiguous.items()
        ]
        parts += [f"the column given, {n}, is not in the table" for n in self.unknown]
        return "; ".join(parts) + f". The header is: {', '.join(self._shown())}"

    def error(self) -> ColumnsNotFoundError:
        """Return the refusal of the whole table."""
        message = f"{self.zh()}\n{self.en()}"
        return ColumnsNotFoundError(message, zh=self.zh(), en=self.en(), header=self.header)

    def _shown(self) -> list[str]:
        return [h.strip()[:40] for h in self.header if h.strip()][:40]


_BRACKETS = re.compile(r"[(\[【〔「<{]([^)\]】〕」>}]*)[)\]】〕」>}]")
_JUNK = re.compile(r"[\W_]+")
_PARTS = re.compile(
    r"[/\\|\n\r:：]+|(?<=[\u4e00-\u9fff]{2})[ ]+(?=[A-Za-z]{4})"
    r"|(?<=[A-Za-z]{4})[ ]+(?=[\u4e00-\u9fff]{2})"
)
_SIMPLIFIED: Final = str.maketrans(
    "戶編號碼稱電話聯絡稅統開銀帳賬額幣別單價數貨發訂備註總計運費態據類條員實際關聯購銷產項貿",
    "户编号码称电话联络税统开银账账额币别单价数货发订备注总计运费态据类条员实际关联购销产项贸",
)
"""The traditional characters in headings, as the names of the columns are written."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SCALES = re.compile(r"[万千百亿]|thousand|million|\bk\b", re.IGNORECASE)


def normal(heading: str) -> str:
    """Return a heading as it is compared."""
    text = unicodedata.normalize("NFKC", heading)
    return _JUNK.sub("", _CAMEL.sub(" ", text).casefold()).translate(_SIMPLIFIED)


@lru_cache(1024)
def spellings(heading: str) -> tuple[str, ...]:
    """Return the names one heading may stand for: whole, without brackets, each of its parts."""
    text = unicodedata.normalize("NFKC", heading)
    if any(_SCALES.search(inside) for inside in _BRACKETS.findall(text)):
        return (normal(text),)
    outside = _BRACKETS.sub(" ", text)
    candidates = [text, outside, *_BRACKETS.findall(text), *reversed(_PARTS.split(outside))]
    return tuple(dict.fromkeys(n for n in map(normal, candidates) if n))


def signature(header: Sequence[str]) -> str:
    """Return the name under which the mapping of such a header is remembered (hex)."""
    return hashlib.sha256("\x1f".join(map(normal, header)).encode()).hexdigest()[:32]


Given = Mapping[str, str | Sequence[str]]


def find_columns(
    header: Sequence[str], kind: Kind, given: Given | None = None
) -> Columns | ColumnTrouble:
    """Find the column of each field; what was given wins over what was found.

    A field that is given no heading has no column.
    """
    header = tuple(header)
    places, unknown = _given_places(header, given or {})
    taken = {i for at in places.values() for i in at}
    names = {
        i: found
        for i, heading in enumerate(header)
        if i not in taken and not kind.words.isdisjoint(found := spellings(heading))
    }
    doubtful = _search(kind, names, places, frozenset(given or ()))
    missing = kind.lacking(places)
    ambiguous = {
        name: tuple(header[i].strip() for i in at)
        for name, at in doubtful.items()
        if any(name in need and not any(n in places for n in need) for need in kind.needs)
    }
    missing = tuple(m for m in missing if not any(f.name in ambiguous for f in m))
    if missing or ambiguous or unknown:
        return ColumnTrouble(header, missing, ambiguous, unknown, places)
    return Columns(header, places)


def _given_places(
    header: tuple[str, ...], given: Given
) -> tuple[dict[str, tuple[int, ...]], tuple[str, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    unknown = []
    for name, said in given.items():
        for heading in [said] if isinstance(said, str) else said:
            at = _heading_at(header, heading)
            if at is None:
                unknown.append(heading)
            else:
                places[name] = (*places.get(name, ()), at)
    return places, tuple(unknown)


def _heading_at(header: tuple[str, ...], heading: str) -> int | None:
    if heading in header:
        return header.index(heading)
    wanted = normal(heading)
    return next((i for i, h in enumerate(header) if wanted and normal(h) == wanted), None)


def _search(
    kind: Kind,
    names: dict[int, tuple[str, ...]],
    places: dict[str, tuple[int, ...]],
    given: frozenset[str],
) -> dict[str, tuple[int, ...]]:
    """Fill ``places`` best match first; return the fields whose best match is not one column."""
    doubtful: dict[str, tuple[int, ...]] = {}
    settled = set(given)
    for rank in range(max(len(f.names) for f in kind.fields)):
        for wanted in (f for f in kind.fields if f.name not in settled and rank < len(f.names)):
            at = _matches(wanted.names[rank], names)
            if wanted.many and at:
                places[wanted.name] = tuple(sorted((*places.get(wanted.name, ()), *at)))
            elif len(at) == 1:
                places[wanted.name] = at
            elif at:
                doubtful[wanted.name] = at
            if at and (rank or not wanted.many):
                settled.add(wanted.name)
            for i in at:
                del names[i]
    return doubtful


def _matches(wanted: frozenset[str], names: dict[int, tuple[str, ...]]) -> tuple[int, ...]:
    """Return the columns that match by their fullest spelling."""
    found = {
        i: next(n for n, s in enumerate(all_) if s in wanted)
        for i, all_ in names.items()
        if wanted.intersection(all_)
    }
    best = min(found.values(), default=0)
    return tuple(i for i, depth in found.items() if depth == best)


def find_header(
    rows: Iterable[tuple[int, Sequence[str]]], kind: Kind, given: Given | None = None
) -> Columns | ColumnTrouble:
    """Find the header among the first rows (line, cells): titles may stand above it.

    A header of two rows (groups above, names below) is taken together where that finds more.
    """
    first = [(line, tuple(cells)) for line, cells in rows]
    best: tuple[tuple[int, int, int], Columns | ColumnTrouble] | None = None
    for at, (line, cells) in enumerate(first):
        above = first[at - 1][1] if at else ()
        for header in (cells, _stacked(above, cells)) if above else (cells,):
            found = find_columns(header, kind, given)
            score = (*_score(found), -at)
            if best is None or score > best[0]:
                best = (score, replace(found, header_line=line))
    return best[1] if best else ColumnTrouble(())


def _score(found: Columns | ColumnTrouble) -> tuple[int, int]:
    if isinstance(found, Columns):
        return 0, len(found.places)
    return -found.weight, sum(_is_word(h) for h in found.header)


def _is_word(cell: str) -> bool:
    """Say whether a cell may be a heading: what holds digits is more likely a value."""
    return bool(cell.strip()) and not any(map(str.isdecimal, cell))


def _stacked(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    padded = above + ("",) * (len(below) - len(above))
    return tuple(b if b.strip() else a for a, b in zip(padded, below, strict=False))
