"""What one window does the other shows within a second; a server that is gone is told once."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from erpdesk.domain.changes import Changes
from erpdesk.errors import StorageError
from tests.postgres_server import Server
from tests.ui.rooms import Here, code_of, counting_page, scan
from tests.ui.server_rooms import ServerFirm
from ui.work.follower import Follower
from ui.work.runner import Runner

pytestmark = pytest.mark.usefixtures("app")
NAMES = iter(f"pair{n}" for n in range(100))
SECOND = 1.0


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    del qtbot
    made = Runner()
    yield made
    made.stop()


def test_that_what_was_touched_is_told_as_a_change(runner: Runner, qtbot: QtBot) -> None:
    touched = Changes(campaigns=frozenset({"c"}))
    answers = iter([None, touched])
    follower = Follower(runner, lambda: next(answers, None), runner)

    with qtbot.waitSignal(runner.changed) as told:
        follower.start()

    follower.stop()
    assert told.args == [touched]


def test_that_a_file_that_cannot_be_read_is_told_once_and_its_return_too(
    runner: Runner, qtbot: QtBot
) -> None:
    told: list[str] = []
    answers: list[Exception | None] = [StorageError(), StorageError(), None]

    def look() -> None:
        if answers and (error := answers.pop(0)):
            raise error

    follower = Follower(runner, look, runner)
    follower.lost.connect(lambda: told.append("lost"))
    follower.back.connect(lambda: told.append("back"))

    for _ in range(3):
        follower.ask()
        qtbot.waitUntil(lambda: runner.is_idle)

    follower.stop()
    assert told == ["lost", "back"]


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_that_of_two_windows_on_a_server_each_shows_what_the_other_did_within_a_second(
    postgres_server: Server, tmp_path: Path, qtbot: QtBot
) -> None:
    firm = ServerFirm(postgres_server, next(NAMES), tmp_path)
    firm.make()
    firm.campaign()
    with firm.room("counter") as one, firm.room("chief") as other:
        mine, theirs = counting_page(one, qtbot), counting_page(other, qtbot)
        followers = [followed(here, mine) for here in (one, other)]
        other.settle(qtbot)

        scan(mine, code_of(1))
        qtbot.waitUntil(lambda: mine.flow.tally.stored == 1)
        began = time.monotonic()
        qtbot.waitUntil(lambda: bool(theirs.standing and theirs.standing.counted == 1))
        there = time.monotonic() - began
        scan(theirs, code_of(2))
        qtbot.waitUntil(lambda: theirs.flow.tally.stored == 1)
        began = time.monotonic()
        qtbot.waitUntil(lambda: bool(mine.standing and mine.standing.counted == 2))
        here = time.monotonic() - began

        for follower in followers:
            follower.stop()
        one.settle(qtbot)
        other.settle(qtbot)
    assert max(there, here) < SECOND


def followed(here: Here, parent: QObject) -> Follower:
    made = Follower(here.room.runner, here.desk.following.look, parent)
    made.start()
    return made
