"""XLSX sheets are read exactly; bombs and giants are refused before and behind the gate."""

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from erpdesk.files import workbook, workbook_gate
from erpdesk.files.refusals import (
    NoRowsError,
    NoSuchSheetError,
    NotATableError,
    OldWorkbookError,
    WorkbookBrokenError,
    WorkbookTooLargeError,
    ZipBombError,
)
from erpdesk.files.table_source import open_table
from erpdesk.files.workbook_child import main, number_text, sheet_rows, text_of
from erpdesk.files.workbook_gate import pass_gate


def a_book(file: Path, rows: list[list[Any]], **cells: Any) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for place, value in cells.items():
        sheet[place] = value
    book.save(file)
    return file


def cells_of(file: Path, sheet: str = "") -> list[tuple[int, list[str]]]:
    with open_table(file, sheet=sheet) as table:
        assert [r.line for r in table] == [r.line for r in table]
        return [(row.line, list(row.cells)) for row in table]


def test_that_cells_come_back_as_they_are_meant(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 25, 8, 30, 1)  # noqa: DTZ001 - a cell has no zone
    row = ["00123", 123, 0.1 + 0.2, 1572.83118746666657, 46351, datetime(2026, 11, 25), moment]  # noqa: DTZ001
    file = a_book(tmp_path / "t.xlsx", [["标题"], [], row, [True, "a\nb", 1e-7, -12.5, 1e15]])

    assert cells_of(file) == [
        (1, ["标题", "", "", "", "", "", ""]),
        (
            3,
            [
                "00123",
                "123",
                "0.3",
                "1572.83118746667",
                "46351",
                "2026-11-25",
                "2026-11-25 08:30:01",
            ],
        ),
        (4, ["TRUE", "a\nb", "0.0000001", "-12.5", "1.00000000000000E+15", "", ""]),
    ]


def test_that_a_sheet_is_chosen_and_empty_ones_passed_over(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.create_sheet("藏")
    hidden.append(["no"])
    hidden.sheet_state = "hidden"
    book.create_sheet("客户").append(["编码", "名称"])
    book.create_sheet("别的").append(["x", "y"])
    file = tmp_path / "t.xlsx"
    book.save(file)

    with open_table(file) as table:
        assert (table.sheet, table.sheets) == ("客户", ("Sheet", "客户", "别的"))
        assert table.decimal_mark == "."
    assert cells_of(file, "别的") == [(1, ["x", "y"])]
    with pytest.raises(NoSuchSheetError):
        open_table(file, sheet="没有")
    with pytest.raises(NoRowsError):
        open_table(file, sheet="Sheet")


def test_that_a_book_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoRowsError):
        open_table(a_book(tmp_path / "t.xlsx", []))


@pytest.mark.parametrize("place", ["XFD1048576", "IW1", "AAA1", "A200001", "JA3", "C1000000"])
def test_that_a_giant_sheet_is_refused_before_it_is_opened(tmp_path: Path, place: str) -> None:
    file = a_book(tmp_path / "t.xlsx", [["x"]], **{place: "y"})

    with pytest.raises(WorkbookTooLargeError) as refused:
        open_table(file)

    assert file.stat().st_size < 10_000
    assert str(refused.value.facts["cell"]) in place


@pytest.mark.parametrize("place", ["IV1", "A200000", "ZZ"])
def test_that_the_last_allowed_cell_passes(tmp_path: Path, place: str) -> None:
    file = a_book(tmp_path / "t.xlsx", [[place]], **({place: "y"} if place[-1].isdigit() else {}))

    pass_gate(file)


def test_that_the_child_dies_instead_of_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = a_book(tmp_path / "t.xlsx", [["x"]], XFD1048576="y")
    monkeypatch.setattr(workbook, "pass_gate", lambda _: None)

    with pytest.raises(WorkbookTooLargeError):
        workbook.read_sheet(file)


