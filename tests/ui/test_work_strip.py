"""What takes long tells how far it is, and ends when somebody stops it."""

from threading import Event

from pytestqt.qtbot import QtBot

from erpdesk.errors import UserError
from tests.ui.settling import until_idle
from ui.widgets.work_strip import WorkStrip
from ui.work.runner import Report, Runner, WorkStoppedError
from ui.work.wording import Wording


def a_strip(qtbot: QtBot, runner: Runner) -> tuple[WorkStrip, list[UserError]]:
    """A strip, and what it refuses."""
    refused: list[UserError] = []
    strip = WorkStrip(runner, Wording("zh"), refused.append)
    qtbot.addWidget(strip)
    return strip, refused


def test_that_a_strip_is_there_while_something_is_done(qtbot: QtBot, runner: Runner) -> None:
    strip, refused = a_strip(qtbot, runner)
    gate, done = Event(), list[int]()

    def work(report: Report) -> int:
        gate.wait(10)
        report(1234)
        return 5

    strip.do(work, done.append)
    told = strip.progress.text()
    was_there = strip.isVisible()
    gate.set()
    qtbot.waitUntil(until_idle(runner))

    assert (was_there, strip.isVisible(), told) == (True, False, "已读 0 行")
    assert (strip.progress.text(), done, refused) == ("已读 1,234 行", [5], [])


def test_that_its_stop_ends_the_work(qtbot: QtBot, runner: Runner) -> None:
    strip, refused = a_strip(qtbot, runner)

    def work(report: Report) -> None:
        while True:
            report(1)

    done: list[None] = []
    strip.do(work, done.append)
    strip.stop.click()
    qtbot.waitUntil(until_idle(runner))

    assert ([type(one) for one in refused], done) == ([WorkStoppedError], [])
    assert not strip.isVisible()
