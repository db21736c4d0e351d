"""A backup beside counting: the window stays awake, and the copy is a beginning of the history."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from erpdesk.domain.stocktake.counting import Source
from erpdesk.services.keeping.backing_up import Restoring
from erpdesk.storage.counts import events
from tests.fakes import FakeClock
from tests.ui.pulse import pulse_of
from tests.ui.rooms import Here, desk_of
from ui.main_window import MainWindow

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.journey, pytest.mark.slow]
ASLEEP_MS, STALL_MS = 1_000, 100
"""A busy computer tells only whether the window sleeps; at night it has one of its own."""


@pytest.fixture
def template(campaign_template: Path) -> Path:
    return campaign_template


@pytest.mark.parametrize(
    "longest_ms", [ASLEEP_MS, pytest.param(STALL_MS, marks=pytest.mark.nightly)]
)
def test_that_the_window_counts_on_while_a_backup_is_made(
    counting_window: MainWindow, here: Here, qtbot: QtBot, tmp_path: Path, longest_ms: int
) -> None:
    kept, again, done = tmp_path / "kept.erpbackup", tmp_path / "again.erpdesk", list[object]()
    chief, pulse = desk_of(here.place, "chief"), pulse_of(counting_window)

    here.room.runner.produce(
        counting_window, lambda _: chief.backing_up.back_up(kept, anyway=True), done=done.append
    )
    for n in range(2_000):
        counting_window.take_scan(b"BESIDE-%d" % n, Source.SERIAL)
        qtbot.wait(1)
        if done:
            break
    here.settle(qtbot)
    chief.close()

    Restoring(FakeClock()).restore(kept, str(again))
    campaign = here.desk.campaign("盘-0001")
    every = [one.raw for one in here.events(campaign.id)]
    restored = desk_of(again, "maker")
    with restored.company.database.reading() as connection:
        copied = [one.raw for one in events(connection, campaign.id)]
    restored.close()
    assert done
    assert len(every) >= 3
    assert every[: len(copied)] == copied
    assert 0 < pulse.longest_ms < longest_ms
