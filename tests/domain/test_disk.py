"""Room is short before it is too little, and a disk nobody knows of stops nothing."""

import pytest

from erpdesk.domain.disk import (
    BALLAST_BYTES,
    COUNT_BYTES,
    SHORT_BYTES,
    NoRoomToCountError,
    is_short,
    is_too_little_to_count,
    must_have_room_to_count,
)


def test_that_room_is_short_well_before_no_count_begins() -> None:
    assert BALLAST_BYTES < COUNT_BYTES < SHORT_BYTES
    assert is_short(SHORT_BYTES - 1)
    assert not is_short(SHORT_BYTES)
    assert not is_too_little_to_count(COUNT_BYTES)


def test_that_a_count_begins_only_where_there_is_room() -> None:
    must_have_room_to_count(COUNT_BYTES)
    with pytest.raises(NoRoomToCountError) as refused:
        must_have_room_to_count(COUNT_BYTES - 1)
    assert refused.value.facts == {"free": 199, "needed": 200}


def test_that_a_disk_nobody_knows_of_stops_nothing() -> None:
    must_have_room_to_count(None)
    assert not is_short(None)
