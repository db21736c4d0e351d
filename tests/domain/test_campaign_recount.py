"""A recount: whoever is over tolerance, a sample of the others, never by the first counter."""

from erpdesk.domain.ids import CustomerId, PersonName
from erpdesk.domain.stocktake.campaign_recount import recounts

WANG, LI, ZHAO = map(PersonName, ("wang", "li", "zhao"))
A, B, C, D = map(CustomerId, "ABCD")
COUNTED = dict.fromkeys((A, B, C, D), frozenset({WANG}))


def test_that_those_over_tolerance_are_counted_again_in_the_order_of_the_list() -> None:
    found = recounts(
        COUNTED, over=frozenset({C, A}), permille=0, salt=b"s", recounters=(WANG, LI, ZHAO)
    )

    assert [(one.customer, one.by, one.was_drawn) for one in found] == [
        (A, LI, False), (C, ZHAO, False),
    ]  # fmt: skip


def test_that_the_sample_is_drawn_of_the_others() -> None:
    found = recounts(COUNTED, over=frozenset({A}), permille=1000, salt=b"s", recounters=(LI,))

    assert [(one.customer, one.was_drawn) for one in found] == [
        (A, False), (B, True), (C, True), (D, True),
    ]  # fmt: skip
    assert {one.by for one in found} == {LI}


def test_that_nobody_is_named_where_only_the_first_counter_could_be() -> None:
    found = recounts(COUNTED, over=frozenset({A}), permille=0, salt=b"s", recounters=(WANG,))

    assert [one.by for one in found] == [None]
