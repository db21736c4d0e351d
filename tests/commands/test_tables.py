import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from erpdesk.commands import rows
from erpdesk.commands.help import display_width, wrapped
from tests.commands.asking import ask


def receive(company: Path, *received: tuple[str, str]) -> str:
    """Post what was received, and return the month."""
    said = dict[str, str]()
    for amount, code in received:
        said = ask("--company", company, "--as", "沈佳", "receipt", amount, "--customer", code,
                   "--submit", "--json").value  # fmt: skip
        ask("--company", company, "--as", "林涛", "approve", said["number"], "--seen", said["seen"])
    digits = said["number"].split("-")[1]
    return f"{digits[:4]}-{digits[4:]}"


def test_that_figures_stand_under_one_another_and_all_are_added_up(company: Path) -> None:
    receive(company, ("5.00", "C1"), ("1,234.50", "C3"))

    head, *rows = ask("--company", company, "balance").out.splitlines()

    assert [row.split()[0] for row in rows] == ["C1", "C3", "合计"]
    assert len({display_width(row.rpartition("  ")[0]) for row in (head, *rows)}) == 1
    assert "1,239.50" in rows[2]


def test_that_the_trial_balance_of_a_month_adds_up_on_both_sides(company: Path) -> None:
    month = receive(company, ("5.00", "C1"), ("1,234.50", "C3"))
    base = ("--company", company, "totals")

    _, *rows = ask(*base).out.splitlines()
    exact = ask(*base, month, "--json").value

    assert [row.split()[0] for row in rows] == ["1002", "2203", "合计"]
    assert rows[2].split()[1:4] == ["1,239.50", "1,239.50", "0.00"]
    assert [(row["debit_minor"], row["credit_minor"], row["balance_minor"]) for row in exact] == [
        (123950, 0, 123950),
        (0, 123950, -123950),
    ]
    assert ask(*base, "1999-01", "--json").value == []
    assert ask(*base, "2026-13").code == 2


def test_that_a_wrapped_text_is_no_wider_than_asked_and_loses_nothing() -> None:
    text = (
        "客户盘点与无票结算：不用发票也能对清、说清、收清。 Customer stocktake without an invoice."
    )

    lines = wrapped(text, 24)

    assert all(display_width(line) <= 26 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.startswith(("。", "，", "、")) for line in lines)


def test_that_rows_beyond_the_first_page_are_printed_under_its_heads_and_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "PAGE_ROWS", 2)
    taken = list[int]()

    def numbered(count: int) -> Iterator[list[str]]:
        for n in range(count):
            taken.append(n)
            yield [f"客户{n}", f"{n:,}.00"]

    first = next(lines := rows.as_table(["名称", "金额"], numbered(5)))

    assert taken == [0, 1]
    assert [first, *lines] == [
        "名称   金额\n", "客户0  0.00\n", "客户1  1.00\n", "客户2  2.00\n", "客户3  3.00\n",
        "客户4  4.00\n",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 3])
def test_that_a_list_in_json_is_written_as_it_would_be_whole(count: int) -> None:
    said = [{"n": n, "name": "客户"} for n in range(count)]

    assert "".join(rows.as_json(said)) == json.dumps(said, ensure_ascii=False) + "\n"
