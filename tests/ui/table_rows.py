"""A few rows with every sign an amount can have, and their columns."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

from erpdesk.domain.money import Money
from erpdesk.words.sentence import Sentence
from ui.models.cells import Chip, LifeLine, Value
from ui.models.row_model import Column, RowModel
from ui.widgets.row_table import RowTable


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    open: int | None
    life: tuple[int, ...] = (10, 5, 0, 0, 0)

    @property
    def money(self) -> Value:
        return None if self.open is None else Money(self.open, "CNY")


COLUMNS = (
    Column[Row]("state", Sentence("状态", "State"), lambda _: Chip("可结", "ok"), "chip", width=90),
    Column[Row]("name", Sentence("客户", "Customer"), lambda row: row.name),
    Column[Row]("open", Sentence("余额", "Open"), lambda row: row.money, "amount", width=120),
    Column[Row]("life", Sentence("进度", "Life"), lambda r: LifeLine(tuple("确税开收清"), r.life),
                "life", width=130, is_sortable=False),
)  # fmt: skip
ROWS = (Row("青禾包装", 29_948_000), Row("临江五金", -1), Row("石桥水泥", 0), Row("如皋花木", None))


def a_model(*rows: Row) -> RowModel[Row]:
    model = RowModel[Row](COLUMNS, key=lambda row: row.name)
    model.show(rows or ROWS)
    return model


def heard_of(*signals: object) -> list[object]:
    values: list[object] = []
    for signal in signals:
        signal.connect(lambda *said: values.append(said[0] if len(said) == 1 else said))  # type: ignore[attr-defined]
    return values


def cell(table: RowTable[Row], row: int, column: int) -> QRect:
    return table.visualRect(table.rows_model.index(row, column)).adjusted(4, 2, -4, -4)
