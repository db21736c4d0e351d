"""The check of the books as the window knows it: one at a time, told, stopped, remembered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.errors import ErpdeskError, StorageError
from erpdesk.services.keeping.verifying import Speed, Verified, Verifying, codes_of
from erpdesk.services.keeping.watching import LookStoppedError, Watched, Watching
from tests.fakes import FakeClock
from tests.storage.proof import company_at, opened, tampering
from ui.work.books_watch import BooksWatch
from ui.work.runner import Runner

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


@pytest.fixture
def watch(path: Path, tmp_path: Path, runner: Runner) -> Iterator[BooksWatch]:
    with opened(path) as database:
        made = BooksWatch(runner, Watching(Verifying(database, FakeClock()), tmp_path / "n.json"))
        yield made
        runner.stop()


def settle(watch: BooksWatch, runner: Runner, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: runner.is_idle and not watch.is_checking, timeout=20_000)


def test_that_a_check_tells_how_far_it_is_and_how_the_books_stand(
    watch: BooksWatch, runner: Runner, qtbot: QtBot
) -> None:
    told: list[tuple[int, int]] = []
    watch.progressed.connect(lambda _, asked, total: told.append((asked, total)))

    watch.check(Speed.RULES)
    assert watch.is_checking
    settle(watch, runner, qtbot)

    assert watch.stands.runs[0].count == 0
    assert watch.verified is not None
    assert told
    assert {total for _, total in told} == {len(codes_of(Speed.RULES))}


def test_that_a_check_keeps_nobody_waiting_who_has_something_made(
    watch: BooksWatch, runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, made = Event(), list[str]()

    def slow(*_: object, **__: object) -> object:
        held.wait(60)
        raise LookStoppedError

    monkeypatch.setattr(Watching, "verify", slow)
    watch.check(Speed.DEEP)
    runner.produce(watch, lambda _: "notice", done=made.append)
    qtbot.waitUntil(lambda: made == ["notice"])
    held.set()
    settle(watch, runner, qtbot)


def test_that_only_one_check_runs_at_a_time(
    watch: BooksWatch, runner: Runner, qtbot: QtBot
) -> None:
    watch.check(Speed.RULES)
    watch.check(Speed.RULES)
    settle(watch, runner, qtbot)

    assert len(watch.stands.runs) == 1


def test_that_a_failure_is_known_before_the_next_check(
    watch: BooksWatch, path: Path, runner: Runner, qtbot: QtBot
) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE number_series SET last = last + 1 WHERE series = '收'")
    watch.check(Speed.RULES)
    settle(watch, runner, qtbot)

    again = BooksWatch(runner, watch._watching)
    again.look()
    settle(again, runner, qtbot)

    assert [one.code for one in again.stands.failing] == ["V7"]


@dataclass(frozen=True)
class Slow:
    """Books that take long until somebody stops looking at them, or that break."""

    fault: Exception | None = None
    begun: Event = field(default_factory=Event)

    def watched(self) -> Watched:
        return Watched()

    def verify(
        self, speed: Speed, *, say: Callable[[str], None], is_stopped: Callable[[], bool]
    ) -> tuple[Verified, Watched]:
        del speed, say
        if self.fault is not None:
            raise self.fault
        self.begun.set()
        while not is_stopped():
            Event().wait(0.001)
        raise LookStoppedError


def test_that_a_check_can_be_stopped(runner: Runner, qtbot: QtBot) -> None:
    books = Slow()
    watch = BooksWatch(runner, books)  # type: ignore[arg-type]
    heard: list[ErpdeskError] = []
    watch.refused.connect(heard.append)

    watch.check(Speed.DEEP)
    assert books.begun.wait(10)
    watch.stop()
    settle(watch, runner, qtbot)

    assert [type(one) for one in heard] == [LookStoppedError]
    assert watch.trouble is None


def test_that_books_that_cannot_be_read_are_a_trouble_and_can_be_asked_again(
    runner: Runner, qtbot: QtBot
) -> None:
    watch = BooksWatch(runner, Slow(StorageError("gone")))  # type: ignore[arg-type]

    watch.check(Speed.RULES)
    settle(watch, runner, qtbot)

    assert isinstance(watch.trouble, StorageError)
    assert not watch.is_checking


def test_that_a_check_that_broke_can_be_begun_again(
    runner: Runner, qtbot: QtBot, expect_log: list[str]
) -> None:
    expect_log.append("RuntimeError")
    watch = BooksWatch(runner, Slow(RuntimeError("odd")))  # type: ignore[arg-type]

    watch.check(Speed.RULES)
    settle(watch, runner, qtbot)

    assert not watch.is_checking
