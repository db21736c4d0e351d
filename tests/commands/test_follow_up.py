"""Promises and disputes by the command line."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.commands.asking import ask

pytestmark = pytest.mark.slow


def posted(company: Path, slip: Path) -> str:
    base = ("--company", company)
    done = ask(*base, "voucher", "C1", "--delivery", "SH1", "--passed", "--unconditional",
               "--no-tax-point", "--evidence", f"签收单={slip}", "--submit",
               "--json").value  # fmt: skip
    ask(*base, "--as", "林涛", "approve", done["number"], "--seen", done["seen"])
    return str(done["number"])


def test_that_a_promise_and_a_dispute_are_written_down_listed_and_ended(
    company: Path, slip: Path
) -> None:
    base, item = ("--company", company), posted(company, slip)
    due = date.today() + timedelta(days=9)  # noqa: DTZ011 - the program's own clock says no other

    promise = ask(*base, "promise", "C1", "800", due.isoformat(), "--by", "李", "--json").value
    dispute = ask(*base, "dispute", "C1", item, "quality", "--note", "有两箱破损",
                  "--evidence", slip, "--json").value  # fmt: skip
    promises = ask(*base, "promises", "C1", "--json").value
    overdue = ask(*base, "promises", "--open", "--json").value
    disputes = ask(*base, "disputes", "--open", "--json").value
    ended = [
        ask(*base, "resolve", one["number"], "--reason", "双方已经谈妥").code
        for one in (promise, dispute)
    ]

    assert [(one["kept"], one["left"]) for one in promises] == [("open", "800.00")]
    assert overdue == []
    assert [(one["item"], one["ground"]) for one in disputes] == [(item, "quality")]
    assert ended == [0, 0]
    assert ask(*base, "disputes", "C1", "--open", "--json").value == []
    assert ask(*base, "disputes", "--json").value[0]["ended"] == "双方已经谈妥"
    assert ask(*base, "verify").code == 0


def test_that_a_promise_above_what_is_open_is_refused(company: Path) -> None:
    said = ask("--company", company, "promise", "C2", "1", "2199-01-01")

    assert said.code == 1
