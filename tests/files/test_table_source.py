"""Any office's CSV becomes rows with their lines; what is no table is refused with a sentence."""

import csv
import tracemalloc
from contextlib import suppress
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.importing.column_names import CUSTOMERS
from erpdesk.domain.importing.columns import ColumnsNotFoundError
from erpdesk.files import csv_tables
from erpdesk.files.csv_tables import LINE_MAX, csv_rows
from erpdesk.files.refusals import (
    BankFormatError,
    FileChangedError,
    FileEmptyError,
    FileNotThereError,
    LineTooLongError,
    NoRowsError,
    NotATableError,
    OldWorkbookError,
    UnclosedQuoteError,
)
from erpdesk.files.table_source import Table, open_table
from erpdesk.words import explain

Read = tuple[int, tuple[str, ...]]


def a_table(folder: Path, content: str | bytes, name: str = "t.csv") -> Table:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_table(file)


def lines_and_cells(table: Table) -> list[tuple[int, list[str]]]:
    return [(row.line, list(row.cells)) for row in table]


def rows_one_by_one(content: bytes) -> list[Read]:
    """Return the rows of a table as the plain reader has them, up to a quote never closed."""
    lines, begins = [*StringIO(content.decode(), newline=""), "END"], 1
    found: list[Read] = []
    reader = csv.reader(lines)
    for cells in reader:
        if cells and cells[-1].endswith("END"):
            return found
        if cells:
            found.append((begins, tuple(cells)))
        begins = reader.line_num + 1
    raise AssertionError


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_that_the_separator_is_found_below_title_rows(
    tmp_path: Path, separator: str, ending: str
) -> None:
    rows = ["客户清单, 2026年11月", "", *(separator.join(r) for r in ("abc", "de1", "fg2"))]

    table = a_table(tmp_path, ending.join(rows) + ending)

    assert table.separator == separator
    assert lines_and_cells(table)[1:] == [(3, [*"abc"]), (4, [*"de1"]), (5, [*"fg2"])]


def test_that_decimal_commas_do_not_make_the_comma_the_separator(tmp_path: Path) -> None:
    table = a_table(tmp_path, "Nr;Name;Betrag\n1;A;1,50\n2;B;22,75\n3;C;3,00\n")

    assert table.separator == ";"


def test_that_bars_inside_a_cell_do_not_separate(tmp_path: Path) -> None:
    table = a_table(tmp_path, "code,name,barcodes\nA,甲,1|2|3|4\nB,乙,5|6|7|8\nC,丙,\n")

    assert table.separator == ","


def test_that_a_first_line_may_say_the_separator(tmp_path: Path) -> None:
    table = a_table(tmp_path, "\ufeffsep=;\r\na;b,c\r\n1;2,3\r\n")

    assert table.separator == ";"
    assert lines_and_cells(table) == [(2, ["a", "b,c"]), (3, ["1", "2,3"])]


def test_that_a_row_has_the_line_on_which_it_begins(tmp_path: Path) -> None:
    table = a_table(tmp_path, 'code,name\nA,"one\ntwo\r\nthree"\n\nB,"""quoted"""\rC,last')

    assert lines_and_cells(table) == [
        (1, ["code", "name"]),
        (2, ["A", "one\ntwo\r\nthree"]),
        (6, ["B", '"quoted"']),
        (7, ["C", "last"]),
    ]


