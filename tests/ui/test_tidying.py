"""Widgets that nobody holds any more go on their own thread, whoever allocates."""

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from ui.work.tidying import Tidying


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


def test_that_what_a_start_has_loaded_is_left_out_and_what_comes_later_is_not() -> None:
    tidying, was_on = Tidying(), gc.isenabled()
    tidying.begin()
    kept = garbage()

    tidying.keep()
    later = garbage()
    tidying.keep()
    gc.collect()

    assert (kept, len(later)) == ([], 1)
    tidying.end()
    if not was_on:
        gc.disable()
