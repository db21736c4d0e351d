import contextlib
import json
import os
import queue
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from erpdesk.storage import tables as t
from erpdesk.storage.database import open_database
from tests.commands.asking import ask, program, surroundings

pytestmark = pytest.mark.slow

CAMPAIGN = "盘-0001"
KILLS = 5


@pytest.fixture
def counting(company: Path) -> Path:
    """Give a company in which everybody is being counted."""
    base = ("--company", company)
    said = ask(
        *base, "campaign", "plan", "--name", "年末", "--counter", "王芳", "--freeze", "--json"
    )
    assert said.value["number"] == CAMPAIGN, said
    return company


def scan(company: Path, codes: bytes, *more: object) -> list[Any]:
    said = ask("--company", company, "--as", "王芳", "scan", CAMPAIGN, "--json", *more, stdin=codes)
    assert said.code == 0, said
    return said.values


def stored(company: Path) -> int:
    return int(ask("--company", company, "campaign", "status", CAMPAIGN, "--json").value["scans"])


def test_that_each_code_is_answered_on_a_line_of_its_own(counting: Path) -> None:
    *answers, total = scan(counting, b"C1\r\n\n\r\nC1\nNO-SUCH\n   \nC3")

    assert [one["finding"] for one in answers] == [
        "counted", "already_counted", "unknown", "counted",
    ]  # fmt: skip
    assert total == {"scans": 4, "stored": 4, "pending": 0}
    assert stored(counting) == 4


def test_that_several_codes_in_one_line_count_each(counting: Path) -> None:
    *answers, total = scan(counting, b"C1\rC2\r\n\x02C3\x03\x02C1\x03\n")

    assert [one["raw_shown"] for one in answers] == ["C1", "C2", "C3", "C1"]
    assert total["stored"] == stored(counting) == 4


def test_that_bytes_are_kept_as_they_came(counting: Path) -> None:
    raw = bytes(range(0x80, 0xA0)) + b"\x1b[31m"

    answer, _ = scan(counting, raw + b"\n")

    assert bytes.fromhex(answer["raw"]) == raw
    assert answer["finding"] in {"unreadable", "unknown"}


def test_that_what_is_shown_to_a_person_holds_no_control_characters(counting: Path) -> None:
    said = ask("--company", counting, "--as", "王芳", "scan", CAMPAIGN, stdin=b"\x1b[31mX\x07\n")

    assert all(line.isprintable() for line in said.out.splitlines())
    assert "扫码 1 次 = 已存 1 次，待存 0" in said.out


@pytest.mark.parametrize("length", [4095, 4096, 4097, 4098, 4099, 9000])
def test_that_a_scan_longer_than_is_kept_is_stored_cut_and_the_next_one_whole(
    counting: Path, length: int
) -> None:
    *answers, total = scan(counting, b"Z" * length + b"\nC1\n")

    assert len(answers) == 2
    assert len(bytes.fromhex(answers[0]["raw"])) == min(length, 4096)
    assert answers[1]["finding"] == "counted"
    assert total["stored"] == 2


def test_that_the_password_is_the_first_line_and_codes_follow(counting: Path) -> None:
    base = ("--company", counting)
    asked = ("--role", "counter", "--password")
    ask(*base, "person", "add", "何平", *asked, stdin="drei\n")
    scan_as = (*base, "--as", "何平", "scan", CAMPAIGN, "--json")

    said = ask(*scan_as, "--password-stdin", stdin=b"drei\nC1\nC2\n")
    unsaid = ask(*scan_as, stdin=b"drei\nC1\n")

    assert [one.get("code") for one in said.values] == ["C1", "C2", None]
    assert unsaid.code == 1
    assert stored(counting) == 2


def test_that_no_codes_at_all_are_no_fault(counting: Path) -> None:
    assert scan(counting, b"") == [{"scans": 0, "stored": 0, "pending": 0}]


def test_that_counting_can_end_after_so_many(counting: Path) -> None:
    *answers, _ = scan(counting, b"C1\nC2\nC3\n", "--count", "2")

    assert len(answers) == stored(counting) == 2


