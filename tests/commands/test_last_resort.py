import json
import re
from pathlib import Path

import pytest

from erpdesk import paths
from erpdesk.bootstrap import Desk
from erpdesk.logs import FILE_NAME
from tests.commands.asking import ask


def broken(*_: object) -> None:
    raise ZeroDivisionError("一个没有人想到的错 password=secret")


def test_that_a_fault_nobody_expected_is_one_sentence_with_an_id_and_its_trace_in_the_log(
    company: Path, monkeypatch: pytest.MonkeyPatch, expect_log: list[str]
) -> None:
    monkeypatch.setattr(Desk, "balances", broken)
    expect_log.append("E-")

    said = ask("--company", company, "balance")

    name = re.search(r"E-[2-9A-Z]{4}", said.err)
    assert name is not None
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    line = json.loads((paths.log_folder() / FILE_NAME).read_text("utf-8").splitlines()[-1])
    assert line["said"] == name[0]
    assert "ZeroDivisionError" in line["trace"]
    assert "secret" not in line["trace"]


def test_that_such_a_fault_is_json_for_a_machine(
    company: Path, monkeypatch: pytest.MonkeyPatch, expect_log: list[str]
) -> None:
    monkeypatch.setattr(Desk, "balances", broken)
    expect_log.append("E-")

    said = ask("--company", company, "balance", "--json", "--lang", "en")

    assert said.value["refused"].startswith("Something unexpected happened, E-")
    assert said.err == ""


def test_that_what_the_system_refuses_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "a-folder"
    folder.mkdir()

    said = ask("--company", folder, "balance")

    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


def test_that_the_program_runs_without_a_place_for_its_log(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no-folder").write_text("", "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "no-folder"))

    assert ask("--company", company, "people").code == 0


def test_that_stopping_by_hand_is_told(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Desk, "balances", stopped)

    said = ask("--company", company, "balance")

    assert said.code == 130
    assert "已中断" in said.err
