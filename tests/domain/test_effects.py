from dataclasses import replace

from erpdesk.domain.delivery import DeliveryUse
from erpdesk.domain.effects import Effect, NoticeFact, What, effects
from erpdesk.domain.links import Link
from erpdesk.domain.receipt import Paid, matched
from erpdesk.domain.reversal import Origin
from erpdesk.domain.voucher import content
from tests.domain.builders import (
    a_charge,
    a_credit,
    a_receipt,
    a_voucher,
    an_evidence,
    an_id,
    ids,
    yuan,
)

VOUCHER = content(
    a_voucher(
        evidence=(an_evidence("order", 5),), deliveries=(DeliveryUse(an_id(701), yuan(113_000)),)
    ),
    make_id=ids(11),
)
ORIGIN = Origin(VOUCHER | {"kind": "voucher"}, (a_charge(n=11, label="临-202611-0001"),))


def test_that_the_effects_of_a_reversal_are_all_named_before_it_is_made() -> None:
    notices = [
        NoticeFact("通-202611-0001", is_sent=True),
        NoticeFact("通-202611-0002", is_sent=False),
    ]

    found = effects(ORIGIN, number="临-202611-0001", notices=notices)

    assert found.made == (
        Effect(What.RED_LINE, "1122.02", yuan(-113_000)),
        Effect(What.RED_LINE, "6001", yuan(-100_000)),
        Effect(What.RED_LINE, "2221.02", yuan(-13_000)),
        Effect(What.ITEM_CLOSED, "临-202611-0001", yuan(113_000)),
    )
    assert found.follows == (
        Effect(What.DELIVERY_FREE, an_id(701), yuan(113_000)),
        Effect(What.NOTICE_OUTDATED, "通-202611-0002"),
    )
    assert found.stays == (
        Effect(What.ORIGIN_STAYS, "临-202611-0001"),
        Effect(What.EVIDENCE_STAYS, f"{5:064x}"),
        Effect(What.NOTICE_STAYS, "通-202611-0001"),
    )


def test_that_what_stands_in_the_way_is_shown_with_its_amount() -> None:
    link = Link(an_id(7), yuan(9), a_charge(n=11), a_credit(), "核-202611-0003")

    found = effects(replace(ORIGIN, links=(link,)), number="临-202611-0001")

    assert found.follows[0] == Effect(What.UNDO_FIRST, "核-202611-0003", yuan(9))


def test_that_a_charge_a_receipt_had_paid_is_open_again() -> None:
    text = matched(a_receipt(), [Paid(a_charge(), yuan(113_000))], make_id=ids(11))
    credit = a_credit(n=11, open=yuan(0))
    charge = a_charge(open=yuan(0))
    difference = Link(an_id(8), yuan(5), None, credit, "核-202611-0004")
    links = (Link(an_id(12), yuan(113_000), charge, credit, "收-202611-0001"), difference)

    found = effects(Origin(text | {"kind": "receipt"}, (credit,), links), number="收-202611-0001")

    assert found.follows == (
        Effect(What.UNDO_FIRST, "核-202611-0004", yuan(5)),
        Effect(What.LINK_UNDONE, "收-202611-0001", yuan(113_000)),
        Effect(What.ITEM_OPEN_AGAIN, charge.id, yuan(113_000)),
    )
