"""A counter's own records at the command line: taken back, proposed about, summed."""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.asking import Said, ask

CAMPAIGN = "盘-0001"


@pytest.fixture
def counting(company: Path) -> Path:
    """Give a company in which everybody is being counted."""
    plan = ("campaign", "plan", "--name", "年末", "--counter", "王芳", "--freeze", "--json")
    assert ask("--company", company, *plan).value["number"] == CAMPAIGN
    return company


def as_counter(company: Path, *arguments: object, stdin: bytes = b"") -> Said:
    return ask("--company", company, "--as", "王芳", *arguments, "--json", stdin=stdin)


def scanned(company: Path, code: str) -> Any:
    return as_counter(company, "scan", CAMPAIGN, stdin=f"{code}\n".encode()).values[0]


def status(company: Path) -> Any:
    return ask("--company", company, "campaign", "status", CAMPAIGN, "--json").value


def test_that_a_scan_is_taken_back_once(counting: Path) -> None:
    event = scanned(counting, "C1")["event"]

    done = as_counter(counting, "take-back", CAMPAIGN, event)
    again = as_counter(counting, "take-back", CAMPAIGN, event)

    assert (done.code, done.value["takes_back"]) == (0, event)
    assert (again.code, "refused" in again.value) == (1, True)
    assert "C1" in status(counting)["not_counted"]


def test_that_an_unknown_code_is_proposed_and_stays_until_it_is_decided(counting: Path) -> None:
    event = scanned(counting, "OLD-7")["event"]

    without = as_counter(counting, "propose", CAMPAIGN, event, "alias")
    said = as_counter(counting, "propose", CAMPAIGN, event, "alias", "--customer", "C1")

    assert (without.code, said.code) == (1, 0)
    assert [one["event"] for one in status(counting)["unexpected_scans"]] == [event]
    decided = ("campaign", "decide", CAMPAIGN, "alias", "--customer", "C1", "--event", event)
    ask("--company", counting, *decided, "--reason", "旧标签，核对过")
    assert status(counting)["unexpected_scans"] == []


def test_that_a_shift_is_summed_and_signed(counting: Path) -> None:
    scanned(counting, "C1")
    scanned(counting, "OLD-7")

    value = as_counter(counting, "shift", CAMPAIGN).value
    text = ask("--company", counting, "--as", "王芳", "shift", CAMPAIGN).out

    assert (value["scans"], value["stored"], value["pending"], value["unexpected"]) == (2, 2, 0, 1)
    assert "扫码 2 次 = 已存 2 次，待存 0" in text
    assert "签字" in text


def test_that_a_recount_is_asked_for_listed_and_decided(counting: Path) -> None:
    scanned(counting, "C1")

    asked = as_counter(counting, "ask-recount", CAMPAIGN, "C1", "--reason", "电话里没听清")
    waiting = status(counting)["recounts_asked"]
    shown = ask("--company", counting, "campaign", "status", CAMPAIGN).out
    decide = ("campaign", "decide", CAMPAIGN, "recount", "--customer", "C1", "--to", "林涛")
    decided = ask("--company", counting, *decide, "--reason", "另一个人再盘一次")

    assert (asked.code, asked.value["code"], asked.value["why"]) == (0, "C1", "电话里没听清")
    assert waiting == [
        {"event": asked.value["event"], "code": "C1", "by": "王芳", "why": "电话里没听清"}
    ]
    assert "请求复盘：C1（王芳）电话里没听清" in shown
    assert decided.code == 0
    assert status(counting)["recounts_asked"] == []


def test_that_nobody_asks_for_a_recount_of_what_was_not_counted_or_without_a_reason(
    counting: Path,
) -> None:
    uncounted = as_counter(counting, "ask-recount", CAMPAIGN, "C1", "--reason", "电话里没听清")
    scanned(counting, "C1")
    short = as_counter(counting, "ask-recount", CAMPAIGN, "C1", "--reason", "错")

    assert [one.code for one in (uncounted, short)] == [1, 1]
    assert uncounted.value["refused"] != short.value["refused"]
    assert status(counting)["recounts_asked"] == []


def test_that_who_contradicts_whom_is_listed_with_what_a_decision_names(counting: Path) -> None:
    state = ("state", CAMPAIGN, "C1", "--balance")
    as_counter(counting, *state, "10")
    ask("--company", counting, *state, "20")

    first, second = status(counting)["conflicts"]
    shown = ask("--company", counting, "campaign", "status", CAMPAIGN).out
    decide = ("campaign", "decide", CAMPAIGN, "choose", "--customer", "C1")
    done = ask("--company", counting, *decide, "--event", first["event"], "--reason", "核对过回函")

    assert [(one["by"], one["stated"]) for one in (first, second)] == [
        ("王芳", "10.00"), ("陈静", "20.00"),
    ]  # fmt: skip
    assert f"C1 陈静 记的是 20.00（decide choose --event {second['event']}）" in shown
    assert (done.code, status(counting)["conflicts"]) == (0, [])
