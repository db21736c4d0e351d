"""An invoice by the command line: what can be invoiced, red and blue shown, registered, decided."""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.asking import Said, ask

pytestmark = pytest.mark.slow

NUMBER = "26322000010211"
AMOUNTS = ("--net", "1000", "--tax", "130")
ANSWERS = ("--passed", "--unconditional", "--no-tax-point")


@pytest.fixture
def voucher(company: Path, slip: Path) -> str:
    """A posted voucher of 1,130.00."""
    proof = ("--evidence", f"签收单={slip}")
    made = ask(
        "--company", company, "voucher", "C1", "--delivery", "SH1", *ANSWERS, *proof, "--submit",
        "--json",
    ).value  # fmt: skip
    approve(company, made)
    return str(made["number"])


def approve(company: Path, made: dict[str, Any]) -> Said:
    return ask(
        "--company", company, "--as", "林涛", "approve", made["number"], "--seen", made["seen"]
    )


def invoice(company: Path, *more: object) -> Said:
    return ask("--company", company, "invoice", "C1", *more, "--json")


def test_that_what_can_be_invoiced_is_listed(company: Path, voucher: str) -> None:
    rows = invoice(company).value

    assert [(row["number"], row["left_minor"]) for row in rows] == [(voucher, 113000)]


def test_that_a_dry_run_shows_red_and_blue_and_writes_nothing(company: Path, voucher: str) -> None:
    shown = invoice(company, NUMBER, *AMOUNTS, "--voucher", voucher, "--dry-run").value
    read = ask(
        "--company", company, "invoice", "C1", NUMBER, *AMOUNTS, "--voucher", voucher, "--dry-run"
    )

    blue, red = shown["texts"]
    assert [(x["account"], x["amount"]) for x in blue["lines"]] == [
        ("1122.01", 113000), ("6001", 100000), ("2221.01", 13000)
    ]  # fmt: skip
    assert [(x["account"], x["amount"]) for x in red["lines"]] == [
        ("1122.02", -113000), ("6001", -100000), ("2221.02", -13000)
    ]  # fmt: skip
    assert "-1,130.00" in read.out.replace("−", "-")
    assert ask("--company", company, "inbox", "--json").value == []


def test_that_an_invoice_is_registered_shown_with_its_parts_and_posted(
    company: Path, voucher: str
) -> None:
    made = invoice(company, NUMBER, *AMOUNTS, "--all-vouchers").value
    shown = ask("--company", company, "show", made["number"], "--json").value
    read = ask("--company", company, "show", made["number"])

    done = approve(company, made)

    assert done.code == 0, done
    assert [part["kind"] for part in shown["parts"]] == ["reverse_on_invoice"]
    assert "单到回冲 回-" in read.out
    assert ask("--company", company, "verify").code == 0
    assert invoice(company).value == []


def test_that_a_difference_without_a_reason_is_refused(company: Path, voucher: str) -> None:
    more = ("--net", "1100", "--tax", "143", "--voucher", voucher)

    shown = invoice(company, NUMBER, *more, "--dry-run").value
    refused = invoice(company, NUMBER, *more)
    given = invoice(company, NUMBER, *more, "--reason", "运费补开发票")

    assert shown["difference_minor"] == 11300
    assert shown["why_not"]
    assert (refused.code, given.code) == (1, 0)


def test_that_a_part_of_a_voucher_can_be_named(company: Path, voucher: str) -> None:
    amounts = ("--net", "500", "--tax", "65", "--voucher", f"{voucher}=565.00")

    approve(company, invoice(company, NUMBER, *amounts).value)

    assert [row["left_minor"] for row in invoice(company).value] == [56500]


def test_that_the_amounts_have_to_be_said(company: Path) -> None:
    assert invoice(company, NUMBER, "--net", "500").code == 2
