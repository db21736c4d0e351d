"""What becomes of each row of a file: new, changed, in the books already, left out, or refused.

What is noted of a row that is part of another, or of a second table, stands by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, TypeVar

from erpdesk.domain.importing.cells import said
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.rows import (
    BadRow,
    Good,
    Known,
    LeftOut,
    Noted,
    NotedBeside,
    Other,
    Problem,
    Reason,
    Revised,
)
from erpdesk.domain.money import Money

LISTED_MAX: Final = 100_000
"""How many rows of a fate are listed; all are counted."""

VALUE_MAX: Final = 40
"""Letters of a wrong cell, as far as they are shown."""


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT_OUT = "left out"
    REFUSED = "refused"
    NOTED = "noted"


COMES_IN: Final = frozenset({Fate.NEW, Fate.CHANGED})


@dataclass(frozen=True, slots=True)
class Fated:
    """A row and its fate; ``reason`` says why, or what is to be looked at, under ``column``."""

    line: int
    fate: Fate
    subject: str
    amount: Money | None = None
    column: str = ""
    reason: Reason | None = None

    @property
    def is_to_look_at(self) -> bool:
        """Say whether somebody should look at it before it comes in."""
        is_new_with_note = self.fate is Fate.NEW and self.reason is not None
        return self.fate is Fate.NOTED or is_new_with_note


_NAMES: Final = ("code", "number", "name", "customer", "customer_name", "payer", "reference")
G = TypeVar("G", bound=Good)


@dataclass
class Fates:
    """Looks at what passes and remembers the fate of each row.

    ``counts`` are rows of the file, also of those that are too many to be listed.
    """

    columns: Columns
    counts: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))
    _listed: dict[Fate, list[Fated]] = field(default_factory=lambda: {one: [] for one in Fate})
    _notes: dict[int, Problem] = field(default_factory=dict)
    _beside: list[Fated] = field(default_factory=list)
    _revised: set[int] = field(default_factory=set)
    _before: Fate = Fate.LEFT_OUT

    def of(self, events: Iterable[G | Other]) -> Iterator[G | Other]:
        """Yield every event as it is."""
        for event in events:
            self._look(event)
            yield event

    def listed(self) -> tuple[Fated, ...]:
        """Return the rows in the order of the file, each with what was noted of it."""
        rows = [one for fated in self._listed.values() for one in fated]
        lines = {one.line for one in rows}
        loose = [_noted(why) for line, why in self._notes.items() if line not in lines]
        every = [*map(self._with_note, rows), *loose]
        return (*sorted(every, key=lambda one: one.line), *self._beside)

    def _look(self, event: Good | Other) -> None:
        match event:
            case Good():
                fate = Fate.CHANGED if event.line in self._revised else Fate.NEW
                self._add(Fated(event.line, fate, event.subject(), _amount(event)), event.rows)
            case NotedBeside():
                self._beside.append(_noted(event.problem))
            case Noted():
                self._note(event)
            case Known():
                self._add(_known(event))
            case LeftOut():
                self._left_out(event)
            case bad:
                self._add(self._refused(bad))

    def _add(self, one: Fated, rows: int = 1) -> None:
        self.counts[one.fate] += rows
        self._before = one.fate
        if len(self._listed[one.fate]) < LISTED_MAX:
            self._listed[one.fate].append(one)

    def _left_out(self, event: LeftOut) -> None:
        """List a row with why it is left out; one without a reason belongs to the one before."""
        why = event.problem
        if why is not None:
            self._add(Fated(why.line, Fate.LEFT_OUT, "", None, why.column, why.reason))
            return
        self.counts[Fate.SAME if self._before is Fate.SAME else Fate.LEFT_OUT] += 1

    def _refused(self, event: BadRow) -> Fated:
        why, cells = event.problem, event.row.cells
        places = [at[0] for name in _NAMES if (at := self.columns.places.get(name))]
        names = [said(cells[place]) for place in places if place < len(cells)]
        subject = "  ".join(filter(None, names))
        reason = self._with_value(why, cells)
        return Fated(why.line, Fate.REFUSED, subject, None, why.column, reason)

    def _with_value(self, why: Problem, cells: tuple[str, ...]) -> Reason:
        """Return why, with what the cell says that is wrong, unless it is said already."""
        titles = [one.strip() for one in self.columns.header]
        place = titles.index(why.column) if why.column in titles else len(cells)
        value = said(cells[place])[:VALUE_MAX] if place < len(cells) else ""
        if not value or value in why.reason.zh:
            return why.reason
        return Reason(f"「{value}」{why.reason.zh}", f"{value}: {why.reason.en}")

    def _note(self, event: Noted) -> None:
        why = event.problem
        if isinstance(event, Revised):
            self._revised.add(why.line)
        before = self._notes.get(why.line)
        if before is not None:
            why = replace(before, reason=before.reason + why.reason)
        if before is not None or len(self._notes) < LISTED_MAX:
            self._notes[why.line] = why

    def _with_note(self, one: Fated) -> Fated:
        note = self._notes.get(one.line)
        if note is None or one.fate not in COMES_IN:
            return one
        return replace(one, column=note.column, reason=note.reason)


def _noted(why: Problem) -> Fated:
    return Fated(why.line, Fate.NOTED, "", None, why.column, why.reason)


def _known(event: Known) -> Fated:
    of, why = event.of, event.problem
    subject, amount = (of.subject(), _amount(of)) if of else ("", None)
    column, reason = (why.column, why.reason) if why else ("", None)
    return Fated(event.line, Fate.SAME, subject, amount, column, reason)


def _amount(one: Good) -> Money | None:
    adds = one.adds()
    return Money(adds[1], adds[0]) if adds else None
