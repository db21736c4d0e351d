from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from erpdesk.domain.content import NotCanonicalError, canonical, parse
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.counting import (
    BLANKING_MS,
    SKEW_US_MAX,
    STORED,
    UNEXPECTED,
    Body,
    CountEvent,
    Finding,
    Heard,
    Judgement,
    NothingCountedError,
    RawTooLongError,
    Reply,
    Scanned,
    Source,
    Verified,
    body_from,
    bounces,
    event_body,
    judge,
    why_not_record,
)

QINGHE, HONGDA = CustomerId("qinghe"), CustomerId("hongda")
WANG, LI = PersonName("wang"), PersonName("li")
ZERO = Money(0, "CNY")


def an_event(
    seq: int = 1,
    *,
    by: PersonName = WANG,
    stated: Money | None = None,
    verified: tuple[Verified, ...] = (),
    at: int = 0,
) -> CountEvent:
    return CountEvent(
        id=EventId(f"{by}-{seq}"),
        campaign=DocumentId("c"),
        customer=QINGHE,
        raw=b"EDC004175D",
        source=Source.WEDGE,
        by=by,
        device=f"{by}'s",
        device_seq=seq,
        received_at=at or seq,
        stated=stated,
        verified=verified,
    )


def test_that_a_bare_scan_counts_nothing_but_zero_is_a_balance() -> None:
    assert not an_event().counts
    assert an_event(stated=ZERO).counts
    assert an_event(verified=(Verified("name"),)).counts


def test_that_recording_needs_something_that_was_counted() -> None:
    assert isinstance(why_not_record(an_event()), NothingCountedError)
    assert why_not_record(an_event(stated=ZERO)) is None


def test_that_raw_bytes_have_a_limit() -> None:
    longest = replace(an_event(stated=ZERO), raw=b"x" * 4096)

    assert why_not_record(longest) is None
    assert isinstance(why_not_record(replace(longest, raw=b"x" * 4097)), RawTooLongError)


@pytest.mark.parametrize(
    ("device_time", "off"),
    [
        (None, 0),
        (SKEW_US_MAX, 0),
        (SKEW_US_MAX + 1, SKEW_US_MAX + 1),
        (-SKEW_US_MAX - 1, SKEW_US_MAX + 1),
    ],
)
def test_that_a_clock_off_by_more_than_five_minutes_is_seen(
    device_time: int | None, off: int
) -> None:
    event = replace(an_event(), device_time=device_time, received_at=0)

    assert event.clock_off_us == off


def test_that_the_body_of_an_event_survives_its_canonical_text() -> None:
    event = replace(
        an_event(verified=(Verified("phone", "0571"), Verified("name"))),
        as_of=date(2026, 11, 20),
        reply=Reply("phone", on=date(2026, 11, 21)),
        evidence=("ab",),
        reading={"symbology": "QR"},
    )

    body = event_body(event)

    assert body_from(parse(canonical(body))) == Body(
        as_of=date(2026, 11, 20),
        verified=(Verified("name"), Verified("phone", "0571")),
        reply=Reply("phone", None, date(2026, 11, 21)),
        evidence=("ab",),
        reading={"symbology": "QR"},
    )


def test_that_an_empty_body_says_nothing() -> None:
    assert event_body(an_event()) == {}
    assert body_from({}) == Body()


@pytest.mark.parametrize(
    "body",
    [
        {"as_of": "soon"},
        {"as_of": 20261120},
        {"fields": [{"name": "x"}]},
        {"fields": []},
        {"reply": "yes"},
        {"reply": {"way": "phone", "on": "today"}},
        {"evidence": "ab"},
        {"colour": "red"},
    ],
)
def test_that_a_body_of_another_shape_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(NotCanonicalError):
        body_from(body)


def judged(
    scan: Scanned, *earlier: CountEvent, takes_counts: bool = True, in_scope: bool = True
) -> Judgement:
    return judge(scan, takes_counts=takes_counts, in_scope=in_scope, earlier=earlier)


def test_that_a_customer_scanned_first_is_counted() -> None:
    scan = Scanned(readable=True, customer=QINGHE)

    assert judged(scan) == Judgement(Finding.COUNTED, QINGHE)


def test_that_the_fourth_scan_names_who_was_first_and_when() -> None:
    earlier = [an_event(1, stated=ZERO), an_event(2), an_event(3, by=LI, stated=ZERO)]

    judgement = judged(Scanned(readable=True, customer=QINGHE), *earlier)

    assert judgement == Judgement(Finding.ALREADY_COUNTED, QINGHE, LI, 3)


def test_that_a_bare_scan_before_does_not_count_as_counted() -> None:
    other = replace(an_event(2, stated=ZERO), customer=HONGDA)

    judgement = judged(Scanned(readable=True, customer=QINGHE), an_event(), other)

    assert judgement.finding is Finding.COUNTED


@pytest.mark.parametrize(
    ("scan", "finding"),
    [
        (Scanned(readable=False), Finding.UNREADABLE),
        (Scanned(readable=True), Finding.UNKNOWN),
        (Scanned(readable=True, customer=QINGHE), Finding.NOT_IN_CAMPAIGN),
    ],
)
def test_that_what_belongs_to_nobody_here_is_kept_as_unexpected(
    scan: Scanned, finding: Finding
) -> None:
    judgement = judged(scan, in_scope=False)

    assert judgement == Judgement(finding, scan.customer)
    assert finding in UNEXPECTED & STORED


def test_that_only_a_campaign_that_takes_no_counts_refuses() -> None:
    judgement = judged(Scanned(readable=True, customer=QINGHE), takes_counts=False)

    assert judgement == Judgement(Finding.REFUSED, QINGHE)
    assert set(Finding) - STORED == {Finding.REFUSED}


def test_that_the_same_code_within_the_blanking_time_is_an_echo() -> None:
    first = Heard(b"A", 1_000_000)
    last_us = BLANKING_MS * 1000 - 1

    assert bounces(Heard(b"A", first.at + last_us), before=first)
    assert not bounces(Heard(b"A", first.at + last_us + 1), before=first)
    assert not bounces(Heard(b"B", first.at), before=first)
    assert not bounces(Heard(b"A", first.at - 1), before=first)
    assert not bounces(first, before=None)
