"""Exchange rates by the command line."""

from pathlib import Path

import pytest

from tests.commands.asking import ask

pytestmark = pytest.mark.slow


def test_that_a_rate_is_written_down_and_listed(company: Path) -> None:
    base = ("--company", company)

    first = ask(*base, "rate", "usd", "7.0812", "--memo", "中间价", "--json").value
    ask(*base, "rate", "JPY", "0.0479", "--day", "2026-01-05")
    listed = ask(*base, "rates", "--json").value
    dollars = ask(*base, "rates", "usd", "--json").value

    assert (first["currency"], first["rate"]) == ("USD", "7.0812")
    assert [(one["currency"], one["rate"]) for one in listed] == [
        ("USD", "7.0812"),
        ("JPY", "0.0479"),
    ]
    assert [(one["number"], one["memo"]) for one in dollars] == [(first["number"], "中间价")]
    assert ask(*base, "verify").code == 0


def test_that_a_voucher_without_a_rate_is_told_where_to_enter_one(
    company: Path, slip: Path
) -> None:
    base = ("--company", company)
    voucher = (*base, "voucher", "C1", "--amount", "出口设备=1000", "--currency", "USD",
               "--rate", "0", "--passed", "--unconditional", "--no-tax-point",
               "--evidence", f"签收单={slip}",
               "--due", "2026-12-31", "--submit")  # fmt: skip

    refused = ask(*voucher)
    ask(*base, "rate", "USD", "7.10")
    done = ask(*voucher, "--json").value

    assert refused.code == 1
    assert "没有 USD 的汇率" in refused.err
    assert "设置 › 汇率" in refused.err
    assert done["content"]["entry"]["exchange_rate"] == "7.1"
    assert [line["base"] for line in done["content"]["lines"]] == [710000, 710000]


def test_that_a_month_is_revalued_on_its_last_day_alone(company: Path) -> None:
    said = ask("--company", company, "revalue", "2026-01-30")

    assert said.code == 1
    assert "2026-01-30 不是月末" in said.err


def test_that_what_came_in_dollars_is_claimed_for_dollars(company: Path, slip: Path) -> None:
    base = ("--company", company)
    ask(*base, "rate", "USD", "7.10")
    bill = ask(*base, "voucher", "C1", "--amount", "出口设备=1000", "--currency", "USD", "--rate",
               "0", "--passed", "--unconditional", "--no-tax-point", "--evidence",
               f"签收单={slip}", "--due", "2026-12-31", "--submit", "--json").value  # fmt: skip
    ask(*base, "--as", "林涛", "approve", bill["number"], "--seen", bill["seen"])
    paid = (*base, "--as", "沈佳", "receipt", "600")
    came = ask(*paid, "--currency", "USD", "--submit", "--json").value
    ask(*base, "--as", "林涛", "approve", came["number"], "--seen", came["seen"])

    claim = (*base, "claim", came["number"], "--customer", "C1")
    done = ask(*claim, "--item", f"{bill['number']}=600", "--submit", "--json").value

    assert [link["amount"] for link in done["content"]["allocations"]] == [60000]
    assert done["content"]["entry"]["exchange_rate"] == "7.1"
