"""The verbs of a campaign: planned with filters, handed in, counted again, given up."""

import json
from pathlib import Path
from typing import Any

from tests.commands.asking import Said, ask

PLAN = ("--name", "年末盘点", "--counter", "王芳")
WHY = ("--reason", "核对过账单了")


def campaign(company: Path, *more: object, by: str = "林涛") -> Said:
    return ask("--company", company, "--as", by, "campaign", *more, "--json")


def done(company: Path, *more: object, by: str = "林涛") -> dict[str, Any]:
    said = campaign(company, *more, by=by)
    assert said.code == 0, said
    value: dict[str, Any] = said.value
    return value


def stated(company: Path, number: str, code: str, balance: str) -> None:
    base = ("--company", company, "--as", "王芳", "state", number, code)
    assert ask(*base, "--balance", balance).code == 0


def test_that_only_what_a_customer_has_can_be_verified(company: Path) -> None:
    number = done(company, "plan", *PLAN, "--customer", "C1", "--freeze")["number"]
    base = ("--company", company, "--as", "王芳", "state", number, "C1", "--json", "--verify")

    assert ask(*base, "shoe_size=44").code == 2
    assert ask(*base, "phone").code == 0


def test_that_a_plan_filters_by_balance_and_leaves_people_out(company: Path) -> None:
    everybody = done(company, "plan", *PLAN, "--without", "C2", "--due", "2030-12-31", "--freeze")
    nobody = campaign(company, "plan", *PLAN, "--filter", "balance_min=1,000.00", "--freeze")
    unread = campaign(company, "plan", *PLAN, "--filter", "balance_min=viel")

    assert [row["code"] for row in everybody["rows"]] == ["C1", "C3"]
    assert (nobody.code, unread.code) == (1, 1)
    assert "没有客户" in json.loads(nobody.out)["refused"]


def test_that_differences_are_handed_in_once_each_is_explained(company: Path) -> None:
    number = done(company, "plan", *PLAN, "--customer", "C1", "--freeze")["number"]
    stated(company, number, "C1", "100")
    done(company, "review", number)

    refused = campaign(company, "hand-in", number, by="陈静")

    assert refused.code == 1
    assert "差异" in refused.value["refused"]
    assert done(company, "status", number)["state"] == "review"


def test_that_a_campaign_without_differences_is_handed_in(company: Path) -> None:
    number = done(company, "plan", *PLAN, "--customer", "C1", "--freeze")["number"]
    stated(company, number, "C1", "0")
    done(company, "review", number)

    assert done(company, "hand-in", number, by="陈静")["state"] == "submitted"


def test_that_lines_are_opened_and_counted_again(company: Path) -> None:
    number = done(company, "plan", *PLAN, "--customer", "C1", "--freeze")["number"]
    stated(company, number, "C1", "100")
    done(company, "review", number)

    again = done(company, "reopen", number, "--customer", "C1", *WHY)
    stated(company, number, "C1", "100")
    recounting = done(company, "recount", number, *WHY)

    assert (again["state"], again["uncounted"]) == ("counting", 1)
    assert recounting["state"] == "recount"


def test_that_a_campaign_is_given_up_by_a_second_person(company: Path) -> None:
    number = done(company, "plan", *PLAN, "--freeze")["number"]

    own = campaign(company, "cancel", number, *WHY)
    other = done(company, "cancel", number, *WHY, by="周敏")
    late = campaign(company, "resume", number)

    assert (own.code, late.code) == (1, 1)
    assert "另一位" in own.value["refused"]
    assert other["state"] == "cancelled"


def test_that_who_is_only_decided_about_was_not_counted(company: Path) -> None:
    number = done(company, "plan", *PLAN, "--customer", "C1", "--customer", "C3", "--freeze")[
        "number"
    ]
    stated(company, number, "C1", "0")

    status = done(company, "decide", number, "defer", "--customer", "C3", *WHY)

    assert (status["counted"], status["uncounted"], status["coverage"]) == (1, 0, "50.00%")
