"""What came back to its maker, at the command line: listed with its reason, handed in again."""

from pathlib import Path

import pytest

from tests.commands.asking import ask

pytestmark = pytest.mark.slow

ANSWERS = ("--passed", "--unconditional", "--no-tax-point")


def test_that_what_came_back_is_listed_for_its_maker_and_handed_in_again(
    company: Path, slip: Path
) -> None:
    base = ("--company", company)
    proof = ("--evidence", f"签收单={slip}")
    asked = ("voucher", "C1", "--delivery", "SH1", *ANSWERS, *proof, "--submit", "--json")
    done = ask(*base, *asked).value
    reason = "金额和合同不符"
    ask(*base, "--as", "林涛", "reject", done["number"], "--seen", done["seen"], "--reason", reason)

    [row] = ask(*base, "inbox", "--sent-back", "--json").value
    people = ask(*base, "inbox", "--sent-back").out
    again = ask(*base, "submit", done["number"], "--json").value

    assert [row[name] for name in ("document", "number", "verb", "reason")] == [
        done["id"], done["number"], "reject", reason,
    ]  # fmt: skip
    assert {"by", "at"} <= row.keys()
    assert all(word in people for word in (done["number"], "驳回", reason))
    assert again["state"] == "submitted"
    assert ask(*base, "inbox", "--sent-back", "--json").value == []
