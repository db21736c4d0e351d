"""Differences explained at the command line, and the documents that come of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.asking import Said, ask
from tests.papers.reading import texts

pytestmark = pytest.mark.slow

CAMPAIGN = "盘-0001"
WHY = ("--reason", "数抄错了一位")


@pytest.fixture
def reviewed(company: Path) -> Path:
    """Give a company whose three customers were counted: C1 states 1,130.00, C3 nothing."""
    plan = ("campaign", "plan", "--name", "年末", "--counter", "王芳", "--freeze")
    assert ask("--company", company, "--as", "林涛", *plan).code == 0
    for code, amount in (("C1", "1130.00"), ("C2", "0"), ("C3", "0")):
        said = ask(
            "--company", company, "--as", "王芳", "state", CAMPAIGN, code, "--balance", amount
        )
        assert said.code == 0, said
    assert by(company, "林涛", "review").code == 0
    return company


def by(company: Path, person: str, what: str, *arguments: object) -> Said:
    return ask(
        "--company", company, "--as", person, "campaign", what, CAMPAIGN, *arguments, "--json"
    )


def differences(company: Path) -> Any:
    return by(company, "陈静", "differences").value


def test_that_differences_are_listed_for_people_and_machines(reviewed: Path) -> None:
    value = differences(reviewed)
    text = ask("--company", reviewed, "campaign", "differences", CAMPAIGN).out
    english = ask("--company", reviewed, "--lang", "en", "campaign", "differences", CAMPAIGN).out

    assert [(row["code"], row["standing"], row["difference_minor"]) for row in value["rows"]] == [
        ("C1", "open", 113_000)
    ]
    assert (value["undecided"], value["sums"][0]["unexplained_minor"]) == (1, 113_000)
    assert "还差 1 户" in text
    assert "待查" in text
    assert "1 to go" in english
    assert len(by(reviewed, "陈静", "differences", "--all").value["rows"]) == 3


def test_that_nothing_is_listed_before_the_review(company: Path) -> None:
    plan = ("campaign", "plan", "--name", "年末", "--counter", "王芳", "--freeze", "--blind")
    ask("--company", company, "--as", "林涛", *plan)

    said = by(company, "陈静", "differences")

    assert (said.code, "差异核对" in said.value["refused"]) == (1, True)


def test_that_a_difference_is_explained_whole_or_in_parts(reviewed: Path, slip: Path) -> None:
    one = ("--customer", "C1", "--cause", "not_booked=voucher", "--note", "电话核对过")
    whole = by(reviewed, "陈静", "explain", *one).value["rows"][0]
    parts = ("--cause", "not_booked=voucher:1,000.00", "--cause", "price=dispute:130.00")
    split = by(reviewed, "陈静", "explain", "--customer", "C1", *parts, "--evidence", slip)

    assert (whole["standing"], whole["unexplained_minor"], whole["note"]) == (
        "clear", 0, "电话核对过",
    )  # fmt: skip
    row = split.value["rows"][0]
    assert (row["standing"], row["unexplained_minor"], len(row["evidence"])) == (
        "disputed", 13_000, 1,
    )  # fmt: skip
    assert [part["amount_minor"] for part in row["parts"]] == [100_000, 13_000]


def test_that_a_cause_that_does_not_hold_is_refused_and_help_lists_what_does(
    reviewed: Path,
) -> None:
    wrong = by(reviewed, "陈静", "explain", "--customer", "C1", "--cause", "unbilled=confirm")
    unknown = by(reviewed, "陈静", "explain", "--customer", "C1", "--cause", "weather=confirm")
    not_mine = by(reviewed, "林涛", "explain", "--customer", "C1", "--cause", "timing=carry")

    assert (wrong.code, unknown.code, not_mine.code) == (1, 2, 1)
    assert differences(reviewed)["undecided"] == 1
    told = " ".join(ask("campaign", "explain", "--help").out.split())
    assert "their_error 对方记错 = theirs 请对方更正" in told


def test_that_a_recount_is_asked_for_and_a_supervisor_sends_the_line_back(reviewed: Path) -> None:
    asked = by(reviewed, "陈静", "ask-recount", "--customer", "C1", *WHY).value["rows"][0]
    refused = by(reviewed, "沈佳", "count-again", "--customer", "C1", *WHY)
    again = by(reviewed, "林涛", "count-again", "--customer", "C1", *WHY).value

    assert (asked["standing"], asked["recount"]) == ("recount", WHY[1])
    assert refused.code == 1
    assert (again["state"], again["rows"][0]["state"]) == (
        "counting", "recount_required",
    )  # fmt: skip


def test_that_a_supervisor_names_who_sees_to_a_line_and_takes_the_name_away(
    reviewed: Path,
) -> None:
    named = by(reviewed, "林涛", "assign", "--customer", "C1", "--to", "陈静").value["rows"][0]
    taken = by(reviewed, "林涛", "assign", "--customer", "C1").value["rows"][0]

    assert (named["owner"], taken["owner"]) == ("陈静", None)


def test_that_a_voucher_made_from_a_difference_is_a_document_of_the_campaign(
    reviewed: Path,
) -> None:
    by(reviewed, "陈静", "explain", "--customer", "C1", "--cause", "not_booked=voucher")
    made = by(reviewed, "陈静", "lacks-voucher", "--customer", "C1")

    value = differences(reviewed)

    assert [one["id"] for one in value["documents"]] == made.value["vouchers"]
    assert value["documents"][0]["state"] == "draft"
    assert [one["treatment"] for one in value["wanted"]] == ["voucher"]
    assert "张临时凭证" in ask(
        "--company", reviewed, "campaign", "lacks-voucher", CAMPAIGN, "--customer", "C1"
    ).out  # fmt: skip


def test_that_a_document_given_up_holds_up_nothing(reviewed: Path) -> None:
    by(reviewed, "陈静", "explain", "--customer", "C1", "--cause", "not_booked=voucher")

    short = by(reviewed, "陈静", "waive", "--customer", "C1", "--reason", "不做")
    value = by(reviewed, "陈静", "waive", "--customer", "C1", "--reason", "下月再记入账").value

    assert short.code == 1
    assert value["wanted"] == []
    assert [one["state"] for one in value["documents"]] == ["voided"]


def test_that_the_report_is_written_as_a_pdf_and_a_draft_until_the_end(
    reviewed: Path, tmp_path: Path
) -> None:
    path = tmp_path / "报告.pdf"

    said = by(reviewed, "陈静", "report", path)
    wrong = ask("--company", reviewed, "campaign", "report", CAMPAIGN, tmp_path / "r.doc")

    assert (said.code, said.value["file"], said.value["copy"]) == (0, str(path), 0)
    assert "草稿" in texts(path.read_bytes())[0]
    assert wrong.code != 0


def test_that_a_blind_campaign_that_counts_has_no_report(company: Path, tmp_path: Path) -> None:
    plan = ("campaign", "plan", "--name", "年末", "--counter", "王芳", "--freeze", "--blind")
    ask("--company", company, "--as", "林涛", *plan)

    said = by(company, "陈静", "report", tmp_path / "报告.pdf")

    assert (said.code, "差异核对" in said.value["refused"]) == (1, True)
    assert list(tmp_path.glob("*.pdf")) == []