def test_that_a_blind_counter_sees_no_figure_of_the_books(counting: Path) -> None:
    said = ask("--company", counting, "--as", "王芳", "scan", CAMPAIGN, "--json", stdin=b"C1\n")

    assert "minor" not in said.out


def test_that_a_statement_keeps_balance_fields_and_evidence(counting: Path, slip: Path) -> None:
    base = ("--company", counting, "--as", "王芳", "state", CAMPAIGN)

    said = ask(*base, "C1", "--balance", "1,356.00", "--verify", "phone", "--evidence", slip,
               "--reply-way", "电话", "--json")  # fmt: skip
    zero = ask(*base, "C2", "--balance", "0", "--json")
    nothing = ask(*base, "C3", "--json")
    missing = ask(*base, "C3", "--balance", "1", "--evidence", slip.with_name("no.pdf"))

    assert (said.value["stated_minor"], said.value["currency"]) == (135600, "CNY")
    assert said.value["verified"] == ["phone"]
    assert len(said.value["evidence"][0]) == 64
    assert zero.value["stated_minor"] == 0
    assert nothing.code == 1
    assert missing.code == 1
    status = ask("--company", counting, "campaign", "status", CAMPAIGN, "--json").value
    assert status["not_counted"] == ["C3"]


def test_that_the_count_sheet_is_written_as_a_pdf(counting: Path, tmp_path: Path) -> None:
    path = tmp_path / "盘点表.pdf"

    said = ask("--company", counting, "campaign", "sheet", CAMPAIGN, path, "--json")

    assert said.value["bytes"] == path.stat().st_size
    assert path.read_bytes().startswith(b"%PDF")


def test_that_a_count_sheet_is_no_spreadsheet(counting: Path, tmp_path: Path) -> None:
    path = tmp_path / "盘点表.xlsx"

    said = ask("--company", counting, "campaign", "sheet", CAMPAIGN, path)

    assert said.code != 0
    assert not path.exists()


@pytest.mark.parametrize("name", ["lines.csv", "lines.xlsx"])
def test_that_a_campaign_is_exported(counting: Path, tmp_path: Path, name: str) -> None:
    scan(counting, b"C1\n")

    said = ask("--company", counting, "campaign", "export", CAMPAIGN, tmp_path / name, "--json")

    assert said.value["rows"] == 3
    assert (tmp_path / name).stat().st_size > 100


# ---- the program itself


@contextlib.contextmanager
def scanning(company: Path, home: Path, *more: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a counter's program; it is gone when the block ends."""
    command = program("--company", company, "--as", "王芳", "scan", CAMPAIGN, "--json", *more)
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=surroundings(home)
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [KILLS, pytest.param(200, marks=pytest.mark.nightly)])
def test_that_every_acknowledged_scan_is_there_after_the_program_was_killed(
    counting: Path, tmp_path: Path, kills: int
) -> None:
    chance, acknowledged = random.Random(7), set[str]()  # noqa: S311 - no secret

    for n in range(kills):
        with scanning(counting, tmp_path) as process:
            acknowledged |= killed_while_it_scans(
                process, n, after=chance.randint(1, 25), chance=chance
            )

    status = ask("--company", counting, "campaign", "status", CAMPAIGN, "--json").value
    kept = {one["event"] for one in status["unexpected_scans"]}
    assert len(acknowledged) >= kills
    assert acknowledged <= kept
    assert 0 <= status["scans"] - len(acknowledged) <= kills
    assert set(Counter(codes_in(counting)).values()) == {1}
    assert ask("--company", counting, "verify").code == 0


def codes_in(company: Path) -> list[bytes]:
    """Return every code that was stored, as often as it was."""
    with closing(open_database(str(company))) as database, database.reading() as found:
        return [bytes(raw) for raw in found.execute(select(t.count_event.c.raw)).scalars()]


def killed_while_it_scans(
    process: subprocess.Popen[bytes], run: int, *, after: int, chance: random.Random
) -> set[str]:
    """Feed codes that nobody knows; kill the program some time after so many answers."""
    assert process.stdin is not None
    assert process.stdout is not None
    codes = b"".join(b"RUN-%d-%d\n" % (run, n) for n in range(2000))
    feeder = threading.Thread(target=feed, args=(process, codes), daemon=True)
    feeder.start()
    lines = [process.stdout.readline() for _ in range(after)]
    threading.Event().wait(chance.random() * 0.02)
    process.kill()
    lines += process.stdout.readlines()
    feeder.join()
    whole = [line for line in lines if line.endswith(b"\n")]
    return {json.loads(line)["event"] for line in whole}


