from dataclasses import replace

import pytest

from erpdesk.domain.approval import ReasonTooShortError
from erpdesk.domain.content import NotCanonicalError
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.count_line import (
    LineDecision,
    LineState,
    LineVerb,
    NotCountedError,
    Rulings,
    fold,
)
from erpdesk.domain.stocktake.counting import (
    Body,
    CountEvent,
    Fate,
    Proposal,
    Source,
    body_from,
    event_body,
)
from erpdesk.domain.stocktake.own_words import (
    SHIFT_US,
    LaterRecordError,
    NothingToTakeBackError,
    NotUnexpectedError,
    NotYourRecordError,
    ShiftOverError,
    WhoseCodeError,
    last_word,
    proposals_of,
    why_not_ask_again,
    why_not_propose,
    why_not_take_back,
)

WANG, LI = PersonName("wang"), PersonName("li")


def said(
    seq: int,
    minor: int | None,
    *,
    by: PersonName = WANG,
    supersedes: CountEvent | None = None,
    at: int = 0,
) -> CountEvent:
    return CountEvent(
        id=EventId(f"{by}-{seq}"),
        campaign=DocumentId("c"),
        customer=CustomerId("qinghe"),
        raw=b"A",
        source=Source.WEDGE,
        by=by,
        device=f"{by}'s",
        device_seq=seq,
        received_at=at or seq,
        stated=None if minor is None else Money(minor, "CNY"),
        supersedes=supersedes.id if supersedes else None,
    )


FIRST = said(1, 100)
LATER = said(2, 90, supersedes=FIRST)
UNDO_LATER = said(3, None, supersedes=LATER)
UNDO_FIRST = said(4, None, supersedes=FIRST)
BARE = said(1, None)


def test_that_a_line_whose_only_record_is_taken_back_is_open_again() -> None:
    line = fold([FIRST, said(2, None, supersedes=FIRST)])

    assert line.state is LineState.PENDING
    assert len(line.events) == 2


def test_that_the_word_before_stands_again_when_its_correction_is_taken_back() -> None:
    line = fold([FIRST, LATER, UNDO_LATER])

    assert line.standing == (FIRST,)


def test_that_a_record_taken_back_contradicts_nobody() -> None:
    other = said(1, 70, by=LI)

    assert fold([FIRST, other]).state is LineState.CONFLICT
    assert fold([FIRST, other, said(2, None, supersedes=FIRST)]).standing == (other,)


def test_that_one_takes_back_ones_own_last_word_alone() -> None:
    line = (FIRST, LATER)

    assert why_not_take_back(LATER, line, by=WANG, now=9) is None
    assert isinstance(why_not_take_back(LATER, line, by=LI, now=9), NotYourRecordError)
    assert isinstance(why_not_take_back(FIRST, line, by=WANG, now=9), LaterRecordError)


def test_that_nothing_is_taken_back_twice_and_a_bare_scan_never() -> None:
    line = (FIRST, LATER, UNDO_LATER)

    assert isinstance(why_not_take_back(LATER, line, by=WANG, now=9), NothingToTakeBackError)
    assert isinstance(why_not_take_back(BARE, (BARE,), by=WANG, now=9), NothingToTakeBackError)
    assert why_not_take_back(FIRST, line, by=WANG, now=9) is None


@pytest.mark.parametrize(("later_us", "is_over"), [(SHIFT_US, False), (SHIFT_US + 1, True)])
def test_that_a_record_is_taken_back_within_the_shift(later_us: int, is_over: bool) -> None:  # noqa: FBT001
    why_not = why_not_take_back(FIRST, (FIRST,), by=WANG, now=FIRST.received_at + later_us)

    assert isinstance(why_not, ShiftOverError) == is_over


def test_that_the_last_word_is_ones_own_and_not_taken_back() -> None:
    line = (FIRST, LATER, said(1, 70, by=LI, at=50))

    assert last_word(line, by=WANG) == LATER
    assert last_word((*line, UNDO_LATER), by=WANG) == FIRST
    assert last_word((*line, UNDO_LATER, UNDO_FIRST), by=WANG) is None


