"""Bad rows can be mended in a spreadsheet and read again."""

from pathlib import Path

import pytest

from erpdesk.domain.importing.column_names import CUSTOMERS
from erpdesk.domain.importing.customer_rows import CustomerRow, read_customers
from erpdesk.domain.importing.rows import Tally
from erpdesk.files.bad_rows import write_bad_rows
from erpdesk.files.table_source import open_table


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_that_bad_rows_come_back_with_their_reason(tmp_path: Path, ending: str) -> None:
    file, bad_file = tmp_path / "t.csv", tmp_path / f"bad{ending}"
    file.write_text(
        "编码,名称,地址\n,=1+1,here\nA,甲,there\nB,乙,one,two,three\n", encoding="gb18030"
    )
    with open_table(file) as table:
        columns = table.columns(CUSTOMERS)
        tally: Tally[CustomerRow] = Tally()
        good = list(tally.good_of(read_customers(table, columns)))

    write_bad_rows(bad_file, columns, tally.bad)

    assert [c.code for c in good] == ["A"]
    with open_table(bad_file) as written:
        rows = [row.cells for row in written]
        again = written.columns(CUSTOMERS)
        mended = [
            row._replace(cells=("N1", *row.cells[1:])) if row.line == 2 else row for row in written
        ]
    assert rows[0][:6] == ("编码", "名称", "地址", "原行号 line", "原因", "reason")
    assert rows[1][3:6] == ("2", "缺少客户编码", "the customer code is missing")
    assert rows[2][6:] == ("two", "three")
    more: Tally[CustomerRow] = Tally()
    names = [c.name for c in more.good_of(read_customers(mended, again))]
    assert names[0] == "=1+1"
