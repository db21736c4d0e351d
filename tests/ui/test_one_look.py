"""However often something is asked, one question is on its way and the last is answered."""

from functools import partial
from threading import Event

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.campaign_gates import EmptyScopeError
from erpdesk.errors import UserError
from tests.ui.settling import until_idle
from ui.work.one_look import OneLook
from ui.work.runner import Report, Runner


def test_that_what_asks_meanwhile_is_asked_once_more(qtbot: QtBot, runner: Runner) -> None:
    owner, gate, asked = QObject(), Event(), list[int]()
    look, answers = OneLook(runner, owner), list[int]()

    def work(n: int) -> int:
        gate.wait(10)
        asked.append(n)
        return n

    for n in range(5):
        look.ask(partial(work, n), done=answers.append)
    gate.set()
    qtbot.waitUntil(until_idle(runner))

    assert (asked, answers) == ([0, 4], [0, 4])


def test_that_a_refusal_lets_the_next_one_go(qtbot: QtBot, runner: Runner) -> None:
    owner, refused, answers = QObject(), list[UserError](), list[str]()
    look, gate = OneLook(runner, owner), Event()

    def fail() -> str:
        gate.wait(10)
        raise EmptyScopeError

    look.ask(fail, done=answers.append, refused=refused.append)
    look.ask(lambda: "there", done=answers.append)
    gate.set()
    qtbot.waitUntil(until_idle(runner))

    assert ([type(one) for one in refused], answers) == ([EmptyScopeError], ["there"])


def test_that_a_refusal_nobody_waits_for_is_told_by_the_runner(
    qtbot: QtBot, runner: Runner
) -> None:
    owner, told = QObject(), list[UserError]()
    runner.refused.connect(told.append)

    def fail() -> str:
        raise EmptyScopeError

    OneLook(runner, owner).ask(fail, done=lambda _: None)
    qtbot.waitUntil(until_idle(runner))

    assert [type(one) for one in told] == [EmptyScopeError]


def test_that_what_is_asked_anew_may_stop_what_is_on_its_way(qtbot: QtBot, runner: Runner) -> None:
    owner, answers = QObject(), list[str]()
    look = OneLook(runner, owner, is_stopping=True)

    def work(report: Report) -> str:
        while True:
            report(1)

    look.ask_long(work, done=answers.append)
    look.ask(lambda: "there", done=answers.append)
    qtbot.waitUntil(until_idle(runner))

    assert answers == ["there"]
