from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from erpdesk.domain.money import Money
from erpdesk.words.sentence import Sentence
from ui.models import row_model
from ui.models.cells import (
    WITHHELD,
    Chip,
    LifeLine,
    Lines,
    Mark,
    Toned,
    Value,
    copied,
    shown,
    spoken,
)
from ui.models.row_model import RUNS_MOST, VALUE_ROLE, Column, RowModel


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str = "青禾包装"
    open: int | None = 0

    @property
    def money(self) -> Money | None:
        return None if self.open is None else Money(self.open, "CNY")


COLUMNS = (
    Column[Row]("id", Sentence("编号", "No."), lambda row: str(row.id)),
    Column[Row]("name", Sentence("客户", "Customer"), lambda row: row.name),
    Column[Row]("open", Sentence("余额", "Open"), lambda row: row.money, kind="amount"),
)
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def a_model(*rows: Row) -> RowModel[Row]:
    model = RowModel[Row](COLUMNS, key=lambda row: row.id)
    model.show(rows)
    return model


def changes_of(model: QAbstractItemModel) -> list[tuple[int, int, int]]:
    told: list[tuple[int, int, int]] = []
    model.dataChanged.connect(
        lambda first, last, roles: (
            told.append((first.row(), first.column(), last.column())) if not roles else None
        )
    )
    return told


def test_that_only_the_cells_that_differ_are_told(qapp: QApplication) -> None:
    model = a_model(Row(1), Row(2), Row(3))
    told = changes_of(model)

    model.show([Row(1), replace(Row(2), open=5), Row(3)])

    assert told == [(1, 2, 2)]


def test_that_the_same_rows_tell_nothing(qapp: QApplication) -> None:
    model = a_model(Row(1), Row(2))
    told = changes_of(model)

    model.show([Row(1), Row(2)])

    assert told == []


IDS = st.lists(st.integers(0, 8), unique=True)


@given(IDS, IDS, st.sampled_from([0, RUNS_MOST]), st.data())
def test_that_rows_keep_their_selection_through_any_refresh(
    qapp: QApplication, old: list[int], new: list[int], runs: int, data: st.DataObject
) -> None:
    model, told = a_model(*map(Row, old)), Counter[str]()
    model.rowsRemoved.connect(lambda *_: told.update(["removed"]))
    model.rowsInserted.connect(lambda *_: told.update(["inserted"]))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    held = {one: QPersistentModelIndex(model.index(n, 1)) for n, one in enumerate(old)}
    rows = [Row(one, open=data.draw(st.sampled_from([0, 7, None]))) for one in new]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_model, "RUNS_MOST", runs)
        model.show(rows)

    assert model.rows == tuple(rows)
    assert runs or max(told.values(), default=0) <= 1
    assert tester.model() is model
    for one, index in held.items():
        assert index.isValid() == (one in new)
        assert not index.isValid() or rows[index.row()].id == one


def test_that_two_rows_of_one_key_are_shown_both(qapp: QApplication) -> None:
    model = a_model(Row(1))

    model.show([Row(2), Row(2, "another")])

    assert [row.name for row in model.rows] == ["青禾包装", "another"]


def test_that_the_first_column_speaks_the_whole_row(qapp: QApplication) -> None:
    model = a_model(Row(7, open=-29_948_000))

    said = [model.index(0, n).data(ACCESSIBLE) for n in range(3)]

    assert said[0] == "编号 7，客户 青禾包装，余额 −299,480.00"
    assert said[1:] == ["客户 青禾包装", "余额 −299,480.00"]


def test_that_another_language_is_spoken_and_headed(qapp: QApplication) -> None:
    model = a_model(Row(7, open=None))

    model.use_language("en")

    assert model.index(0, 0).data(ACCESSIBLE) == "No. 7, Customer 青禾包装, Open none"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Open"


def test_that_amounts_stand_right_and_come_out_as_they_are(qapp: QApplication) -> None:
    model = a_model(Row(1, open=-1))
    index = model.index(0, 2)

    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert index.data(VALUE_ROLE) == Money(-1, "CNY")
    assert index.data() == "−0.01"


def test_that_every_value_is_shown_spoken_and_copied_in_its_way() -> None:
    life = LifeLine(("确认", "税期", "开票"), (10, 5, 0))
    table: list[tuple[Value, str, str, str]] = [
        (None, "—", "无", ""),
        (Money(0, "CNY"), "0.00", "0.00", "0.00"),
        (Money(-123456, "CNY"), "−1,234.56", "−1,234.56", "-1234.56"),
        (WITHHELD, "盲盘", "盲盘", "盲盘"),
        (date(2026, 11, 25), "2026-11-25", "2026-11-25", "2026-11-25"),
        (Chip("一致", "ok"), "一致", "一致", "一致"),
        (Mark("冲突", "git-fork", "error"), "冲突", "冲突", "冲突"),
        (Toned("差 −3.00", "attention"), "差 −3.00", "差 −3.00", "差 -3.00"),
        (Lines(Money(1, "CNY"), "未核"), "0.01", "0.01，未核", "0.01"),
        (life, "", "已确认、部分税期、未开票", "已确认、部分税期、未开票"),
        (True, "✓", "已勾选", "✓"),
        ("a\tb", "a\tb", "a\tb", "a b"),
    ]

    assert [(v, shown(v), spoken(v), copied(v)) for v, *_ in table] == table
