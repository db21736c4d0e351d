"""A long list: known by numbers, read as it is seen, changed without losing its place."""

from array import array
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from erpdesk.words.sentence import Sentence
from tests.ui.table_rows import heard_of
from ui.models.long_model import KNOWN_MOST, PAGE_ROWS, LongModel
from ui.models.row_model import Column


@dataclass(frozen=True, slots=True)
class Numbered:
    key: int
    name: str


HEAD = Sentence("名", "Name")


def rows(*keys: int, name: str = "客") -> list[Numbered]:
    return [Numbered(key, f"{name}{key}") for key in keys]


def long_model() -> LongModel[Numbered]:
    columns = (Column[Numbered]("name", HEAD, lambda one: one.name),)
    return LongModel[Numbered](columns, key=lambda one: one.key)


@pytest.fixture
def model() -> LongModel[Numbered]:
    """A thousand rows, of which three are here, under the eyes of the toolkit's own tester."""
    made = long_model()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.begin(rows(*range(3)))
    made.order(array("q", range(1000)))
    return made


def test_that_what_is_not_read_is_empty_and_asked_for_when_it_is_seen(
    model: LongModel[Numbered],
) -> None:
    wanted = heard_of(model.wanted)

    before = model.value_at(500, 0)
    model.seen(490, 510)
    model.seen(490, 510)
    model.give(rows(*range(480, 512)))

    assert before == ""
    assert wanted[0] == tuple(range(490 // PAGE_ROWS * PAGE_ROWS, 512))
    assert model.value_at(500, 0) == "客500"
    assert model.row_at(model.index(500, 0)).name == "客500"


def test_that_the_pages_beside_are_read_once_those_in_sight_are_here(
    model: LongModel[Numbered],
) -> None:
    model.give(rows(*range(2 * PAGE_ROWS)))
    wanted = heard_of(model.wanted)

    model.seen(0, PAGE_ROWS)
    model.seen(0, PAGE_ROWS)

    assert wanted == [tuple(range(2 * PAGE_ROWS, 3 * PAGE_ROWS))]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (range(1001), [("in", 1000, 1000)]),
        (range(999), [("out", 999, 999)]),
        ([*range(5), 2000, *range(5, 1000)], [("in", 5, 5)]),
        ([*range(5), *range(6, 1000)], [("out", 5, 5)]),
        ([*range(5), 2000, *range(6, 1000)], [("out", 5, 5), ("in", 5, 5)]),
        (range(1000), []),
        ([], [("out", 0, 999)]),
        ([7], [("out", 0, 999), ("in", 0, 0)]),
    ],
)
def test_that_only_what_differs_in_the_order_is_told(
    model: LongModel[Numbered], keys: list[int], told: list[tuple[str, int, int]]
) -> None:
    heard: list[tuple[str, int, int]] = []

    def tell(way: str, _: QModelIndex, first: int, last: int) -> None:
        heard.append((way, first, last))

    model.rowsInserted.connect(lambda *where: tell("in", *where))
    model.rowsRemoved.connect(lambda *where: tell("out", *where))

    model.order(array("q", keys))

    assert list(model.keys) == list(keys)
    assert heard == told


def test_that_a_row_read_again_is_told_only_when_it_differs(model: LongModel[Numbered]) -> None:
    model.look_again()
    model.seen(0, 2)
    told = heard_of(model.dataChanged)

    model.give(rows(0, 1))
    same = list(told)
    model.give([Numbered(2, "新名")])

    assert same == []
    assert len(told) == 1
    assert model.value_at(2, 0) == "新名"


def test_that_what_was_shown_stays_until_it_is_read_again(model: LongModel[Numbered]) -> None:
    wanted = heard_of(model.wanted)

    model.look_again()
    model.seen(0, 2)

    assert model.value_at(0, 0) == "客0"
    assert wanted[0] == tuple(range(PAGE_ROWS))


def test_that_rows_seen_long_ago_are_let_go() -> None:
    model = long_model()  # the tester would look at every row of it again and again
    model.order(array("q", range(3 * KNOWN_MOST)))
    for first in range(0, 2 * KNOWN_MOST, PAGE_ROWS):
        model.seen(first, first + 20)
        model.give(rows(*range(first, first + PAGE_ROWS)))

    assert len(model.rows) <= KNOWN_MOST + 3 * PAGE_ROWS
    assert model.value_at(0, 0) == ""
    assert model.value_at(2 * KNOWN_MOST - PAGE_ROWS, 0) != ""


def test_that_rows_in_sight_stay_however_long_ago_they_were_read() -> None:
    model = long_model()
    model.order(array("q", range(2 * KNOWN_MOST)))
    model.give(rows(*range(PAGE_ROWS), *range(3 * PAGE_ROWS, KNOWN_MOST + 3 * PAGE_ROWS)))
    wanted = heard_of(model.wanted)

    model.seen(0, 2 * PAGE_ROWS - 1)

    assert wanted == [tuple(range(PAGE_ROWS, 2 * PAGE_ROWS))]
    assert model.value_at(0, 0) == "客0"


def test_that_a_place_is_found_by_its_number(model: LongModel[Numbered]) -> None:
    assert model.place_of(700) == 700
    assert model.place_of(5000) is None
    assert list(model.keys_at([3, 1])) == [3, 1]
