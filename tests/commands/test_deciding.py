import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands.asking import Said, ask, program, surroundings

pytestmark = pytest.mark.slow

ANSWERS = ("--passed", "--unconditional", "--no-tax-point")


def voucher(company: Path, *more: object) -> Said:
    return ask("--company", company, "voucher", *more, "--json")


def submitted(company: Path, slip: Path) -> dict[str, Any]:
    proof = ("--evidence", f"签收单={slip}")
    said = voucher(company, "C1", "--delivery", "SH1", *ANSWERS, *proof, "--submit")
    assert said.code == 0, said
    value: dict[str, Any] = said.value
    return value


def test_that_a_voucher_shows_the_entry_as_it_will_be_posted_and_nothing_else_is_posted(
    company: Path, slip: Path
) -> None:
    done = submitted(company, slip)
    base = ("--company", company)

    ask(*base, "--as", "林涛", "approve", done["number"], "--seen", done["seen"])

    shown = ask(*base, "show", done["number"], "--json").value
    assert shown["state"] == "posted"
    assert shown["content"] == done["content"]
    assert [(row["account"], row["side"], row["amount"]) for row in done["content"]["lines"]] == [
        ("1122.02", 1, 113000),
        ("6001", -1, 100000),
        ("2221.02", -1, 13000),
    ]


def test_that_everything_that_lacks_is_told_at_once(company: Path) -> None:
    machine = voucher(company, "C2", "--amount", "安装=2000", "--not-passed", "--conditional",
                      "--no-tax-point", "--submit")  # fmt: skip
    person = ask("--company", company, "voucher", "C2", "--amount", "安装=2000", "--submit")

    assert [one["what"] for one in machine.value["lacks"]] == [
        "customer_fields", "not_passed", "evidence",
    ]  # fmt: skip
    assert all(one["sentence"] in machine.value["refused"] for one in machine.value["lacks"])
    assert (person.code, person.out, person.err.count("\n")) == (1, "", 1)
    assert {"签收单", "纳税人识别号", "三个问题"} <= {
        word for word in ("签收单", "纳税人识别号", "三个问题") if word in person.err
    }
    assert ask("--company", company, "inbox", "--json").value == []


def test_that_a_dry_run_keeps_nothing(company: Path, slip: Path) -> None:
    before = company.read_bytes()

    said = voucher(company, "C1", "--all-deliveries", *ANSWERS, "--evidence", f"签收单={slip}",
                   "--dry-run")  # fmt: skip

    assert said.value["lacks"] == []
    assert said.value["content"]["lines"][0]["amount"] == 135600
    assert slip.read_bytes() not in company.read_bytes()
    assert len(company.read_bytes()) == len(before)


def test_that_the_same_delivery_cannot_be_used_twice(company: Path, slip: Path) -> None:
    submitted(company, slip)

    proof = ("--evidence", f"签收单={slip}")
    draft = voucher(company, "C1", "--delivery", "SH1", *ANSWERS, *proof)
    again = voucher(company, "C1", "--delivery", "SH1", *ANSWERS, *proof, "--submit")

    for said in (draft, again):
        assert said.code == 1
        assert [one["what"] for one in said.value["lacks"]] == ["delivery_used"]
        assert "SH1" in said.value["refused"]


def test_that_a_posting_dated_years_ahead_is_refused_and_one_of_this_month_is_not(
    company: Path, slip: Path
) -> None:
    asked = ("C1", "--amount", "x=113", "--rate", "13%", *ANSWERS, "--evidence", f"签收单={slip}")

    refused = voucher(company, *asked, "--dry-run", "--posting-date", "2099-01-01")

    assert refused.code == 1
    assert "2099-01-01" in refused.value["refused"]
    assert voucher(company, *asked, "--dry-run").code == 0


@pytest.mark.parametrize("rate", ["NaN", "13", "-0.1", "abc", "Infinity", "1"])
def test_that_a_rate_that_cannot_be_is_wrong_usage(company: Path, rate: str) -> None:
    said = voucher(company, "C1", "--delivery", "SH1", "--rate", rate, "--dry-run")

    assert said.code == 2
    assert "--rate" in said.value["refused"]


