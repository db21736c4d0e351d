"""What came back to its maker, at the command line: listed with its reason, handed in again."""

from pathlib import Path

import pytest

from tests.commands.asking import ask

pytestmark = pytest.mark.slow

ANSWERS = ("--passed", "--unconditional", "--no-tax-point")


def test_that_what_came_back_is_listed_for_its_maker_written_anew_and_handed_in(
    company: Path, slip: Path, tmp_path: Path
) -> None:
    base = ("--company", company)
    proof = ("--evidence", f"签收单={slip}")
    asked = ("voucher", "C1", "--delivery", "SH1", *ANSWERS, *proof, "--submit", "--json")
    done = ask(*base, *asked).value
    reason = "金额和合同不符"
    ask(*base, "--as", "林涛", "reject", done["number"], "--seen", done["seen"], "--reason", reason)

    [row] = ask(*base, "inbox", "--sent-back", "--json").value
    people = ask(*base, "inbox", "--sent-back").out
    told = ask(*base, "inbox").err
    rest = ("--delivery", "SH1", *ANSWERS, "--memo", "改过", "--submit", "--json")
    again = ask(*base, "voucher", "C1", "--anew", done["number"], *rest).value

    assert [row[name] for name in ("document", "number", "verb", "reason")] == [
        done["id"], done["number"], "reject", reason,
    ]  # fmt: skip
    assert {"by", "at"} <= row.keys()
    assert all(word in people for word in (done["number"], "驳回", reason))
    assert "有 1 张" in told
    assert (again["number"], again["state"]) == (done["number"], "submitted")
    assert again["content"]["memo"] == "改过"
    assert again["content"]["evidence"] == done["content"]["evidence"]
    assert ask(*base, "inbox", "--sent-back", "--json").value == []
    ask(*base, "show", done["number"], "--evidence-to", tmp_path / "证据")
    [kept] = (tmp_path / "证据").iterdir()
    assert kept.read_bytes() == slip.read_bytes()


def test_that_a_receipt_that_came_back_is_written_anew_under_its_number(company: Path) -> None:
    base, cashier = ("--company", company), ("--company", company, "--as", "沈佳")
    asked = ("receipt", "500", "--customer", "C1", "--submit", "--json")
    done = ask(*cashier, *asked).value
    anew = (*cashier, "receipt", "600", "--customer", "C1", "--anew", done["number"], "--json")
    early = ask(*anew)
    ask(*base, "--as", "林涛", "reject", done["number"], "--seen", done["seen"], "--reason",
        "金额和回单对不上")  # fmt: skip

    again = ask(*anew).value

    assert done["number"] in early.value["refused"]
    assert (again["number"], again["state"]) == (done["number"], "submitted")
    assert again["content"]["lines"][0]["amount"] == 600_00
