"""Replies by the command line: written down by the code on the slip, and decided about."""

from pathlib import Path

import pytest

from erpdesk.domain.codes.own_code import reply_code
from tests.commands.asking import ask

pytestmark = pytest.mark.slow


def test_that_a_slip_is_written_down_by_its_code_and_its_difference_decided(
    company: Path, slip: Path, tmp_path: Path
) -> None:
    base = ("--company", company)
    done = ask(*base, "voucher", "C1", "--delivery", "SH1", "--passed", "--unconditional",
               "--no-tax-point", "--evidence", f"签收单={slip}", "--submit",
               "--json").value  # fmt: skip
    ask(*base, "--as", "林涛", "approve", done["number"], "--seen", done["seen"])
    notice = ask(*base, "notice", "C1", "--out", tmp_path / "n.pdf", "--json").value["number"]
    _, month, digits = notice.split("-")

    reply = ask(*base, "reply", reply_code(month, int(digits)), "states", "--amount", "1000",
                "--by", "李", "--evidence", slip, "--json").value  # fmt: skip
    bare = ask(*base, "reply", notice, "agrees", "--pays-on", "2099-01-01")
    (listed,) = ask(*base, "replies", "C1", "--open", "--json").value
    resolved = ask(*base, "resolve", reply["number"], "--reason", "漏记的一笔已补")

    assert (reply["notice"], reply["answer"]) == (notice, "states")
    assert (bare.code, "附" in bare.err) == (1, True)
    assert (listed["difference_minor"], listed["is_open"]) == (-130_00, True)
    assert resolved.code == 0
    assert ask(*base, "replies", "--open", "--json").value == []
    assert ask(*base, "verify").code == 0


@pytest.mark.parametrize("wrong", ["通-190001-0001", "EDR2026019999X"])
def test_that_a_reply_to_no_notice_is_refused(company: Path, wrong: str) -> None:
    said = ask("--company", company, "reply", wrong, "agrees")

    assert said.code == 1
