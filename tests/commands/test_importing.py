import csv
import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter

from erpdesk import paths
from tests.commands.asking import Said, ask

STRANGE = "单位代号,单位,账期\nX1,天公司,30\nX2,地公司,60\nX2,人公司,60\n"


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """Give a table whose headings nobody could guess."""
    path = tmp_path / "strange.csv"
    path.write_text(STRANGE, "utf-8")
    return path


def codes(company: Path) -> set[str]:
    """Return the codes of the company's customers."""
    return {row["code"] for row in ask("--company", company, "customer", "list", "--json").value}


def test_that_a_dry_run_says_what_would_come_in_and_stores_nothing(
    company: Path, strange: Path
) -> None:
    named = ("--map", "code=单位代号", "--map", "name=单位")

    said = ask("--company", company, "import", "customers", strange, *named, "--dry-run")

    assert said.code == 0
    assert {name: said.value[name] for name in ("rows", "good", "skipped", "made")} == {
        "rows": 3, "good": 2, "skipped": 0, "made": 2,
    }  # fmt: skip
    assert [sorted(row) for row in said.value["bad"]] == [["column", "line", "reason"]]
    assert said.value["bad"][0]["line"] == 4
    assert codes(company) == {"C1", "C2", "C3"}


def test_that_what_was_said_of_a_header_is_used_and_shown_the_next_time(
    company: Path, strange: Path
) -> None:
    base = ("--company", company, "import", "customers")
    unknown = ask(*base, strange, "--dry-run")
    ask(*base, strange, "--map", "code=单位代号", "--map", "客户名称=单位")
    other = strange.with_name("other.csv")
    other.write_text(STRANGE.replace("X", "Y"), "utf-8")

    again = ask(*base, other, "--dry-run")
    forgotten = ask(*base, other, "--dry-run", "--forget-map")

    assert unknown.code == 1
    assert "单位代号、单位、账期" in unknown.value["refused"]
    assert again.value["remembered"] is True
    assert again.value["mapping"]["code"] == ["单位代号"]
    assert "单位代号" in again.err
    assert "refused" in forgotten.value


@pytest.mark.parametrize("damage", ["{", "[]", '{"x": 5}', '{"%s": {"code": [7], "nope": 1}}'])
def test_that_a_damaged_memory_of_headings_is_as_good_as_none(
    company: Path, strange: Path, damage: str
) -> None:
    (paths.config_folder() / "import-columns.json").write_text(damage, "utf-8")

    said = ask("--company", company, "import", "customers", strange, "--dry-run")

    assert "单位代号" in said.value["refused"]


def test_that_a_field_that_does_not_exist_is_wrong_usage(company: Path, strange: Path) -> None:
    said = ask("--company", company, "import", "customers", strange, "--map", "colour=单位")

    assert said.code == 2
    assert "colour=单位" in said.err


