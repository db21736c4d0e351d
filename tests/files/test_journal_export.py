"""The journal leaves as a table or as a beancount file that another program adds up alike."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from beancount import loader
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.files.beancount_text import account_name, quoted
from erpdesk.files.journal_export import HEADER, JournalRow, write_journal
from erpdesk.files.safe_cells import UnknownSuffixError

NASTY = 'a "quoted" \\ name\nwith <img src=x> =1+1 \u202e;#{}'


def a_row(entry: str, line_no: int, account: str, side: int, minor: int, **more: Any) -> JournalRow:
    return JournalRow(
        entry=entry,
        posting_date=more.pop("day", date(2026, 11, 25)),
        document="临 202611-0001",
        rule="P1a/1",
        line_no=line_no,
        account=account,
        account_name=more.pop("account_name", "应收账款—暂估"),
        side=side,
        amount_minor=minor,
        currency=more.pop("currency", "CNY"),
        base_minor=more.pop("base", minor),
        **more,
    )


OCTOBER, DECEMBER = date(2026, 10, 31), date(2026, 12, 31)
FOREIGN: dict[str, Any] = {"currency": "USD", "customer_code": "客户/1"}
RED = "记字 202611-0001"
JOURNAL = [
    a_row("记字 202611-0001", 1, "1122.02", 1, 11300, customer_code="A-1", customer_name=NASTY),
    a_row("记字 202611-0001", 2, "6001", -1, 10000, text=NASTY),
    a_row("记字 202611-0001", 3, "2221.02", -1, 1300),
    a_row("记字 202611-0002", 1, "1122.02", 1, -11300, customer_code="A-1", reverses=RED),
    a_row("记字 202611-0002", 2, "6001", -1, -10000),
    a_row("记字 202611-0002", 3, "2221.02", -1, -1300),
    a_row("记字 202610-0009", 1, "1122.01", 1, 300, base=2133, day=OCTOBER, **FOREIGN),
    a_row("记字 202610-0009", 2, "6001", -1, 300, base=2133, day=OCTOBER, currency="USD"),
    a_row("记字 202612-0001", 1, "1122.01", 1, 0, base=17, day=DECEMBER, **FOREIGN),
    a_row("记字 202612-0001", 2, "6603", -1, 17, day=DECEMBER),
    a_row("记字 202612-0002", 1, "1122.01", 1, 100, base=-5, **FOREIGN),
    a_row("记字 202612-0002", 2, "6603", 1, 5),
    a_row("记字 202612-0003", 1, "1002", 1, 0),
    a_row("记字 202612-0003", 2, "4999", 1, 0),
]  # fmt: skip


def entries_of(file: Path) -> list[Any]:
    entries, errors, _ = loader.load_file(str(file))
    assert errors == []
    return list(entries)


def test_that_beancount_finds_no_fault_and_the_same_balances(tmp_path: Path) -> None:
    file = tmp_path / "journal.beancount"

    write_journal(file, JOURNAL)

    entries = entries_of(file)
    theirs: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in entries:
        for posting in getattr(entry, "postings", ()):
            theirs[posting.account, posting.units.currency] += posting.units.number
    assert theirs["Assets:1122-02:C-A-2D-1", "CNY"] == 0
    assert theirs["Assets:1122-01:C--5BA2--6237--2F-1", "USD"] == Decimal("4.00")
    assert theirs["Income:6001", "USD"] == Decimal("-3.00")
    assert theirs["Expenses:6603", "CNY"] == Decimal("-0.12")
    assert theirs["Equity:4999", "CNY"] == 0


def test_that_codes_and_texts_stand_in_the_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "journal.beancount"

    write_journal(file, JOURNAL)

    entries = entries_of(file)
    entry = next(e for e in entries if getattr(e, "payee", "") == "记字 202611-0001")
    assert entry.narration == "P1a/1"
    assert entry.meta["document"] == "临 202611-0001"
    assert entry.postings[0].meta["customer"] == "A-1"
    assert entry.postings[0].meta["customer-name"] == NASTY.replace("\n", " ")
    assert [p.meta["side"] for p in entry.postings] == ["debit", "credit", "credit"]
    red = next(e for e in entries if getattr(e, "payee", "") == "记字 202611-0002")
    assert red.meta["reverses"] == "记字 202611-0001"
    assert red.postings[0].units.number == Decimal("-113.00")


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6), st.text(max_size=40))
def test_that_any_balanced_entry_passes(amounts: list[int], text: str) -> None:
    import tempfile

    rows = [
        a_row(
            "记-1",
            n,
            "1122.01",
            1,
            a,
            currency="USD",
            base=a * 7 + n,
            customer_code=text,
            text=text,
        )
        for n, a in enumerate(amounts)
    ]
    total = sum(r.base_minor for r in rows)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "j.beancount"
        write_journal(file, [*rows, a_row("记-1", 99, "6001", -1, total)])

        entries_of(file)


@given(st.lists(st.text(max_size=6), min_size=2, max_size=2, unique=True))
def test_that_two_customers_never_share_an_account(codes: list[str]) -> None:
    assert account_name("1122.01", codes[0]) != account_name("1122.01", codes[1])
    assert account_name(codes[0]) != account_name(codes[1])


def test_that_a_table_has_every_line_with_its_sign(tmp_path: Path) -> None:
    write_journal(tmp_path / "j.csv", JOURNAL)
    with (tmp_path / "j.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))

    assert tuple(rows[0]) == HEADER
    assert rows[4][7:12] == ["借", "-113.00", "CNY", "-113.00", "CNY"]
    assert rows[1][13] == NASTY
    assert len(rows) == 1 + len(JOURNAL)

    write_journal(tmp_path / "j.xlsx", JOURNAL)
    sheet = openpyxl.load_workbook(tmp_path / "j.xlsx").active
    assert sheet is not None
    assert sheet["I5"].value == -113


def test_that_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownSuffixError):
        write_journal(tmp_path / "j.txt", JOURNAL)


def test_that_quotes_and_controls_cannot_leave_a_string() -> None:
    assert quoted('a"b\\c\nd\x00') == '"a\\"b\\\\c d "'
