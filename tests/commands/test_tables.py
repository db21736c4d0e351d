from pathlib import Path

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
