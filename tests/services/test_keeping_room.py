"""Where the disk is nearly full no new count begins, and one that is under way is stored."""

import shutil
from collections.abc import Callable

import pytest

from erpdesk.domain.disk import COUNT_BYTES, NoRoomToCountError
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.stocktake.counting import Source
from erpdesk.storage.ballast import ballast_of
from tests.services.builders import Office


@pytest.fixture
def leave(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Leave so many bytes free on the disk."""
    usage = shutil.disk_usage("/")

    def left(free: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free))

    return left


def test_that_no_campaign_begins_and_one_under_way_goes_on(
    office: Office, leave: Callable[[int], None]
) -> None:
    running = office.campaign("K1")
    chief, counter = office.desk("chief").campaigns, office.desk("counter").counting
    planned = chief.plan(office.plan("K2")).value
    leave(COUNT_BYTES - 1)

    with pytest.raises(NoRoomToCountError):
        chief.freeze(planned)
    with pytest.raises(NoRoomToCountError):
        chief.recount(running, "数目不对，要再数")
    with pytest.raises(NoRoomToCountError):
        chief.reopen(running, "数目不对，要再数", (CustomerId(office.customer("K1").id),))
    counted = counter.record_scan(running, b"K1", source=Source.SERIAL).value

    assert counted.customer is not None
    assert counted.customer.code == "K1"


def test_that_a_campaign_begins_where_there_is_room(
    office: Office, leave: Callable[[int], None]
) -> None:
    leave(COUNT_BYTES)

    assert office.campaign("K1").state == "counting"


def test_that_looking_writes_nothing_and_room_is_kept_when_that_is_asked(office: Office) -> None:
    room, ballast = office.desk("chief").room, ballast_of(office.place)
    ballast.unlink(missing_ok=True)
    free = room.look()
    before = ballast.exists()

    kept = room.keep()

    assert free is not None
    assert kept is not None
    assert not before
    assert ballast.is_file()
    ballast.unlink()
