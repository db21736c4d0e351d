import uuid

from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.ids import is_id, new_id, new_ids


@given(st.integers(0, 2**47), st.binary(min_size=10, max_size=10))
def test_that_an_id_is_a_version_seven_uuid_in_one_spelling(at_ms: int, noise: bytes) -> None:
    made = new_id(at_us=at_ms * 1000, noise=noise)

    assert uuid.UUID(made).version == 7
    assert uuid.UUID(made).variant == uuid.RFC_4122
    assert is_id(made)


def test_that_later_ids_sort_after_earlier_ones() -> None:
    assert new_id(at_us=1_000_000) < new_id(at_us=2_000_000)


def test_that_two_ids_of_one_moment_differ() -> None:
    assert new_id(at_us=1) != new_id(at_us=1)


def test_that_many_ids_are_as_many_single_ones() -> None:
    made = new_ids(3, at_us=5_000)

    assert len(set(made)) == 3
    assert all(map(is_id, made))
    assert {one[:15] for one in made} == {new_id(at_us=5_000)[:15]}


def test_that_another_spelling_is_no_id() -> None:
    made = new_id(at_us=1_795_577_329_052_539)

    assert not is_id(made.upper())
    assert not is_id(made.replace("-", ""))
    assert not is_id("EDC004175D")