def test_that_a_rate_may_be_a_percentage(company: Path) -> None:
    both = [
        voucher(company, "C1", "--amount", "x=113", *ANSWERS, "--rate", rate, "--dry-run").value
        for rate in ("13%", "0.13")
    ]

    assert [one["content"]["lines"][1]["amount"] for one in both] == [10000, 10000]


@pytest.mark.parametrize("text", ["slip.pdf", "nothing=slip.pdf", "=slip.pdf"])
def test_that_evidence_says_its_kind(company: Path, slip: Path, text: str) -> None:
    said = voucher(company, "C1", "--delivery", "SH1", "--evidence", text)

    assert said.code == 2
    assert "acceptance" in said.value["refused"]


def test_that_evidence_that_is_not_there_is_refused(company: Path, tmp_path: Path) -> None:
    said = voucher(company, "C1", "--delivery", "SH1", "--evidence", f"签收单={tmp_path / 'no'}")

    assert said.code == 1
    assert str(tmp_path / "no") in said.value["refused"]


def test_that_the_maker_never_approves(company: Path, slip: Path) -> None:
    done = submitted(company, slip)

    said = ask("--company", company, "approve", done["number"], "--seen", done["seen"], "--json")

    assert said.code == 1
    assert "自己" in said.value["refused"]


def test_that_nobody_approves_above_their_limit(company: Path, slip: Path, tmp_path: Path) -> None:
    order = tmp_path / "订单.pdf"
    order.write_bytes(b"order")
    proof = ("--evidence", f"签收单={slip}", "--evidence", f"订单={order}")
    done = voucher(company, "C3", "--delivery", "SH3", *ANSWERS, *proof, "--submit").value
    base = ("--company", company)

    small = ask(*base, "--as", "林涛", "approve", done["number"], "--seen", done["seen"])
    large = ask(*base, "--as", "周敏", "approve", done["number"], "--seen", done["seen"])

    assert small.code == 1
    assert "限额" in small.err
    assert large.code == 0


@pytest.mark.parametrize(
    ("seen", "code"),
    [("2:0000000000000000", 1), ("1:{hash}", 1), ("2:{hash}", 0), ("{hash}", 2), ("2:abc", 2)],
)
def test_that_no_other_text_is_approved_than_the_one_shown(
    company: Path, slip: Path, seen: str, code: int
) -> None:
    done = submitted(company, slip)
    named = seen.replace("{hash}", done["seen"].partition(":")[2])

    said = ask(
        "--company", company, "--as", "林涛", "approve", done["number"], "--seen", named, "--json"
    )

    assert said.code == code


def test_that_without_a_terminal_a_decision_says_what_was_looked_at(
    company: Path, slip: Path
) -> None:
    done = submitted(company, slip)

    said = ask("--company", company, "--as", "林涛", "approve", done["number"], stdin="y\n")

    assert said.code == 1
    assert "--seen" in said.err


def test_that_the_inbox_says_what_stands_against_each(company: Path, slip: Path) -> None:
    done = submitted(company, slip)
    base = ("--company", company)

    mine = ask(*base, "inbox", "--json").value[0]
    theirs = ask(*base, "--as", "林涛", "inbox", "--json").value[0]

    assert (mine["may"], theirs["may"]) == ("", "approve")
    assert "自己" in mine["why_not"]
    assert theirs["seen"] == done["seen"]
    assert (theirs["risk_minor"], theirs["currency"]) == (113000, "CNY")


def test_that_a_document_is_rejected_with_a_reason_and_then_voided(
    company: Path, slip: Path
) -> None:
    done = submitted(company, slip)
    base = ("--company", company)
    reject = (*base, "--as", "林涛", "reject", done["number"], "--seen", done["seen"], "--reason")

    short, whole = ask(*reject, "不"), ask(*reject, "金额和合同不符")
    gone = ask(*base, "void", done["number"], "--reason", "客户取消了订单", "--json")

    assert (short.code, whole.code) == (1, 0)
    assert gone.value["state"] == "voided"
    assert voucher(company, "C1", "--delivery", "SH1", "--dry-run").value["content"]["items"]