def test_that_good_rows_go_in_and_bad_ones_into_a_spreadsheet(
    company: Path, strange: Path, tmp_path: Path
) -> None:
    named = ("--map", "code=单位代号", "--map", "name=单位", "--bad-rows", tmp_path / "bad.csv")

    said = ask("--company", company, "import", "customers", strange, *named, "--json")

    assert (said.code, said.value["made"], said.value["posted"]) == (0, 2, True)
    assert codes(company) >= {"X1", "X2"}
    with (tmp_path / "bad.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header[:3] == ["单位代号", "单位", "账期"]
    assert [row[:4] for row in rows] == [["X2", "人公司", "60", "4"]]


def test_that_none_go_in_when_all_or_none_is_asked_for(
    company: Path, strange: Path, tmp_path: Path
) -> None:
    named = ("--map", "code=单位代号", "--map", "name=单位", "--bad-rows", tmp_path / "bad.xlsx")

    said = ask(
        "--company", company, "import", "customers", strange, *named, "--all-or-none", "--json"
    )

    assert said.code == 1
    assert said.value["bad"][0]["line"] == 4
    assert "refused" in said.value
    assert codes(company) == {"C1", "C2", "C3"}
    assert zipfile.is_zipfile(tmp_path / "bad.xlsx")


@pytest.mark.parametrize("name", ["bad.txt", "nowhere/bad.csv"])
def test_that_a_place_where_bad_rows_cannot_go_is_refused_before_anything_is_done(
    company: Path, strange: Path, tmp_path: Path, name: str
) -> None:
    named = ("--map", "code=单位代号", "--map", "name=单位", "--bad-rows", tmp_path / name)

    said = ask("--company", company, "import", "customers", strange, *named)

    assert said.code == 1
    assert codes(company) == {"C1", "C2", "C3"}


def test_that_several_files_each_have_an_answer_and_one_refused_does_not_stop_the_others(
    company: Path, tmp_path: Path
) -> None:
    for name in ("a", "c"):
        text = f"客户编码,客户名称\nX{ord(name) - 96},{name} 公司\n"
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    files = [tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"]
    base = ("--company", company, "import", "customers", *files)

    dry, done = ask(*base, "--dry-run"), ask(*base)

    assert [value["file"] for value in dry.values] == [str(path) for path in files]
    assert ["refused" in value for value in dry.values] == [False, True, False]
    assert (dry.code, done.code) == (1, 1)
    assert done.err.startswith("b.csv: ")
    assert codes(company) == {"C1", "C2", "C3", "X1", "X3"}


def test_that_deliveries_have_a_total_and_the_same_again_adds_none(
    company: Path, tmp_path: Path
) -> None:
    path = tmp_path / "d.csv"
    path.write_text("出库单号,客户编码,出库日期,价税合计\nN1,C1,2026-02-01,100.10\n", "utf-8")
    base = ("--company", company, "import", "deliveries", path)

    dry, first, second = ask(*base, "--dry-run"), ask(*base, "--json"), ask(*base, "--json")

    assert dry.value["total"] == "100.10"
    assert dry.value["totals_minor"] == {"CNY": 10010}
    assert (first.value["made"], second.value["made"], second.value["document"]) == (1, 0, None)


def test_that_headers_and_lines_are_imported_together(company: Path, tmp_path: Path) -> None:
    head, lines = tmp_path / "h.csv", tmp_path / "l.csv"
    head.write_text("出库单号,客户编码,出库日期\nN1,C1,2026-02-01\n", "utf-8")
    lines.write_text("单号,数量,单价\nN1,2,50.05\n", "utf-8")

    said = ask(
        "--company", company, "import", "deliveries", head, lines, "--dry-run",
        "--line-map", "number=单号",
    )  # fmt: skip

    assert said.value["rows"] >= 1
    assert said.value["totals_minor"]


# ---- files that are no tables


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 2000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def broken_text(path: Path) -> None:
    path.write_bytes("客户编码,客户名称\nX1,".encode() + b"\xe7\x94\n" + "X2,好\n".encode() * 50)


def unclosed(path: Path) -> None:
    path.write_text('客户编码,客户名称\nX1,"甲公司\n' + "X2,乙\n" * 10, "utf-8")


def web_page(path: Path) -> None:
    path.write_text("<html><table><tr><td>客户编码</td></tr></table></html>", "utf-8")


def old_workbook(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000))


@cache
def packed_bomb() -> bytes:
    """Return a small workbook with a sheet a thousand times its size."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 8_000_000)
    return made.getvalue()


def bomb(path: Path) -> None:
    path.write_bytes(packed_bomb())


@cache
def far_workbook() -> bytes:
    """Return a small workbook whose last cell is the last that a sheet can have."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["客户编码", "客户名称"])
        sheet.write(1_048_575, 16_383, "far")
    return made.getvalue()


def far_cell(path: Path) -> None:
    path.write_bytes(far_workbook())


def torn_workbook(path: Path) -> None:
    path.write_bytes(far_workbook()[:-300])


def no_columns(path: Path) -> None:
    path.write_text("日期,天气\n2026-01-01,晴\n", "utf-8")


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("letter.txt", "hello")


FILES = [
    pdf, empty, broken_text, unclosed, web_page, old_workbook, bomb, far_cell, torn_workbook,
    no_columns, other_zip,
]  # fmt: skip


@pytest.mark.parametrize("make", FILES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("verb", ["customers", pytest.param("deliveries", marks=pytest.mark.slow)])
def test_that_a_file_that_is_no_table_is_one_sentence_and_nothing_is_stored(
    company: Path, tmp_path: Path, make: object, verb: str
) -> None:
    assert callable(make)
    path = tmp_path / "客户.csv"
    make(path)
    base = ("--company", company, "import", verb, path)

    dry, machine, plain = ask(*base, "--dry-run"), ask(*base, "--json"), ask(*base, "--lang", "en")

    assert (dry.code, machine.code, plain.code) == (1, 1, 1)
    assert list(dry.value) == list(machine.value) == ["refused"]
    assert dry.value["refused"].endswith("。")
    assert plain.out == ""
    assert_one_sentence(plain)
    assert codes(company) == {"C1", "C2", "C3"}


def assert_one_sentence(said: Said) -> None:
    assert said.err.count("\n") == 1
    assert "Nothing was changed." in said.err
    assert "…" not in said.err.replace("(…)", "").replace("a … file", "")


HOSTILE = [
    "=cmd|'C calc'!A0.csv",
    "a\nb.csv",
    "\u202egnp.csv",
    "--dry-run.csv",
    "'; DROP TABLE customer; --.csv",
    "名" * 60 + ".csv",
    "\x1b[31m.csv",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_file_name_harms_nobody(company: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("客户编码,客户名称\nX1,天公司\n", "utf-8")
    gone = tmp_path / name.replace("csv", "gone")

    done = ask("--company", company, "import", "customers", path, "--json")
    missing = ask("--company", company, "import", "customers", gone)

    assert done.value["made"] == 1
    assert missing.code == 1
    assert missing.err.count("\n") == 1
    assert missing.err.rstrip("\n").isprintable()


def test_that_hostile_texts_of_rows_are_kept_as_texts(company: Path, tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    names = ["=1+1", "<b>x</b>", "a\u202eb 公司", "'; DROP TABLE x"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["客户编码", "客户名称"], *([f"H{i}", n] for i, n in enumerate(names))]
        )

    said = ask("--company", company, "import", "customers", path, "--json")

    assert said.value["rows"] == 4
    assert said.value["good"] + len(said.value["bad"]) == 4
    assert said.value["posted"] is True


def test_that_a_statement_becomes_receipts_that_wait_and_twice_is_once(
    company: Path, tmp_path: Path
) -> None:
    path = tmp_path / "流水.csv"
    path.write_text(
        "交易日期,收入,支出,对方户名,附言,流水号\n"
        "2026-11-02,500.00,,甲公司,货款,B1\n2026-11-02,,9.00,水务,水费,B2\n"
        "2026-11-03,80.00,,路人,往来,B3\n",
        "utf-8",
    )
    do = ("--company", company, "--as", "沈佳", "import", "statement", path)

    tried = ask(*do, "--dry-run").value
    done = ask(*do, "--json").value
    again = ask(*do)
    inbox = ask("--company", company, "--as", "林涛", "inbox", "--json").value

    assert (tried["rows"], tried["good"], tried["skipped"], tried["total"]) == (3, 2, 1, "580.00")
    assert (done["made"], done["posted"]) == (2, False)
    assert again.code == 0
    assert [row["kind"] for row in inbox] == ["receipt", "receipt"]
    shown = ask("--company", company, "show", done["document"]).out
    assert all(word in shown for word in ("B3", "路人"))


def test_that_headers_and_lines_may_be_two_sheets_of_one_workbook_named_by_hand(
    company: Path, tmp_path: Path
) -> None:
    book_file = tmp_path / "出库.xlsx"
    with xlsxwriter.Workbook(book_file) as book:
        for name, rows in (
            ("说明", [["这是说明"], ["不是数据"]]),
            ("单", [["出库单号", "客户编码", "日期"], ["SH77", "C1", "2026-11-03"]]),
            ("行", [["出库单号", "品名", "数量", "单价"], ["SH77", "轴承", "2", "56.50"]]),
        ):
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
    base = ("--company", company, "import", "deliveries", book_file, book_file, "--sheet")

    done = ask(*base, "单", "--line-sheet", "行", "--json")
    wrong = ask(*base, "别的", "--line-sheet", "行", "--json")

    assert (done.value["made"], done.value["totals_minor"]) == (1, {"CNY": 113_00})
    assert "没有「别的」这张表" in wrong.value["refused"]


def test_that_an_encoding_that_is_named_is_not_looked_for(company: Path, tmp_path: Path) -> None:
    path, bad = tmp_path / "gb.csv", tmp_path / "bad.csv"
    path.write_bytes("编码,名称,信用额度\nX9,天津轴承,100\nX8,地公司,许多\n".encode("gb18030"))
    base = ("--company", company, "import", "customers", path, "--json", "--encoding")

    wrong = ask(*base, "utf-8")
    done = ask(*base, "gb18030", "--bad-rows", bad)

    assert (wrong.code, done.value["made"], done.value["encoding"]) == (1, 1, "gb18030")
    assert "地公司" in bad.read_text("utf-8-sig")
    assert {"X9"} <= codes(company)