@given(st.text(st.sampled_from('a,"\r\n '), max_size=30), st.integers(1, 9))
def test_that_rows_are_the_same_however_much_is_read_together(text: str, little: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        file = Path(folder, "t.csv")
        file.write_bytes(b"a,b\n" + text.encode() + b'\nc,"d"\n')
        whole: list[Read] = []
        at_once: list[Read] = []
        for found in (whole, at_once):
            with suppress(UnclosedQuoteError):
                found.extend(csv_rows(file, "utf-8", ",", skip_first=False))
            patch.setattr(csv_tables, "_AT_ONCE", little)

    assert whole == at_once == rows_one_by_one(b"a,b\n" + text.encode() + b'\nc,"d"\n')


def test_that_a_quote_never_closed_is_refused_with_its_line(tmp_path: Path) -> None:
    table = a_table(tmp_path, 'code,name\nA,ok\nB,"never closed\nC,swallowed\n')

    with pytest.raises(UnclosedQuoteError) as refused:
        list(table)

    assert refused.value.facts["line"] == 3


def test_that_a_quote_swallowing_a_large_file_is_refused(tmp_path: Path) -> None:
    table = a_table(tmp_path, 'code,name\nA,"x\n' + "B,filler\n" * 20_000)

    with pytest.raises(UnclosedQuoteError):
        list(table)


def test_that_a_file_without_line_ends_does_not_fill_the_memory(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b"code,name\n" + b"x,y," * (LINE_MAX // 2))

    with pytest.raises(LineTooLongError) as refused:
        list(open_table(file))

    assert refused.value.facts["line"] == 2


def test_that_a_long_line_far_down_is_refused_with_its_place(tmp_path: Path) -> None:
    table = a_table(tmp_path, b"code,name\n" + b"A,b\n" * 500 + b"x,y," * (LINE_MAX // 2))

    with pytest.raises(LineTooLongError) as refused:
        list(table)

    assert refused.value.facts["line"] == 502


def test_that_zero_bytes_stay_in_their_row(tmp_path: Path) -> None:
    rows = b"A2,a sound name\n" * 30
    table = a_table(tmp_path, b"code,name\nA1,a\x00b\n" + rows)

    assert lines_and_cells(table)[1] == (2, ["A1", "a\x00b"])


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", NotATableError),
        (b"\x89PNG\r\n\x1a\n", NotATableError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OldWorkbookError),
        (b"<html><table><tr><td>1", NotATableError),
        (b'[\n {"code": "A1", "name": "x"}]', NotATableError),
        (b'{"code": "A1"}', NotATableError),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", NotATableError),
        (b"", FileEmptyError),
        (b"\r\n \r\n", FileEmptyError),
        (b"\xef\xbb\xbf", NoRowsError),
        (b"\x00" * 5000, FileEmptyError),
    ],
)
def test_that_what_is_no_table_is_refused(
    tmp_path: Path, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        a_table(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html>\n<html><body>", "HTML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><rows/>", "XML"),
        (b'[\n {"code": "A1"}]', "JSON"),
    ],
)  # fmt: skip
def test_that_what_is_no_table_is_called_what_it_is(
    tmp_path: Path, content: bytes, kind: str
) -> None:
    with pytest.raises(NotATableError) as refused:
        a_table(tmp_path, content)

    assert refused.value.facts["kind"] == kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{1:F01XX}{4:\n:20:0000\n:25:NL81\n:28C:1/1\n", "MT940"),
        (b":20:131110\r\n:25:45050050/76198810\r\n:28:27/01\r\n", "MT940"),
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">', "camt.053"),
        (b"OFXHEADER:100\nDATA:OFXSGML\n", "OFX"),
        (b'<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>\n<OFX>\n', "OFX"),
    ],
)
def test_that_a_file_of_a_bank_is_named_with_what_to_export_from_it(
    tmp_path: Path, content: bytes, kind: str
) -> None:
    with pytest.raises(BankFormatError) as refused:
        a_table(tmp_path, content)

    zh, en = explain(refused.value, "zh"), explain(refused.value, "en")
    assert "网银" in zh
    assert "online bank" in en
    assert all(word in said for said in (zh, en) for word in (kind, "CSV", "XLSX", "Excel"))


def test_that_a_note_that_has_the_look_of_a_statement_further_down_is_a_table(
    tmp_path: Path,
) -> None:
    table = a_table(tmp_path, b"code,name\nA1,see :20: and :25:\n")

    assert lines_and_cells(table)[1] == (2, ["A1", "see :20: and :25:"])


def test_that_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotThereError):
        open_table(tmp_path / "none.csv")
    with pytest.raises(FileNotThereError):
        open_table(tmp_path)


def test_that_the_header_is_found_and_a_foreign_table_refused(tmp_path: Path) -> None:
    table = a_table(tmp_path, "某某公司客户资料\n导出时间：2026-11-25,,\n编码,名称,电话\nA,甲,1\n")
    assert table.columns(CUSTOMERS).header_line == 3

    other = a_table(tmp_path, "x,y\n1,2\n", "other.csv")

    with pytest.raises(ColumnsNotFoundError, match="客户编码"):
        other.columns(CUSTOMERS)


def test_that_what_is_given_is_not_looked_for(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("Müller;x,y\n".encode("cp1252"))

    with open_table(file, encoding="cp1252", separator=",") as table:
        assert lines_and_cells(table) == [(1, ["Müller;x", "y"])]


@pytest.mark.slow
def test_that_a_long_table_is_never_held(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("客户编码,客户名称\n")
        out.writelines(f"C{n},客户{n}有限公司\n" for n in range(100_000))

    tracemalloc.start()
    count = sum(1 for _ in open_table(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 100_001
    assert peak < 16_000_000


CELL = st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"))


@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8))
def test_that_whatever_is_written_as_csv_is_read_back(rows: list[list[str]]) -> None:
    import csv
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "t.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, quoting=csv.QUOTE_ALL)
            writer.writerow(["header", "of", "three"])
            writer.writerows(rows)

        read = [list(row.cells) for row in open_table(file, separator=",")]

    assert read[1:] == rows


@pytest.mark.parametrize(
    ("more", "encoding"), [("K2,乙\n", "utf-8"), ("K2,乙\n", "gb18030"), ("", "utf-8")]
)
def test_that_a_text_that_is_written_while_it_is_read_is_refused(
    tmp_path: Path, more: str, encoding: str
) -> None:
    path = tmp_path / "c.csv"
    path.write_text("编码,名称\nK1,甲\n", "utf-8")
    with open_table(path) as table:
        if more:
            with path.open("a", encoding=encoding) as file:
                file.write(more)
        else:  # replaced by another of the same size
            path.with_name("new.csv").write_text("编码,名称\nK9,丙\n", "utf-8")
            path.with_name("new.csv").replace(path)

        with pytest.raises(FileChangedError):
            list(table)
