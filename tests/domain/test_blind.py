from dataclasses import fields

import pytest

from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.blind import SHOWN, Card, may_open, plain_state, shown, withholds
from erpdesk.domain.stocktake.campaign import REVIEWED, CampaignState
from erpdesk.domain.stocktake.count_line import CountLine, LineState
from erpdesk.domain.stocktake.counting import CountEvent, Source

WANG, LI = PersonName("wang"), PersonName("li")
MONEY = Money(29_948_000, "CNY")
CARD = Card(
    customer=CustomerId("qinghe"),
    name="青禾",
    codes=("C-001",),
    master=(("tax_id", "9133"),),
    state=LineState.VARIANCE,
    billed=MONEY,
    unbilled=MONEY,
    unapplied=MONEY,
    book=MONEY,
    exposure=MONEY,
    credit_limit=MONEY,
    promised=MONEY,
    moved=MONEY,
    difference=MONEY,
    matches=False,
    items=("临-202611-0041",),
    ages=(("0-30", MONEY),),
    first_stated=MONEY,
    first_by=WANG,
)


def test_that_the_sample_card_has_every_field() -> None:
    assert all(
        getattr(CARD, field.name) is not None for field in fields(Card) if field.name != "withheld"
    )
    assert {field.name for field in fields(Card)} > SHOWN


def test_that_a_blind_card_has_name_codes_and_what_to_verify_and_nothing_else() -> None:
    card = shown(CARD, blind=True, state=CampaignState.COUNTING)

    assert card == Card(
        customer=CARD.customer,
        name=CARD.name,
        codes=CARD.codes,
        master=CARD.master,
        state=LineState.COUNTED,
        withheld=True,
    )


def test_that_no_figure_is_left_anywhere_in_a_blind_card() -> None:
    card = shown(CARD, blind=True, state=CampaignState.COUNTING)

    assert "29948000" not in repr(card)
    assert "wang" not in repr(card)
    assert "variance" not in repr(card)


@pytest.mark.parametrize("state", CampaignState)
def test_that_a_blind_campaign_withholds_until_its_review(state: CampaignState) -> None:
    assert withholds(blind=True, state=state) is (state not in REVIEWED)
    assert (shown(CARD, blind=True, state=state) == CARD) is (state in REVIEWED)


def test_that_an_open_campaign_withholds_in_its_recount_only() -> None:
    withheld = [state for state in CampaignState if withholds(blind=False, state=state)]

    assert withheld == [CampaignState.RECOUNT]


def test_that_a_plain_state_tells_nothing_of_the_books() -> None:
    plain = {plain_state(state) for state in LineState}

    assert not plain & {
        LineState.VERIFIED,
        LineState.VARIANCE,
        LineState.RESOLVED,
        LineState.CONFLICT,
        LineState.RECOUNT_REQUIRED,
        LineState.RECOUNTED,
    }
    assert plain_state(LineState.VERIFIED) is plain_state(LineState.VARIANCE)


def test_that_the_first_counter_cannot_open_the_line_in_a_recount() -> None:
    first = CountEvent(
        id=EventId("e"),
        campaign=DocumentId("c"),
        customer=CARD.customer,
        raw=b"A",
        source=Source.TYPED,
        by=WANG,
        device="d",
        device_seq=1,
        received_at=1,
        stated=MONEY,
    )
    line = CountLine(LineState.RECOUNT_REQUIRED, (first,), first=(first,))

    assert not may_open(line, WANG, state=CampaignState.RECOUNT)
    assert may_open(line, LI, state=CampaignState.RECOUNT)
    assert may_open(line, WANG, state=CampaignState.COUNTING)
