"""Over 400 lines because every state of a line has its story here."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.approval import ReasonTooShortError
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.count_line import (
    CountLine,
    LineCountedError,
    LineDecision,
    LineState,
    LineVerb,
    NotCountedError,
    OtherLineError,
    ProofMissingError,
    RecounterCountedError,
    Rulings,
    contradict,
    fold,
    why_not_rule,
)
from erpdesk.domain.stocktake.counting import CountEvent, Source, Verified

QINGHE = CustomerId("qinghe")
WANG, LI, CHEN = PersonName("wang"), PersonName("li"), PersonName("chen")
CAMPAIGN = DocumentId("c")


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def counted(
    by: PersonName = WANG,
    seq: int = 1,
    stated: Money | None = None,
    *fields: Verified,
    supersedes: CountEvent | None = None,
    at: int = 10,
) -> CountEvent:
    return CountEvent(
        id=EventId(f"{by}-{seq}"),
        campaign=CAMPAIGN,
        customer=QINGHE,
        raw=b"A",
        source=Source.WEDGE,
        by=by,
        device=f"{by}'s",
        device_seq=seq,
        received_at=at,
        stated=stated,
        verified=fields,
        supersedes=supersedes.id if supersedes else None,
    )


def decided(
    verb: LineVerb,
    at: int = 20,
    *,
    event: CountEvent | None = None,
    to: PersonName | None = None,
    customer: CustomerId | None = None,
    evidence: tuple[str, ...] = (),
) -> LineDecision:
    return LineDecision(
        id=f"{verb}-{at}",
        campaign=CAMPAIGN,
        verb=verb,
        reason="as the delivery note says",
        by=PersonName("chief"),
        at=at,
        customer=customer,
        event=event.id if event else None,
        to_person=to,
        evidence=evidence,
    )


HUNDRED, TWO_HUNDRED = counted(WANG, 1, cny(100)), counted(LI, 1, cny(200))


def amount(line: CountLine) -> int | None:
    event = line.stating("CNY")
    return event.stated.minor if event and event.stated else None


def test_that_a_line_without_events_is_pending_or_leased() -> None:
    assert fold([]) == CountLine(LineState.PENDING)
    assert fold([], leased=True).state is LineState.LEASED


def test_that_a_bare_scan_leaves_a_line_pending() -> None:
    line = fold([counted()])

    assert line.state is LineState.PENDING
    assert amount(line) is None
    assert line.counters == frozenset()


def test_that_a_stated_zero_is_counted() -> None:
    line = fold([counted(WANG, 1, cny(0))])

    assert line.state is LineState.COUNTED
    assert amount(line) == 0


def test_that_a_verified_field_alone_is_counted_and_no_balance() -> None:
    line = fold([counted(WANG, 1, None, Verified("name"))])

    assert line.state is LineState.COUNTED
    assert line.stating("CNY") is None
    assert line.verified == (Verified("name"),)


def test_that_a_later_count_of_the_same_counter_stands_and_both_are_kept() -> None:
    later = counted(WANG, 2, cny(150), at=5)

    line = fold([later, HUNDRED])

    assert (line.state, amount(line)) == (LineState.COUNTED, 150)
    assert line.events == (HUNDRED, later)


def test_that_taking_back_a_count_leaves_the_line_uncounted_and_visible() -> None:
    back = counted(WANG, 2, supersedes=HUNDRED)

    line = fold([HUNDRED, back])

    assert line.state is LineState.PENDING
    assert line.events == (HUNDRED, back)
    assert not line.duplicate_scan


def test_that_a_superseded_count_does_not_come_back_from_another_device() -> None:
    elsewhere = replace(counted(WANG, 1, cny(7), supersedes=HUNDRED), id=EventId("x"), device="a")

    assert amount(fold([HUNDRED, elsewhere])) == 7


def test_that_two_counters_with_two_balances_are_in_conflict_and_both_visible() -> None:
    line = fold([HUNDRED, TWO_HUNDRED])

    assert line.state is LineState.CONFLICT
    assert set(line.standing) == {HUNDRED, TWO_HUNDRED}


def test_that_two_counters_who_agree_are_no_conflict() -> None:
    other = counted(LI, 1, cny(100), Verified("name"))

    line = fold([HUNDRED, other])

    assert (line.state, amount(line)) == (LineState.COUNTED, 100)
    assert line.verified == (Verified("name"),)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (counted(WANG, 1, cny(0)), counted(LI, 1, None, Verified("name")), False),
        (counted(WANG, 1, None, Verified("name")), counted(LI, 1, cny(0)), False),
        (counted(WANG, 1, cny(0)), counted(LI, 1, cny(1)), True),
        (counted(WANG, 1, cny(0)), counted(LI, 1, Money(5, "USD")), False),
        (
            counted(WANG, 1, None, Verified("name")),
            counted(LI, 1, None, Verified("name", "B")),
            True,
        ),
        (
            counted(WANG, 1, None, Verified("name", "B")),
            counted(LI, 1, None, Verified("name", "B")),
            False,
        ),
        (counted(WANG, 1, None, Verified("phone")), counted(LI, 1, None, Verified("name")), False),
    ],
)
def test_that_only_different_answers_contradict(
    one: CountEvent,
    other: CountEvent,
    expected: bool,  # noqa: FBT001
) -> None:
    assert contradict(one, other) is expected
    assert contradict(other, one) is expected


def test_that_a_choice_ends_a_conflict_and_hides_nothing() -> None:
    line = fold([HUNDRED, TWO_HUNDRED], [decided(LineVerb.CHOOSE, event=TWO_HUNDRED)])

    assert (line.state, amount(line)) == (LineState.COUNTED, 200)
    assert len(line.events) == 2


def test_that_a_count_that_arrives_after_the_choice_is_a_new_conflict() -> None:
    late = counted(CHEN, 1, cny(300), at=21)

    line = fold([HUNDRED, TWO_HUNDRED, late], [decided(LineVerb.CHOOSE, event=HUNDRED)])

    assert line.state is LineState.CONFLICT
    assert set(line.standing) == {HUNDRED, late}


def test_that_the_choice_of_an_event_that_is_not_there_settles_nothing() -> None:
    line = fold([HUNDRED, TWO_HUNDRED], [decided(LineVerb.CHOOSE, event=counted(CHEN))])

    assert line.state is LineState.CONFLICT


def test_that_a_recount_is_required_until_the_named_person_counted() -> None:
    recount = decided(LineVerb.RECOUNT, to=LI)
    by_wang, by_chen = counted(WANG, 2, cny(1), at=30), counted(CHEN, 1, cny(2), at=30)

    line = fold([HUNDRED, by_wang, by_chen], [recount])

    assert line.state is LineState.RECOUNT_REQUIRED
    assert line.first == (HUNDRED,)
    assert amount(line) is None


def test_that_the_recount_stands_instead_of_the_first_count() -> None:
    second = counted(LI, 1, cny(200), at=30)

    line = fold([HUNDRED, second], [decided(LineVerb.RECOUNT, to=LI)])

    assert (line.state, amount(line)) == (LineState.RECOUNTED, 200)
    assert line.first == (HUNDRED,)


def test_that_a_recount_for_anybody_is_not_for_the_first_counter() -> None:
    recount = decided(LineVerb.RECOUNT)

    assert fold([HUNDRED], [recount]).state is LineState.RECOUNT_REQUIRED
    assert fold([HUNDRED, replace(TWO_HUNDRED, received_at=30)], [recount]).state is (
        LineState.RECOUNTED
    )


def test_that_two_recounts_can_be_in_conflict() -> None:
    again = [counted(LI, 1, cny(1), at=30), counted(CHEN, 1, cny(2), at=30)]

    assert fold([HUNDRED, *again], [decided(LineVerb.RECOUNT)]).state is LineState.CONFLICT


def test_that_the_last_ruling_counts() -> None:
    rulings = [decided(LineVerb.RECOUNT, 20), decided(LineVerb.CHOOSE, 21, event=HUNDRED)]

    line = fold([HUNDRED], rulings)

    assert (line.state, amount(line)) == (LineState.COUNTED, 100)
    assert line.decisions == tuple(rulings)


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (LineVerb.DEFER, LineState.DEFERRED),
        (LineVerb.NOT_FOUND, LineState.NOT_FOUND),
        (LineVerb.CARRY, LineState.EXCLUDED),
    ],
)
def test_that_an_uncounted_line_can_be_decided(verb: LineVerb, state: LineState) -> None:
    assert fold([], [decided(LineVerb.DEFER, 19), decided(verb)], leased=True).state is state


def test_that_a_count_goes_before_a_decision_to_do_without() -> None:
    assert fold([HUNDRED], [decided(LineVerb.DEFER)]).state is LineState.COUNTED


def test_that_reopening_sets_counts_and_decisions_aside_and_erases_nothing() -> None:
    decisions = [decided(LineVerb.CHOOSE, 15, event=HUNDRED), decided(LineVerb.REOPEN, 20)]

    line = fold([HUNDRED], decisions)

    assert line.state is LineState.PENDING
    assert line.events == (HUNDRED,)
    assert fold([HUNDRED, counted(WANG, 2, cny(5), at=21)], decisions).state is LineState.COUNTED


def test_that_scanning_again_is_flagged() -> None:
    bare = counted(LI, 1)

    assert not fold([bare]).duplicate_scan
    assert fold([bare, counted(LI, 2)]).duplicate_scan
    assert fold([HUNDRED, bare]).duplicate_scan
    assert not fold([bare, counted(LI, 2, cny(1), supersedes=bare)]).duplicate_scan


def test_that_an_unexpected_scan_waits_until_it_is_decided() -> None:
    scan = replace(counted(), customer=None)
    other = decided(LineVerb.JUNK, event=HUNDRED)
    reopen = decided(LineVerb.REOPEN, event=scan)

    assert Rulings([other, reopen]).unexpected_state(scan) is LineState.RESOLVED
    assert Rulings([other, reopen]).unexpected_state(counted(LI)) is LineState.UNEXPECTED


def test_that_a_linked_code_makes_the_scan_that_customers() -> None:
    scan = replace(counted(), customer=None)
    first = decided(LineVerb.ALIAS, 20, event=scan, customer=CustomerId("wrong"))
    last = decided(LineVerb.ALIAS, 21, event=scan, customer=QINGHE)

    assert Rulings([first]).unexpected_state(scan) is LineState.RESOLVED
    assert Rulings([last, first]).owner(scan) == QINGHE
    assert Rulings().owner(scan) is None
    assert Rulings([first]).owner(HUNDRED) == "wrong"
    assert Rulings([first]).owner(TWO_HUNDRED) == QINGHE


ONCE = fold([HUNDRED])


@pytest.mark.parametrize(
    ("line", "decision", "error"),
    [
        (ONCE, replace(decided(LineVerb.RECOUNT), reason="why"), ReasonTooShortError),
        (ONCE, decided(LineVerb.DEFER), LineCountedError),
        (fold([HUNDRED], [decided(LineVerb.RECOUNT)]), decided(LineVerb.CARRY), LineCountedError),
        (fold([]), decided(LineVerb.NOT_FOUND), ProofMissingError),
        (fold([counted()]), decided(LineVerb.RECOUNT), NotCountedError),
        (fold([]), decided(LineVerb.CHOOSE, event=HUNDRED), NotCountedError),
        (ONCE, decided(LineVerb.RECOUNT, to=WANG), RecounterCountedError),
        (ONCE, decided(LineVerb.CHOOSE, event=TWO_HUNDRED), OtherLineError),
    ],
)
def test_that_each_fault_of_a_decision_has_its_error(
    line: CountLine, decision: LineDecision, error: type[Exception]
) -> None:
    assert type(why_not_rule(line, decision)) is error


@pytest.mark.parametrize(
    ("line", "decision"),
    [
        (ONCE, decided(LineVerb.RECOUNT, to=LI)),
        (ONCE, decided(LineVerb.RECOUNT)),
        (ONCE, decided(LineVerb.CHOOSE, event=HUNDRED)),
        (ONCE, decided(LineVerb.REOPEN)),
        (fold([]), decided(LineVerb.DEFER)),
        (fold([]), decided(LineVerb.NOT_FOUND, evidence=("ab",))),
    ],
)
def test_that_right_decisions_have_nothing_against_them(
    line: CountLine, decision: LineDecision
) -> None:
    assert why_not_rule(line, decision) is None


FIELDS = st.lists(
    st.builds(Verified, st.sampled_from(["name", "phone"]), st.sampled_from([None, "B"])),
    max_size=2,
    unique_by=lambda one: one.field,
)


@st.composite
def logs(draw: st.DrawFn) -> tuple[list[CountEvent], list[LineDecision]]:
    people = draw(st.lists(st.sampled_from([WANG, LI, CHEN]), max_size=6))
    events: list[CountEvent] = []
    for seq, by in enumerate(people, 1):
        own = [event for event in events if event.by == by]
        event = counted(
            by,
            seq,
            draw(st.none() | st.sampled_from([0, 100]).map(cny)),
            *draw(FIELDS),
            supersedes=draw(st.sampled_from([None, *own])),
            at=draw(st.integers(1, 9)),
        )
        events.append(event)
    verbs = draw(st.lists(st.sampled_from(LineVerb), max_size=3))
    return events, [
        decided(
            verb,
            draw(st.integers(1, 9)) * 10 + place,
            event=draw(st.sampled_from([None, *events])),
            to=draw(st.sampled_from([None, WANG, LI])),
        )
        for place, verb in enumerate(verbs)
    ]


@given(logs(), st.data())
def test_that_the_order_of_arrival_does_not_matter(
    both: tuple[list[CountEvent], list[LineDecision]], data: st.DataObject
) -> None:
    events, decisions = both

    line = fold(events, decisions)

    assert fold(data.draw(st.permutations(events)), data.draw(st.permutations(decisions))) == line


@given(logs(), st.data())
def test_that_without_decisions_the_moment_of_arrival_does_not_matter(
    both: tuple[list[CountEvent], list[LineDecision]], data: st.DataObject
) -> None:
    events, _ = both
    moments = data.draw(st.lists(st.integers(1, 99), min_size=len(events), max_size=len(events)))
    shifted = [replace(e, received_at=at) for e, at in zip(events, moments, strict=True)]

    assert ids(fold(shifted).standing) == ids(fold(events).standing)
    assert fold(shifted).state is fold(events).state


def ids(events: Iterable[CountEvent]) -> list[EventId]:
    return [event.id for event in events]


@given(logs())
def test_that_every_event_and_decision_stays_visible(
    both: tuple[list[CountEvent], list[LineDecision]],
) -> None:
    events, decisions = both

    line = fold(events, decisions)

    assert sorted(ids(line.events)) == sorted(ids(events))
    assert set(line.decisions) == set(decisions)
    assert set(line.standing) <= set(events)
    assert len({event.by for event in line.standing}) == len(line.standing)
    assert all(event.counts for event in line.standing)