def test_that_only_a_scan_of_no_line_is_proposed_about_and_an_alias_needs_a_customer() -> None:
    junk, alias = (Proposal(EventId("e"), fate) for fate in (Fate.JUNK, Fate.ALIAS))
    whose = replace(alias, customer=CustomerId("qinghe"))

    assert why_not_propose(junk, in_scope=False) is None
    assert isinstance(why_not_propose(junk, in_scope=True), NotUnexpectedError)
    assert isinstance(why_not_propose(alias, in_scope=False), WhoseCodeError)
    assert why_not_propose(whose, in_scope=False) is None


def test_that_the_latest_proposal_about_a_scan_is_the_one() -> None:
    made = [
        replace(said(n, None, at=n), proposal=Proposal(EventId("e"), fate))
        for n, fate in enumerate((Fate.NEW_CUSTOMER, Fate.JUNK), 1)
    ]

    assert proposals_of([*reversed(made), FIRST]) == {EventId("e"): made[1]}


def test_that_what_was_said_about_a_scan_is_no_unexpected_scan_itself() -> None:
    scan = replace(BARE, customer=None)
    about = replace(scan, id=EventId("x"), proposal=Proposal(scan.id, Fate.JUNK))

    assert Rulings().unexpected_state(scan) is LineState.UNEXPECTED
    assert Rulings().unexpected_state(about) is LineState.EXCLUDED
    assert Rulings().unexpected_state(UNDO_FIRST) is LineState.EXCLUDED


def test_that_a_proposal_is_read_as_it_was_written() -> None:
    proposal = Proposal(EventId("e"), Fate.ALIAS, CustomerId("qinghe"), "旧标签")
    body = event_body(Body(proposal=proposal))

    assert body_from(body).proposal == proposal
    with pytest.raises(NotCanonicalError):
        body_from({"proposal": {"event": "e", "fate": "burn"}})
    with pytest.raises(NotCanonicalError):
        body_from({"proposal": {"event": "e"}})


ASKS = replace(said(5, None, by=LI), asks="重复扫码，请换人复盘")


def ruled(verb: LineVerb, at: int) -> LineDecision:
    return LineDecision(
        "d", DocumentId("c"), verb, "对过账单了", PersonName("lin"), at, CustomerId("qinghe"),
        FIRST.id,
    )  # fmt: skip


def test_that_who_asks_for_a_recount_counts_nothing_and_changes_nothing() -> None:
    line = fold([FIRST, ASKS])

    assert (line.state, line.standing, line.asked) == (LineState.COUNTED, (FIRST,), (ASKS,))
    assert line.counters == {WANG}
    assert not line.duplicate_scan
    assert body_from(event_body(ASKS)) == Body(asks=ASKS.asks)


@pytest.mark.parametrize("verb", [LineVerb.CHOOSE, LineVerb.RECOUNT, LineVerb.REOPEN])
def test_that_a_request_is_open_until_a_supervisor_decides_and_a_later_one_is_open_again(
    verb: LineVerb,
) -> None:
    later = replace(ASKS, id=EventId("later"), device_seq=9, received_at=9)

    assert fold([FIRST, ASKS], [ruled(verb, 4)]).asked == (ASKS,)
    assert fold([FIRST, ASKS], [ruled(verb, 6)]).asked == ()
    assert fold([FIRST, ASKS, later], [ruled(verb, 6)]).asked == (later,)


def test_that_a_recount_is_asked_of_what_was_counted_and_with_a_reason() -> None:
    why = "看着不像这家的数"

    assert why_not_ask_again(why, in_scope=True, counted=True) is None
    assert isinstance(why_not_ask_again("再盘", in_scope=True, counted=True), ReasonTooShortError)
    for in_scope, counted in ((True, False), (False, True)):
        refusal = why_not_ask_again(why, in_scope=in_scope, counted=counted)
        assert isinstance(refusal, NotCountedError)
