"""The program as a process of its own: streams, exit codes, terminals, readers who go away."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.asking import ask, ask_program, program, surroundings

pytestmark = pytest.mark.slow


def test_that_answers_go_to_one_stream_and_refusals_to_the_other(
    company: Path, tmp_path: Path
) -> None:
    good = ask_program(tmp_path, "--company", company, "people", "--json")
    refused = ask_program(tmp_path, "--company", company, "items", "C9")
    machine = ask_program(tmp_path, "--company", company, "items", "C9", "--json")
    wrong = ask_program(tmp_path, "--company", company, "items")

    assert (good.code, good.err, len(good.value)) == (0, "", 5)
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert (machine.code, machine.err, list(machine.value)) == (1, "", ["refused"])
    assert (wrong.code, wrong.out, wrong.err.count("\n")) == (2, "", 1)
    assert "python -m erpdesk items --help" in wrong.err


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gbk"},
    ],
)
def test_that_what_is_printed_is_utf_8_whatever_the_locale(
    company: Path, tmp_path: Path, locale: dict[str, str]
) -> None:
    said = ask_program(tmp_path, "--company", company, "people", env=locale)
    refused = ask_program(tmp_path, "--company", company, "items", "C9", env=locale)

    assert (said.code, refused.code) == (0, 1)
    assert "陈静" in said.out
    assert "没有这个客户" in refused.err


def test_that_a_reader_who_goes_away_is_no_fault(company: Path, tmp_path: Path) -> None:
    for verb in ("people", "scan --help", "balance --json"):
        process = subprocess.Popen(
            program("--company", company, *verb.split()),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=surroundings(tmp_path),
        )
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        told = process.stderr.read()
        process.stderr.close()

        assert process.wait(30) in {0, 1}
        assert told == b""


@pytest.mark.parametrize(
    ("closed", "verb"),
    [
        ("<&-", "approve 临-1"),
        ("<&-", "scan 盘-1"),
        ("<&-", "read-code"),
        (">&-", "people"),
        (">&-", "read-code"),
        ("2>&-", "nonsense"),
        ("<&- >&- 2>&-", "people"),
    ],
)
def test_that_closed_streams_are_no_fault(
    company: Path, tmp_path: Path, closed: str, verb: str
) -> None:
    words = " ".join(f"'{word}'" for word in program("--company", company, *verb.split()))

    done = subprocess.run(
        ["sh", "-c", f"{words} {closed}"],
        capture_output=True,
        env=surroundings(tmp_path),
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )

    assert done.returncode in {0, 1, 2}
    assert b"Traceback" not in done.stderr
    assert b"E-" not in done.stderr + done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_that_a_full_disk_behind_the_answer_is_told(company: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            program("--company", company, "people"),
            stdout=full,
            stderr=subprocess.PIPE,
            env=surroundings(tmp_path),
            check=False,
        )

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_that_stopping_by_hand_is_quiet(company: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        program("--company", company, "--as", "王芳", "read-code"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(tmp_path),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"raw": "QzE=", "channel": "wedge"}).encode() + b"\n")
    process.stdin.flush()
    process.stdout.readline()

    process.send_signal(2)
    out, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err


def test_that_a_company_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.erpdesk"
    damaged.write_bytes(os.urandom(5000))
    places = [damaged, tmp_path, tmp_path / "none.erpdesk", tmp_path / "no" / "x.erpdesk"]

    answers = [ask("--company", place, "people") for place in places]

    assert [said.code for said in answers] == [1, 1, 1, 1]
    assert all(said.err.count("\n") == 1 for said in answers)
    assert not any("E-" in said.err for said in answers)


def test_that_a_server_that_does_not_answer_is_one_sentence() -> None:
    place = "postgresql://nobody:x@127.0.0.1:9/none"

    said = ask("--company", place, "people", "--json")
    nobody = ask("--company", "postgresql://127.0.0.1:9/none", "people")
    odd = ask("--company", "postgresql://[bad", "people")

    assert (said.code, nobody.code, odd.code) == (1, 1, 1)
    assert "服务器连不上" in said.value["refused"]
    assert "--as" in nobody.err
    assert odd.err.count("\n") == 1
    assert "x@" not in said.out


def test_that_evidence_a_notice_and_a_company_are_not_readable_by_others(
    company: Path, tmp_path: Path
) -> None:
    ask_program(tmp_path, "--company", tmp_path / "n.erpdesk", "new", "--person", "a")
    ask_program(tmp_path, "--company", company, "export", "journal", tmp_path / "j.csv")

    assert (tmp_path / "n.erpdesk").stat().st_mode & 0o077 == 0
    assert (tmp_path / "j.csv").stat().st_mode & 0o077 == 0
