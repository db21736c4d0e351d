import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.errors import StaleError, UserError
from ui.work.runner import Broken, Report, Runner, WorkStoppedError

NOTHING = Changes()


def outcome(value: Any, **ids: frozenset[str]) -> Callable[[], Outcome[Any]]:
    return lambda: Outcome(value, Changes(**ids))


def endless(report: Report) -> None:
    while True:
        report(1)


def refusing() -> Outcome[Any]:
    raise StaleError


def test_that_changes_are_made_one_at_a_time_in_the_order_asked(
    qtbot: QtBot, runner: Runner
) -> None:
    owner, made, running = QObject(), list[int](), list[str]()

    def work(number: int) -> Outcome[int]:
        running.append("in")
        assert running.count("in") - running.count("out") == 1
        running.append("out")
        return Outcome(number, NOTHING)

    for number in range(30):
        runner.change(owner, lambda n=number: work(n), done=made.append)  # type: ignore[misc]

    qtbot.waitUntil(lambda: len(made) == 30)
    assert made == list(range(30))


def test_that_a_value_comes_back_on_the_windows_thread_before_changed(
    qtbot: QtBot, runner: Runner
) -> None:
    owner, heard, threads = QObject(), list[object](), list[QThread]()

    def show(value: object) -> None:
        heard.append(value)
        threads.append(QThread.currentThread())

    runner.changed.connect(heard.append)
    with qtbot.waitSignal(runner.changed):
        runner.change(owner, outcome(7, customers=frozenset({"c1"})), done=show)

    assert heard == [7, Changes(customers=frozenset({"c1"}))]
    assert threads == [runner.thread()]


def test_that_work_runs_beside_the_windows_thread(qtbot: QtBot, runner: Runner) -> None:
    owner, names = QObject(), list[str]()

    runner.query(owner, lambda: threading.current_thread().name, done=names.append)

    qtbot.waitUntil(lambda: bool(names))
    assert names[0].startswith("query")


def test_that_a_query_need_not_wait_for_a_change(qtbot: QtBot, runner: Runner) -> None:
    owner, held, found = QObject(), threading.Event(), list[str]()

    def slow() -> Outcome[None]:
        held.wait(10)
        return Outcome(None, NOTHING)

    runner.change(owner, slow)
    runner.query(owner, lambda: "there", done=found.append)

    qtbot.waitUntil(lambda: found == ["there"])
    assert not runner.is_idle
    held.set()


def test_that_results_of_an_owner_that_left_are_dropped_and_changes_still_told(
    qtbot: QtBot, runner: Runner
) -> None:
    owner, held, heard = QObject(), threading.Event(), list[object]()

    def slow() -> Outcome[int]:
        held.wait(10)
        return Outcome(1, NOTHING)

    runner.change(owner, slow, done=heard.append)
    delete(owner)
    with qtbot.waitSignal(runner.changed):
        held.set()

    assert heard == []


def test_that_a_refused_change_is_said_even_when_its_page_left(
    qtbot: QtBot, runner: Runner
) -> None:
    owner, heard = QObject(), list[UserError]()
    runner.change(owner, refusing, refused=heard.append)
    delete(owner)

    with qtbot.waitSignal(runner.refused):
        pass

    assert heard == []


def test_that_a_refusal_goes_to_who_asked_for_it(qtbot: QtBot, runner: Runner) -> None:
    owner, heard = QObject(), list[object]()
    runner.refused.connect(lambda _: heard.append("signal"))

    runner.change(owner, refusing, refused=heard.append)

    qtbot.waitUntil(lambda: bool(heard))
    assert [type(one) for one in heard] == [StaleError]


def test_that_a_refusal_nobody_takes_is_a_signal(qtbot: QtBot, runner: Runner) -> None:
    owner = QObject()

    with qtbot.waitSignal(runner.refused) as said:
        runner.query(owner, refusing, done=print)

    assert isinstance(said.args[0], StaleError)


def test_that_what_breaks_is_logged_under_the_id_it_is_shown_with(
    qtbot: QtBot, runner: Runner, expect_log: list[str]
) -> None:
    owner = QObject()

    with qtbot.waitSignal(runner.broke) as said:
        runner.query(owner, lambda: 1 // 0, done=print)

    broken = said.args[0]
    assert isinstance(broken, Broken)
    assert isinstance(broken.error, ZeroDivisionError)
    expect_log.append(broken.id)


def test_that_the_lane_goes_on_after_something_broke(
    qtbot: QtBot, runner: Runner, expect_log: list[str]
) -> None:
    owner, made = QObject(), list[str]()
    expect_log.append("ZeroDivisionError")

    runner.change(owner, lambda: Outcome(1 // 0, NOTHING))
    runner.change(owner, outcome("after"), done=made.append)

    qtbot.waitUntil(lambda: made == ["after"])


def test_that_progress_is_told_and_its_end_never_left_out(qtbot: QtBot, runner: Runner) -> None:
    owner, told, made = QObject(), list[tuple[int, int | None]](), list[str]()

    def work(report: Report) -> str:
        for count in range(1, 1001):
            report(count, 1000)
        return "ready"

    runner.produce(
        owner, work, done=made.append, progress=lambda count, total: told.append((count, total))
    )

    qtbot.waitUntil(lambda: made == ["ready"])
    assert told[-1] == (1000, 1000)
    assert len(told) < 100


def test_that_a_job_stops_at_its_next_report(qtbot: QtBot, runner: Runner) -> None:
    owner, heard = QObject(), list[object]()
    begun = threading.Event()

    def work(report: Report) -> None:
        while True:
            report(3412)
            begun.set()

    job = runner.produce(owner, work, done=heard.append, refused=heard.append)
    begun.wait(10)
    job.cancel()

    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], WorkStoppedError)
    assert heard[0].facts["done"] == 3412


def test_that_a_stop_nobody_asks_about_is_silent(qtbot: QtBot, runner: Runner) -> None:
    owner, heard = QObject(), list[object]()
    runner.refused.connect(heard.append)

    runner.produce(owner, endless, done=print).cancel()

    qtbot.waitUntil(lambda: runner.is_idle)
    assert heard == []


@pytest.mark.usefixtures("qapp")
def test_that_every_change_handed_in_is_made_before_the_program_ends() -> None:
    runner, owner, made, told = Runner(), QObject(), list[int](), list[object]()
    runner.changed.connect(told.append)
    for number in range(5):
        runner.change(owner, outcome(number), done=made.append)

    runner.stop()

    assert made == [0, 1, 2, 3, 4]
    assert len(told) == 5
    assert runner.is_idle


@pytest.mark.usefixtures("qapp")
def test_that_long_work_does_not_keep_the_program_from_ending() -> None:
    runner, owner = Runner(), QObject()
    runner.produce(owner, endless, done=print)

    runner.stop()

    assert runner.is_idle


def test_that_after_the_end_nothing_is_answered_and_no_change_is_taken_in_silence(
    qtbot: QtBot, runner: Runner
) -> None:
    owner, answers = QObject(), list[int]()
    runner.stop()

    runner.query(owner, lambda: 1, done=answers.append)
    with pytest.raises(RuntimeError):
        runner.change(owner, lambda: Outcome(2, Changes()), done=answers.append)

    assert answers == []
