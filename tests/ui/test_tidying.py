"""Widgets that nobody holds any more go on their own thread, whoever allocates."""

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk.settings import Settings
from ui.app import Program
from ui.work.tidying import QUIET_S, Tidying, kept


class Knot:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.itself = self
        self.gone_on: list[int] = []


def garbage() -> list[int]:
    knot = Knot()
    gone_on = knot.gone_on
    weakref.finalize(knot, lambda: gone_on.append(threading.get_ident()))
    return gone_on


def test_that_only_the_window_s_thread_collects(qtbot: QtBot) -> None:
    tidying = Tidying()
    tidying.begin()
    gone_on = garbage()

    lane = threading.Thread(target=lambda: [Knot() for _ in range(50_000)])
    lane.start()
    lane.join()
    assert gone_on == []

    qtbot.waitUntil(lambda: bool(gone_on))
    assert gone_on == [threading.get_ident()]


def test_that_python_collects_again_afterwards() -> None:
    tidying = Tidying()
    was_on = gc.isenabled()

    tidying.begin()
    assert not gc.isenabled()
    tidying.end()
    assert gc.isenabled()

    if not was_on:
        gc.disable()


@pytest.fixture
def beside() -> Iterator[Tidying]:
    """What tidies beside somebody who may be working: see ``Hands``."""
    was_on = gc.isenabled()
    gc.unfreeze()
    made = Tidying(quiet_s=lambda: HANDS.quiet_s)
    gc.disable()
    gc.collect()
    yield made
    gc.unfreeze()
    if was_on:
        gc.enable()


class Hands:
    """How long somebody's hands have rested."""

    quiet_s = 0.0


HANDS = Hands()


def old_garbage() -> list[int]:
    """Return what tells when garbage is gone that only a full collection finds."""
    knot = Knot()
    gone_on = knot.gone_on
    weakref.finalize(knot, lambda: gone_on.append(threading.get_ident()))
    gc.collect(1)
    return gone_on


def due(generation: int, *, times: int = 1) -> None:
    """Make a collection of a generation due so many times over."""
    below = {2: 1, 1: 0}[generation]
    for _ in range(times * gc.get_threshold()[generation] + 1):
        gc.collect(below)


def test_that_nothing_is_collected_fully_while_somebody_works(beside: Tidying) -> None:
    old = old_garbage()
    due(2)

    HANDS.quiet_s = QUIET_S - 1
    beside.tidy()
    assert old == []

    HANDS.quiet_s = QUIET_S
    beside.tidy()
    assert len(old) == 1


def test_that_what_is_young_goes_while_somebody_works(beside: Tidying) -> None:
    HANDS.quiet_s = 0
    due(1)
    young = garbage()

    beside.tidy()

    assert len(young) == 1


def test_that_somebody_who_never_rests_is_collected_for_all_the_same(beside: Tidying) -> None:
    HANDS.quiet_s = 0
    old = old_garbage()
    due(2, times=10)

    beside.tidy()

    assert len(old) == 1


def test_that_a_window_that_stands_is_left_out_until_it_is_closed(beside: Tidying) -> None:
    HANDS.quiet_s = QUIET_S
    window = Knot()
    gone = weakref.ref(window)

    beside.keep()
    beside.tidy()
    del window
    gc.collect()
    assert gone() is not None

    beside.let_go()
    gc.collect()
    assert gone() is None


def test_that_a_program_does_not_rest_while_something_is_asked_or_stored(
    app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    program, asked = Program(app, Settings(), tmp_path / "settings.toml"), threading.Event()
    program._wake()
    program.wedge.touched_s -= 60.0

    program.runner.query(program, asked.wait, done=lambda _: None)
    asking = program.quiet_s()
    asked.set()
    qtbot.waitUntil(lambda: program.runner.is_idle)

    assert asking == 0.0
    assert program.quiet_s() >= 60.0
    program.end()
    program.wedge.leave()
    program.wedge.deleteLater()
    program.deleteLater()


def test_that_rows_that_are_kept_are_left_out_as_they_are_read(qtbot: QtBot) -> None:
    tidying, told = Tidying(), list[tuple[int, int | None]]()
    tidying.begin()
    rows = [[n] for n in range(1000)]

    before = gc.get_count()[0]
    kept(lambda done, total: told.append((done, total)))(1000, 2000)
    after = gc.get_count()[0]
    tidying.end()

    assert (len(rows), told) == (1000, [(1000, 2000)])
    assert before > 500 > after