def test_that_what_was_handed_in_can_be_taken_back_and_handed_in_again(
    company: Path, slip: Path
) -> None:
    done = submitted(company, slip)
    base = ("--company", company)

    back = ask(*base, "withdraw", done["number"], "--json").value
    again = ask(*base, "submit", done["number"], "--json").value

    assert (back["state"], again["state"]) == ("draft", "submitted")
    assert ask(*base, "--as", "林涛", "withdraw", done["number"]).code == 1


def test_that_a_receipt_is_matched_undone_and_reversed(company: Path, slip: Path) -> None:
    done = submitted(company, slip)
    base = ("--company", company)
    approve = (*base, "--as", "林涛", "approve")
    ask(*approve, done["number"], "--seen", done["seen"])
    paid = ask(*base, "--as", "沈佳", "receipt", "500", "--customer", "C1", "--evidence", slip,
               "--submit", "--json").value  # fmt: skip
    ask(*approve, paid["number"], "--seen", paid["seen"])

    link = ask(*base, "allocate", "C1", "--credit", paid["number"], "--item",
               f"{done['number']}=300", "--json")  # fmt: skip
    balance = ask(*base, "balance", "C1", "--json").value[0]
    effects = ask(*base, "reverse", done["number"], "--dry-run", "--json").value
    usage = ask(*base, "reverse", done["number"])

    assert link.value["state"] == "posted"
    assert (balance["unbilled_minor"], balance["unapplied_minor"]) == (83000, 20000)
    assert "反核销" in effects["why_not"]
    assert usage.code == 2
    items = ask(*base, "items", "C1", "--json").value
    undone = ask(*base, "unallocate", items[0]["allocations"][0]["id"], "--reason",
                 "核销错了单据", "--json").value  # fmt: skip
    assert ask(*approve, undone["number"], "--seen", undone["seen"]).code == 0
    red = ask(*base, "reverse", done["number"], "--reason", "金额写错了", "--json").value
    assert ask(*approve, red["number"], "--seen", red["seen"]).code == 0
    assert ask(*base, "verify").code == 0


def test_that_a_receipt_from_nobody_known_is_claimed(company: Path, slip: Path) -> None:
    done, base = submitted(company, slip), ("--company", company)
    approve = (*base, "--as", "林涛", "approve")
    ask(*approve, done["number"], "--seen", done["seen"])
    money = ask(*base, "--as", "沈佳", "receipt", "500", "--memo", "货款", "--submit",
                "--json").value  # fmt: skip
    ask(*approve, money["number"], "--seen", money["seen"])

    claim = ask(*base, "--as", "沈佳", "claim", money["number"], "--customer", "C1", "--item",
                f"{done['number']}=300", "--submit", "--json").value  # fmt: skip
    [left] = ask(*base, "unidentified", "--json").value
    table = ask(*base, "unidentified").out
    ask(*approve, claim["number"], "--seen", claim["seen"])

    assert (claim["claims"], claim["content"]["lines"][0]["account"]) == (money["number"], "2241")
    assert {key: left[key] for key in ("number", "memo", "amount_minor", "waiting")} == {
        "number": money["number"], "memo": "货款", "amount_minor": 500_00,
        "waiting": claim["number"],
    }  # fmt: skip
    assert claim["number"] in table
    assert ask(*base, "unidentified", "--json").value == []
    balance = ask(*base, "balance", "C1", "--json").value[0]
    assert (balance["unbilled_minor"], balance["unapplied_minor"]) == (83000, 20000)
    twice = ask(*base, "--as", "沈佳", "claim", money["number"], "--customer", "C1")
    assert claim["number"] in twice.err
    assert ask(*base, "verify").code == 0


