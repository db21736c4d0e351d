"""What becomes of rows: each is counted once, and what is noted of it stands beside it."""

from dataclasses import dataclass

import pytest

from erpdesk.domain.importing import fates as import_fates
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.fates import Fate, Fates
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
    Row,
)

WHY = Reason("原因", "why")


@dataclass(frozen=True)
class Thing(Good):
    line: int
    rows: int = 1


def problem(line: int, why: Reason = WHY) -> Problem:
    return Problem(line, "栏", why)


def fates_of(*events: Thing | Other) -> Fates:
    fates = Fates(Columns(("编码", "名称"), {"code": (0,), "name": (1,)}))
    assert list(fates.of(iter(events))) == list(events)
    return fates


def test_that_rows_are_counted_by_what_becomes_of_them() -> None:
    bad = BadRow(Row(9, ("K9", "乙")), problem(9))

    fates = fates_of(
        Thing(2, rows=3), Revised(problem(5)), Thing(5), Known(6, problem(6), Thing(6)),
        LeftOut(6), LeftOut(8, problem(8)), bad, LeftOut(10),
    )  # fmt: skip

    assert {fate: n for fate, n in fates.counts.items() if n} == {
        Fate.NEW: 3, Fate.CHANGED: 1, Fate.SAME: 2, Fate.LEFT_OUT: 2, Fate.REFUSED: 1,
    }  # fmt: skip
    assert [(one.line, one.fate) for one in fates.listed()] == [
        (2, Fate.NEW), (5, Fate.CHANGED), (6, Fate.SAME), (8, Fate.LEFT_OUT), (9, Fate.REFUSED),
    ]  # fmt: skip
    assert fates.listed()[-1].subject == "K9  乙"


def test_that_all_that_is_noted_of_a_row_is_said_together() -> None:
    [one] = fates_of(Noted(problem(2)), Noted(problem(2, Reason("又", "too"))), Thing(2)).listed()

    assert one.reason == Reason("原因；又", "why; too")


def test_that_a_note_of_a_refused_row_does_not_hide_why() -> None:
    [one] = fates_of(
        Noted(problem(2, Reason("注", "note"))), BadRow(Row(2, ()), problem(2))
    ).listed()

    assert (one.reason, one.subject) == (WHY, "")


def test_that_a_second_table_has_lines_of_its_own() -> None:
    thing, beside = fates_of(NotedBeside(problem(2)), Thing(2)).listed()

    assert (thing.fate, thing.reason) == (Fate.NEW, None)
    assert (beside.fate, beside.reason) == (Fate.NOTED, WHY)


def test_that_what_is_known_may_say_nothing_of_itself() -> None:
    [one] = fates_of(Known(2)).listed()

    assert (one.fate, one.subject, one.reason) == (Fate.SAME, "", None)


def test_that_a_list_too_long_is_cut_and_counted_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_fates, "LISTED_MAX", 2)
    events = [event for n in range(2, 7) for event in (Noted(problem(n)), Thing(n))]

    fates = fates_of(*events)

    assert fates.counts[Fate.NEW] == 5
    assert [one.reason for one in fates.listed()] == [WHY, WHY]
