"""What is written for spreadsheets runs no formula, loses nothing and replaces whole files only."""

import csv
import os
import resource
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.files import atomic, safe_cells
from erpdesk.files.atomic import (
    DiskFullError,
    FileNotWrittenError,
    FileTakenError,
    FolderNotWritableError,
    replacing,
)
from erpdesk.files.safe_cells import UnknownSuffixError, Value, safe_text, write_rows

HOSTILE = [
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1+1",
    "\n=1",
    "＝1+1",
    "<img src=x onerror=alert(1)>",
    "http://evil.example",
    '=HYPERLINK("http://x")',
    "a\u202etxt.exe",
    '12,"x"\r\ny',
]


def read_csv(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_that_a_csv_holds_no_live_cell(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"

    write_rows(file, ["=h", "n"], ([text, Decimal("-1.50")] for text in HOSTILE))

    rows = read_csv(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows[0] == ["'=h", "n"]
    assert [row[1] for row in rows[1:]] == ["-1.50"] * len(HOSTILE)
    for (cell, _), text in zip(rows[1:], HOSTILE, strict=True):
        assert cell.removeprefix("'") == text
        assert cell.strip()[0] not in "=+-@＝"


LEADS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＋", "－", "＠")
BODIES = ("1+1", "SUM(A1:A9)", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "A1")
SIXTY = [lead + body for lead in LEADS for body in BODIES]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_that_none_of_sixty_formulas_is_live_when_read_again(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"t{ending}"

    write_rows(file, ["text"], ([text] for text in SIXTY))

    if ending == ".csv":
        cells = [cell for (cell,) in read_csv(file)[1:]]
        assert all(cell.startswith("'") for cell in cells)
        assert [cell[1:] for cell in cells] == SIXTY
    else:
        sheet = openpyxl.load_workbook(file).worksheets[0]
        found = [row[0] for row in sheet.iter_rows(min_row=2)]
        assert [cell.data_type for cell in found] == ["s"] * len(SIXTY)
        assert len(SIXTY) == len(found) == 60


def test_that_an_xlsx_holds_texts_only_as_texts(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    row: list[Value] = [
        Decimal("-1.50"),
        7,
        None,
        date(2026, 11, 25),
        Decimal("12345678901234.56789"),
    ]

    write_rows(file, ["=h"], [HOSTILE, row, ["a\x00b\x1f", "x" * 40_000]])

    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    cells = list(sheet.iter_rows())
    assert cells[0][0].value == "=h"
    assert [c.data_type for c in cells[1][: len(HOSTILE)]] == ["s"] * len(HOSTILE)
    assert all(c.hyperlink is None for c in cells[1])
    assert [c.value for c in cells[2][:3]] == [-1.5, 7, None]
    assert str(cells[2][3].value)[:10] == "2026-11-25"
    assert cells[2][4].value == "12345678901234.56789"
    assert cells[3][0].value == "a\ufffdb\ufffd"
    assert len(str(cells[3][1].value)) == 32_767


def test_that_a_full_sheet_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safe_cells, "_SHEET_ROWS_MAX", 3)

    write_rows(tmp_path / "t.xlsx", ["n"], ([n] for n in range(5)))

    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert [[c.value for c in s["A"]] for s in book] == [["n", 0, 1], ["n", 2, 3], ["n", 4]]


@given(st.text())
def test_that_no_text_begins_a_formula(text: str) -> None:
    assert (
        not safe_text(text)
        .lstrip(" \n\xa0\u3000\ufeff")
        .startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    )


def test_that_only_two_endings_are_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownSuffixError):
        write_rows(tmp_path / "t.pdf", [], [])


@pytest.fixture
def little_room() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_that_a_full_disk_leaves_the_old_file(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"t{ending}"
    file.write_text("old")

    with pytest.raises(DiskFullError):
        write_rows(file, ["n"], ([os.urandom(40).hex()] for _ in range(20_000)))

    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_that_a_folder_that_is_not_there_or_is_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritableError):
        write_rows(tmp_path / "none" / "t.csv", [], [])
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(FolderNotWritableError):
        write_rows(tmp_path / "t.csv", [], [])


def test_that_another_fault_is_named_too(tmp_path: Path) -> None:
    def fails(path: Path) -> None:
        with replacing(path):
            raise OSError(5, "Input/output error")

    with pytest.raises(FileNotWrittenError) as refused:
        fails(tmp_path / "t.csv")

    assert refused.value.facts["why"] == "Input/output error"


def test_that_rows_that_fail_leave_nothing_behind(tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["one"]
        raise LookupError

    for name in ("t.csv", "t.xlsx"):
        with pytest.raises(LookupError):
            write_rows(tmp_path / name, ["n"], rows())

    assert list(tmp_path.iterdir()) == []


def test_that_the_new_file_is_synced_before_it_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: Any = []
    sync, sync_folder = atomic._sync, atomic._sync_folder
    monkeypatch.setattr(atomic, "_sync", lambda p: seen.append("file") or sync(p))
    monkeypatch.setattr(atomic, "_sync_folder", lambda p: seen.append("folder") or sync_folder(p))

    with replacing(tmp_path / "t.csv") as fresh:
        fresh.write_text("new")
        assert not (tmp_path / "t.csv").exists()

    assert seen == ["file", "folder"]
    assert (tmp_path / "t.csv").read_text() == "new"


def test_that_a_file_that_another_program_has_open_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object) -> None:
        raise PermissionError(13, "in use")

    path = tmp_path / "t.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", taken)

    with pytest.raises(FileTakenError):
        write_rows(path, ["h"], [])

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("t.csv", b"old")]
