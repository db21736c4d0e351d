from pathlib import Path

from erpdesk.commands.help import display_width, wrapped
from tests.commands.asking import ask


def test_that_figures_stand_under_one_another_and_all_are_added_up(company: Path) -> None:
    for amount, code in (("5.00", "C1"), ("1,234.50", "C3")):
        said = ask("--company", company, "--as", "沈佳", "receipt", amount, "--customer", code,
                   "--submit", "--json").value  # fmt: skip
        ask("--company", company, "--as", "林涛", "approve", said["number"], "--seen", said["seen"])

    head, *rows = ask("--company", company, "balance").out.splitlines()

    assert [row.split()[0] for row in rows] == ["C1", "C3", "合计"]
    assert len({display_width(row.rpartition("  ")[0]) for row in (head, *rows)}) == 1
    assert "1,239.50" in rows[2]


def test_that_a_wrapped_text_is_no_wider_than_asked_and_loses_nothing() -> None:
    text = (
        "客户盘点与无票结算：不用发票也能对清、说清、收清。 Customer stocktake without an invoice."
    )

    lines = wrapped(text, 24)

    assert all(display_width(line) <= 26 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.startswith(("。", "，", "、")) for line in lines)