def a_zip(file: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return file


def test_that_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    file = a_zip(tmp_path / "t.xlsx", xl__sharedStrings=b" " * 20_000_000)

    with pytest.raises(ZipBombError):
        open_table(file)


def test_that_too_much_or_too_many_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_zip(tmp_path / "t.xlsx", a=b"1", b=b"2", c=b"3")
    monkeypatch.setattr(workbook_gate, "ENTRIES_MAX", 3)
    with pytest.raises(ZipBombError):
        pass_gate(file)

    monkeypatch.setattr(workbook_gate, "ENTRIES_MAX", 4)
    monkeypatch.setattr(workbook_gate, "UNPACKED_MAX", 3)

    with pytest.raises(ZipBombError):
        pass_gate(file)


def test_that_declarations_inside_a_sheet_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'

    with pytest.raises(WorkbookBrokenError):
        open_table(a_zip(tmp_path / "t.xlsx", xl__worksheets__sheet1=bomb))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "times"), [("<c><v>1</v></c>" * 257, 1), ("<c><v>1</v></c>", 200_001)]
)
def test_that_cells_that_name_no_place_are_counted_all_the_same(
    tmp_path: Path, row: str, times: int
) -> None:
    whole = a_book(tmp_path / "t.xlsx", [["x"]])
    sheet = f"<sheetData>{f'<row>{row}</row>' * times}</sheetData></worksheet>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    wide = tmp_path / "wide.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(wide, "w") as new:
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            new.writestr(
                name, f'<worksheet xmlns="{space}">{sheet}' if is_sheet else old.read(name)
            )

    with pytest.raises(WorkbookTooLargeError):
        open_table(wide)


def test_that_other_zips_and_damaged_ones_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "t.docx"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    with pytest.raises(NotATableError) as refused:
        open_table(other)
    assert refused.value.facts["kind"] == "ZIP"

    whole = a_book(tmp_path / "t.xlsx", [["x"]]).read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WorkbookBrokenError):
        open_table(cut)

    with pytest.raises(WorkbookBrokenError):
        open_table(a_zip(tmp_path / "empty.xlsx"))


def test_that_a_damaged_part_is_refused(tmp_path: Path) -> None:
    file = a_book(tmp_path / "t.xlsx", [[f"text {n}" for n in range(50)]])
    with zipfile.ZipFile(file) as packed:
        sheet = packed.getinfo("xl/worksheets/sheet1.xml")
        at = sheet.header_offset + 30 + len(sheet.filename) + 40
    broken = bytearray(file.read_bytes())
    broken[at : at + 20] = bytes(20)
    file.write_bytes(broken)

    with pytest.raises(WorkbookBrokenError):
        open_table(file)


def test_that_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    file = a_zip(tmp_path / "t.xlsx")
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)

    with pytest.raises(OldWorkbookError):
        open_table(file)


def test_that_the_child_says_why_by_its_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from erpdesk.files import workbook_child

    monkeypatch.setattr(workbook_child, "limit_memory", lambda: None)
    file = a_book(tmp_path / "t.xlsx", [["x", 1]])

    assert main(str(file), "") == 0
    assert capsys.readouterr().out == "Sheet,Sheet\n1,x,1\n"
    assert main(str(file), "other") == workbook_child.NO_SHEET
    assert main(str(tmp_path / "none"), "") == workbook_child.BROKEN
    assert list(sheet_rows(str(file), "Sheet"))[1] == ["1", "x", "1"]


def test_that_numbers_have_the_digits_a_spreadsheet_shows() -> None:
    assert number_text(0.1 + 0.7) == "0.8"
    assert number_text(110101199003070000) == "1.10101199003070E+17"
    assert number_text(999999999999999.0) == "999999999999999"
    assert number_text(1.5e-10) == "0.00000000015"
    assert text_of(3) == "3"


def test_that_each_kind_of_cell_has_its_text() -> None:
    day = datetime(2026, 11, 25, 23, 59, 59, 700_000)  # noqa: DTZ001 - a cell has no zone

    assert text_of("x") == "x"
    assert [text_of(one) for one in (True, False)] == ["TRUE", "FALSE"]
    assert text_of(day) == "2026-11-26"
    assert text_of(day.replace(microsecond=0)) == "2026-11-25 23:59:59"
    assert text_of(day.date()) == "2026-11-25"
    assert text_of(2.5) == "2.5"


def test_that_a_child_that_never_ends_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_WAIT_SECONDS", 0.001)

    with pytest.raises(WorkbookTooLargeError):
        workbook.read_sheet(a_book(tmp_path / "t.xlsx", [["x"]]))
