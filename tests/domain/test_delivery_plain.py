"""What is made many at once says what a look at each row says."""

import random
from collections.abc import Sequence
from typing import Any

import pytest

from erpdesk.domain.importing import rows as import_rows
from erpdesk.domain.importing.column_names import DELIVERIES
from erpdesk.domain.importing.columns import Columns, find_columns
from erpdesk.domain.importing.delivery_cells import DeliveryRules
from erpdesk.domain.importing.delivery_plain import PlainDeliveries
from erpdesk.domain.importing.delivery_row import DeliveryRow
from erpdesk.domain.importing.delivery_rows import read_deliveries
from erpdesk.domain.importing.rows import BadRow, Block, Noted, Row

KNOWN = {"K1": ("1",), "K2": ("2",), "一号": ("1",), "two": ("1", "2")}
CELLS: dict[str, tuple[str, Sequence[str]]] = {
    "送货单号": ("N{}", ("", "SH1", "ＳＨ２", "S\u200bH", "合计")),
    "日期": ("2026-01-05", ("2026/3/4", "45000", "", "03/04/2026", "x")),
    "客户编码": ("K1", ("K2", "Ｋ１", "", "nobody", "two")),
    "客户名称": ("一号", ("", "two")),
    "品名": ("轴承", ("", "a\u200bb", "合计")),
    "数量": ("2", ("3.5", "1.500", "0", "-1", "x", "")),
    "单价": ("50", ("0.335", "1,500", "$5", "1E+10", "")),
    "折扣": ("", ("0.1", "10%", "x")),
    "不含税金额": ("100", ("100.005", "7", "￥100", "$9", "-3", "0", "")),
    "价税合计": ("100", ("", "100.005", "-3")),
    "含税": ("", ("是", "否", "maybe")),
    "币种": ("", ("CNY", "USD", "JPY", "xx")),
    "备注": ("", ("ok", "x\u202e")),
    "状态": ("已审核", ("", "作废")),
    "发票号码": ("", ("123",)),
    "开票状态": ("未开票", ("已开票", "部分开票", "")),
    "运费": ("", ("5", "x")),
    "总额": ("", ("100",)),
}
NEEDED = ("送货单号", "日期", "客户编码", "不含税金额")


def a_table(seed: int) -> tuple[list[Row], Columns]:
    chance = random.Random(seed)  # noqa: S311 - no secret
    header = [name for name in CELLS if name in NEEDED or chance.random() < 0.4]

    rows = [Row(1, tuple(header))]
    for n in range(30):
        cells = [_said(name, chance).format(n) for name in header]
        rows.append(Row(n + 2, tuple(cells[: -1 if chance.random() < 0.02 else None])))
    columns = find_columns(rows[0].cells, DELIVERIES)
    assert isinstance(columns, Columns), columns
    return rows, Columns(columns.header, columns.places, 1)


def _said(name: str, chance: random.Random) -> str:
    usual, odd = CELLS[name]
    return chance.choice(odd) if chance.random() < 0.06 else usual


def _line(event: Any) -> int:
    if isinstance(event, BadRow):
        return event.row.line
    return event.problem.line if isinstance(event, Noted) else event.line


def test_that_what_is_made_at_once_is_what_a_look_at_each_row_makes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_rows, "AT_ONCE", 7)
    rules, at_once = DeliveryRules(lambda ref: KNOWN.get(ref.strip(), ())), 0
    made = PlainDeliveries.made

    def counted(self: PlainDeliveries, *block: Any) -> list[DeliveryRow | None]:
        nonlocal at_once
        found = made(self, *block)
        at_once += sum(one is not None for one in found)
        return found

    def none(_: PlainDeliveries, block: Block, *__: Any) -> list[DeliveryRow | None]:
        return [None] * len(block.rows)

    for table in map(a_table, range(40)):
        told = []
        for way in (counted, none):
            monkeypatch.setattr(PlainDeliveries, "made", way)
            told.append(sorted(read_deliveries(*table, rules), key=_line))
        assert told[0] == told[1]
    assert 100 < at_once < 1000