def feed(process: subprocess.Popen[bytes], codes: bytes) -> None:
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.write(codes)
        process.stdin.flush()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of this kind are Unix's")
@pytest.mark.slow
def test_that_a_scanner_pulled_out_in_the_middle_of_a_code_leaves_its_part_as_unreadable(
    counting: Path, tmp_path: Path
) -> None:
    import tty

    ours, theirs = os.openpty()
    tty.setraw(theirs)

    with scanning(counting, tmp_path, "--port", os.ttyname(theirs)) as process:
        told = lines_of(process)
        wait_for(told, "连上")
        os.write(ours, b"C1\r\nC3-half")  # in one piece: where the first is, the other is too
        first = json.loads(wait_for(told, '"event"'))
        wait_until_read(theirs)
        os.close(theirs)
        os.close(ours)
        lost, kept = both(told, "没有连上扫码枪", '"event"')
        process.send_signal(2)
        assert process.wait(30) == 0

    assert (first["code"], first["finding"]) == ("C1", "counted")
    assert "接好" in lost
    part = json.loads(kept)
    assert (bytes.fromhex(part["raw"]), part["finding"]) == (b"C3-half", "unreadable")
    assert part["reason"]
    assert stored(counting) == 2


def wait_until_read(line: int) -> None:
    """Wait until the program has taken all that was sent down the line."""
    import fcntl
    import termios

    waiting = bytes(4)
    while any(fcntl.ioctl(line, termios.FIONREAD, waiting)):
        threading.Event().wait(0.01)


def lines_of(process: subprocess.Popen[bytes]) -> "queue.Queue[str]":
    """Return what a program says on both streams, as it comes."""
    told: queue.Queue[str] = queue.Queue()
    for stream in (process.stdout, process.stderr):
        assert stream is not None
        reader = threading.Thread(target=pass_on, args=(stream, told), daemon=True)
        reader.start()
    return told


def pass_on(stream: Any, told: "queue.Queue[str]") -> None:
    with contextlib.suppress(ValueError):
        for line in stream:
            told.put(line.decode())


def both(told: "queue.Queue[str]", one: str, other: str) -> tuple[str, str]:
    """Wait for two lines that may come in either order, one on each stream."""
    found: dict[str, str] = {}
    while len(found) < 2:
        line = told.get(timeout=30)
        found |= {part: line for part in (one, other) if part in line}
    return found[one], found[other]


def wait_for(told: "queue.Queue[str]", part: str) -> str:
    while part not in (line := told.get(timeout=30)):
        pass
    return line


@pytest.mark.slow
def test_that_a_scanner_that_is_not_there_is_told_and_stopping_by_hand_ends_well(
    counting: Path, tmp_path: Path
) -> None:
    with scanning(counting, tmp_path, "--port", tmp_path / "no-port") as process:
        told = lines_of(process)
        wait_for(told, "没有连上扫码枪")
        process.send_signal(2)
        code = process.wait(30)

    assert code == 0


@pytest.mark.slow
def test_that_two_counters_at_once_lose_nothing(counting: Path, tmp_path: Path) -> None:
    codes = b"".join(b"W-%d\n" % n for n in range(60))

    with scanning(counting, tmp_path) as one, scanning(counting, tmp_path) as other:
        feeders = [threading.Thread(target=feed_and_end, args=(p, codes)) for p in (one, other)]
        for feeder in feeders:
            feeder.start()
        answers = [p.stdout.readlines() for p in (one, other) if p.stdout]
        codes_out = [p.wait(60) for p in (one, other)]

    assert codes_out == [0, 0]
    assert [json.loads(lines[-1])["stored"] for lines in answers] == [60, 60]
    assert stored(counting) == 120


def feed_and_end(process: subprocess.Popen[bytes], codes: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(codes)
    process.stdin.close()
    process.stdin = None
