"""One shift: the sample company is opened, somebody signs in, scans, states, hands over."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erpdesk import keys
from erpdesk.bootstrap import open_desk
from erpdesk.services.sampling import PASSWORD, SMALL, Sampling
from erpdesk.settings import FILE_NAME, Settings
from tests.fakes import FakeClock
from ui.app import Program
from ui.dialogs.first_start import FirstStart
from ui.dialogs.sign_in import SignIn
from ui.pages.counting.page import CountingPage

pytestmark = [
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]


def scanned(code: str) -> None:
    """Type a code as a scanner does, into whatever has the focus."""
    window = QApplication.focusWindow()
    for letter in code:
        QTest.keyClick(window, ord(letter))
    QTest.keyClick(window, Qt.Key.Key_Return)


def test_that_a_shift_is_counted_from_the_first_start_to_the_hand_over(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    place, clock = str(tmp_path / "sample.erpdesk"), FakeClock()
    sample = Sampling(clock, SMALL, keys.CHEAP)
    program = Program(
        qapp, Settings(scanner_gap_ms=200), tmp_path / FILE_NAME, clock=clock, sample=sample
    )
    program.begin()
    assert isinstance(program.dialog, FirstStart)
    program.dialog.sample_wanted.emit(place)
    qtbot.waitUntil(lambda: isinstance(program.dialog, SignIn), timeout=50_000)
    program.sign_in(place, "wangfang", PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    window = program.window
    assert window is not None
    window.activateWindow()
    window.go("counting")
    qtbot.waitUntil(lambda: program.runner.is_idle, timeout=20_000)
    page = window.page
    assert isinstance(page, CountingPage)
    before = page.standing.counted if page.standing else 0
    uncounted = page.standing.uncounted if page.standing else ()

    for one in uncounted[:3]:
        scanned(one.code)
        qtbot.waitUntil(lambda: page.flow.tally.pending == 0 and program.runner.is_idle)
        qtbot.keyClicks(page.card.stated.amount, "1200")
    scanned("NOBODY-0815")
    qtbot.waitUntil(lambda: program.runner.is_idle, timeout=20_000)
    page.acts.hand_over()

    assert page.standing is not None
    assert page.standing.counted == before + 3
    assert (page.flow.tally.scans, page.flow.tally.stored) == (4, 4)
    window.close()
    program.end()
    program.wedge.leave()
    again = open_desk(place, person="wangfang", password=lambda _: PASSWORD, clock=clock)
    progress = again.counting.progress(again.campaign("盘-0002"))
    again.close()
    assert progress.customers - len(progress.uncounted) == before + 3