def test_that_what_may_pay_is_suggested_and_a_small_rest_given_up(
    company: Path, slip: Path
) -> None:
    done, base = submitted(company, slip), ("--company", company)
    approve = (*base, "--as", "林涛", "approve")
    ask(*approve, done["number"], "--seen", done["seen"])
    paid = ask(*base, "--as", "沈佳", "receipt", "1129.93", "--customer", "C1", "--memo",
               f"付{done['number']}", "--evidence", slip, "--submit", "--json").value  # fmt: skip
    ask(*approve, paid["number"], "--seen", paid["seen"])
    allocate = (*base, "allocate", "C1", "--credit", paid["number"], "--item",
                f"{done['number']}=1129.93", "--give-up")  # fmt: skip

    suggested = ask(*base, "suggest", "C1", "--json").value
    wrong = ask(*allocate, "0.07")
    asked = ask(*allocate, f"{done['number']}=0.07", "--submit", "--json").value

    assert [(one["sure"], one["items"], one["why"]) for one in suggested] == [
        (True, [done["number"]], "short")
    ]
    assert wrong.code == 2
    assert ask(*approve, asked["number"], "--seen", asked["seen"]).code == 0
    assert ask(*base, "items", "C1", "--json").value == []
    assert ask(*base, "verify").code == 0


@pytest.mark.parametrize(
    "paper",
    [
        "notice C1",
        "statement C1",
        "statement C1 --kind activity --from 2026-01-01",
        "confirmation C1 --method blank",
    ],
)
def test_that_a_second_print_is_a_copy_and_says_so(
    paper: str, company: Path, slip: Path, tmp_path: Path
) -> None:
    done, base = submitted(company, slip), ("--company", company)
    ask(*base, "--as", "林涛", "approve", done["number"], "--seen", done["seen"])
    out = ("--out", tmp_path / "n.pdf", "--json")

    nowhere = ask(*base, *paper.split(), "--out", tmp_path / "no" / "n.pdf")
    first, second = (ask(*base, *paper.split(), *out).value for _ in range(2))

    assert nowhere.code == 1
    assert (first["copy"], second["copy"]) == (0, 1)
    assert (first["number"], first["hash"]) == (second["number"], second["hash"])
    assert (tmp_path / "n.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of this kind are Unix's")
@pytest.mark.slow
def test_that_on_a_terminal_the_document_is_shown_and_confirmed(
    company: Path, slip: Path, tmp_path: Path
) -> None:
    number = submitted(company, slip)["number"]

    shown, said = at_terminal(
        tmp_path, b"y\n", "--company", company, "--as", "林涛", "approve", number
    )

    assert said == 0
    assert "1,130.00" in shown
    assert "已过账" in shown


def at_terminal(home: Path, typed: bytes, *arguments: object) -> tuple[str, int]:
    """Run the program on a terminal, type, and return what stood there and the exit code."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        program(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings(home)
    )
    os.close(theirs)
    os.write(ours, typed)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return shown.decode(), process.wait(30)


@pytest.mark.slow
def test_that_of_two_who_decide_at_once_exactly_one_does(
    company: Path, slip: Path, tmp_path: Path
) -> None:
    done = submitted(company, slip)
    seen = ("--seen", done["seen"], "--json")
    commands = [
        program("--company", company, "--as", who, verb, done["number"], *seen, *more)
        for who, verb, more in (
            ("林涛", "approve", ()),
            ("周敏", "reject", ("--reason", "金额和合同不符")),
            ("周敏", "approve", ()),
        )
    ]

    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings(tmp_path))
        for command in commands
    ]
    answers = [json.loads(process.communicate(timeout=60)[0]) for process in running]

    assert sorted(process.returncode for process in running) == [0, 1, 1]
    assert sum("refused" in answer for answer in answers) == 2
    assert ask("--company", company, "verify").code == 0


def test_that_an_empty_customer_is_nobody_and_not_money_from_nobody_known(company: Path) -> None:
    said = ask("--company", company, "--as", "沈佳", "receipt", "5.00", "--customer", "", "--json")

    assert said.code == 1
    assert "没有这个客户" in said.value["refused"]
