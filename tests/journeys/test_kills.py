"""The program killed in the middle of work: what it acknowledged is there, the rest is offered."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from erpdesk.services.keeping.verifying import Speed
from tests.commands.asking import ROOT
from tests.services.builders import CUSTOMERS as KNOWN
from tests.services.builders import Office, make_company, password_of

pytestmark = [
    pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(240),
    pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are Unix's"),
]  # fmt: skip
KILLS = 3
CUSTOMERS = 12


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a firm with customers enough for every run."""
    path = tmp_path / "firm.erpdesk"
    make_company(str(path))
    with closing(Office(str(path), tmp_path)) as office:
        rows = [(f"T{n}", f"客户{n}") for n in range(CUSTOMERS)]
        office.add_customers(*KNOWN, *rows)
    return path


@contextmanager
def working(place: Path, person: str, work: str) -> Iterator[subprocess.Popen[str]]:
    """Run the program at some work; it is gone when the block ends."""
    own = {
        name: str(place.parent / "home" / name)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    process = subprocess.Popen(
        [
            sys.executable, "-m", "tests.journeys.program_to_kill",
            str(place), person, password_of(person), work,
        ],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def acknowledged(place: Path, person: str, work: str, *, lines: int) -> list[tuple[str, str]]:
    """Let the program work, kill it after so many lines, and return all that it told."""
    with working(place, person, work) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines + 1)]
        process.kill()
        said += process.stdout.readlines()
        assert said[0].startswith("ready"), process.stderr and process.stderr.read()
    whole = [line.rstrip("\n") for line in said[1:] if line.endswith("\n")]
    return [(word, about) for word, _, about in (line.partition(" ") for line in whole)]


def told(place: Path, person: str, work: str) -> Any:
    """Start the program again and return what it offers."""
    with working(place, person, work) as process:
        out, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1].partition(" ")[2])


def test_that_every_count_acknowledged_is_there_and_half_typed_cards_are_offered(
    place: Path,
) -> None:
    with closing(Office(str(place), place.parent)) as office:
        campaign = office.campaign()
    chance, words = random.Random(11), list[tuple[str, str]]()  # noqa: S311 - no secret

    for _ in range(KILLS):
        words += acknowledged(place, "counter", "count", lines=chance.randint(4, 12))
    offered = told(place, "counter", "look")

    with closing(Office(str(place), place.parent)) as office:
        stored = {one.id for one in office.desk("counter").counting.mine(campaign).mine}
        clean = office.desk("chief").verifying.verify(Speed.RULES).is_clean
    events = {about for word, about in words if word != "drafted"}
    assert len(events) >= 3 * KILLS
    assert events <= stored
    assert {code for word, code in words if word == "drafted"} <= dict(offered["parked"]).keys()
    assert "12 and" in dict(offered["parked"]).values()
    assert any("没录完的" in one for one in offered["said"])
    assert clean


def test_that_every_voucher_parked_is_there_and_the_one_half_written_is_offered(
    place: Path,
) -> None:
    words = acknowledged(place, "maker", "write", lines=15)

    offered = told(place, "maker", "voucher")

    drafted = [about for word, about in words if word == "drafted"]
    parked = [about for word, about in words if word == "parked"]
    with closing(Office(str(place), place.parent)) as office:
        kept = {office.desk("maker").document(one).content["memo"] for one in parked}
        clean = office.desk("chief").verifying.verify(Speed.RULES).is_clean
    assert len(kept) == len(parked) == 2
    assert int(offered["memo"].split()[1]) >= int(drafted[-1].split()[1])
    assert any("没写完的凭证" in one for one in offered["said"])
    assert clean


def test_that_every_approval_acknowledged_is_posted_and_the_rest_still_waits(place: Path) -> None:
    with closing(Office(str(place), place.parent)) as office:
        sent = [office.submitted(f"服务{n}", "113.00", f"K{n % 2 + 1}").id for n in range(10)]

    words = acknowledged(place, "chief", "approve", lines=4)

    with closing(Office(str(place), place.parent)) as office:
        desk = office.desk("chief")
        states = {one: desk.document(one).state for one in sent}
        waiting = {one.head.id for one in desk.approving.inbox()}
        clean = desk.verifying.verify(Speed.RULES).is_clean
    approved = {about for _, about in words}
    assert len(approved) >= 4
    assert {states[one] for one in approved} == {"posted"}
    assert waiting == {one for one, state in states.items() if state != "posted"}
    assert clean
